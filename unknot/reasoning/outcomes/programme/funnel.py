"""The funnel: how far groups of each size may lie from expected by chance alone.

Over-dispersion is allowed for: groups differ for reasons nobody wrote down, so the limits are
widened by a between-group variance from the winsorised z-scores (method: PMC6193208).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .shrink import Seen

Z95, Z998 = 1.959964, 3.090232
WINSORISED = 0.1
STEPS = 40


@dataclass(frozen=True)
class Limit:
    """Limits at one group size, as shares."""

    people: float
    low95: float
    high95: float
    low998: float
    high998: float


@dataclass(frozen=True)
class Funnel:
    """``middle`` is the programme's share; ``extra_sd`` what over-dispersion adds, as a share."""

    middle: float
    extra_sd: float
    limits: tuple[Limit, ...]


def funnel(groups: Sequence[Seen], smallest: int) -> Funnel:
    """Limits from groups of ``smallest`` people to a little more than the largest one's size."""
    people = np.array([one.people for one in groups], dtype=float)
    middle = sum(one.responders for one in groups) / people.sum()
    of_one = sum(one.variance for one in groups) / people.sum()
    extra = extra_variance(groups)
    sizes = np.geomspace(smallest, max(6.0 * smallest, 1.15 * people.max()), STEPS)
    limits = []
    for size in sizes:
        sd = float(np.sqrt(of_one / size + extra))
        ends = [middle + z * sd for z in (-Z95, Z95, -Z998, Z998)]
        limits.append(Limit(float(size), *(min(1.0, max(0.0, end)) for end in ends)))
    return Funnel(middle, float(np.sqrt(extra)), tuple(limits))


def extra_variance(groups: Sequence[Seen]) -> float:
    """The between-group variance of shares beyond chance; zero when there is none to see."""
    error = np.array([one.variance / one.people**2 for one in groups])
    off = np.array([(one.responders - one.expected) / one.people for one in groups])
    z = off / np.sqrt(error)
    low, high = np.quantile(z, [WINSORISED, 1 - WINSORISED])
    dispersion = float(np.mean(np.clip(z, low, high) ** 2))
    weight = 1.0 / error
    room = weight.sum() - (weight**2).sum() / weight.sum()
    if len(groups) < 2 or dispersion <= 1.0:
        return 0.0
    return max(0.0, float((len(groups) * dispersion - (len(groups) - 1)) / room))
