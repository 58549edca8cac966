"""Groups against what was expected of their people, pulled together as far as chance goes.

Each group has an effect on the log-odds, normal between groups with an sd that is integrated
over. A group of few people says little and is drawn to the middle: the best and the worst raw
figures are mostly the smallest groups.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from .casemix import logistic
from .strata import Array

SPREADS = np.linspace(0.0, 1.5, 76)
SPREAD_SCALE = 0.5  # of the half-normal prior of the between-group sd, in log-odds


@dataclass(frozen=True)
class Seen:
    """A group: people, sum of chances, what was expected, and the variance of that."""

    people: int
    responders: float
    expected: float
    variance: float


@dataclass(frozen=True)
class Shrunk:
    """The share all people of the programme would reach if this group's effect were theirs, with
    its 90 % interval, and the chance that the effect is above zero."""

    share: float
    low: float
    high: float
    p_higher: float


def shrink(groups: Sequence[Seen], overall: Array, weights: Array) -> tuple[Shrunk, ...]:
    """One result a group. ``overall`` are the expected chances of all people, ``weights`` how many
    have each. A single group is compared with nobody and comes out as expected, with its doubt."""
    effect = np.array([(one.responders - one.expected) / one.variance for one in groups])
    error = np.array([1.0 / one.variance for one in groups])
    chance = _of_spreads(effect, error)
    log_odds = np.log(overall) - np.log1p(-overall)
    kept = SPREADS[:, None] ** 2 / (SPREADS[:, None] ** 2 + error)
    middle, width = kept * effect, np.sqrt(kept * error)
    return tuple(
        _shrunk(middle[:, at], width[:, at], chance, log_odds, weights)
        for at in range(len(groups))
    )


def _of_spreads(effect: Array, error: Array) -> Array:
    """The posterior of the between-group sd, on the grid."""
    variance = SPREADS[:, None] ** 2 + error
    height = -0.5 * (np.log(variance) + effect**2 / variance).sum(1)
    height -= 0.5 * (SPREADS / SPREAD_SCALE) ** 2
    chance = np.exp(height - height.max())
    found: Array = chance / chance.sum()
    return found


def _shrunk(middle: Array, width: Array, chance: Array, log_odds: Array, weights: Array) -> Shrunk:
    def share(effect: float) -> float:
        return float(weights @ logistic(log_odds + effect) / weights.sum())

    def below(limit: float) -> float:
        return math.fsum(
            float(part) * _normal(limit - float(at), float(wide))
            for part, at, wide in zip(chance, middle, width, strict=True)
        )

    return Shrunk(
        share=share(float(chance @ middle)),
        low=share(_where(below, 0.05)),
        high=share(_where(below, 0.95)),
        p_higher=1.0 - below(0.0),
    )


def _normal(distance: float, sd: float) -> float:
    """The chance to be below; with no spread at all, half of the mass lies on either side."""
    if sd == 0.0:
        return 0.5 if distance == 0.0 else float(distance > 0)
    return 0.5 * math.erfc(-distance / (sd * math.sqrt(2)))


def _where(below: Callable[[float], float], share: float) -> float:
    low, high = -6.0, 6.0
    for _ in range(45):
        half = 0.5 * (low + high)
        low, high = (half, high) if below(half) < share else (low, half)
    return 0.5 * (low + high)
