"""Levels of a noisy, correlated series, and how sure one may be of them. Standard library only."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist, fmean, median, stdev

# Within-person spread and day-to-day correlation of pain, from seven-day diaries of 203 people:
# typical spread 0.75 (0.36 to 1.44), correlation with the day before 0.34. The prior below is a
# little wider, and counts as four and ten days of evidence, so that a calm week claims little.
PRIOR_SPREAD = 1.0
PRIOR_SPREAD_DAYS = 4
PRIOR_CORRELATION = 0.4
PRIOR_CORRELATION_DAYS = 10
CORRELATION_LIMITS = (0.2, 0.9)
SHARE_INSIDE = 0.90  # of every interval shown


@dataclass(frozen=True)
class DayScore:
    """The mean of one calendar day's diary answers."""

    day: date
    value: float
    answers: int


@dataclass(frozen=True)
class Level:
    """A typical score over a period, with a 90 % interval that allows for correlated days.

    ``effective_days`` is how many unrelated days would say as much as these ``days`` did.
    """

    value: float
    low: float
    high: float
    days: int
    effective_days: float
    first: date
    last: date


@dataclass(frozen=True)
class Noise:
    """How much this person's days differ (``spread``) and hang together (``correlation``)."""

    spread: float
    correlation: float
    freedom: int  # degrees of freedom behind ``spread``

    def between(self, days_apart: float) -> float:
        """Correlation of two days this far apart."""
        return float(self.correlation ** abs(days_apart))


def centre(values: Sequence[float]) -> float:
    """Hodges-Lehmann estimate: the median of all pairwise means. One odd day moves it little."""
    return median((one + other) / 2 for i, one in enumerate(values) for other in values[i:])


def noise(periods: Sequence[Sequence[DayScore]]) -> Noise:
    """Spread and correlation over periods, each about its own centre, pulled to the prior."""
    squares, products, pairs, freedom = 0.0, 0.0, 0, PRIOR_SPREAD_DAYS
    for scores in periods:
        middle = centre([score.value for score in scores]) if scores else 0.0
        errors = [score.value - middle for score in scores]
        squares += sum(error * error for error in errors)
        freedom += max(0, len(scores) - 1)
        for i in range(1, len(scores)):
            if (scores[i].day - scores[i - 1].day).days == 1:
                products += errors[i] * errors[i - 1]
                pairs += 1
    spread = math.sqrt((PRIOR_SPREAD_DAYS * PRIOR_SPREAD**2 + squares) / freedom)
    seen = products / (pairs * spread**2) if pairs else 0.0
    correlation = (PRIOR_CORRELATION_DAYS * PRIOR_CORRELATION + pairs * seen) / (
        PRIOR_CORRELATION_DAYS + pairs
    )
    low, high = CORRELATION_LIMITS
    return Noise(spread, min(high, max(low, correlation)), freedom)


def level(scores: Sequence[DayScore], person: Noise) -> Level:
    """The typical score of ``scores`` (at least one), never outside 0 to 10."""
    count = len(scores)
    together = sum(
        person.between((one.day - other.day).days) for one in scores for other in scores
    )
    effective = count * count / together
    middle = centre([score.value for score in scores])
    reach = width(person.freedom) * person.spread / math.sqrt(effective)
    return Level(
        middle,
        max(0.0, middle - reach),
        min(10.0, middle + reach),
        count,
        effective,
        scores[0].day,
        scores[-1].day,
    )


def probability_above(estimate: float, error: float, freedom: int, limit: float) -> float:
    """Probability that the truth exceeds ``limit``, for a Student t estimate.

    Wallace's normal approximation of the t distribution (1959); within 0.005 from 4 degrees up.
    """
    t = (estimate - limit) / error
    z = math.sqrt(freedom * math.log1p(t * t / freedom)) * (8 * freedom + 1) / (8 * freedom + 3)
    return NormalDist().cdf(math.copysign(z, t))


def width(freedom: int) -> float:
    """How many standard errors a 90 % interval reaches to each side (inverse of the above)."""
    z = NormalDist().inv_cdf((1 + SHARE_INSIDE) / 2) * (8 * freedom + 3) / (8 * freedom + 1)
    return math.sqrt(freedom * math.expm1(z * z / freedom))


def spread(values: Sequence[float]) -> float:
    """Standard deviation of at least two values."""
    return stdev(values)


def mean(values: Sequence[float]) -> float:
    """Plain mean; the values must not be empty."""
    return fmean(values)
