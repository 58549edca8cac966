"""The person's usual level through time, as a band for the chart."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

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
    span = (days[-1].day - days[0].day).days
    step = max(1, math.ceil(span / MOST_POINTS))
    points = (
        _point(days[0].day + timedelta(days=offset), days, person)
        for offset in range(0, span + 1, step)
    )
    return tuple(point for point in points if point is not None)


def _point(at: date, days: Sequence[DayScore], person: Noise) -> LinePoint | None:
    near = [score for score in days if abs((score.day - at).days) <= REACH_DAYS]
    nearest = min((abs((score.day - at).days) for score in near), default=REACH_DAYS)
    if len(near) < FEW_DAYS or nearest > SILENT_DAYS:
        return None
    raw = [math.exp(-(((score.day - at).days / BANDWIDTH_DAYS) ** 2) / 2) for score in near]
    total = sum(raw)
    weights = [weight / total for weight in raw]
    value = sum(weight * score.value for weight, score in zip(weights, near, strict=True))
    together = sum(
        one_weight * other_weight * person.between((one.day - other.day).days)
        for one_weight, one in zip(weights, near, strict=True)
        for other_weight, other in zip(weights, near, strict=True)
    )
    reach = width(person.freedom) * person.spread * math.sqrt(together)
    return LinePoint(at, value, max(0.0, value - reach), min(10.0, value + reach))
