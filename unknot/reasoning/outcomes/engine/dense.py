"""The model as one multivariate normal: covariances written out. Slow, plain, and for small parts.

Used to find the sites of censored answers, for the band of the chart, and by the tests, which
hold the filter against it.
"""

import numpy as np

from unknot.reasoning.outcomes.engine import kalman, sites
from unknot.reasoning.outcomes.engine.arrays import Array
from unknot.reasoning.outcomes.engine.design import Design, columns
from unknot.reasoning.outcomes.engine.sites import Sites


def covariance(theta: Array, made: Design, fixed: Array, own: Array) -> Array:
    """V of the answers for one theta on its natural scales, shape (n, n)."""
    sd, phi, se, drift, *_ = theta
    sees = 1.0 - made.memory
    apart = np.abs(made.t[:, None] - made.t[None, :])
    together = sd**2 * phi**apart * sees[:, None] * sees
    slow = drift**2 * np.minimum(made.t[:, None], made.t[None, :])
    return np.asarray(together + slow + np.diag(fixed + own * se**2))


def log_likelihood(theta: Array, made: Design, found: Sites = sites.NONE) -> float:
    """log p(y) for one theta, coefficients integrated out, without any recursion."""
    y, fixed, own = kalman.answers(made, found)
    x = columns(made, theta[4], theta[5])
    v = covariance(theta, made, fixed, own) + (x * made.prior_sd**2) @ x.T
    off = y - x @ made.prior_mean
    _, log_det = np.linalg.slogdet(v)
    return float(-0.5 * (off @ np.linalg.solve(v, off) + log_det + len(y) * np.log(2 * np.pi)))


def censored(theta: Array, made: Design) -> Sites:
    """The sites of the answers at 0 or 10 for one theta; none when there are no such answers."""
    rows = np.flatnonzero(made.edge)
    if not len(rows):
        return sites.NONE
    se = theta[2]
    plain = np.flatnonzero(made.edge == 0)
    x = columns(made, theta[4], theta[5])
    joint = covariance(theta, made, np.zeros(len(x)), np.zeros(len(x)))
    joint += (x * made.prior_sd**2) @ x.T
    _, fixed, own = kalman.answers(made, sites.NONE)
    expected = x @ made.prior_mean
    inner = joint[np.ix_(plain, plain)] + np.diag((fixed + own * se**2)[plain])
    weights = np.linalg.solve(inner, joint[np.ix_(plain, rows)])
    mean = expected[rows] + weights.T @ (made.y[plain] - expected[plain])
    cov = joint[np.ix_(rows, rows)] - joint[np.ix_(rows, plain)] @ weights
    cov = (cov + cov.T) / 2 + se**2 * np.eye(len(rows))
    edge = made.edge[rows].astype(float)
    limit = np.where(edge < 0, made.step / 2, 10 - made.step / 2)
    return sites.propagate(rows, edge, limit, mean, cov)
