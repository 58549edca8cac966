"""Pain over time as a drawing: where every point, tick and word goes. Pure geometry.

Two sizes are drawn, one for a phone and one for a desk, so that words keep their size; a style
sheet shows the one that fits. Pain 0 is at the bottom, as on every scale of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from unknot.reasoning.outcomes import Seen
from unknot.reasoning.outcomes.line import LinePoint
from unknot.reasoning.outcomes.numbers import Level

from ..ui.words import short_day

LEAST_DAYS = 13  # a diary of three days is not stretched over the whole width
MONTHS_FROM_DAYS = 110
LABEL_APART = 34.0  # below this, the number at the start and a line of words would touch


@dataclass(frozen=True)
class Size:
    """A drawing in user units: margins hold the words at both ends."""

    name: str
    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    most_dates: int
    radius: float
    roomy: bool


WIDE = Size("wide", 760, 364, 104, 104, 26, 62, 7, 4.2, True)
NARROW = Size("narrow", 360, 330, 48, 48, 24, 62, 4, 3.6, False)


@dataclass(frozen=True)
class Dot:
    """One day's score; ``step`` is the whole score, which picks its shade."""

    x: float
    y: float
    step: int
    title: str


@dataclass(frozen=True)
class Rule:
    """A horizontal line with the words that stand on it."""

    y: float
    x1: float
    x2: float
    text: str
    x: float = 0.0
    words_y: float = 0.0
    anchor: str = "start"


@dataclass(frozen=True)
class Tick:
    """A place on the time axis; ``text`` may be empty. ``kind`` is done, planned or date."""

    x: float
    text: str
    kind: str


@dataclass(frozen=True)
class Ending:
    """The usual level at one end of the time: its number, in the margin, and its short line."""

    x: float
    y: float
    x1: float
    x2: float
    anchor: str
    number: str
    words: str
    more: str


@dataclass(frozen=True)
class Chart:
    """Everything the template draws, in user units of ``width`` by ``height``."""

    name: str
    width: int
    height: int
    x1: float
    x2: float
    visits_top: float
    visits_foot: float
    dates_y: float
    radius: float
    grid: tuple[Rule, ...]
    bands: tuple[str, ...]
    lines: tuple[str, ...]
    dots: tuple[Dot, ...]
    visits: tuple[Tick, ...]
    visits_word_x: float
    dates: tuple[Tick, ...]
    endings: tuple[Ending, ...]
    goal: Rule | None


@dataclass(frozen=True)
class _Plane:
    """Turns days and scores into places."""

    size: Size
    first: date
    last: date

    def x(self, day: date) -> float:
        width = self.size.width - self.size.left - self.size.right
        share = (day - self.first).days / (self.last - self.first).days
        return round(self.size.left + share * width, 1)

    def y(self, score: float) -> float:
        height = self.size.height - self.size.top - self.size.bottom
        return round(self.size.top + (1 - score / 10) * height, 1)


def draw(
    fit: Seen, visits: Sequence[date], size: Size, path: Sequence[LinePoint] = ()
) -> Chart | None:
    """The drawing of the scores and the days of visits; None when there is no score to draw.

    ``path`` is the model's level; without it the smoothed scores are drawn. Visits still planned
    are drawn when they fall within the time shown.
    """
    if not fit.days or fit.as_of is None:
        return None
    goal_at = fit.start.value - fit.change.worthwhile if fit.start and fit.change else None
    first = min([fit.days[0].day, *visits])
    last = max([fit.as_of, fit.days[-1].day, *visits])
    plane = _Plane(size, first, max(last, first + timedelta(days=LEAST_DAYS)))
    known = tuple(point for point in path if point.day >= first)  # memory may reach further back
    parts = (known,) if len(known) > 1 else _parts(fit.line)
    return Chart(
        name=size.name,
        width=size.width,
        height=size.height,
        x1=float(size.left),
        x2=float(size.width - size.right),
        visits_top=plane.y(0) + 10,
        visits_foot=plane.y(0) + 24,
        dates_y=plane.y(0) + 50,
        radius=size.radius if len(fit.days) < 90 else size.radius * 0.75,
        grid=tuple(
            _rule(plane, score, "" if _near(score, goal_at, fit.start) else text)
            for score, text in GRID
        ),
        bands=tuple(_band(plane, part) for part in parts),
        lines=tuple(_line(plane, part) for part in parts),
        dots=tuple(_dot(plane, day.day, day.value) for day in fit.days),
        visits=_visits(plane, visits, fit),
        visits_word_x=plane.x(min(visits)) - 7 if visits else 0.0,
        dates=_dates(plane),
        endings=_endings(plane, fit),
        goal=_goal(plane, fit),
    )


MIDDLE = 5
WORDS_APART = 0.9
WORDS_WIDE, WORDS_NARROW = 200.0, 128.0
GRID = ((10, "10, worst imaginable"), (MIDDLE, "5"), (0, "0, no pain"))


def _near(score: float, goal: float | None, start: Level | None) -> bool:
    """Whether the word of the middle line would stand on the goal's words or the start's line."""
    others = [level for level in (goal, start.value if start else None) if level is not None]
    return score == MIDDLE and any(abs(score - other) < WORDS_APART for other in others)


def _rule(plane: _Plane, score: float, text: str) -> Rule:
    return Rule(plane.y(score), plane.x(plane.first), plane.x(plane.last), text)


def _dot(plane: _Plane, day: date, value: float) -> Dot:
    said = f"{value:.1f}".removesuffix(".0")
    return Dot(plane.x(day), plane.y(value), round(value), f"{short_day(day)}: {said}")


