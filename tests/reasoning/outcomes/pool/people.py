"""Invented people for the pool: true effects, and what stage 1 would have said of each."""

from __future__ import annotations

import numpy as np

from unknot.reasoning.outcomes.pool import Prior, Summary
from unknot.reasoning.outcomes.pool.summary import Array

NAMES = ("carry", "hours", "technique:deep", "technique:light", "sleep")
PRIOR = Prior("test-1", NAMES, (0.0,) * 5, (1.0, 1.5, 0.5, 0.5, 0.35))
AVERAGE = np.array([-0.6, -1.2, -0.3, 0.1, 0.15])
BETWEEN = np.array([0.4, 0.6, 0.2, 0.2, 0.15])


def people(
    count: int,
    seed: int,
    *,
    average: Array = AVERAGE,
    between: Array = BETWEEN,
    noise: float = 0.8,
) -> tuple[list[Summary], Array]:
    """Summaries with correlated errors of about ``noise`` prior sds, and the true effects."""
    dice = np.random.default_rng(seed)
    sd = np.array(PRIOR.sd)
    truth = average + between * dice.standard_normal((count, len(NAMES)))
    return [_told(row, dice, sd, noise) for row in truth], truth


def _told(truth: Array, dice: np.random.Generator, sd: Array, noise: float) -> Summary:
    mix = np.eye(len(sd)) + 0.25 * dice.standard_normal((len(sd), len(sd)))
    error = mix @ mix.T * np.outer(sd, sd) * noise**2
    seen = truth + np.linalg.cholesky(error) @ dice.standard_normal(len(sd))
    cov = np.linalg.inv(np.linalg.inv(error) + np.diag(1 / sd**2))
    mean = cov @ np.linalg.solve(error, seen)
    return summary(mean, cov)


def summary(mean: Array, cov: Array, **covariates: float) -> Summary:
    """A summary of all effects."""
    return Summary(
        NAMES,
        tuple(map(float, mean)),
        tuple(tuple(map(float, row)) for row in cov),
        PRIOR.id,
        covariates,
    )
