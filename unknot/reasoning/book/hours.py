"""Working hours: weekly wall times with breaks, special days and time off, turned into moments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from unknot.reasoning.book.interval import Interval, merged, without
from unknot.reasoning.book.wall import closes_at, opens_at, wall_time

_MIDNIGHT = time(0)


class HoursError(ValueError):
    """Working hours that cannot be meant as written."""


@dataclass(frozen=True)
class Shift:
    """Open on one weekday (0 is Monday) from `opens` to `closes`; closing at 00:00 means the
    day's end.

    `since` and `until` are the first and last day it holds, or None for always.
    """

    weekday: int
    opens: time
    closes: time
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise HoursError("A weekday runs from 0 (Monday) to 6 (Sunday)")
        _check_order(self.opens, self.closes)

    def holds_on(self, day: date) -> bool:
        """True when this shift is worked on that day."""
        if day.weekday() != self.weekday:
            return False
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


@dataclass(frozen=True)
class SpecialDay:
    """What replaces the weekly hours on one day: pairs of opening and closing, none for closed."""

    hours: tuple[tuple[time, time], ...] = ()

    def __post_init__(self) -> None:
        for opens, closes in self.hours:
            _check_order(opens, closes)


@dataclass(frozen=True)
class Hours:
    """A week of shifts, its breaks, the days that differ and the stretches away."""

    shifts: tuple[Shift, ...] = ()
    breaks: tuple[Shift, ...] = ()
    special_days: Mapping[date, SpecialDay] = field(default_factory=lambda: MappingProxyType({}))
    away: tuple[Interval, ...] = ()


def opening(hours: Hours, *, between: Interval, zone: ZoneInfo) -> tuple[Interval, ...]:
    """The UTC intervals inside `between` when these hours are worked, sorted, not touching.

    A day has 23, 24 or 25 hours as its zone has it. Breaks are taken out of special days too.
    """
    open_: list[Interval] = []
    shut: list[Interval] = list(hours.away)
    day = wall_time(between.start, zone).date() - timedelta(days=1)
    last = wall_time(between.end, zone).date()
    while day <= last:
        open_ += _moments_of(_worked_on(hours, day), day, zone, widest=False)
        shut += _moments_of(_pauses_on(hours, day), day, zone, widest=True)
        day += timedelta(days=1)
    inside = (interval.meets(between) for interval in without(open_, shut))
    return merged(interval for interval in inside if interval is not None)


def _worked_on(hours: Hours, day: date) -> tuple[tuple[time, time], ...]:
    special = hours.special_days.get(day)
    if special is not None:
        return special.hours
    return tuple((shift.opens, shift.closes) for shift in hours.shifts if shift.holds_on(day))


def _pauses_on(hours: Hours, day: date) -> tuple[tuple[time, time], ...]:
    return tuple((pause.opens, pause.closes) for pause in hours.breaks if pause.holds_on(day))


def _moments_of(
    pairs: tuple[tuple[time, time], ...], day: date, zone: ZoneInfo, *, widest: bool
) -> list[Interval]:
    """The stretches as moments; a double wall time makes work as short, and a pause as long, as
    it can be.
    """
    found = []
    for opens, closes in pairs:
        begin = datetime.combine(day, opens)
        end = datetime.combine(day + timedelta(days=1) if closes == _MIDNIGHT else day, closes)
        if widest:
            start_at, end_at = closes_at(begin, zone), opens_at(end, zone)
        else:
            start_at, end_at = opens_at(begin, zone), closes_at(end, zone)
        if start_at < end_at:
            found.append(Interval(start_at, end_at))
    return found


def _check_order(opens: time, closes: time) -> None:
    if closes != _MIDNIGHT and closes <= opens:
        raise HoursError(
            "Hours must close after they open; split hours that cross midnight into two days"
        )
