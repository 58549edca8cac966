"""Wall time and moments: what the clock on the wall reads, and when that is.

Some wall times never happen (the clock jumps over them in spring) and some happen twice (in
autumn). Neither is ever guessed: a person who enters one is told, and working hours that begin
or end in one are read so that nobody is booked while the practice may be closed.

    WallTimeError
    ├── MissingWallTime   the clock jumps over it
    ├── DoubleWallTime    it happens twice; `choices` gives both moments
    └── UnknownZone       not the name of a time zone
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones


class WallTimeError(ValueError):
    """A wall time or zone that does not name one moment."""


class MissingWallTime(WallTimeError):
    """The clock jumps over this wall time."""


class DoubleWallTime(WallTimeError):
    """This wall time happens twice; `choices` holds the earlier and the later moment."""

    def __init__(self, message: str, choices: tuple[datetime, datetime]) -> None:
        super().__init__(message)
        self.choices = choices


class UnknownZone(WallTimeError):
    """Not the name of a time zone."""


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(available_timezones())


def zone_named(name: str) -> ZoneInfo:
    """The zone of that name. A name outside the list is refused before any file is looked for."""
    if name not in _zone_names():
        raise UnknownZone("This is not the name of a time zone; use one such as Europe/London")
    return ZoneInfo(name)


def moments(wall: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The UTC moments at which a clock in `zone` reads `wall` (naive): none, one or two, in
    order.
    """
    readings = {wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return tuple(sorted(at for at in readings if wall_time(at, zone) == wall))


def moment(wall: datetime, zone: ZoneInfo, *, later: bool | None = None) -> datetime:
    """The UTC moment of a naive wall time. A double one needs `later`; a missing one is always
    refused.
    """
    found = moments(wall, zone)
    if not found:
        raise MissingWallTime("The clock skips this time on that day; choose another time")
    if len(found) == 1:
        return found[0]
    if later is None:
        raise DoubleWallTime(
            "This time happens twice on that day; say which one", (found[0], found[1])
        )
    return found[1] if later else found[0]


def wall_time(at: datetime, zone: ZoneInfo) -> datetime:
    """What the clock in `zone` reads at that moment, without a zone and without a fold."""
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def opens_at(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment hours begin: after the jump when the time is missing, the later one when it is
    double.
    """
    found = moments(wall, zone)
    return found[-1] if found else _end_of_jump(wall, zone)


def closes_at(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment hours end: at the jump when the time is missing, the earlier one when it is
    double.
    """
    found = moments(wall, zone)
    return found[0] if found else _end_of_jump(wall, zone)


def _end_of_jump(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment of the jump that skips `wall`, found to the second by halving.

    Read with the offset after the jump a skipped time lies before it, and with the offset
    before, after it.
    """
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    after = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if wall_time(middle, zone) > wall:
            after = middle
        else:
            before = middle
    return after
