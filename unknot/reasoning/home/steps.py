"""The steps of a dose: from the least that its record names to the most, one figure at a time."""

from __future__ import annotations

import re
from collections.abc import Mapping

from unknot.knowledge.home_care import Amount, HomeCare

TRAINS = frozenset({"move", "strength"})
"""Kinds that are there to build up; all others ease, and are not made more."""
_SINGULAR = (
    (re.compile(r"\b1 times a day\b"), "once a day"),
    (re.compile(r"\b2 times a day\b"), "twice a day"),
    (re.compile(r"\b1 (round|breath|minute|day)s\b"), r"1 \1"),
)


def last_step(item: HomeCare) -> int:
    """The highest step, counted from 0; 0 for a dose that stays as it is."""
    return len(_steps(item)) - 1


def amounts_at(item: HomeCare, step: int) -> Mapping[str, int]:
    """Each figure at this step. A step outside the ladder is taken to its nearest end."""
    steps = _steps(item)
    return steps[min(max(step, 0), len(steps) - 1)]


def dose_at(item: HomeCare, step: int) -> str:
    """The dose of a step as a person may read it, marked where no trial stands behind it."""
    if not _climbs(item):
        return item.dose_in_words
    words = item.at_a_step.format(**amounts_at(item, step))
    for pattern, instead in _SINGULAR:
        words = pattern.sub(instead, words)
    return item.marked(words)


def _climbs(item: HomeCare) -> bool:
    return bool(item.amounts) and item.kind in TRAINS


def _steps(item: HomeCare) -> tuple[Mapping[str, int], ...]:
    """All steps: each figure goes to its middle, then to its end, before the next one moves."""
    if not _climbs(item):
        return ({},)
    now: dict[str, int] = {one.of: one.low for one in item.amounts}
    steps = [dict(now)]
    for one in item.amounts:
        for figure in _between(one):
            now[one.of] = figure
            steps.append(dict(now))
    return tuple(steps)


def _between(one: Amount) -> tuple[int, ...]:
    """The middle, where there is one between the ends, and the end."""
    middle = (one.low + one.high) // 2
    return (middle, one.high) if middle > one.low else (one.high,)
