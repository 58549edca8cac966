"""What the programme's figures are made from: people counted by group and by where they began."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
DIMENSIONS: Final = ("condition", "location", "dose", "start")
STARTS: Final = ((8, "8 to 10"), (6, "6 to 7"), (4, "4 to 5"), (0, "0 to 3"))
OFTEN: Final = ("one visit", "less than weekly", "about weekly", "twice a week or more")
"""How often, from seldom to often; a dose begins with one of these."""
UNKNOWN: Final = "unknown"
AGE_BANDS: Final = ("under 40", "40 to 59", "60 and over", UNKNOWN)
SLEEP_BANDS: Final = ("good", "middling", "poor", UNKNOWN)


@dataclass(frozen=True)
class Stratum:
    """People alike in every way the figures know of.

    ``baseline`` is the whole number below their usual pain at the start (0 to 10); ``acute`` is
    "yes", "no" or "unknown". ``responders`` is the sum of their chances of a change that matters,
    never a count of people over a threshold; ``doubt`` is the sum of p (1 - p).
    """

    condition: str
    location: str
    dose: str
    region: str
    baseline: int
    acute: str
    age_band: str
    sleep_band: str
    people: int
    responders: float
    doubt: float
    start: str = ""

    def __post_init__(self) -> None:
        """The band of the level they began at, in words, unless it was joined with another."""
        if not self.start:
            band = next(name for low, name in STARTS if self.baseline >= low)
            object.__setattr__(self, "start", band)


def design(strata: list[Stratum], *, with_region: bool) -> Array:
    """One row a stratum: intercept, where they began, how long, age, sleep, and the region."""
    start = np.array([(one.baseline + 0.5 - 5.0) / 2.0 for one in strata])
    columns = [np.ones(len(strata)), start, start**2 - 1.0]
    acute = {"yes": 0.5, "no": -0.5}
    columns.append(np.array([acute.get(one.acute, 0.0) for one in strata]))
    columns += _flags([one.age_band for one in strata], AGE_BANDS[:-1])
    columns += _flags([one.sleep_band for one in strata], SLEEP_BANDS[:-1])
    if with_region:
        regions = [one.region for one in strata]
        columns += _flags(regions, tuple(sorted(set(regions))))
    return np.column_stack(columns)


def _flags(values: list[str], known: tuple[str, ...]) -> list[Array]:
    """One column for each known value; somebody of none of them has zeros, the average."""
    return [
        np.array([float(value == name) for value in values]) - 1.0 / len(known) for name in known
    ]
