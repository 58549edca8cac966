"""What a visit does on average, and which technique and length do more, from the population."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from unknot.reasoning.outcomes.engine.priors import ALPHA_DAYS
from unknot.reasoning.outcomes.programme.hide import SMALLEST
from unknot.reasoning.outcomes.results import Summary as FitSummary

from .effects import MEAN, Estimate, best, contrast, effects
from .population import Population

VISIT: Final = "visit"
LEAST_ANSWERS = 2
HOUR = 1 / 24
VISIT_PARTS: Final[Mapping[str, Mapping[str, float]]] = {
    "right_after": {"alpha": math.exp(-HOUR / ALPHA_DAYS), "delta": 1.0, "lasting": 1.0},
    "next_day": {"delta": 1.0, "lasting": 1.0},
}
"""Of a visit of 60 minutes: an hour after it, and what outlasts the hours. The moment of rating
is no part of either."""
COMPARED: Final = ("technique", "dose")
Kind = Literal["visit", "trigger", "technique", "dose"]


@dataclass(frozen=True)
class Average:
    """One effect in points, negative for less pain; ``people`` is how many tell of it.

    Techniques and lengths are against the mean of those compared, ``p_best`` the chance to lower
    pain most of them; triggers are per one person's usual swing. ``between`` is the sd between
    people. Below ten people nothing but the name is given.
    """

    name: str
    kind: Kind
    people: int | None
    estimate: Estimate | None
    between: float | None
    p_best: float | None


def groups_of(one: FitSummary) -> frozenset[str]:
    """The effects somebody tells of: their visits, triggers, techniques and lengths.

    A technique or a length counts only for people who had at least two of them.
    """
    found = {name for name in one.names if _kind(name)}
    told = one.sessions > 0 and one.answers >= LEAST_ANSWERS
    return frozenset(found | {VISIT} if told else found)


def averages(population: Population, people: Sequence[FitSummary]) -> tuple[Average, ...]:
    """Every effect of the pool in a fixed order: visits, triggers, techniques, lengths."""
    count: Counter[str] = Counter()
    for one in people:
        count.update(groups_of(one))
    between = {one.name: one.between.mean for one in effects(population)}
    found = [
        _shown(name, "visit", count[VISIT], contrast(population, _line(parts)), None)
        for name, parts in VISIT_PARTS.items()
    ]
    for name in population.prior.names:
        if _kind(name) == "trigger":
            estimate = contrast(population, {(name, MEAN): 1.0})
            found.append(_shown(name, "trigger", count[name], estimate, between[name]))
    for kind in COMPARED:
        found += _compared(population, kind, count)
    return tuple(found)


def _kind(name: str) -> Kind | None:
    head, colon, _ = name.partition(":")
    if head in COMPARED and colon:
        return "technique" if head == "technique" else "dose"
    own = ("alpha", "delta", "lasting", "rating", "level", "recovery", "elsewhere")
    return None if head in own else "trigger"


def _line(parts: Mapping[str, float]) -> dict[tuple[str, str], float]:
    return {(name, MEAN): weight for name, weight in parts.items()}


def _shown(
    name: str, kind: Kind, people: int, estimate: Estimate, between: float | None
) -> Average:
    if people < SMALLEST:
        return Average(name, kind, None, None, None, None)
    return Average(name, kind, people, estimate, between, None)


def _compared(population: Population, kind: str, count: Counter[str]) -> list[Average]:
    """Each against the mean of those that ten people and more tell of."""
    names = [name for name in population.prior.names if name.startswith(f"{kind}:")]
    told = [name for name in names if count[name] >= SMALLEST]
    chance = best(population, told) if len(told) > 1 else {}
    found = []
    for name in names:
        known: Kind = "technique" if kind == "technique" else "dose"
        if name not in chance:
            found.append(Average(name, known, None, None, None, None))
            continue
        line = {(other, MEAN): -1 / len(told) for other in told}
        line[name, MEAN] += 1.0
        estimate = contrast(population, line)
        found.append(Average(name, known, count[name], estimate, None, chance[name]))
    return found
