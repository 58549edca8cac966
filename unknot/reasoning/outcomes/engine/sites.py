"""Answers at the ends of the scale: 0 means "0.5 or less", 10 means "9.5 or more".

Each such answer is a censored likelihood on the unrounded answer x_j = f_j + e_j. It is replaced
by a Gaussian site N(x_j; y~, rho) found by expectation propagation (Minka 2001), at one theta:
the prior's centre, then once more at the posterior's. The filter then sees an answer y~ with
variance se^2 + rho. Only the censored answers enter; the others are conditioned on first.
"""

from dataclasses import dataclass

import numpy as np

from unknot.reasoning.outcomes.engine.arrays import Array, Integers, log_normal_cdf

SWEEPS = 6
DAMPING = 0.8
LEAST, MOST = 1e-4, 1e4  # of a site's variance


@dataclass(frozen=True)
class Sites:
    """Pseudo-answers and their variances at the rows of the censored answers."""

    rows: Integers
    y: Array
    variance: Array


NONE = Sites(np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0))


def propagate(rows: Integers, edge: Array, limit: Array, mean: Array, cov: Array) -> Sites:
    """Sites for unrounded answers with joint distribution N(mean, cov), shapes (k,), (k, k).

    ``edge`` is -1 where the answer lies at or below ``limit``, 1 where at or above it.
    """
    precision, shifted = np.zeros(len(mean)), np.zeros(len(mean))
    for _ in range(SWEEPS):
        root = np.sqrt(precision)
        inner = np.eye(len(mean)) + root[:, None] * cov * root
        scaled = np.linalg.solve(inner, root[:, None] * cov)
        posterior = cov - (cov * root) @ scaled
        middle = mean + posterior @ (shifted - precision * mean)
        spread = np.maximum(np.diag(posterior), 1e-10)
        cavity_precision = np.maximum(1 / spread - precision, 1e-8)
        cavity_mean = (middle / spread - shifted) / cavity_precision
        tilted_mean, tilted_var = _truncated(edge, limit, cavity_mean, 1 / cavity_precision)
        wanted = np.clip(1 / tilted_var - cavity_precision, 1 / MOST, 1 / LEAST)
        moved = tilted_mean * (wanted + cavity_precision) - cavity_mean * cavity_precision
        precision += DAMPING * (wanted - precision)
        shifted += DAMPING * (moved - shifted)
    return Sites(rows, shifted / precision, 1 / precision)


def _truncated(edge: Array, limit: Array, mean: Array, var: Array) -> tuple[Array, Array]:
    """Mean and variance of a normal known to lie beyond ``limit`` on the side of ``edge``."""
    sd = np.sqrt(var)
    z = edge * (mean - limit) / sd
    ratio = np.exp(-0.5 * z * z - 0.5 * np.log(2 * np.pi) - log_normal_cdf(z))
    kept = np.clip(1 - ratio * (ratio + z), 1e-6, 1.0)
    return mean + edge * sd * ratio, var * kept
