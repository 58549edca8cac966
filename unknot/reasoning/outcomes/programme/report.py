"""The programme's report: shares by group, expected, adjusted and pulled together.

Small groups are left out. Groups stand in a fixed order, never by how well they did, and no group
is a therapist.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from .casemix import expected
from .funnel import Funnel, funnel
from .hide import SMALLEST, Key, cube, shown
from .join import joined
from .shrink import Seen, Shrunk, shrink
from .strata import DIMENSIONS, Array, Stratum

TABLES: Final = ((0,), (1,), (2,), (3,), (0, 1), (0, 2))
"""By condition, location, dose and start; condition with location, and condition with dose."""
FLAG_PEOPLE: Final = 30
FLAG_CHANCE: Final = 0.975
FUNNEL_TABLE: Final = (0, 1)
Z90 = 1.644854


@dataclass(frozen=True)
class Figures:
    """The numbers of one group. Shares are 0 to 1; intervals hold 90 %.

    ``responders`` is the sum of people's chances. ``expected`` is what people like these reach in
    this programme; ``adjusted`` what all its people would reach if they did as this group did.
    ``flag`` is "higher" or "lower" than expected, or "" when the data cannot say so.
    """

    people: int
    responders: float
    share: float
    low: float
    high: float
    expected: float
    adjusted: float
    adjusted_low: float
    adjusted_high: float
    flag: Literal["higher", "lower", ""]


@dataclass(frozen=True)
class Row:
    """One group by the values of its dimensions; ``figures`` None when they are left out."""

    group: tuple[str, ...]
    figures: Figures | None


@dataclass(frozen=True)
class Table:
    """The rows of one choice of dimensions, in alphabetical order of their values."""

    dimensions: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Report:
    """``total`` None when fewer than ten people can be counted; ``funnel`` of ``FUNNEL_TABLE``."""

    total: Figures | None
    tables: tuple[Table, ...]
    funnel: Funnel | None


def report(strata: Sequence[Stratum]) -> Report:
    """Everything the page and the export show, from counted strata; rare values are joined."""
    rows = joined(strata)
    if not rows:
        return Report(None, (), None)
    adjusted = _counted(rows, expected(rows))
    by_condition = _counted(rows, expected(rows, with_region=False))
    counts = {
        atom: int(people) for atom, people in zip(adjusted.atoms, adjusted.people, strict=True)
    }
    open_to = shown(cube(counts), [(), *TABLES])
    tables = tuple(_table(adjusted, by_condition, choice, open_to) for choice in TABLES)
    nobody: Key = (None,) * len(DIMENSIONS)
    total = _figures(adjusted, [nobody])[0] if nobody in open_to else None
    return Report(total, tables, _funnel(adjusted, open_to) if total else None)


@dataclass(frozen=True)
class _Counted:
    """Sums over the people of each finest group, and the expected chances behind them."""

    atoms: tuple[tuple[str, ...], ...]
    people: Array
    responders: Array
    doubt: Array
    expected: Array
    variance: Array
    chance: Array
    weights: Array

    def inside(self, key: Key) -> Array:
        """One for each finest group that belongs to this one, else zero."""
        return np.array(
            [
                float(all(want in (None, have) for want, have in zip(key, atom, strict=True)))
                for atom in self.atoms
            ]
        )

    def keys(self, choice: tuple[int, ...]) -> list[Key]:
        """The groups of a table that have anybody in them, in the order of the alphabet."""
        found = {
            tuple(value if at in choice else None for at, value in enumerate(atom))
            for atom in self.atoms
        }
        return sorted(found, key=str)


def _counted(rows: list[Stratum], chance: Array) -> _Counted:
    place: dict[tuple[str, ...], int] = {}
    at = np.array(
        [
            place.setdefault((one.condition, one.location, one.dose, one.start), len(place))
            for one in rows
        ]
    )
    people = np.array([float(one.people) for one in rows])

    def of(values: Array) -> Array:
        return np.bincount(at, weights=values, minlength=len(place)).astype(np.float64)

    return _Counted(
        atoms=tuple(place),
        people=of(people),
        responders=of(np.array([one.responders for one in rows])),
        doubt=of(np.array([one.doubt for one in rows])),
        expected=of(people * chance),
        variance=of(people * chance * (1 - chance)),
        chance=chance,
        weights=people,
    )


def _table(
    adjusted: _Counted,
    by_condition: _Counted,
    choice: tuple[int, ...],
    open_to: frozenset[Key],
) -> Table:
    """A region is where a condition is, so groups by condition are not adjusted for it."""
    names = tuple(DIMENSIONS[at] for at in choice)
    found = by_condition if "condition" in names else adjusted
    keys = found.keys(choice)
    kept = [key for key in keys if key in open_to]
    figures = dict(zip(kept, _figures(found, kept), strict=True))
    groups = tuple(Row(tuple(str(key[at]) for at in choice), figures.get(key)) for key in keys)
    return Table(names, groups)


def _funnel(counted: _Counted, open_to: frozenset[Key]) -> Funnel | None:
    seen = [_seen(counted, key) for key in counted.keys(FUNNEL_TABLE) if key in open_to]
    return funnel(seen, SMALLEST) if len(seen) > 1 else None


def _seen(counted: _Counted, key: Key) -> Seen:
    inside = counted.inside(key)
    return Seen(
        people=round(float(inside @ counted.people)),
        responders=float(inside @ counted.responders),
        expected=float(inside @ counted.expected),
        variance=float(inside @ counted.variance),
    )


def _figures(counted: _Counted, keys: Sequence[Key]) -> list[Figures]:
    seen = [_seen(counted, key) for key in keys]
    pulled = shrink(seen, counted.chance, counted.weights) if seen else ()
    doubts = [float(counted.inside(key) @ counted.doubt) for key in keys]
    return [
        _group(one, doubt, shrunk) for one, doubt, shrunk in zip(seen, doubts, pulled, strict=True)
    ]


def _group(seen: Seen, doubt: float, pulled: Shrunk) -> Figures:
    share, reach = seen.responders / seen.people, Z90 * math.sqrt(doubt) / seen.people
    return Figures(
        people=seen.people,
        responders=seen.responders,
        share=share,
        low=max(0.0, share - reach),
        high=min(1.0, share + reach),
        expected=seen.expected / seen.people,
        adjusted=pulled.share,
        adjusted_low=pulled.low,
        adjusted_high=pulled.high,
        flag=_flag(seen.people, pulled.p_higher),
    )


def _flag(people: int, p_higher: float) -> Literal["higher", "lower", ""]:
    if people < FLAG_PEOPLE:
        return ""
    if p_higher > FLAG_CHANCE:
        return "higher"
    return "lower" if p_higher < 1 - FLAG_CHANCE else ""
