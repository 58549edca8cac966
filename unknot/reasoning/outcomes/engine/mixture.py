"""Figures from the posterior: a weighted mixture, over theta, of exact Gaussians."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from unknot.reasoning.outcomes.engine import points
from unknot.reasoning.outcomes.engine.arrays import Array, normal_cdf
from unknot.reasoning.outcomes.engine.integrate import Posterior
from unknot.reasoning.outcomes.results import Figure

NODES = 4  # antithetic draws from each Gaussian
QUANTILES = (0.05, 0.25, 0.75, 0.95)
SMALLEST_SD = 1e-9


@dataclass(frozen=True)
class Mixture:
    """k linear quantities: at each theta, with its weight, a normal mean and sd, (m,), (m, k)."""

    weights: Array
    means: Array
    sds: Array
    seed: int = 0

    @cached_property
    def mean(self) -> Array:
        """Posterior means, (k,)."""
        return self.weights @ self.means

    @cached_property
    def sd(self) -> Array:
        """Posterior sds, (k,): within the Gaussians and between them."""
        off = self.means - self.mean
        return np.sqrt(np.maximum(self.weights @ (self.sds**2 + off**2), SMALLEST_SD**2))

    def below(self, limit: float, place: int, weights: Array | None = None) -> float:
        """P(quantity < limit), exactly; with other weights if given."""
        z = (limit - self.means[:, place]) / self.sds[:, place]
        return float((self.weights if weights is None else weights) @ normal_cdf(z))

    def all_below(self, limits: Array) -> Array:
        """P(quantity < its limit) of all of them at once, (k,)."""
        return np.asarray(self.weights @ normal_cdf((limits - self.means) / self.sds))

    def draws(self) -> Array:
        """Even draws, shape (m NODES, k); their weights are the theta's, each ``NODES`` times."""
        nodes = points.strata(len(self.weights), NODES, self.seed)
        spread = self.means[:, None, :] + nodes[:, :, None] * self.sds[:, None, :]
        return spread.reshape(-1, self.means.shape[1])

    def quantiles(self, low: float, high: float) -> Array:
        """The four interval ends of every quantity, kept within ``low`` and ``high``, (4, k)."""
        values = np.clip(self.draws(), low, high)
        return weighted_quantiles(values, np.repeat(self.weights, NODES))


def weighted_quantiles(values: Array, weights: Array) -> Array:
    """Quantiles .05, .25, .75, .95 of each column of weighted draws, interpolated, (4, k)."""
    order = np.argsort(values, axis=0)
    values = np.take_along_axis(values, order, axis=0)
    reached = np.cumsum(weights[order], axis=0) - weights[order] / 2
    total = weights.sum()
    return np.stack(
        [
            np.interp([share * total for share in QUANTILES], reached[:, place], values[:, place])
            for place in range(values.shape[1])
        ],
        axis=1,
    )


def combine(found: Posterior, rows: Array, states: Array | None = None) -> tuple[Array, Array]:
    """Mean and variance at each theta of ``rows b + states s``, rows (m, k, p), states (m, k, 2).

    With s = last_y - last_X b + noise, the quantity is (rows - states last_X) b + states last_y.
    """
    filtered = found.filtered
    if states is None:
        inner = rows
        mean = np.einsum("mkp,mp->mk", inner, filtered.mean)
        extra: Array | float = 0.0
    else:
        inner = rows - states @ filtered.last[:, :, :-1]
        mean = np.einsum("mkp,mp->mk", inner, filtered.mean)
        mean = mean + np.einsum("mks,ms->mk", states, filtered.last[:, :, -1])
        var_d, cov, var_w = filtered.last_cov.T[:, :, None]
        d, w = states[:, :, 0], states[:, :, 1]
        extra = d * d * var_d + 2 * d * w * cov + w * w * var_w
    return mean, np.einsum("mkp,mkp->mk", inner @ filtered.cov, inner) + extra


def mixture(found: Posterior, mean: Array, var: Array, seed: int = 0) -> Mixture:
    """The quantities as a mixture."""
    return Mixture(found.weights, mean, np.sqrt(np.maximum(var, SMALLEST_SD**2)), seed)


def figure(
    name: str,
    mix: Mixture,
    place: int,
    ends: Array,
    *,
    p: float,
    claim: str,
    unit: str = "points",
    identifiable: bool = True,
    limits: tuple[float, float] = (-np.inf, np.inf),
) -> Figure:
    """One quantity as a Figure; ``ends`` from ``quantiles``; the mean stays within ``limits``."""
    low90, low50, high50, high90 = (float(one) for one in ends[:, place])
    return Figure(
        name=name,
        mean=float(np.clip(mix.mean[place], *limits)),
        sd=float(mix.sd[place]),
        i50=(low50, high50),
        i90=(low90, high90),
        p=float(np.clip(p, 0.0, 1.0)),
        claim=claim,
        unit=unit,
        identifiable=identifiable,
    )


def of_theta(
    name: str, values: Array, weights: Array, *, p: float, claim: str, unit: str, known: bool
) -> Figure:
    """A Figure of something that depends on theta alone, such as a half-life."""
    mean = float(weights @ values)
    sd = float(np.sqrt(weights @ (values - mean) ** 2))
    ends = weighted_quantiles(values[:, None], weights)[:, 0]
    low90, low50, high50, high90 = (float(one) for one in ends)
    return Figure(name, mean, sd, (low50, high50), (low90, high90), p, claim, unit, known)
