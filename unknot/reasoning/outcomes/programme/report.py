"""The programme's report: shares by group, expected, adjusted and pulled together.

Small groups are left out. Groups stand in a fixed order, never by how well they did, and no group
is a therapist.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
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
    chance = {True: expected(rows), False: expected(rows, with_region=False)}
    counts: dict[tuple[str, ...], int] = {}
    for one in rows:
        atom = tuple(getattr(one, name) for name in DIMENSIONS)
        counts[atom] = counts.get(atom, 0) + one.people
    open_to = shown(cube(counts), [(), *TABLES])
    tables = tuple(_table(rows, chance, choice, open_to) for choice in TABLES)
    nobody: Key = (None,) * len(DIMENSIONS)
    total = _figures(rows, [nobody], chance[True])[0] if nobody in open_to else None
    return Report(total, tables, _funnel(rows, chance[True], open_to) if total else None)


def _table(
    rows: list[Stratum],
    chance: Mapping[bool, Array],
    choice: tuple[int, ...],
    open_to: frozenset[Key],
) -> Table:
    """A region is where a condition is, so groups by condition alone are not adjusted for it."""
    names = tuple(DIMENSIONS[at] for at in choice)
    keys = sorted({_key(one, choice) for one in rows}, key=str)
    kept = [key for key in keys if key in open_to]
    found = _figures(rows, kept, chance["condition" not in names]) if kept else []
    figures = dict(zip(kept, found, strict=True))
    groups = tuple(Row(tuple(str(key[at]) for at in choice), figures.get(key)) for key in keys)
    return Table(names, groups)


def _key(one: Stratum, choice: tuple[int, ...]) -> Key:
    return tuple(
        getattr(one, name) if at in choice else None for at, name in enumerate(DIMENSIONS)
    )


def _funnel(rows: list[Stratum], chance: Array, open_to: frozenset[Key]) -> Funnel | None:
    keys = sorted({_key(one, FUNNEL_TABLE) for one in rows} & open_to, key=str)
    return funnel([_seen(rows, key, chance) for key in keys], SMALLEST) if len(keys) > 1 else None


def _members(rows: list[Stratum], key: Key) -> Array:
    return np.array(
        [
            all(
                want in (None, getattr(one, name))
                for want, name in zip(key, DIMENSIONS, strict=True)
            )
            for one in rows
        ]
    )


def _seen(rows: list[Stratum], key: Key, chance: Array) -> Seen:
    inside = _members(rows, key)
    people = np.array([one.people for one in rows]) * inside
    return Seen(
        people=int(people.sum()),
        responders=_total([one.responders for one in rows], inside),
        expected=float(people @ chance),
        variance=float(people @ (chance * (1 - chance))),
    )


def _total(values: list[float], inside: Array) -> float:
    """The exact sum of some values, whatever their order."""
    return math.fsum(value for value, is_in in zip(values, inside, strict=True) if is_in)


def _figures(rows: list[Stratum], keys: Sequence[Key], chance: Array) -> list[Figures]:
    seen = [_seen(rows, key, chance) for key in keys]
    weights = np.array([float(one.people) for one in rows])
    doubts = [_total([one.doubt for one in rows], _members(rows, key)) for key in keys]
    return [
        _group(one, doubt, pulled)
        for one, doubt, pulled in zip(seen, doubts, shrink(seen, chance, weights), strict=True)
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
