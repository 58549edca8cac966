"""The collapsed filter compiled with numba, one theta after another; the same sums as ``kalman``.

Plain loops that run uncompiled too: the tests hold them against the array version and against one
large multivariate normal. The functions fill the arrays they are given.
"""

import math

import numpy as np
from numba import njit

from unknot.reasoning.outcomes.engine.arrays import Array, Integers
from unknot.reasoning.outcomes.engine.priors import RECALLED_DAYS


@njit(cache=True)
def run(
    theta: Array,  # (m, 6): sD, phi, se, q, tau, tauE on their own scales
    y: Array,
    t: Array,
    memory: Array,
    fixed: Array,  # (n,) variance added to every answer's, by rounding or as a site
    own_noise: Array,  # (n,) 1 where se^2 is added, 0 where the variance is fixed alone
    static: Array,
    session_t: Array,
    dose: Array,
    first: Integers,
    prior_mean: Array,
    prior_sd: Array,
    log_likelihood: Array,  # out (m,)
    mean: Array,  # out (m, p)
    cov: Array,  # out (m, p, p)
    last: Array,  # out (m, 2, p + 1): filtered state of the columns, y last
    last_cov: Array,  # out (m, 3): var D, cov, var W
) -> None:
    """Fills the outputs for every theta."""
    n, q = static.shape
    fading = dose.shape[1]
    p = q + 1 + fading
    row, carry = np.empty(p + 1), np.empty(fading)
    gram, right = np.empty((p, p)), np.empty(p)
    for i in range(theta.shape[0]):
        point, state, var = theta[i], last[i], last_cov[i]
        state[:, :] = 0.0
        carry[:] = 0.0
        var[0], var[1], var[2] = point[0] * point[0], 0.0, 0.0
        squares, log_det = _start(gram, right, prior_mean, prior_sd)
        s = 0
        for j in range(n):
            apart = t[j] - t[j - 1] if j else 0.0
            s = _row(j, s, apart, point, t, memory, static, session_t, dose, first, carry, row)
            row[p] = y[j]
            sees = 0.0 if memory[j] > 0 else 1.0
            noise = fixed[j] + own_noise[j] * point[2] * point[2]
            spread = _update(apart, point, sees, noise, row, state, var)
            log_det += math.log(spread)
            squares += row[p] * row[p] / spread
            _gather(row, spread, gram, right)
        half = _solve(gram, right, squares, log_det, mean[i], cov[i])
        log_likelihood[i] = half - 0.5 * n * math.log(2.0 * math.pi)


@njit(cache=True)
def _start(gram: Array, right: Array, prior_mean: Array, prior_sd: Array) -> tuple[float, float]:
    """Sets gram to B^-1 and right to B^-1 b0; gives b0'B^-1 b0 and log|B|."""
    squares, log_det = 0.0, 0.0
    gram[:, :] = 0.0
    for k in range(len(right)):
        precision = 1.0 / (prior_sd[k] * prior_sd[k])
        gram[k, k] = precision
        right[k] = precision * prior_mean[k]
        squares += right[k] * prior_mean[k]
        log_det -= math.log(precision)
    return squares, log_det


@njit(cache=True)
def _row(
    j: int,
    s: int,
    apart: float,
    point: Array,
    t: Array,
    memory: Array,
    static: Array,
    session_t: Array,
    dose: Array,
    first: Integers,
    carry: Array,
    row: Array,
) -> int:
    """Fills the columns of answer j; gives the number of sessions so far."""
    q, tau, tau_recovery = static.shape[1], point[4], point[5]
    carry *= math.exp(-apart / tau)
    while s < len(first) and first[s] <= j:
        now = math.exp(-(t[j] - session_t[s]) / tau)
        for k in range(len(carry)):
            carry[k] += dose[s, k] * now
        s += 1
    row[:q] = static[j]
    row[q] = math.exp(-t[j] / tau_recovery)
    row[q + 1 : -1] = carry
    if memory[j] > 0:
        row[q] *= math.expm1(RECALLED_DAYS / tau_recovery) * tau_recovery / RECALLED_DAYS
        _remembered(s, t[j], tau, session_t, dose, row[q + 1 : -1])
    return s


@njit(cache=True)
def _remembered(s: int, now: float, tau: float, session_t: Array, dose: Array, out: Array) -> None:
    """The mean over the last seven days of every decaying column."""
    out[:] = 0.0
    for z in range(s):
        age = now - session_t[z]
        early = math.exp(-max(age - RECALLED_DAYS, 0.0) / tau)
        weight = tau / RECALLED_DAYS * (early - math.exp(-age / tau))
        for k in range(len(out)):
            out[k] += dose[z, k] * weight


@njit(cache=True)
def _update(
    apart: float, point: Array, sees: float, noise: float, row: Array, state: Array, var: Array
) -> float:
    """Predicts D and W, turns the row into innovations and updates; gives their variance.

    D decays towards 0, W keeps its value and spreads. A recalled average (``sees`` 0) does not
    see D.
    """
    stay = point[1] ** apart
    var[0] = stay * stay * var[0] + point[0] * point[0] * (1.0 - stay * stay)
    var[1] *= stay
    var[2] += point[3] * point[3] * apart
    to_d = sees * var[0] + var[1]
    to_w = sees * var[1] + var[2]
    spread: float = sees * to_d + to_w + noise
    gain_d, gain_w = to_d / spread, to_w / spread
    for k in range(len(row)):
        state[0, k] *= stay
        off = row[k] - sees * state[0, k] - state[1, k]
        state[0, k] += gain_d * off
        state[1, k] += gain_w * off
        row[k] = off
    var[0] -= gain_d * to_d
    var[1] -= gain_d * to_w
    var[2] -= gain_w * to_w
    return spread


@njit(cache=True)
def _gather(row: Array, spread: float, gram: Array, right: Array) -> None:
    """Adds one answer's innovations to X'V^-1 X (lower half) and X'V^-1 y."""
    p = len(right)
    for k in range(p):
        scaled = row[k] / spread
        right[k] += scaled * row[p]
        for h in range(k + 1):
            gram[k, h] += scaled * row[h]


@njit(cache=True)
def _solve(
    gram: Array, right: Array, squares: float, log_det: float, mean: Array, cov: Array
) -> float:
    """Integrates the coefficients out: fills their mean and cov, gives the log likelihood."""
    p = len(right)
    _cholesky(gram)
    for k in range(p):
        log_det += 2.0 * math.log(gram[k, k])
    _invert(gram)
    for k in range(p):
        for h in range(k + 1):
            total = 0.0
            for z in range(k, p):
                total += gram[z, k] * gram[z, h]
            cov[k, h] = total
            cov[h, k] = total
    for k in range(p):
        mean[k] = 0.0
        for h in range(p):
            mean[k] += cov[k, h] * right[h]
        squares -= mean[k] * right[k]
    return -0.5 * (squares + log_det)


@njit(cache=True)
def _cholesky(a: Array) -> None:
    """Puts the lower Cholesky factor into the lower half of a."""
    for k in range(len(a)):
        for h in range(k + 1):
            total = a[k, h]
            for z in range(h):
                total -= a[k, z] * a[h, z]
            a[k, h] = math.sqrt(total) if k == h else total / a[h, h]


@njit(cache=True)
def _invert(a: Array) -> None:
    """Inverts the lower triangle of a in place."""
    for k in range(len(a)):
        a[k, k] = 1.0 / a[k, k]
        for h in range(k):
            total = 0.0
            for z in range(h, k):
                total -= a[k, z] * a[z, h]
            a[k, h] = total * a[k, k]
