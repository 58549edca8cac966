"""Booking: when a course of care can happen, as pure functions on moments and wall times.

Everything is half-open: an interval holds its start and not its end, so one visit may begin the
moment another's turnover is over. Working hours are wall times in a zone; busy times and
answers are UTC moments.
"""

from unknot.reasoning.book.free import DailyLimit, free_times, room_for
from unknot.reasoning.book.hours import Hours, HoursError, Shift, SpecialDay, opening
from unknot.reasoning.book.interval import Interval, merged, without
from unknot.reasoning.book.match import Need, Practitioner, why_not
from unknot.reasoning.book.series import (
    Change,
    Opening,
    Placement,
    Unplaced,
    gaps_for,
    place_series,
    slack_days,
)
from unknot.reasoning.book.wall import (
    DoubleWallTime,
    MissingWallTime,
    UnknownZone,
    WallTimeError,
    closes_at,
    moment,
    opens_at,
    wall_time,
    zone_named,
)

__all__ = [
    "Change",
    "DailyLimit",
    "DoubleWallTime",
    "Hours",
    "HoursError",
    "Interval",
    "MissingWallTime",
    "Need",
    "Opening",
    "Placement",
    "Practitioner",
    "Shift",
    "SpecialDay",
    "UnknownZone",
    "Unplaced",
    "WallTimeError",
    "closes_at",
    "free_times",
    "gaps_for",
    "merged",
    "moment",
    "opening",
    "opens_at",
    "place_series",
    "room_for",
    "slack_days",
    "wall_time",
    "why_not",
    "without",
    "zone_named",
]
