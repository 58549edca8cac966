"""Back to a person: what their own entries and everybody else's say together, in closed form."""

from __future__ import annotations

import numpy as np

from .population import Population, Trial
from .summary import Array, Block, Summary, block
from .sums import centred

ENOUGH = 24  # trials a person's answer is made from; the rest add nothing one could see


def borrow(rows: Block, population: Population) -> tuple[Array, Array]:
    """Mean (people, effects) and covariance (people, effects, effects), in points.

    Given the spreads and coefficients a person's prior is normal, so the answer is exact; the
    mixture over trials is given by its moments.
    """
    ready = centred(rows, population.centre)
    trials = thinned(population.trials)
    size = len(population.prior.names)
    mean = np.zeros((len(rows), size))
    square = np.zeros((len(rows), size, size))
    for one in trials:
        middle, around = _given(ready, one, size)
        mean += one.weight * middle
        square += one.weight * (around + middle[:, :, None] * middle[:, None, :])
    cov = square - mean[:, :, None] * mean[:, None, :]
    sd = np.array(population.prior.sd)
    return mean * sd + np.array(population.prior.mean), cov * np.outer(sd, sd)


def borrow_one(summary: Summary, population: Population) -> Summary:
    """The same for one person; every effect of the pool has an answer, told of or not."""
    prior = population.prior
    mean, cov = borrow(block([summary], prior, population.covariates), population)
    return Summary(
        names=prior.names,
        mean=tuple(float(value) for value in mean[0]),
        cov=tuple(tuple(float(value) for value in row) for row in cov[0]),
        prior_id=f"{prior.id}+pool",
        covariates=summary.covariates,
    )


def thinned(trials: tuple[Trial, ...]) -> tuple[Trial, ...]:
    """At most ``ENOUGH`` equally weighted trials, taken at even steps of their summed weight."""
    if len(trials) <= ENOUGH:
        return trials
    ends = np.cumsum([one.weight for one in trials])
    picked = np.searchsorted(ends, (np.arange(ENOUGH) + 0.5) / ENOUGH * ends[-1])
    return tuple(
        Trial(trials[at].spread, 1.0 / ENOUGH, trials[at].mean, trials[at].cov) for at in picked
    )


def _given(rows: Block, one: Trial, effects: int) -> tuple[Array, Array]:
    covariates = rows.design.shape[1]
    inside = np.eye(effects) + rows.precision * np.outer(one.spread, one.spread)
    narrow = np.linalg.inv(inside)
    own = narrow * np.outer(one.spread, one.spread)
    back = narrow * (one.spread[:, None] / one.spread[None, :])
    expected = rows.design @ one.mean.reshape(covariates, effects) - rows.middle
    parts = one.cov.reshape(covariates, effects, covariates, effects)
    unsure = np.einsum("nc,nd,cedf->nef", rows.design, rows.design, parts, optimize=True)
    middle = np.einsum("nij,nj->ni", own, rows.shift) + np.einsum("nij,nj->ni", back, expected)
    return rows.middle + middle, own + back @ unsure @ back.transpose(0, 2, 1)
