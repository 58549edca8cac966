"""What is open and what is taken, read for a stretch of time in a handful of queries.

These reads are not scoped to one person's rows: whether a moment is free depends on everybody's
bookings. What leaves this module is free moments and keys, never whose booking takes the
others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from unknot.clinic.book import occupy
from unknot.clinic.models import Appointment, Practice, Room, Staff, TimeOff, WorkingHours
from unknot.reasoning.book import (
    DailyLimit,
    Hours,
    Interval,
    Opening,
    Shift,
    free_times,
    opening,
    room_for,
    wall_time,
    zone_named,
)

STEP_MINUTES = 15


@dataclass(frozen=True)
class Diary:
    """Hours by therapist and location, rooms by location, what is taken by key, minutes by
    therapist and day.
    """

    practice: Practice
    zone: ZoneInfo
    between: Interval
    hours: Mapping[UUID, Mapping[UUID, Hours]]
    rooms: Mapping[UUID, tuple[UUID, ...]]
    taken: Mapping[UUID, list[Interval]]
    limits: Mapping[UUID, DailyLimit]
    client: UUID


def read(
    practice: Practice,
    therapists: Iterable[Staff],
    client: UUID,
    between: Interval,
    *,
    moving: Sequence[Appointment] = (),
) -> Diary:
    """The diary of these therapists; `moving` are appointments whose present times count as
    free.
    """
    staff = {therapist.pk: therapist for therapist in therapists}
    zone = zone_named(practice.zone)
    rooms: dict[UUID, list[UUID]] = defaultdict(list)
    for room, location in (
        Room.everything.filter(location__practice=practice)
        .order_by("name", "pk")
        .values_list("pk", "location_id")
    ):
        rooms[location].append(room)
    keys = [*staff, client, *(room for here in rooms.values() for room in here)]
    return Diary(
        practice=practice,
        zone=zone,
        between=between,
        hours=_hours(staff, between),
        rooms={location: tuple(here) for location, here in rooms.items()},
        taken=occupy.taken(keys, between, but=moving),
        limits=_limits(staff, between, zone, moving),
        client=client,
    )


def openings(
    diary: Diary, *, minutes: int, notice: timedelta, now: datetime
) -> tuple[Opening, ...]:
    """Every start at which a visit of that length fits, with its therapist's key, earliest
    first.
    """
    found = [
        Opening(at, str(therapist))
        for therapist, locations in diary.hours.items()
        for location, hours in locations.items()
        for at in free_times(
            hours=hours,
            busy=[*diary.taken[therapist], *diary.taken[diary.client]],
            minutes=minutes,
            buffer_minutes=diary.practice.turnover_minutes,
            between=diary.between,
            zone=diary.zone,
            notice=notice,
            now=now,
            step_minutes=STEP_MINUTES,
            limit=diary.limits[therapist],
            rooms={str(room): diary.taken[room] for room in diary.rooms.get(location, ())},
        )
    ]
    return tuple(sorted(found))


def room_at(diary: Diary, therapist: UUID, visit: Interval) -> UUID | None:
    """A room for this visit and its turnover where the therapist works then; None when it
    cannot be.

    Looks at hours, rooms, therapist, client and the daily limit. The database has the last
    word.
    """
    whole = Interval(visit.start, visit.end + timedelta(minutes=diary.practice.turnover_minutes))
    if any(whole.overlaps(busy) for key in (therapist, diary.client) for busy in diary.taken[key]):
        return None
    if not diary.limits[therapist].allows(
        wall_time(visit.start, diary.zone).date(), visit.minutes
    ):
        return None
    for location, hours in diary.hours.get(therapist, {}).items():
        here = opening(hours, between=whole, zone=diary.zone)
        if any(stretch.holds(whole) for stretch in here):
            room = room_for(
                whole, {str(key): diary.taken[key] for key in diary.rooms.get(location, ())}
            )
            return None if room is None else UUID(room)
    return None


def works_at(diary: Diary, therapist: UUID, visit: Interval) -> bool:
    """True when the whole visit and its turnover lie in the therapist's hours at one location."""
    whole = Interval(visit.start, visit.end + timedelta(minutes=diary.practice.turnover_minutes))
    return any(
        stretch.holds(whole)
        for hours in diary.hours.get(therapist, {}).values()
        for stretch in opening(hours, between=whole, zone=diary.zone)
    )


def _hours(staff: Mapping[UUID, Staff], between: Interval) -> dict[UUID, dict[UUID, Hours]]:
    away: dict[UUID, list[Interval]] = defaultdict(list)
    for off in TimeOff.everything.filter(
        staff__in=list(staff), starts_at__lt=between.end, ends_at__gt=between.start
    ):
        away[off.staff_id].append(Interval(off.starts_at, off.ends_at))
    shifts: dict[tuple[UUID, UUID], list[Shift]] = defaultdict(list)
    for row in WorkingHours.everything.filter(staff__in=list(staff)).order_by("weekday", "starts"):
        shifts[row.staff_id, row.location_id].append(
            Shift(row.weekday, row.starts, row.ends, row.valid_from, row.valid_until)
        )
    hours: dict[UUID, dict[UUID, Hours]] = {therapist: {} for therapist in staff}
    for (therapist, location), week in shifts.items():
        hours[therapist][location] = Hours(shifts=tuple(week), away=tuple(away[therapist]))
    return hours


def _limits(
    staff: Mapping[UUID, Staff], between: Interval, zone: ZoneInfo, moving: Sequence[Appointment]
) -> dict[UUID, DailyLimit]:
    minutes: dict[UUID, dict[date, int]] = {therapist: defaultdict(int) for therapist in staff}
    rows = (
        Appointment.everything.filter(
            staff__in=list(staff),
            starts_at__gte=between.start - timedelta(days=1),
            starts_at__lt=between.end + timedelta(days=1),
        )
        .exclude(state=Appointment.State.CANCELLED)
        .exclude(pk__in=[appointment.pk for appointment in moving])
        .values_list("staff_id", "starts_at", "ends_at")
    )
    for therapist, starts_at, ends_at in rows:
        minutes[therapist][wall_time(starts_at, zone).date()] += Interval(
            starts_at, ends_at
        ).minutes
    return {
        therapist: DailyLimit(row.hands_on_minutes_per_day, minutes[therapist])
        for therapist, row in staff.items()
    }


def worked(therapist: UUID, between: Interval, zone: ZoneInfo) -> list[Interval]:
    """The stretches this therapist works, at any location, in order."""
    staff = {row.pk: row for row in Staff.everything.filter(pk=therapist)}
    return sorted(
        stretch
        for hours in _hours(staff, between)[therapist].values()
        for stretch in opening(hours, between=between, zone=zone)
    )
