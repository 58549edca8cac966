"""Open times: when one therapist could start a visit of a given length."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from unknot.reasoning.book.hours import Hours, opening
from unknot.reasoning.book.interval import Interval, merged, without
from unknot.reasoning.book.wall import wall_time


@dataclass(frozen=True)
class DailyLimit:
    """How many minutes a therapist's hands may work on one local day, and how many are taken
    already.
    """

    minutes: int
    taken: Mapping[date, int] = field(default_factory=lambda: MappingProxyType({}))

    def allows(self, day: date, minutes: int) -> bool:
        """True when that many more minutes stay within the day's limit."""
        return self.taken.get(day, 0) + minutes <= self.minutes


def free_times(
    *,
    hours: Hours,
    busy: Iterable[Interval],
    minutes: int,
    buffer_minutes: int,
    between: Interval,
    zone: ZoneInfo,
    notice: timedelta,
    now: datetime,
    step_minutes: int = 15,
    limit: DailyLimit | None = None,
    rooms: Mapping[str, Sequence[Interval]] | None = None,
) -> tuple[datetime, ...]:
    """The UTC starts at which a visit fits, earliest first.

    A visit takes `minutes` and then `buffer_minutes` of turnover; both must lie in the hours
    and outside `busy` (whose own turnover the caller includes). Starts fall on `step_minutes`
    of the wall clock, not before `now` plus `notice`, and inside `between`. With `rooms` one of
    them must be free throughout; an empty mapping of rooms offers nothing, None asks for no
    room.
    """
    span = timedelta(minutes=minutes + buffer_minutes)
    step = timedelta(minutes=step_minutes)
    earliest = max(between.start, now + notice)
    open_rooms = None if rooms is None else [_Taken(room) for room in rooms.values()]
    found: list[datetime] = []
    for gap in without(opening(hours, between=between, zone=zone), busy):
        start = _on_the_clock(max(gap.start, earliest), step_minutes, zone)
        while start + span <= gap.end:
            if _allowed(start, span, minutes, zone, limit, open_rooms):
                found.append(start)
            start += step
    return tuple(found)


def room_for(span: Interval, rooms: Mapping[str, Iterable[Interval]]) -> str | None:
    """The first room, in the mapping's order, that is free for the whole span; None when all
    are taken.
    """
    for room, taken in rooms.items():
        if not any(span.overlaps(interval) for interval in taken):
            return room
    return None


class _Taken:
    """What is taken of one room, so laid out that asking costs little however full it is."""

    def __init__(self, intervals: Iterable[Interval]) -> None:
        self._intervals = merged(intervals)
        self._ends = [interval.end for interval in self._intervals]

    def leaves(self, span: Interval) -> bool:
        """True when nothing taken overlaps the span: only the first to end after its start
        could.
        """
        first = bisect_right(self._ends, span.start)
        return first == len(self._ends) or not self._intervals[first].overlaps(span)


def _allowed(
    start: datetime,
    span: timedelta,
    minutes: int,
    zone: ZoneInfo,
    limit: DailyLimit | None,
    rooms: Sequence[_Taken] | None,
) -> bool:
    if limit is not None and not limit.allows(wall_time(start, zone).date(), minutes):
        return False
    if rooms is None:
        return True
    whole = Interval(start, start + span)
    return any(room.leaves(whole) for room in rooms)


def _on_the_clock(at: datetime, step_minutes: int, zone: ZoneInfo) -> datetime:
    """The first moment from `at` on at which the wall clock shows a multiple of the step past
    midnight.
    """
    wall = wall_time(at, zone)
    past = timedelta(
        hours=wall.hour,
        minutes=wall.minute,
        seconds=wall.second,
        microseconds=wall.microsecond,
    )
    return (at + (-past % timedelta(minutes=step_minutes))).astimezone(UTC)
