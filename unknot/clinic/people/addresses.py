"""A client's e-mail address changed: whose word it takes before anything is sent there.

A message leads to questions about health without a password, so whoever types the address could
read them. A new address counts at once when the client, a therapist of their care team or the
owner gives it. Typed by anybody else it waits, and the old address stays in use until the client
says yes from there or signed in, or a clinician does. The old address is told in any case.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b32encode
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from ..access import Actor, cares_for, for_client, token_hash
from ..audit import action, record
from ..models import AddressChange, Client, Outbox

LASTS: Final = timedelta(days=7)
SUBJECT: Final = "{practice}: your e-mail address"
ASKS: Final = (
    "Somebody at {practice} was given a new e-mail address for you. Until you agree, we go on "
    "writing to this one.\n\nIf it was you, agree here, within seven days:\n\n{address}\n\n"
    "If it was not, do nothing, or tell {practice}.\n"
)
TELLS: Final = (
    "From now on {practice} writes to another e-mail address, and no longer to this one.\n\n"
    "If this was not you, tell {practice} now.\n"
)


class NothingWaits(Exception):
    """There is no new address that waits for a yes."""


def waiting(client: Client) -> AddressChange | None:
    """The new address that waits for a yes, or None."""
    return client.address_changes.filter(confirmed_at=None, dropped_at=None).first()


def counts_at_once(by: Actor, client: Client) -> bool:
    """Whether this person's word makes a new address good."""
    return by.kind in ("client", "owner", "system") or cares_for(by, client)


def change_email(*, client: Client, email: str, by: Actor, now: datetime, origin: str) -> None:
    """Puts a new address in force, or lets it wait. Only inside an action.

    No address at all leads nobody anywhere, so that it counts at once. Typing the address in
    force again drops the one that waits. `origin` is the address of this site.
    """
    Client.everything.select_for_update(of=("self",)).get(pk=client.pk)
    before = waiting(client)
    if before is not None and email != before.after:
        before.dropped_at = now
        before.save(update_fields=["dropped_at"])
        record(before, changed=["dropped_at"])
    elif before is not None and not counts_at_once(by, client):
        return
    if email == client.email:
        return
    row = before if before is not None and before.dropped_at is None else None
    if row is None:
        row = AddressChange(
            client=client, before=client.email, after=email, by_name=by.name[:120], asked_at=now
        )
        row.save(force_insert=True)
        row.token_hash = token_hash(token_of(row))
        row.save(update_fields=["token_hash"])
        record(row, changed=["before", "after"])
    if not email or counts_at_once(by, client):
        _put_in_force(row, client, now)
    else:
        _write(client, client.email, ASKS, now, address=_address(row, origin))


@action("client.address")
def agree(*, client: Client, by: Actor, now: datetime) -> Client:
    """The address that waits, in force from now on. Raises NothingWaits."""
    held = Client.everything.select_for_update(of=("self",)).get(pk=client.pk)
    row = waiting(held)
    if row is None:
        raise NothingWaits
    _put_in_force(row, held, now)
    record(held, changed=["email"])
    return held


def agree_by_link(row: AddressChange, now: datetime, *, request_id: str) -> None:
    """The client's yes from the old address. Raises NothingWaits."""
    agree(client=row.client, by=for_client(row.client, request_id=request_id), now=now)


def token_of(row: AddressChange) -> str:
    """The secret of the link that the old address gets: 32 letters and digits."""
    mac = hmac.new(settings.SECRET_KEY.encode(), f"address:{row.pk}".encode(), hashlib.sha256)
    return b32encode(mac.digest()[:20]).decode().lower()


def change_for_token(token: str) -> AddressChange | None:
    """The change whose link this is, whether or not it still waits; None for no link of ours."""
    rows = AddressChange.everything.select_related("client__practice")
    return rows.filter(token_hash=token_hash(token)).exclude(token_hash="").first()


def still_waits(row: AddressChange, now: datetime) -> bool:
    """Whether a yes by its link still counts."""
    settled = row.confirmed_at or row.dropped_at
    return settled is None and now < row.asked_at + LASTS


def masked(email: str) -> str:
    """Enough of an address to know it again: ``c…@example.org``."""
    name, _, place = email.partition("@")
    return f"{name[:1]}…@{place}"


def _put_in_force(row: AddressChange, client: Client, now: datetime) -> None:
    client.email, row.confirmed_at = row.after, now
    client.save(update_fields=["email"])
    row.save(update_fields=["confirmed_at"])
    record(row, changed=["confirmed_at"])
    _write(client, row.before, TELLS, now)


def _address(row: AddressChange, origin: str) -> str:
    return f"{origin.rstrip('/')}/address/{token_of(row)}/"


def _write(client: Client, to: str, body: str, now: datetime, **more: str) -> None:
    """A message to one address, sent with the next round; none among invented people."""
    practice = client.practice
    if not to or practice.is_demo:
        return
    mail = Outbox.everything.create(
        practice=practice,
        to=to,
        subject=SUBJECT.format(practice=practice.name),
        body=body.format(practice=practice.name, **more),
        made_at=now,
        due_at=now,
    )
    record(mail, changed=["made_at"])
