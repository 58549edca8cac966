"""What a client chose about reminders, and the reminders themselves.

The address in every message is signed with the server's secret and names the client, so that it
works without a password and nothing of it is stored. It ends what it began: one tap stops it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import IntegrityError, transaction

from ...access import Actor
from ...audit import action, record
from ...models import (
    Appointment,
    Channel,
    CheckInLink,
    Client,
    Episode,
    Reminder,
    ReminderChoice,
    ReminderPlan,
)
from .. import channels
from ..errors import ChoiceRefused
from .links import make_link, token_of
from .mail import SUBJECT, body_of
from .outbox import write

MAC_BYTES: Final = 16
Kind = ReminderChoice.Kind
EVENING: Final = time(18)
DEFAULTS: Final[Mapping[str, tuple[str, time, int]]] = {
    Kind.CHECK_IN: ("", time(20), 1),
    Kind.AFTER_VISIT: (Channel.EMAIL, time(18), 1),
    Kind.APPOINTMENT: (Channel.EMAIL, EVENING, 1),
    Kind.HOME_CARE: ("", time(9), 1),
}
"""Channel, hour and days before the client has chosen: only what belongs to a visit is sent."""
LINK_LEFT: Final = timedelta(days=2)
KIND_WORD: Final = "If you would rather not now, that is fine. There is nothing to catch up on.\n"


class AlreadySent(Exception):
    """This reminder was written before, or by another process a moment ago."""


@dataclass(frozen=True)
class Wish:
    """One kind of reminder as chosen; an empty ``channel`` means not at all."""

    kind: str
    channel: str
    at: time
    every_days: int


def token_for(client: Client) -> str:
    """The client's signed token for the page of reminders: 52 letters and digits."""
    packed = client.pk.bytes + _mac(client.pk)
    return base64.b32encode(packed).decode().rstrip("=").lower()


def client_for_token(token: str) -> Client | None:
    """The client of this token, or None when it was not made here."""
    try:
        packed = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except binascii.Error:
        return None
    if len(packed) != 16 + MAC_BYTES or token != token.lower():
        return None
    key = uuid.UUID(bytes=packed[:16])
    if not hmac.compare_digest(packed[16:], _mac(key)):
        return None
    return Client.everything.select_related("practice").filter(pk=key).first()


def _mac(key: uuid.UUID) -> bytes:
    mac = hmac.new(settings.SECRET_KEY.encode(), f"reminders:{key}".encode(), hashlib.sha256)
    return mac.digest()[:MAC_BYTES]


def plan_of(client: Client) -> ReminderPlan | None:
    """What the client chose, or None before anything was chosen or sent."""
    return ReminderPlan.everything.filter(client=client).first()


def wishes_of(plan: ReminderPlan | None) -> dict[str, Wish]:
    """Every kind as it stands, the defaults where nothing was chosen."""
    found = {kind: Wish(kind, *choice) for kind, choice in DEFAULTS.items()}
    if plan is not None:
        for row in plan.choices.all():
            found[row.kind] = Wish(row.kind, row.channel, row.at, row.every_days)
    return found


@action("reminder.choose")
def choose(
    *,
    client: Client,
    wishes: Mapping[str, Wish],
    zone: str,
    quiet: tuple[time, time],
    paused_until: date | None,
    by: Actor,
    now: datetime,
) -> ReminderPlan:
    """The client's choices as they are now. Choosing again also ends a stop.

    Raises ChoiceRefused for a channel the client has no address for.
    """
    for wish in wishes.values():
        if wish.channel and not channels.address(wish.channel, client.email, client.phone):
            raise ChoiceRefused("We have no address for this kind of message. Tell your practice.")
    plan = _locked_plan(client, now)
    plan.zone, (plan.quiet_from, plan.quiet_until) = zone, quiet
    plan.paused_until, plan.stopped_at = paused_until, None
    plan.save(update_fields=["zone", "quiet_from", "quiet_until", "paused_until", "stopped_at"])
    for wish in wishes.values():
        ReminderChoice.everything.update_or_create(
            plan=plan,
            kind=wish.kind,
            defaults={"channel": wish.channel, "at": wish.at, "every_days": wish.every_days},
        )
    record(plan, changed=["zone", "quiet_from", "quiet_until", "paused_until", "choices"])
    return plan


@action("reminder.choose")
def stop(*, client: Client, by: Actor, now: datetime) -> ReminderPlan:
    """No message any more until the client chooses again. Twice is the same as once."""
    plan = _locked_plan(client, now)
    plan.stopped_at = plan.stopped_at or now
    plan.save(update_fields=["stopped_at"])
    record(plan, changed=["stopped_at"])
    return plan


@action("reminder.send")
def remind(
    *,
    client: Client,
    wish: Wish,
    about: Episode | Appointment,
    due_at: datetime,
    origin: str,
    by: Actor,
    now: datetime,
    is_last: bool = False,
) -> Reminder:
    """One reminder and its message in one transaction. Raises AlreadySent for the same time."""
    plan = _locked_plan(client, now)
    visit = about if isinstance(about, Appointment) else None
    sent = Reminder(
        plan=plan,
        kind=wish.kind,
        about=about.pk,
        appointment=visit,
        due_at=due_at,
        is_last=is_last,
    )
    try:
        with transaction.atomic():
            sent.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadySent from error
    sent.outbox = write(
        practice=client.practice,
        way=wish.channel,
        to=channels.address(wish.channel, client.email, client.phone),
        subject=SUBJECT.format(practice=client.practice.name),
        body=_body(client, about, origin, by, now, is_last=is_last),
        stop_address=stop_address(client, origin),
        now=now,
    )
    sent.save(update_fields=["outbox"])
    record(sent, changed=["kind", "due_at"])
    return sent


def stop_address(client: Client, origin: str) -> str:
    """Where one tap stops every message."""
    return f"{page_address(client, origin)}stop/"


def page_address(client: Client, origin: str) -> str:
    """The client's page of visits and reminders."""
    return f"{origin.rstrip('/')}/reminders/{token_for(client)}/"


def _body(
    client: Client,
    about: Episode | Appointment,
    origin: str,
    by: Actor,
    now: datetime,
    *,
    is_last: bool,
) -> str:
    if isinstance(about, Appointment):
        where = page_address(client, origin)
    else:
        where = f"{origin.rstrip('/')}/c/{token_of(_diary_link(about, by, now))}/"
    words = body_of(client.practice.name, where, stop_address(client, origin))
    return f"{words}\n{KIND_WORD}" if is_last else words


def _diary_link(episode: Episode, by: Actor, now: datetime) -> CheckInLink:
    """The link that is open, so that yesterday's message still works; a new one near its end."""
    open_one = episode.check_in_links.filter(
        kind=CheckInLink.Kind.DIARY, revoked_at=None, expires_at__gt=now + LINK_LEFT
    ).first()
    return open_one or make_link(episode=episode, kind=CheckInLink.Kind.DIARY, by=by, now=now)


def _locked_plan(client: Client, now: datetime) -> ReminderPlan:
    """The client's plan, made when there is none, held until the end of the transaction."""
    values: dict[str, Any] = {"zone": client.practice.zone, "made_at": now}
    plan, _ = ReminderPlan.everything.get_or_create(client=client, defaults=values)
    return ReminderPlan.everything.select_for_update(of=("self",)).get(pk=plan.pk)