def _parts(points: Sequence[LinePoint]) -> tuple[tuple[LinePoint, ...], ...]:
    """The line cut where nothing was written for a while; a single point draws nothing."""
    if len(points) < 2:
        return ()
    step = min((other.day - one.day).days for one, other in pairwise(points))
    parts: list[list[LinePoint]] = [[points[0]]]
    for one, other in pairwise(points):
        if (other.day - one.day).days > step:
            parts.append([])
        parts[-1].append(other)
    return tuple(tuple(part) for part in parts if len(part) > 1)


def _band(plane: _Plane, part: Sequence[LinePoint]) -> str:
    above = [_place(plane, point, lambda one: one.high) for point in part]
    below = [_place(plane, point, lambda one: one.low) for point in reversed(part)]
    return f"M{' L'.join(above + below)} Z"


def _line(plane: _Plane, part: Sequence[LinePoint]) -> str:
    return "M" + " L".join(_place(plane, point, lambda one: one.value) for point in part)


def _place(plane: _Plane, point: LinePoint, score: Callable[[LinePoint], float]) -> str:
    return f"{plane.x(point.day)} {plane.y(score(point))}"


def _visits(plane: _Plane, visits: Sequence[date], fit: Seen) -> tuple[Tick, ...]:
    done = [Tick(plane.x(day), f"Visit on {short_day(day)}", "done") for day in sorted(visits)]
    shown = [day for day in fit.planned if plane.first <= day <= plane.last]
    return tuple(
        done
        + [Tick(plane.x(day), f"Visit planned on {short_day(day)}", "planned") for day in shown]
    )


def _dates(plane: _Plane) -> tuple[Tick, ...]:
    """A few dates: weeks while the time is short, the first of months when it is long."""
    days = (plane.last - plane.first).days
    if days > MONTHS_FROM_DAYS:
        return tuple(Tick(plane.x(day), f"{day:%b}", "date") for day in _firsts(plane))
    step = 7
    while days / step > plane.size.most_dates - 1:
        step += 7
    shown = [plane.first + timedelta(days=step * i) for i in range(days // step + 1)]
    return tuple(Tick(plane.x(day), f"{day.day} {day:%b}", "date") for day in shown)


def _firsts(plane: _Plane) -> list[date]:
    """First days of months within the time shown, thinned to what fits."""
    months = [
        date(year, month, 1)
        for year in range(plane.first.year, plane.last.year + 1)
        for month in range(1, 13)
    ]
    inside = [day for day in months if plane.first <= day <= plane.last]
    return inside[:: -(-len(inside) // plane.size.most_dates)]


def _endings(plane: _Plane, fit: Seen) -> tuple[Ending, ...]:
    """The start in the left margin and now in the right one."""
    found = []
    if fit.start is not None:
        words = ("at the", "start") if plane.size.roomy else ("start", "")
        found.append(_ending(plane, fit.start, plane.size.left - 12.0, "end", words))
    if fit.now is not None:
        words = ("in the last", "two weeks") if plane.size.roomy else ("now", "")
        x = plane.size.width - plane.size.right + 12.0
        found.append(_ending(plane, fit.now, x, "start", words))
    return tuple(found)


def _ending(plane: _Plane, level: Level, x: float, anchor: str, words: tuple[str, str]) -> Ending:
    return Ending(
        x=x,
        y=plane.y(level.value),
        x1=plane.x(level.first),
        x2=plane.x(level.last),
        anchor=anchor,
        number=f"{level.value:.1f}",
        words=words[0],
        more=words[1],
    )


def _goal(plane: _Plane, fit: Seen) -> Rule | None:
    """Where a drop begins to matter to most people who start where this person did."""
    if fit.start is None or fit.change is None:
        return None
    y = plane.y(max(0.0, fit.start.value - fit.change.worthwhile))
    text = "below this, a change that matters" if plane.size.roomy else "a change that matters"
    left, right = plane.x(plane.first), plane.x(plane.last)
    x, words_y, anchor = _free_place(plane, fit, y, left, right)
    return Rule(y, left, right, text, x, words_y, anchor)


def _free_place(
    plane: _Plane, fit: Seen, y: float, left: float, right: float
) -> tuple[float, float, str]:
    """Where the goal's words cover the least: at either end, below or above."""
    width = WORDS_WIDE if plane.size.roomy else WORDS_NARROW
    places = [(day.day, day.value) for day in fit.days]
    places += [(point.day, point.value) for point in fit.line]
    spots = [(plane.x(day), plane.y(value)) for day, value in places]

    def covered(place: tuple[float, float, str]) -> int:
        x, words_y, anchor = place
        begin = x if anchor == "start" else x - width
        return sum(
            begin - 4 <= spot_x <= begin + width + 4 and words_y - 16 <= spot_y <= words_y + 8
            for spot_x, spot_y in spots
        )

    below, above = y + 16, y - 7
    return min(
        (
            (left, below, "start"),
            (right, below, "end"),
            (left, above, "start"),
            (right, above, "end"),
        ),
        key=covered,
    )


@dataclass(frozen=True)
class Track:
    """One score of daily life on its line from low to high: then and now."""

    low: str
    high: str
    then_x: float | None
    now_x: float
    then: str
    now: str
    same: bool


TRACK_LEFT, TRACK_RIGHT = 14.0, 306.0


def track(low: float, high: float, then: float | None, now: float) -> Track:
    """Places of the first and the latest score on a line; ``then`` None when there is only one."""

    def x(value: float) -> float:
        return round(TRACK_LEFT + (value - low) / (high - low) * (TRACK_RIGHT - TRACK_LEFT), 1)

    return Track(
        low=f"{low:g}",
        high=f"{high:g}",
        then_x=None if then is None else x(then),
        now_x=x(now),
        then="" if then is None else f"{then:.1f}",
        now=f"{now:.1f}",
        same=then is not None and abs(x(then) - x(now)) < LABEL_APART,
    )
