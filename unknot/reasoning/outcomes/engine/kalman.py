"""The collapsed Kalman filter: log likelihood, coefficients and last state for many theta at once.

For fixed theta, y = X b + H s + e with s = (D, W). Filtering the columns [y | X] with the same
gains turns the correlated answers into independent innovations v with variances F, so that

    A   = X'V^-1 X + B^-1          B the prior covariance of b, b0 its mean
    r   = X'V^-1 y + B^-1 b0       b | y ~ N(A^-1 r, A^-1)
    -2 log p(y) = sum log F + y'V^-1 y + b0'B^-1 b0 - r'A^-1 r + log|A| + log|B| + n log 2 pi

without ever forming V (de Jong 1991, "The diffuse Kalman filter"). Irregular times and missing
days cost nothing: dt is whatever it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

import numpy as np

from unknot.reasoning.outcomes.engine.arrays import Array, Integers
from unknot.reasoning.outcomes.engine.design import Design
from unknot.reasoning.outcomes.engine.priors import RECALLED_DAYS, RECALLED_SD
from unknot.reasoning.outcomes.engine.sites import Sites

KERNEL = "unknot.reasoning.outcomes.engine.kernel"


@cache
def compiled_filter() -> Callable[..., None] | None:
    """The compiled filter, loaded on first use.

    None when numba is not installed, or finds no folder where it may keep what it compiled.
    """
    try:
        found: Callable[..., None] = import_module(KERNEL).run
    except (ImportError, RuntimeError):
        return None
    return found


@dataclass(frozen=True)
class Filtered:
    """For m theta: what the answers say about the coefficients and the last state.

    Given b, the state at the last answer is N(last[:, :, p] - last[:, :, :p] b, last_cov), with
    ``last_cov`` as (var D, cov, var W).
    """

    log_likelihood: Array  # (m,)
    mean: Array  # (m, p)
    cov: Array  # (m, p, p)
    last: Array  # (m, 2, p + 1)
    last_cov: Array  # (m, 3)

    def take(self, chosen: Integers) -> "Filtered":
        """The same for some of the theta."""
        return Filtered(*(values[chosen] for values in vars(self).values()))


def natural(u: Array, made: Design) -> Array:
    """Theta on its own scales (sD, phi, se, q, tau, tauE) from standardised points, (m, 6)."""
    theta = np.asarray(made.prior.theta_mean) + u * np.asarray(made.prior.theta_sd)
    theta = np.clip(theta, -30.0, 30.0)
    values: Array = np.exp(theta)
    values[:, 1] = 1.0 / (1.0 + np.exp(-theta[:, 1]))
    return values


def answers(made: Design, sites: Sites) -> tuple[Array, Array, Array]:
    """The answers as the filter sees them, the variance added to each, and whether se^2 is too."""
    own = 1.0 - made.memory
    fixed = np.where(made.memory > 0, RECALLED_SD**2, 0.0) + made.step**2 / 12
    y = made.y.copy()
    y[sites.rows], fixed[sites.rows] = sites.y, sites.variance
    return y, fixed, own


def run(theta: Array, made: Design, sites: Sites, *, compiled: bool = True) -> Filtered:
    """The filter for every row of ``theta`` (natural scales); compiled when numba is there."""
    y, fixed, own = answers(made, sites)
    kernel = compiled_filter() if compiled else None
    if kernel is None:
        return _arrays(theta, made, y, fixed, own)
    m, p = len(theta), len(made.names)
    out = Filtered(
        np.empty(m),
        np.empty((m, p)),
        np.empty((m, p, p)),
        np.empty((m, 2, p + 1)),
        np.empty((m, 3)),
    )
    kernel(
        np.ascontiguousarray(theta), y, made.t, made.memory, fixed, own,
        made.static, made.session_t, made.dose, made.first, made.prior_mean, made.prior_sd,
        out.log_likelihood, out.mean, out.cov, out.last, out.last_cov,
    )  # fmt: skip
    return out


def _arrays(theta: Array, made: Design, y: Array, fixed: Array, own: Array) -> Filtered:
    """The same with arrays over theta: a step costs the same for one theta as for a hundred."""
    sd, phi, se, drift, *_ = theta.T
    rows = _rows(theta, made, y)
    m, n, width = rows.shape
    state = np.zeros((m, 2, width))
    var_d, cov_dw, var_w = sd * sd, np.zeros(m), np.zeros(m)
    spreads = np.ones((m, n))
    apart = np.diff(made.t, prepend=made.t[:1])
    for j in range(n):
        stay, sees = phi ** apart[j], 1.0 - made.memory[j]
        var_d = stay**2 * var_d + sd * sd * (1 - stay**2)
        cov_dw = cov_dw * stay
        var_w = var_w + drift**2 * apart[j]
        gain = np.stack([sees * var_d + cov_dw, sees * cov_dw + var_w], axis=1)
        spread = sees * gain[:, 0] + gain[:, 1] + fixed[j] + own[j] * se * se
        state[:, 0] *= stay[:, None]
        rows[:, j] -= sees * state[:, 0] + state[:, 1]
        state += (gain / spread[:, None])[:, :, None] * rows[:, j][:, None, :]
        var_d = var_d - gain[:, 0] ** 2 / spread
        cov_dw = cov_dw - gain[:, 0] * gain[:, 1] / spread
        var_w = var_w - gain[:, 1] ** 2 / spread
        spreads[:, j] = spread
    rows /= np.sqrt(spreads)[:, :, None]
    products = np.matmul(rows.transpose(0, 2, 1), rows)
    log_likelihood, mean, cov = _solve(products, np.log(spreads).sum(axis=1), n, made)
    return Filtered(log_likelihood, mean, cov, state, np.stack([var_d, cov_dw, var_w], axis=1))


def _rows(theta: Array, made: Design, y: Array) -> Array:
    """[X | y] for every theta, shape (m, n, p + 1); decaying columns by recursion over answers."""
    tau, tau_recovery = theta[:, 4], theta[:, 5]
    m, n, q = len(theta), len(made.t), made.static.shape[1]
    rows = np.empty((m, n, len(made.names) + 1))
    rows[:, :, :q] = made.static
    late = np.exp(-made.t[None, :] / tau_recovery[:, None])
    share = np.expm1(RECALLED_DAYS / tau_recovery) * tau_recovery / RECALLED_DAYS
    rows[:, :, q] = np.where(made.memory > 0, late * share[:, None], late)
    now, s = np.zeros((m, made.dose.shape[1])), 0
    for j in range(n):
        now *= np.exp(-(made.t[j] - made.t[max(j - 1, 0)]) / tau)[:, None]
        while s < len(made.first) and made.first[s] <= j:
            now += np.exp(-(made.t[j] - made.session_t[s]) / tau)[:, None] * made.dose[s]
            s += 1
        rows[:, j, q + 1 : -1] = now
        if made.memory[j] > 0:
            age = made.t[j] - made.session_t[:s]
            early = np.exp(-np.maximum(age - RECALLED_DAYS, 0.0) / tau[:, None])
            mean = tau[:, None] / RECALLED_DAYS * (early - np.exp(-age / tau[:, None]))
            rows[:, j, q + 1 : -1] = mean @ made.dose[:s]
    rows[:, :, -1] = y
    return rows


def _solve(products: Array, log_det: Array, n: int, made: Design) -> tuple[Array, Array, Array]:
    precision = 1.0 / made.prior_sd**2
    right = products[:, :-1, -1] + precision * made.prior_mean
    gram = products[:, :-1, :-1] + np.diag(precision)
    cov = np.linalg.inv(gram)
    cov = (cov + cov.transpose(0, 2, 1)) / 2
    mean = np.einsum("mij,mj->mi", cov, right)
    squares = products[:, -1, -1] + (made.prior_mean**2 * precision).sum()
    squares -= np.einsum("mi,mi->m", mean, right)
    log_det = log_det + np.linalg.slogdet(gram)[1] + 2 * np.log(made.prior_sd).sum()
    return -0.5 * (squares + log_det + n * np.log(2 * np.pi)), mean, cov
