"""The client's taps: how one is kept, taken back, and seen by the staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from unknot.reasoning.treat.late import is_late

from ...access import Actor
from ...audit import action, record
from ...models import Client, DialEvent, Note, Staff, Visit
from .. import limits as limits_of
from ..dial import wake
from ..errors import NotInSession, OutsideLimits, TooLate

TOUCHES: Final = ("less", "right", "more", "stop", "pain")
"""What the client can say; the other kinds of line are about a touch."""
FASTEST_TAPS: Final = 30
"""Lines taken within ten seconds; a thumb is slower, a script is not. A stop comes through all the
same, unless a stop is the newest line."""
TAP_WINDOW: Final = timedelta(seconds=10)
TAKE_BACK_WITHIN: Final = timedelta(seconds=10)
ROUNDED_OFF: Final = timedelta(seconds=30)
"""By so much an entry, which counts whole minutes, may have begun earlier than it says."""
AFTER_THE_END: Final = (
    "Your visit is over, so this was not sent. Say it aloud, or in your check-in."
)
AFTER_SIGNING: Final = (
    "This came too late to be kept: the notes of your visit are closed. Say it aloud, or in your"
    " check-in."
)


class TooFast(Exception):
    """More taps than a thumb can make; this one was not kept."""


@action("dial.turn")
def turn(
    *,
    visit: Visit,
    kind: str,
    pain: int | None,
    by: Actor,
    now: datetime,
    made_at: datetime | None = None,
) -> DialEvent:
    """Keeps one tap of the client, with the area, pressure and pain cap in force when it was made.

    `made_at` is when, if it waited on the phone: a tap made in the visit is kept, as late, until
    the note is signed, even if it comes after the end. The visit is locked meanwhile, so that its
    log grows in the order of its numbers and a stream that has seen one number has seen every
    smaller one. Raises OutsideLimits for a tap that is neither a word nor a pain of 0-10, TooFast
    for a flood, TooLate for one made after the end or come after the note was signed.
    """
    at = min(made_at or now, now)
    visit = _locked(visit, at)
    if kind not in TOUCHES or (kind == "pain") == (pain is None):
        raise OutsideLimits("A tap is a word or a pain from 0 to 10.")
    if pain is not None and not 0 <= pain <= 10:
        raise OutsideLimits("Pain is a whole number from 0 to 10.")
    late = is_late((now - at).total_seconds())
    if _is_flooded(visit, now) and not (
        kind == DialEvent.Kind.STOP and _is_news(visit, late=late)
    ):
        raise TooFast
    work = work_at(visit, at)
    ceiling = limits_of.ceiling(visit.appointment.episode, visit.finished_at)
    cap = ceiling.cap(work.technique, work.area)
    event = DialEvent.everything.create(
        visit=visit,
        kind=kind,
        pain=pain,
        area=work.area,
        pressure=work.pressure,
        pain_cap=cap.pain_0_10,
        pressure_ceiling=cap.pressure,
        at=at,
        received_at=now if late or visit.finished_at else None,
    )
    record(event, changed=["kind"])
    transaction.on_commit(lambda: wake.ring(visit.pk))
    return event


@action("dial.turn")
def take_back(
    *, visit: Visit, seq: int, by: Actor, now: datetime, made_at: datetime | None = None
) -> DialEvent:
    """Marks the client's last tap as a slip; the tap itself stays in the log.

    `made_at` is when it was taken back, if that waited on the phone. Raises OutsideLimits when it
    is not the last one, or was older than a few seconds then; TooLate as `turn` does.
    """
    at = min(made_at or now, now)
    visit = _locked(visit, at)
    last = last_touch(visit)
    if last is None or last.seq != seq or at - last.at > TAKE_BACK_WITHIN:
        raise OutsideLimits("This can no longer be taken back. Say it aloud.")
    return _remark(visit, last, DialEvent.Kind.BACK, None, now)


@action("dial.see")
def see(*, visit: Visit, seq: int, by: Actor, now: datetime) -> DialEvent:
    """Keeps who on the staff saw an alert; seen already, it gives the line that says so.

    Raises OutsideLimits when there is no such tap, NotInSession once the note is signed.
    """
    visit = Visit.everything.select_for_update().get(pk=visit.pk)
    if Note.everything.filter(visit=visit, state=Note.State.SIGNED).exists():
        raise NotInSession("The note of this visit is signed.")
    touch = visit.dial_events.filter(seq=seq, kind__in=TOUCHES).first()
    if touch is None or by.staff is None:
        raise OutsideLimits("There is no such tap.")
    found = touch.remarks.filter(kind=DialEvent.Kind.SEEN).first()
    if found is None:
        return _remark(visit, touch, DialEvent.Kind.SEEN, by.staff, now)
    record(found, changed=[])
    return found


@dataclass(frozen=True)
class Work:
    """What the hands did at one moment: no area and no pressure when nothing was in work."""

    area: str = ""
    technique: str = ""
    pressure: int | None = None


def work_at(visit: Visit, at: datetime) -> Work:
    """What was in work at that moment: what is now, or the entry made of it since."""
    since = visit.work_since
    if visit.area_in_work and since is not None and at >= since:
        return Work(visit.area_in_work, visit.technique_in_work, visit.pressure_in_work)
    entry = visit.entries.filter(recorded_at__gte=at).first()
    if entry is None or at < entry.recorded_at - timedelta(minutes=entry.minutes) - ROUNDED_OFF:
        return Work(technique=visit.technique_in_work)
    return Work(entry.area, entry.technique, entry.pressure)


def _is_flooded(visit: Visit, now: datetime) -> bool:
    since = now - TAP_WINDOW
    lately = Q(at__gt=since, at__lte=now) | Q(received_at__gt=since, received_at__lte=now)
    return visit.dial_events.filter(lately).count() >= FASTEST_TAPS


def _is_news(visit: Visit, *, late: bool) -> bool:
    """Whether a stop says more than the newest line; what stands need not stand twice."""
    newest = visit.dial_events.order_by("-seq").first()
    if newest is None or newest.kind != DialEvent.Kind.STOP:
        return True
    return newest.received_at is not None and not late  # a stop now says more than a late one


def _locked(visit: Visit, at: datetime) -> Visit:
    """The visit as it is now, which nobody else changes until this is over, nor signs its note.

    Raises TooLate when what the client did `at` that time can no longer be kept.
    """
    rows = Visit.everything.select_related("appointment__episode__client")
    fresh = rows.select_for_update(of=("self",)).get(pk=visit.pk)
    if fresh.finished_at is None:
        return fresh
    if at > fresh.finished_at:
        raise TooLate(AFTER_THE_END)
    if Note.everything.filter(visit=fresh, state=Note.State.SIGNED).exists():
        raise TooLate(AFTER_SIGNING)
    return fresh


def _remark(
    visit: Visit, touch: DialEvent, kind: str, seen_by: Staff | None, now: datetime
) -> DialEvent:
    remark = DialEvent.everything.create(
        visit=visit,
        kind=kind,
        area=touch.area,
        pressure=touch.pressure,
        pain_cap=touch.pain_cap,
        pressure_ceiling=touch.pressure_ceiling,
        at=now,
        about=touch,
        seen_by=seen_by,
    )
    record(remark, changed=["kind", "about"])
    transaction.on_commit(lambda: wake.ring(visit.pk))
    return remark


def last_touch(visit: Visit) -> DialEvent | None:
    """The client's last tap that was not taken back, or None."""
    return (
        visit.dial_events.filter(kind__in=TOUCHES)
        .exclude(remarks__kind=DialEvent.Kind.BACK)
        .order_by("-seq")
        .first()
    )


def newest_of(visits: frozenset[UUID]) -> dict[UUID, Any]:
    """For each visit the number of its newest line and whether it is finished: two questions."""
    newest = dict(
        DialEvent.everything.filter(visit__in=visits)
        .values_list("visit")
        .annotate(newest=Max("seq"))
        .values_list("visit", "newest")
    )
    finished = set(
        Visit.everything.filter(pk__in=visits, finished_at__isnull=False).values_list(
            "pk", flat=True
        )
    )
    return {visit: (newest.get(visit, 0), visit in finished) for visit in visits}


def told_by(client: Client) -> QuerySet[DialEvent]:
    """Everything this client ever said with the dial and did not take back, in finished visits."""
    return (
        DialEvent.everything.filter(
            visit__appointment__client=client,
            visit__finished_at__isnull=False,
            kind__in=TOUCHES,
        )
        .exclude(remarks__kind=DialEvent.Kind.BACK)
        .order_by("seq")
    )
