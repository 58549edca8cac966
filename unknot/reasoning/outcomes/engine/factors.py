"""What else a day held, centred on the person: sleep, stress, load."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean, stdev

import numpy as np

from unknot.reasoning.outcomes.diary import Diary
from unknot.reasoning.outcomes.engine.arrays import Array

# Sleep is of the night before the answer; stress and load of the day before, so that the pain of
# the same day cannot be their cause.
LAGS: Mapping[str, tuple[int, ...]] = {
    "sleep": (0,),
    "sleep_quality": (0,),
    "stress": (1,),
    "workload": (1,),
}
UNITS: Mapping[str, str] = {"sleep": "hour", "workload": "hour"}
LEAST_DAYS = 5  # known days before a factor gets a column


@dataclass(frozen=True)
class FactorColumn:
    """One factor at one lag: (value - the person's mean) / the person's sd; 0 when unknown."""

    name: str
    factor: str
    lag: int
    mean: float
    sd: float
    values: Array
    days_known: int
    days_unknown: int


def factor_columns(
    diary: Diary, days: Sequence[date], lags: Mapping[str, tuple[int, ...]] | None
) -> tuple[FactorColumn, ...]:
    """Columns for the days of the answers; a factor that never varies has none.

    An unknown day counts as the person's mean, never as zero of the raw scale, and is counted.
    """
    lags = {**LAGS, **(lags or {})}
    known: dict[str, dict[date, list[float]]] = {}
    for one in diary.factors:
        known.setdefault(one.name, {}).setdefault(one.on, []).append(one.value)
    found = []
    for name in sorted(known):
        by_day = {day: fmean(values) for day, values in known[name].items()}
        if len(by_day) < LEAST_DAYS or len(set(by_day.values())) < 2:
            continue
        for lag in lags.get(name, (0,)):
            found.append(_column(name, lag, by_day, days))
    return tuple(found)


def _column(name: str, lag: int, by_day: dict[date, float], days: Sequence[date]) -> FactorColumn:
    middle, spread = fmean(by_day.values()), stdev(by_day.values())
    raw = [by_day.get(day - timedelta(days=lag)) for day in days]
    values = np.array([0.0 if one is None else (one - middle) / spread for one in raw])
    usual = LAGS.get(name, (0,))[0]
    return FactorColumn(
        name=name if lag == usual else f"{name}_lag{lag}",
        factor=name,
        lag=lag,
        mean=middle,
        sd=spread,
        values=values,
        days_known=sum(one is not None for one in raw),
        days_unknown=sum(one is None for one in raw),
    )
