"""The client's dial: its address, its taps, and what the therapist's screen is told.

The token is derived from the link's key with the server's secret, so that the QR code can be
drawn again while only the token's hash is stored. It holds for one visit, until the visit is
finished, the link is replaced, or four hours have passed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet

from unknot.reasoning.treat.dial import AreaLog, Cap, Judgement, Word, by_area, judge
from unknot.reasoning.treat.dial import DialEvent as Tap

from ...access import Actor, token_hash
from ...audit import action, record
from ...models import DialEvent, DialLink, Visit
from .. import limits as limits_of
from ..areas import name_of
from ..errors import NotInSession, OutsideLimits
from ..limits import Limits

LINK_LIFETIME: Final = timedelta(hours=4)
TOKEN_BYTES: Final = 15
"""120 bits: too many to guess, and 24 letters that can still be typed from a screen."""
FASTEST_TAPS: Final = 30
"""Taps taken within ten seconds; a thumb is slower, a script is not."""
TAP_WINDOW: Final = timedelta(seconds=10)


def token_of(link: DialLink) -> str:
    """The link's secret, the same each time: letters and digits in lower case."""
    mac = hmac.new(settings.SECRET_KEY.encode(), f"dial:{link.pk}".encode(), hashlib.sha256)
    return base64.b32encode(mac.digest()[:TOKEN_BYTES]).decode().lower()


@action("dial.open")
def open_dial(*, visit: Visit, by: Actor, now: datetime) -> DialLink:
    """A new address for the client's dial; the one before it is closed at once."""
    if visit.finished_at is not None:
        raise NotInSession("This visit is finished.")
    DialLink.everything.filter(visit=visit, closed_at=None).update(closed_at=now)
    link = DialLink(visit=visit, opened_at=now, expires_at=now + LINK_LIFETIME)
    link.token_hash = token_hash(token_of(link))
    link.save(force_insert=True)
    record(link, changed=["opened_at"])
    return link


@action("dial.open")
def close_dial(*, visit: Visit, by: Actor, now: datetime) -> Visit:
    """Closes the visit's dial; its address leads nowhere from now on."""
    DialLink.everything.filter(visit=visit, closed_at=None).update(closed_at=now)
    record(visit, changed=["dial"])
    return visit


def open_link(visit: Visit, now: datetime) -> DialLink | None:
    """The address in force for this visit, or None."""
    return _open_links(now).filter(visit=visit).first()


def link_for_token(token: str, now: datetime) -> DialLink | None:
    """The link with this token, or None when it is unknown, cut, replaced, past or finished."""
    return (
        _open_links(now)
        .select_related("visit__appointment__episode__client__practice")
        .filter(token_hash=token_hash(token))
        .first()
    )


def _open_links(now: datetime) -> QuerySet[DialLink]:
    return DialLink.everything.filter(closed_at=None, expires_at__gt=now, visit__finished_at=None)


class TooFast(Exception):
    """More taps than a thumb can make; this one was not kept."""


@action("dial.turn")
def turn(*, visit: Visit, kind: str, pain: int | None, by: Actor, now: datetime) -> DialEvent:
    """Keeps one tap of the client, with the area, pressure and pain cap in force.

    Raises OutsideLimits for a tap that is neither a word nor a pain of 0-10, TooFast for a flood.
    """
    if visit.finished_at is not None:
        raise NotInSession("This visit is finished.")
    if kind not in DialEvent.Kind.values or (kind == "pain") == (pain is None):
        raise OutsideLimits("A tap is a word or a pain from 0 to 10.")
    if pain is not None and not 0 <= pain <= 10:
        raise OutsideLimits("Pain is a whole number from 0 to 10.")
    recent = DialEvent.everything.filter(visit=visit, at__gt=now - TAP_WINDOW)
    if kind != DialEvent.Kind.STOP and recent.count() >= FASTEST_TAPS:
        raise TooFast
    limits = limits_of.read(visit.appointment.episode)
    event = DialEvent.everything.create(
        visit=visit,
        kind=kind,
        pain=pain,
        area=visit.area_in_work,
        pressure=visit.pressure_in_work if visit.area_in_work else None,
        pain_cap=limits.cap(visit.technique_in_work).pain_0_10,
        at=now,
    )
    record(event, changed=["kind"])
    return event


def tap_of(event: DialEvent) -> Tap:
    """The stored event as the reasoning reads it."""
    word = None if event.kind == DialEvent.Kind.PAIN else Word(event.kind)
    return Tap(event.at, event.area, word, event.pain, event.pressure)


def judgement(event: DialEvent, limits: Limits) -> Judgement:
    """What this tap asks for, against the pain cap that held then and the pressure ceiling."""
    return judge(tap_of(event), Cap(event.pain_cap, limits.ceiling_for(event.area)))


@dataclass(frozen=True)
class Shown:
    """One tap as the therapist's screen shows it."""

    seq: int
    kind: str
    word: str
    pain: int | None
    area: str
    alert: str
    say: str
    at: datetime

    def as_json(self) -> dict[str, Any]:
        """For the stream and the polling answer."""
        return {
            "seq": self.seq,
            "kind": self.kind,
            "word": self.word,
            "pain": self.pain,
            "area": self.area,
            "alert": self.alert,
            "say": self.say,
            "at": self.at.isoformat(),
        }


def shown(event: DialEvent, limits: Limits) -> Shown:
    """A tap with its words and its alert ("stop", "above_cap" or "")."""
    found = judgement(event, limits)
    word = str(event.pain) if event.pain is not None else DialEvent.Kind(event.kind).label
    return Shown(
        seq=event.seq,
        kind=event.kind,
        word=word,
        pain=event.pain,
        area=name_of(event.area) if event.area else "",
        alert=str(found.alert or ""),
        say=found.say,
        at=event.at,
    )


def area_logs(visit: Visit, cap: Cap) -> tuple[AreaLog, ...]:
    """All taps of the visit by area, under the areas' names."""
    logs = by_area((tap_of(e) for e in visit.dial_events.order_by("seq")), cap)
    return tuple(_named(log) for log in logs)


def _named(log: AreaLog) -> AreaLog:
    return replace(log, area=name_of(log.area) if log.area else "")
