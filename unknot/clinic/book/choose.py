"""What can be chosen: open times by day, and a whole course placed around a first visit."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from unknot.clinic.access import Actor
from unknot.clinic.book import diary, permit
from unknot.clinic.book.actions import Slot
from unknot.clinic.book.course import Course
from unknot.clinic.models import Appointment, Episode, Practice, Staff
from unknot.reasoning.book import (
    Interval,
    Opening,
    Placement,
    opens_at,
    place_series,
    slack_days,
    wall_time,
    zone_named,
)


@dataclass(frozen=True)
class Chosen:
    """A course as it would be booked: the slots in order, and what had to give."""

    slots: tuple[Slot, ...]
    placement: Placement


def treating(practice: Practice) -> list[Staff]:
    """The practice's therapists who take clients, by name."""
    return list(practice.staff.filter(active=True, treats=True).order_by("name"))


def fitting(therapists: Iterable[Staff], course: Course | None, on: date) -> list[Staff]:
    """Those of them whom nothing keeps from this course on that day."""
    return [staff for staff in therapists if not permit.for_therapist(staff, course, [on])]


def notice_for(actor: Actor, practice: Practice) -> timedelta:
    """How long ahead this person has to book: the front desk may book at once, a client may
    not.
    """
    return timedelta(hours=practice.notice_hours) if actor.kind == "client" else timedelta(0)


def open_times(
    episode: Episode,
    therapists: Sequence[Staff],
    *,
    minutes: int,
    days: tuple[date, date],
    by: Actor,
    now: datetime,
    moving: Sequence[Appointment] = (),
) -> tuple[Opening, ...]:
    """The openings of these therapists from the first to the last of these local days, both
    included.
    """
    practice = episode.client.practice
    between = whole_days(*days, zone_named(practice.zone))
    if between.end <= now:
        return ()
    read = diary.read(practice, therapists, episode.client_id, between, moving=moving)
    return diary.openings(read, minutes=minutes, notice=notice_for(by, practice), now=now)


def course_around(
    first: Opening,
    course: Course,
    episode: Episode,
    therapists: Sequence[Staff],
    *,
    by: Actor,
    now: datetime,
) -> Chosen | None:
    """The whole course from this first opening on; colleagues stand in where nothing else is
    near.
    """
    zone = zone_named(episode.client.practice.zone)
    start = wall_time(first.at, zone).date()
    length = sum(course.gaps[number % len(course.gaps)] for number in range(course.visits - 1))
    days = (start, start + timedelta(days=length + slack_days(max(course.gaps))))
    free = open_times(episode, therapists, minutes=course.minutes, days=days, by=by, now=now)
    start_with = _nearest_open(first, free)
    if start_with is None:
        return None
    placement = place_series(
        first=start_with,
        count=course.visits,
        every_days=course.gaps,
        free=free,
        zone=zone,
        same_therapist_at=course.reviews_to_book,
    )
    return Chosen(_slots(placement, course), placement)


def rest_around(
    first: Opening,
    rest: Sequence[Appointment],
    episode: Episode,
    therapists: Sequence[Staff],
    *,
    by: Actor,
    now: datetime,
) -> Chosen | None:
    """The rest of a series moved along with its first: the same days between, the same
    therapist first.

    Their own present times count as free. Numbers are those of the series.
    """
    zone = zone_named(episode.client.practice.zone)
    days_of = [wall_time(visit.starts_at, zone).date() for visit in rest]
    gaps = tuple(
        max(1, (later - sooner).days) for sooner, later in itertools.pairwise(days_of)
    ) or (7,)
    start = wall_time(first.at, zone).date()
    minutes = max(Interval(visit.starts_at, visit.ends_at).minutes for visit in rest)
    free = open_times(
        episode,
        therapists,
        minutes=minutes,
        days=(start, start + timedelta(days=sum(gaps) + slack_days(max(gaps)))),
        by=by,
        now=now,
        moving=rest,
    )
    start_with = _nearest_open(first, free)
    if start_with is None:
        return None
    reviews = frozenset(place for place, visit in enumerate(rest, 1) if visit.is_review)
    placement = place_series(
        first=start_with,
        count=len(rest),
        every_days=gaps,
        free=free,
        zone=zone,
        same_therapist_at=reviews,
    )
    slots = tuple(
        Slot(UUID(at.therapist), at.at, rest[place - 1].number, rest[place - 1].is_review)
        for place, at in placement.visits
    )
    return Chosen(slots, placement)


def _nearest_open(wanted: Opening, free: Sequence[Opening]) -> Opening | None:
    """The opening asked for, else the one nearest in time with the same therapist, else with
    any.
    """
    return min(
        free,
        key=lambda opening: (
            opening.therapist != wanted.therapist,
            abs(opening.at - wanted.at),
            opening,
        ),
        default=None,
    )


def whole_days(first: date, last: date, zone: ZoneInfo) -> Interval:
    """From the first moment of the first local day to the last moment of the last one."""

    start = _midnight(first, zone)
    return Interval(start, _midnight(last + timedelta(days=1), zone))


def _midnight(on: date, zone: ZoneInfo) -> datetime:

    return opens_at(datetime.combine(on, datetime.min.time()), zone).astimezone(UTC)


def _slots(placement: Placement, course: Course) -> tuple[Slot, ...]:
    numbered = ((number + course.before, opening) for number, opening in placement.visits)
    return tuple(
        Slot(UUID(opening.therapist), opening.at, number, number in course.reviews)
        for number, opening in numbered
    )
