"""Half-open stretches of time between two aware moments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, order=True)
class Interval:
    """From `start` up to, and not including, `end`. Both carry a zone; an empty stretch is
    refused.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("An interval needs moments with a time zone; give both ends one")
        if self.end <= self.start:
            raise ValueError("An interval must end after it starts; swap or move its ends")

    @property
    def minutes(self) -> int:
        """Whole minutes between the two ends, as elapsed time."""
        return int((self.end - self.start) / timedelta(minutes=1))

    def overlaps(self, other: Interval) -> bool:
        """True when some moment lies in both. Two that only touch do not overlap."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Interval) -> bool:
        """True when the whole of `other` lies inside."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Interval) -> Interval | None:
        """The stretch that lies in both, or None."""
        if not self.overlaps(other):
            return None
        return Interval(max(self.start, other.start), min(self.end, other.end))


def merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The same moments as few sorted intervals that neither overlap nor touch."""
    joined: list[Interval] = []
    for interval in sorted(intervals):
        if joined and interval.start <= joined[-1].end:
            joined[-1] = Interval(joined[-1].start, max(joined[-1].end, interval.end))
        else:
            joined.append(interval)
    return tuple(joined)


def without(intervals: Iterable[Interval], taken: Iterable[Interval]) -> tuple[Interval, ...]:
    """The moments of `intervals` that lie in none of `taken`, as sorted intervals that do not
    touch.
    """
    removed = merged(taken)
    left: list[Interval] = []
    first = 0
    for interval in merged(intervals):
        while first < len(removed) and removed[first].end <= interval.start:
            first += 1
        start = interval.start
        for cut in removed[first:]:
            if cut.start >= interval.end:
                break
            if start < cut.start:
                left.append(Interval(start, cut.start))
            start = max(start, cut.end)
        if start < interval.end:
            left.append(Interval(start, interval.end))
    return tuple(left)
