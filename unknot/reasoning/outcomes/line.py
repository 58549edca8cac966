"""The person's usual level through time, as a band for the chart."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from unknot.reasoning.outcomes.numbers import DayScore, Noise, width

BANDWIDTH_DAYS = 6.0
REACH_DAYS = 18  # days further away than this weigh nothing
FEW_DAYS = 4  # fewer days in reach draw no band
SILENT_DAYS = 7  # this far from any answer there is nothing to draw
MOST_POINTS = 90


@dataclass(frozen=True)
class LinePoint:
    """The usual level around ``day`` with its 90 % interval."""

    day: date
    value: float
    low: float
    high: float


def line(days: Sequence[DayScore], person: Noise) -> tuple[LinePoint, ...]:
    """A local mean with weights falling over six days; no point where too little was written.

    Days that hang together count as fewer days, so the band stays honestly wide.
    """
    if len(days) < FEW_DAYS:
        return ()
    first = days[0].day
    on = np.array([float((score.day - first).days) for score in days])
    values = np.array([score.value for score in days])
    span = int(on[-1])
    step = max(1, math.ceil(span / MOST_POINTS))
    at = np.arange(0.0, span + 1, step)
    apart = np.abs(at[:, None] - on[None, :])
    near = apart <= REACH_DAYS
    drawn = (near.sum(axis=1) >= FEW_DAYS) & (apart.min(axis=1) <= SILENT_DAYS)
    weights = np.where(near, np.exp(-((apart / BANDWIDTH_DAYS) ** 2) / 2), 0.0)
    weights = weights[drawn] / weights[drawn].sum(axis=1, keepdims=True)
    middle = weights @ values
    between = person.correlation ** np.abs(on[:, None] - on[None, :])
    together = np.einsum("gi,ij,gj->g", weights, between, weights, optimize=True)
    reach = width(person.freedom) * person.spread * np.sqrt(together)
    return tuple(
        LinePoint(
            first + timedelta(days=int(day)),
            float(value),
            max(0.0, float(value - half)),
            min(10.0, float(value + half)),
        )
        for day, value, half in zip(at[drawn], middle, reach, strict=True)
    )
