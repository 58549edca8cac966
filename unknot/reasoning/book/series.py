"""A whole course placed at once: same weekday and time where possible, spacing kept, nothing
hidden.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from unknot.reasoning.book.wall import wall_time


@dataclass(frozen=True, order=True)
class Opening:
    """A start that is free with one therapist (any identifier that sorts)."""

    at: datetime
    therapist: str


@dataclass(frozen=True)
class Change:
    """How one visit differs from the same weekday, time and therapist as the first. Numbers
    start at 1.
    """

    number: int
    asked: datetime  # wall time, without a zone
    got: datetime  # wall time, without a zone
    other_day: bool
    other_time: bool
    other_therapist: bool


@dataclass(frozen=True)
class Unplaced:
    """A visit for which nothing was open near its day; `needs_therapist` when only one person
    would do.
    """

    number: int
    asked: datetime  # wall time, without a zone
    needs_therapist: bool


@dataclass(frozen=True)
class Placement:
    """The visits that were placed, by number, and what had to give."""

    visits: tuple[tuple[int, Opening], ...]
    changed: tuple[Change, ...]
    unplaced: tuple[Unplaced, ...]

    @property
    def times(self) -> tuple[datetime, ...]:
        """The placed starts, earliest first."""
        return tuple(opening.at for _, opening in self.visits)

    @property
    def complete(self) -> bool:
        """True when every visit found its time."""
        return not self.unplaced


def gaps_for(per_week: int) -> tuple[int, ...]:
    """Days between visits, to be repeated: once a week (7,), twice (3, 4), three times (2, 2,
    3).
    """
    if not 1 <= per_week <= 7:
        raise ValueError("Visits a week run from 1 to 7")
    edges = [number * 7 // per_week for number in range(per_week + 1)]
    return tuple(later - earlier for earlier, later in pairwise(edges))


def slack_days(gap: int) -> int:
    """How many days a visit may stray from its day: two in a week, never so far that two meet."""
    return min(max(1, gap * 2 // 7), gap - 1)


def place_series(
    *,
    first: Opening,
    count: int,
    every_days: int | tuple[int, ...],
    free: Iterable[Opening],
    zone: ZoneInfo,
    same_therapist_at: frozenset[int] = frozenset(),
) -> Placement:
    """Place `count` visits from `first` on, each `every_days` after the last (a tuple is
    repeated).

    Each visit takes the opening nearest to its day and wall time: first with the same
    therapist, then the same day, then the same time. It strays at most `slack_days` from its
    day, and the days between two neighbours stay within the same slack. The visits numbered in
    `same_therapist_at` (the review visits) are placed with the first visit's therapist or not
    at all.
    """
    gaps = (every_days,) if isinstance(every_days, int) else every_days
    if count < 1 or not gaps or min(gaps) < 1:
        raise ValueError("A series needs at least one visit and at least one day between visits")
    openings = _by_day(free, zone)
    start = wall_time(first.at, zone)
    placed: list[tuple[int, Opening]] = [(1, first)]
    changed: list[Change] = []
    unplaced: list[Unplaced] = []
    previous: date | None = start.date()
    asked = start
    for number in range(2, count + 1):
        gap = gaps[(number - 2) % len(gaps)]
        asked += timedelta(days=gap)
        only = first.therapist if number in same_therapist_at else None
        best = _nearest(openings, asked, previous, gap, first.therapist, only)
        if best is None:
            unplaced.append(Unplaced(number, asked, needs_therapist=only is not None))
            previous = None
            continue
        got, opening = best
        previous = got.date()
        placed.append((number, opening))
        change = _change(number, asked, got, opening.therapist != first.therapist)
        if change is not None:
            changed.append(change)
    return Placement(tuple(placed), tuple(changed), tuple(unplaced))


def _by_day(free: Iterable[Opening], zone: ZoneInfo) -> list[tuple[datetime, Opening]]:
    """Openings with their wall time, in the order of that wall time."""
    return sorted((wall_time(opening.at, zone), opening) for opening in free)


def _nearest(
    openings: list[tuple[datetime, Opening]],
    asked: datetime,
    previous: date | None,
    gap: int,
    therapist: str,
    only: str | None,
) -> tuple[datetime, Opening] | None:
    slack = timedelta(days=slack_days(gap))
    low, high = asked.date() - slack, asked.date() + slack
    if previous is not None:
        low = max(low, previous + timedelta(days=gap) - slack)
        high = min(high, previous + timedelta(days=gap) + slack)
    begin = bisect_left(
        openings, datetime.combine(low, datetime.min.time()), key=lambda pair: pair[0]
    )
    end = bisect_right(
        openings, datetime.combine(high, datetime.max.time()), key=lambda pair: pair[0]
    )
    near = [pair for pair in openings[begin:end] if only is None or pair[1].therapist == only]
    return min(near, key=lambda pair: _distance(pair, asked, therapist), default=None)


def _distance(
    pair: tuple[datetime, Opening], asked: datetime, therapist: str
) -> tuple[bool, int, int, Opening]:
    """What a visit gives up, dearest first: the therapist, the day, the time. Ties go to the
    earlier.
    """
    got, opening = pair
    return (
        opening.therapist != therapist,
        abs((got.date() - asked.date()).days),
        abs(_minute_of_day(got) - _minute_of_day(asked)),
        opening,
    )


def _minute_of_day(wall: datetime) -> int:
    return wall.hour * 60 + wall.minute


def _change(number: int, asked: datetime, got: datetime, other_therapist: bool) -> Change | None:
    other_day = got.date() != asked.date()
    other_time = got.time() != asked.time()
    if not (other_day or other_time or other_therapist):
        return None
    return Change(number, asked, got, other_day, other_time, other_therapist)
