"""What one would expect of these people wherever they had gone: the case-mix.

Where people begin decides most of what happens next: the worst off fall back towards their usual
level whatever is done. So the level at the start is always in, and nobody without one is counted.
"""

from __future__ import annotations

import numpy as np

from .strata import Array, Stratum, design

PRIOR_SD = 1.0  # of every coefficient but the intercept, on the log-odds scale
INTERCEPT_SD = 10.0
STEPS = 25


def expected(strata: list[Stratum], *, with_region: bool = True) -> Array:
    """The chance of a change that matters for each stratum: a logistic model of all people.

    The response is a sum of chances, so the likelihood is that of a binomial with fractional
    counts; its sum over all people equals what was observed, up to the prior's small pull.
    """
    rows = design(strata, with_region=with_region)
    people = np.array([one.people for one in strata], dtype=float)
    seen = np.array([one.responders for one in strata])
    precision = np.full(rows.shape[1], PRIOR_SD**-2)
    precision[0] = INTERCEPT_SD**-2
    found = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        chance = logistic(rows @ found)
        slope = rows.T @ (seen - people * chance) - precision * found
        bend = (rows.T * (people * chance * (1 - chance))) @ rows + np.diag(precision)
        step = np.linalg.solve(bend, slope)
        found += step * min(1.0, 2.0 / max(2.0, float(np.abs(step).max())))
    return logistic(rows @ found)


def logistic(x: Array) -> Array:
    """1 / (1 + exp(-x)), without overflow."""
    found: Array = 0.5 * (1.0 + np.tanh(0.5 * x))
    return found
