"""The funnel and the bars as drawings: where each thing goes. Pure geometry.

The funnel is drawn in two sizes, so that words keep theirs. A group is a letter in a ring; what it
stands for is in the table beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from unknot.reasoning.outcomes.pool import Estimate
from unknot.reasoning.outcomes.programme import SMALLEST, Figures, Funnel

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
APART = 17.0
SIZES = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 100000)


@dataclass(frozen=True)
class Spot:
    """A group: its place, its letter, and its words."""

    x: float
    y: float
    letter: str
    letter_x: float
    letter_y: float
    words: str


@dataclass(frozen=True)
class Line:
    """A grid line with its words."""

    at: float
    text: str


@dataclass(frozen=True)
class FunnelChart:
    """Everything the template draws, in user units."""

    name: str
    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    shares: tuple[Line, ...]
    sizes: tuple[Line, ...]
    middle: float
    middle_text: str
    inner: str
    outer: str
    inner_word: Spot
    outer_word: Spot
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class _Plane:
    name: str
    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    low: float
    high: float
    most: float

    def x(self, people: float) -> float:
        share = log(people / SMALLEST) / log(self.most / SMALLEST)
        return round(self.left + share * (self.width - self.left - self.right), 1)

    def y(self, share: float) -> float:
        up = (min(self.high, max(self.low, share)) - self.low) / (self.high - self.low)
        return round(self.height - self.bottom - up * (self.height - self.top - self.bottom), 1)


def draw(funnel: Funnel, groups: Sequence[tuple[str, Figures]], *, wide: bool) -> FunnelChart:
    """The funnel with each group at its size and its share, corrected for who its people are."""
    shares = [_corrected(funnel, figures) for _, figures in groups]
    reach = max(
        0.15,
        *(abs(share - funnel.middle) + 0.04 for share in shares),
        funnel.limits[0].high95 - funnel.middle,
    )
    most = funnel.limits[-1].people
    low, high = max(0.0, funnel.middle - reach), min(1.0, funnel.middle + reach)
    plane = (
        _Plane("wide", 760, 380, 62, 150, 22, 62, low, high, most)
        if wide
        else _Plane("narrow", 360, 330, 44, 16, 22, 62, low, high, most)
    )
    last = funnel.limits[-1]
    return FunnelChart(
        name=plane.name,
        width=plane.width,
        height=plane.height,
        left=float(plane.left),
        right=float(plane.width - plane.right),
        top=float(plane.top),
        bottom=float(plane.height - plane.bottom),
        shares=_shares(plane),
        sizes=tuple(Line(plane.x(n), f"{n:,}") for n in SIZES if n <= most),
        middle=plane.y(funnel.middle),
        middle_text=f"all: {funnel.middle:.0%}",
        inner=_band(plane, [(one.people, one.low95, one.high95) for one in funnel.limits]),
        outer=_band(plane, [(one.people, one.low998, one.high998) for one in funnel.limits]),
        inner_word=_word(plane, last.people, last.high95, "19 groups in 20"),
        outer_word=_word(plane, last.people, last.high998, "all but 1 in 500"),
        spots=_spots(plane, groups, shares),
    )


def _corrected(funnel: Funnel, figures: Figures) -> float:
    """The programme's share moved by what the group lies above or below what was expected."""
    return funnel.middle + figures.share - figures.expected


def _shares(plane: _Plane) -> tuple[Line, ...]:
    step = 0.1 if plane.high - plane.low <= 0.7 else 0.2
    first = int(plane.low / step + 0.999)
    last = int(plane.high / step + 1e-9)
    return tuple(Line(plane.y(n * step), f"{n * step:.0%}") for n in range(first, last + 1))


def _band(plane: _Plane, limits: Sequence[tuple[float, float, float]]) -> str:
    above = [f"{plane.x(people)} {plane.y(high)}" for people, _, high in limits]
    below = [f"{plane.x(people)} {plane.y(low)}" for people, low, _ in reversed(limits)]
    return f"M{' L'.join(above + below)} Z"


def _word(plane: _Plane, people: float, share: float, words: str) -> Spot:
    x, y = plane.x(people) + 10, plane.y(share) + 4
    return Spot(x, y, "", x, y, words)


def _spots(
    plane: _Plane, groups: Sequence[tuple[str, Figures]], shares: Sequence[float]
) -> tuple[Spot, ...]:
    """Letters stand beside their ring, on the side where no other ring is."""
    places = [
        (plane.x(figures.people), plane.y(share))
        for (_, figures), share in zip(groups, shares, strict=True)
    ]
    found = []
    for at, ((name, figures), (x, y)) in enumerate(zip(groups, places, strict=True)):
        crowded = any(
            0 < other_x - x < 2 * APART and abs(other_y - y) < APART
            for place, (other_x, other_y) in enumerate(places)
            if place != at
        )
        side = -APART if crowded else APART
        words = f"{LETTERS[at % 26]}: {name}, {figures.people:,} people, {shares[at]:.0%}"
        found.append(Spot(x, y, LETTERS[at % 26], x + side, y + 5, words))
    return tuple(found)


@dataclass(frozen=True)
class Bar:
    """One group on a line from 0 to 100 %: adjusted share, its interval, what was expected."""

    x1: float
    x2: float
    dot: float
    expected: float


BAR_LEFT, BAR_RIGHT = 8.0, 312.0


def bar(figures: Figures) -> Bar:
    """Places on a line 320 wide."""

    def x(share: float) -> float:
        return round(BAR_LEFT + share * (BAR_RIGHT - BAR_LEFT), 1)

    return Bar(
        x(figures.adjusted_low),
        x(figures.adjusted_high),
        x(figures.adjusted),
        x(figures.expected),
    )


@dataclass(frozen=True)
class Span:
    """One average effect on a line with nothing at all in its middle; less pain to the left."""

    x1: float
    x2: float
    dot: float
    zero: float


def span(one: Estimate, reach: float) -> Span:
    """Places on a line 320 wide that ends at ``reach`` points on both sides."""
    middle, half = (BAR_LEFT + BAR_RIGHT) / 2, (BAR_RIGHT - BAR_LEFT) / 2

    def x(value: float) -> float:
        return round(middle + value / reach * half, 1)

    return Span(x(one.low90), x(one.high90), x(one.mean), middle)
