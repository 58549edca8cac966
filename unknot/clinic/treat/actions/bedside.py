"""Tablets that stay in a room: how one is paired with it, taken away, and led to the dial.

The tablet holds a token of its own and nothing else: what it may show is looked up each time, and
is the dial of the visit in session in its room, or nothing. The code that pairs it is not the
code of a visit, so that a client who typed that one has a dial for this visit and no more.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from ...access import Actor, new_token, token_hash
from ...audit import action, record
from ...models import Bedside, DialLink, Room, Staff, Visit
from .dial_link import (
    code_hash,
    counted,
    link_in_room,
    open_dial,
    open_link,
    plain_code,
    short_code,
)

CODE_FOR: Final = timedelta(minutes=10)
"""How long a pairing code may be typed: long enough to walk to the room."""
PAIRED_FOR: Final = timedelta(days=180)
"""After this a tablet is paired anew, so that one that was given away is forgotten."""
SEEN_EVERY: Final = timedelta(minutes=5)
"""How often it is written down that a tablet asked."""
AWAKE: Final = timedelta(minutes=12)
"""A tablet that asked within this time is on, and its dial is opened with the visit."""


class CodeUsed(Exception):
    """The code was typed on another tablet a moment ago."""


def code_of(bedside: Bedside) -> str:
    """The code that pairs it, the same each time; not told apart from a visit's by its looks."""
    return short_code(f"bedside-code:{bedside.pk}")


@action("bedside.manage")
def make_code(*, room: Room, by: Actor, now: datetime) -> Bedside:
    """A place for one more tablet in this room, with a code to be typed on it within minutes."""
    bedside = _new(room, by.staff, now)
    bedside.save(force_insert=True)
    record(bedside, changed=["code_until"])
    return bedside


@action("bedside.manage")
def use_here(*, room: Room, by: Actor, now: datetime) -> tuple[Bedside, str]:
    """Pairs the device somebody of the staff holds, without a code; gives its token."""
    bedside, token = _new(room, by.staff, now), new_token()
    _paired(bedside, token, now)
    bedside.save(force_insert=True)
    record(bedside, changed=["paired_at"])
    return bedside, token


@action("bedside.pair")
def pair(*, bedside: Bedside, by: Actor, now: datetime) -> str:
    """Pairs the tablet on which the code was typed; gives its token. The code is used up.

    Raises CodeUsed when another tablet was first.
    """
    bedside = Bedside.everything.select_for_update().get(pk=bedside.pk)
    if bedside.paired_at is not None:
        raise CodeUsed
    token = new_token()
    _paired(bedside, token, now)
    bedside.save(update_fields=["token_hash", "paired_at", "expires_at", "seen_at"])
    record(bedside, changed=["paired_at"])
    return token


@action("bedside.manage")
def remove(*, bedside: Bedside, by: Actor, now: datetime) -> Bedside:
    """Takes the tablet away from its room; it shows nothing from its next question on."""
    bedside.revoked_at = bedside.revoked_at or now
    bedside.save(update_fields=["revoked_at"])
    record(bedside, changed=["revoked_at"])
    return bedside


def _new(room: Room, staff: Staff | None, now: datetime) -> Bedside:
    """A place whose code no other has, nor ever had."""
    assert staff is not None
    while True:
        bedside = Bedside(room=room, made_by=staff, made_at=now, code_until=now + CODE_FOR)
        bedside.code_hash = code_hash(code_of(bedside))
        if not Bedside.everything.filter(code_hash=bedside.code_hash).exists():
            return bedside


def _paired(bedside: Bedside, token: str, now: datetime) -> None:
    bedside.token_hash, bedside.paired_at, bedside.seen_at = token_hash(token), now, now
    bedside.expires_at = now + PAIRED_FOR


def for_code(typed: str, source: str, now: datetime) -> Bedside | None:
    """The place this code was made for, or None. Raises TooManyGuesses as for a visit's code."""
    guess = counted(source, now)
    waiting = Bedside.everything.filter(paired_at=None, revoked_at=None, code_until__gt=now)
    found = (
        waiting.select_related("room__location__practice")
        .filter(code_hash=code_hash(plain_code(typed)))
        .first()
    )
    if found is not None:
        guess.delete()
    return found


def for_token(token: str, now: datetime) -> Bedside | None:
    """The tablet with this token, or None when it is unknown, taken away or past."""
    return _paired_ones(now).filter(token_hash=token_hash(token)).first() if token else None


def _paired_ones(now: datetime) -> QuerySet[Bedside]:
    known = Bedside.everything.select_related("room__location__practice")
    return known.filter(expires_at__gt=now, revoked_at=None)


def dial_for(bedside: Bedside, now: datetime) -> DialLink | None:
    """The dial to show: of the visit in session in its room, None between visits."""
    return link_in_room(bedside.room, now)


def seen(bedside: Bedside, now: datetime) -> None:
    """Keeps, now and then, that the tablet asked."""
    if bedside.seen_at is None or now - bedside.seen_at >= SEEN_EVERY:
        Bedside.everything.filter(pk=bedside.pk).update(seen_at=now)


def open_beside(*, visit: Visit, by: Actor, now: datetime) -> None:
    """Opens the visit's dial when a tablet in its room has asked lately and so shows it."""
    awake = _paired_ones(now).filter(room=visit.appointment.room_id, seen_at__gt=now - AWAKE)
    if open_link(visit, now) is None and awake.exists():
        open_dial(visit=visit, by=by, now=now)
