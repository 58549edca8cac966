"""The chance of relief if the ratings at a visit are taken at face value.

The column for the rating occasion lets a low score straight after a visit be politeness. Where
there is none of it, the column takes a part of the relief of hours to itself, and what it took
turns up as relief of days. A claim of relief has to hold under both readings.
"""

import numpy as np

from unknot.reasoning.outcomes.engine.arrays import Array, normal_cdf
from unknot.reasoning.outcomes.engine.design import Design
from unknot.reasoning.outcomes.engine.integrate import Posterior

SMALLEST_SD = 1e-9


def above_zero(made: Design, found: Posterior, rows: Array) -> Array:
    """P(row b > 0 | rho = 0) for rows (m, k, p) at the posterior's points of theta, shape (k,).

    Given rho = 0 every Gaussian moves by its covariance with rho, and the weight of its theta
    by the density of rho at zero; no other fit is needed. Without a rating at a visit the
    posterior of rho is its prior and nothing moves.
    """
    rho = made.at("rating")
    mean, cov = found.filtered.mean, found.filtered.cov
    spread = cov[:, rho, rho]
    gained = -0.5 * (mean[:, rho] ** 2 / spread + np.log(spread))
    weights = found.weights * np.exp(gained - gained.max())
    joint = np.einsum("mkp,mp->mk", rows, cov[:, :, rho])
    middle = np.einsum("mkp,mp->mk", rows, mean)
    middle = middle - joint * (mean[:, rho] / spread)[:, None]
    var = np.einsum("mkp,mkp->mk", rows @ cov, rows) - joint**2 / spread[:, None]
    sd = np.sqrt(np.maximum(var, SMALLEST_SD**2))
    return np.asarray((weights / weights.sum()) @ normal_cdf(middle / sd))
