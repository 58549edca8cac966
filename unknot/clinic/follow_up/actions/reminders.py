"""What a client chose about reminders, and the reminders themselves.

The address in every message is signed with the server's secret and names the client and the day,
so that it works without a password and nothing of it is stored. It shows the next visits for
LASTS days: visits are weeks apart, and a forgotten mailbox tells nothing new after it. Stopping
every message works from any message ever sent: it shows nothing, and nobody has to look for a
newer one to be left alone.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
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
DAY_BYTES: Final = 2
EPOCH: Final = date(1970, 1, 1)
LASTS: Final = timedelta(days=60)
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


@dataclass(frozen=True)
class Holder:
    """Whose token it is, and when its page of visits ends."""

    client: Client
    ends_on: date

    def has_ended(self, now: datetime) -> bool:
        """Whether the page of visits is no longer shown."""
        return now.astimezone(UTC).date() > self.ends_on


def token_for(client: Client, now: datetime) -> str:
    """The client's signed token for the page of reminders, made today: 55 letters and digits."""
    day = (now.astimezone(UTC).date() - EPOCH).days.to_bytes(DAY_BYTES)
    packed = client.pk.bytes + day
    return base64.b32encode(packed + _mac(packed)).decode().rstrip("=").lower()


def holder_of(token: str) -> Holder | None:
    """The client of this token and its end, or None when it was not made here."""
    try:
        packed = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except binascii.Error:
        return None
    if len(packed) != 16 + DAY_BYTES + MAC_BYTES or token != token.lower():
        return None
    signed, mac = packed[:-MAC_BYTES], packed[-MAC_BYTES:]
    if not hmac.compare_digest(mac, _mac(signed)):
        return None
    key, made = uuid.UUID(bytes=signed[:16]), EPOCH + timedelta(int.from_bytes(signed[16:]))
    client = Client.everything.select_related("practice").filter(pk=key).first()
    return None if client is None else Holder(client, made + LASTS)


def _mac(signed: bytes) -> bytes:
    mac = hmac.new(settings.SECRET_KEY.encode(), b"reminders:" + signed, hashlib.sha256)
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
        stop_address=stop_address(client, origin, now),
        now=now,
    )
    sent.save(update_fields=["outbox"])
    record(sent, changed=["kind", "due_at"])
    return sent


def stop_address(client: Client, origin: str, now: datetime) -> str:
    """Where one tap stops every message."""
    return f"{page_address(client, origin, now)}stop/"


def page_address(client: Client, origin: str, now: datetime) -> str:
    """The client's page of visits and reminders."""
    return f"{origin.rstrip('/')}/reminders/{token_for(client, now)}/"


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
        where = page_address(client, origin, now)
    else:
        where = f"{origin.rstrip('/')}/c/{token_of(_diary_link(about, by, now))}/"
    words = body_of(client.practice.name, where, stop_address(client, origin, now))
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
