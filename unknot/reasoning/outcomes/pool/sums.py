"""All that stage 2 needs of people: sums over rows, one set for each trial of the spreads.

For effects phi_i ~ N(Z_i G, W^2), W the diagonal of between-person sds, and a likelihood
exp(-d'L d/2 + e'd) of d = phi - m, each person adds

    log|I + W L W|,  (We)'B(We) - 2 m'a - m'A m,  Z'A Z,  Z'(a + A m)

with B = (I + W L W)^-1, A = W^-1 B W L, a = W^-1 B W e,

so blocks of people can be summed anywhere and added in any order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .summary import Array, Block


@dataclass(frozen=True)
class Sums:
    """The sums of some people at one trial. ``information`` is of the coefficients, effect by
    effect within covariate: row ``c * effects + e``."""

    people: int
    log_volume: float
    fit: float
    information: Array
    pull: Array

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.people + other.people,
            self.log_volume + other.log_volume,
            self.fit + other.fit,
            self.information + other.information,
            self.pull + other.pull,
        )


@dataclass(frozen=True)
class Means:
    """How many people told each covariate and what they told in sum; adds up like ``Sums``."""

    count: Array
    total: Array

    def __add__(self, other: Means) -> Means:
        return Means(self.count + other.count, self.total + other.total)

    @property
    def centre(self) -> Array:
        """The mean of each covariate; zero for one that nobody told."""
        return np.divide(
            self.total, self.count, out=np.zeros_like(self.total), where=self.count > 0
        )


def means(rows: Block) -> Means:
    """The first round: what the covariates are centred on."""
    known = np.isfinite(rows.design)
    return Means(known.sum(0).astype(float), np.where(known, rows.design, 0.0).sum(0))


def centred(rows: Block, centre: Array) -> Block:
    """The same people with an intercept and centred covariates; an unknown one is the mean."""
    told = np.where(np.isfinite(rows.design), rows.design - centre, 0.0)
    design = np.hstack([np.ones((len(rows), 1)), told])
    return replace(rows, design=design)


def sums(rows: Block, spread: Array) -> Sums:
    """The sums of a centred block at between-person sds ``spread`` (in prior sds, above zero)."""
    gain, pull, log_volume, fit = _people(rows, spread)
    pairs = (rows.design[:, :, None] * rows.design[:, None, :]).reshape(len(rows), -1)
    covariates, effects = rows.design.shape[1], len(spread)
    summed = (pairs.T @ gain.reshape(len(rows), -1)).reshape(
        covariates, covariates, effects, effects
    )
    return Sums(
        people=len(rows),
        log_volume=float(log_volume.sum()),
        fit=float(fit.sum()),
        information=summed.transpose(0, 2, 1, 3).reshape(
            covariates * effects, covariates * effects
        ),
        pull=(rows.design.T @ pull).reshape(-1),
    )


def slope(rows: Block, spread: Array, mean: Array, cov: Array) -> Array:
    """Twice the gradient of the log likelihood by the variances, the coefficients averaged out.

    ``mean`` and ``cov`` are of the coefficients at this spread. Adds up over blocks like ``Sums``.
    """
    gain, pull, _, _ = _people(rows, spread)
    covariates, effects = rows.design.shape[1], len(spread)
    middle = rows.design @ mean.reshape(covariates, effects)
    off = pull - np.einsum("nij,nj->ni", gain, middle)
    parts = cov.reshape(covariates, effects, covariates, effects).transpose(0, 2, 1, 3)
    pairs = (rows.design[:, :, None] * rows.design[:, None, :]).reshape(len(rows), -1)
    around = (pairs @ parts.reshape(covariates**2, -1)).reshape(-1, effects, effects)
    wobble = ((gain @ around) * gain).sum(2)
    own = np.diagonal(gain, axis1=1, axis2=2)
    total: Array = (off**2 + wobble - own).sum(0)
    return total


def _people(rows: Block, spread: Array) -> tuple[Array, Array, Array, Array]:
    """What each person adds: A, a + A m, the log volume and the fit."""
    widened = np.eye(len(spread)) + rows.precision * np.outer(spread, spread)
    shrink = np.linalg.inv(widened)
    back = shrink * (spread[None, :] / spread[:, None])
    gain = back @ rows.precision
    own = (back @ rows.shift[:, :, None])[:, :, 0]
    seen = (gain @ rows.middle[:, :, None])[:, :, 0]
    fit = (rows.shift * spread**2 * own - rows.middle * (2.0 * own + seen)).sum(1)
    return gain, own + seen, np.linalg.slogdet(widened)[1], fit
