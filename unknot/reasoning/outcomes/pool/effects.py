"""What the population's coefficients say: means, differences, and which choice comes out best."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .population import Population
from .summary import Array, PoolError

MEAN = "mean"
NEAR_LIMIT = 0.9


@dataclass(frozen=True)
class Estimate:
    """A number in points: mean, sd, 50 % and 90 % intervals, the chance that it is below 0."""

    mean: float
    sd: float
    low50: float
    high50: float
    low90: float
    high90: float
    p_below_zero: float


@dataclass(frozen=True)
class Effect:
    """One effect in the population. ``between`` is the between-person sd, in points.

    ``at_limit``: people seem to differ by as much as the stage-1 prior allows or more, so that
    prior is too narrow and should be looked at.
    """

    name: str
    average: Estimate
    between: Estimate
    at_limit: bool


def effects(population: Population) -> tuple[Effect, ...]:
    """Every effect, in the prior's order."""
    found = []
    for at, name in enumerate(population.prior.names):
        sd = population.prior.sd[at]
        draws = np.array([one.spread[at] * sd for one in population.trials])
        between = _mixture(draws, np.zeros(len(draws)), _weights(population))
        average = contrast(population, {(name, MEAN): 1.0})
        limit = between.mean > NEAR_LIMIT * sd
        found.append(Effect(name, average, between, limit))
    return tuple(found)


def contrast(population: Population, parts: Mapping[tuple[str, str], float]) -> Estimate:
    """A weighted sum of coefficients, each named by effect and covariate (``"mean"`` for none).

    ``{("technique:deep", "mean"): 1, ("technique:swedish", "mean"): -1}`` is the difference of two
    techniques; ``{("carry", "twice_weekly"): 1}`` is what twice a week adds. Raises PoolError for
    a name the pool does not have.
    """
    line, shift = _line(population, parts)
    middle = np.array([line @ one.mean for one in population.trials]) + shift
    width = np.sqrt([line @ one.cov @ line for one in population.trials])
    return _mixture(middle, width, _weights(population))


def best(population: Population, names: Sequence[str], *, seed: int = 1) -> dict[str, float]:
    """The chance of each effect to be the lowest of these on average (less pain is better)."""
    lines = [_line(population, {(name, MEAN): 1.0}) for name in names]
    rows = np.array([line for line, _ in lines])
    shifts = np.array([shift for _, shift in lines])
    dice = np.random.default_rng(seed)
    noise = dice.standard_normal((400, len(names)))
    chance = np.zeros(len(names))
    for one in population.trials:
        around = rows @ one.cov @ rows.T
        root = np.linalg.cholesky(around + 1e-12 * np.eye(len(names)))
        lowest = (rows @ one.mean + shifts + noise @ root.T).argmin(1)
        chance += one.weight * np.bincount(lowest, minlength=len(names)) / len(noise)
    return dict(zip(names, (chance / chance.sum()).tolist(), strict=True))


def _line(population: Population, parts: Mapping[tuple[str, str], float]) -> tuple[Array, float]:
    prior, columns = population.prior, (MEAN, *population.covariates)
    line, shift = np.zeros(len(columns) * len(prior.names)), 0.0
    for (effect, column), weight in parts.items():
        if effect not in prior.names or column not in columns:
            raise PoolError(
                f"the pool has no coefficient ({effect!r}, {column!r}); effects:"
                f" {', '.join(prior.names)}; columns: {', '.join(columns)}"
            )
        at = prior.names.index(effect)
        line[columns.index(column) * len(prior.names) + at] += weight * prior.sd[at]
        shift += weight * prior.mean[at] if column == MEAN else 0.0
    return line, shift


def _weights(population: Population) -> Array:
    return np.array([one.weight for one in population.trials])


def _mixture(middle: Array, width: Array, weight: Array) -> Estimate:
    mean = float(weight @ middle)
    sd = math.sqrt(max(0.0, float(weight @ (width**2 + (middle - mean) ** 2))))
    reach = max(1e-12, 1e-4 * sd)
    width = np.maximum(width, reach)

    def below(limit: float) -> float:
        z = (limit - middle) / (width * math.sqrt(2))
        return float(weight @ [0.5 * math.erfc(-one) for one in z])

    def quantile(share: float) -> float:
        low, high = mean - 12 * sd - reach, mean + 12 * sd + reach
        for _ in range(50):
            half = 0.5 * (low + high)
            low, high = (half, high) if below(half) < share else (low, half)
        return 0.5 * (low + high)

    return Estimate(
        mean=mean,
        sd=sd,
        low50=quantile(0.25),
        high50=quantile(0.75),
        low90=quantile(0.05),
        high90=quantile(0.95),
        p_below_zero=below(0.0),
    )
