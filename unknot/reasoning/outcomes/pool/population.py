"""Population effects and how much people differ, from small summaries of many people.

The prior a person had in stage 1 is what one expects of anybody. It is shared out between the
population's mean and the difference between people: ``spread``, the between-person sd in prior
sds, lies below one, and the mean has the variance that is left. With one person nothing is learnt
of others, and stage 1 comes back unchanged. The between-person sd in points has a half-Cauchy
prior of scale 0.5, cut at the prior sd; results of small pools hang on it.

The coefficients are integrated out exactly; only the spreads are numerical, by their mode and
importance sampling with a split Student t around it (``propose``).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np

from unknot.reasoning.outcomes.engine.arrays import normal_cdf

from . import propose
from .climb import climb, curvature
from .propose import Proposal
from .summary import Array, Block, PoolError, Prior
from .sums import Sums, centred, means, slope, sums

SCALE = 0.5  # of the half-Cauchy, in points
SLOPE_SD = 0.5  # of a covariate's coefficient, in prior sds for one unit of the covariate
DRAWS = 128
LEAST_ESS = 60.0
ROUNDS = 4
START = 0.2  # spreads of about 0.58 prior sds
FURTHEST = 5.0  # coordinates beyond are taken for it


@dataclass(frozen=True)
class Trial:
    """The posterior of the coefficients at one value of the spreads, and that value's weight."""

    spread: Array
    weight: float
    mean: Array
    cov: Array


@dataclass(frozen=True)
class Population:
    """What stage 2 learnt: a mixture over trials. Units are prior sds; see ``effects``."""

    prior: Prior
    covariates: tuple[str, ...]
    centre: Array
    people: int
    trials: tuple[Trial, ...]
    ess: float


def pool(
    blocks: Sequence[Block], prior: Prior, *, covariates: Sequence[str] = (), seed: int = 1
) -> Population:
    """Learns the population from any number of blocks; their order and size do not matter.

    About 150 passes over the people. Raises PoolError when there is nobody.
    """
    count = sum(len(rows) for rows in blocks)
    if not count:
        raise PoolError("nobody to pool: give at least one summary")
    centre = reduce(add, (means(rows) for rows in blocks)).centre
    ready = [centred(rows, centre) for rows in blocks if len(rows)]
    target = _Target(ready, prior, 1 + len(covariates))
    start = np.full(len(prior.names), START)
    mode = propose.steady(climb(target.value_and_slope, start))
    bend = np.clip(curvature(lambda x: target.value_and_slope(x)[1], mode), -1e6, 1e6)
    first = propose.around(lambda x: target.trial(x)[0], mode, bend)
    trials, ess = _sample(target, first, seed)
    return Population(prior, tuple(covariates), centre, count, trials, ess)


def spread_of(x: Array) -> Array:
    """Between-person sds, as shares of the prior sd, from unbounded coordinates.

    The normal distribution function: a spread of which nothing is known then has a standard
    normal coordinate, and what little the data add leaves it close to normal.
    """
    return normal_cdf(np.clip(x, -FURTHEST, FURTHEST))


class _Target:
    """The log posterior of the spreads and its slope, summed over blocks."""

    def __init__(self, blocks: Sequence[Block], prior: Prior, covariates: int) -> None:
        self.blocks, self.covariates = blocks, covariates
        self.heavy = (np.array(prior.sd) / SCALE) ** 2

    def over(self, part: Callable[[Block], Sums]) -> Sums:
        return reduce(add, map(part, self.blocks))

    def trial(self, x: Array) -> tuple[float, Trial]:
        """Log posterior (up to a constant) and the coefficients there."""
        spread = spread_of(x)
        share = spread**2
        total = self.over(lambda rows: sums(rows, spread))
        room = np.concatenate([1.0 - share, np.full((self.covariates - 1) * len(x), SLOPE_SD**2)])
        precision = total.information + np.diag(1.0 / room)
        cov = np.asarray(np.linalg.inv(precision), dtype=np.float64)
        mean = cov @ total.pull
        value = 0.5 * (
            total.fit
            - total.log_volume
            + float(total.pull @ mean)
            - float(np.linalg.slogdet(precision)[1])
            - float(np.log(room).sum())
        )
        value -= float((np.log1p(self.heavy * share) + 0.5 * x**2).sum())
        return value, Trial(spread, 0.0, mean, cov)

    def value_and_slope(self, x: Array) -> tuple[float, Array]:
        value, at = self.trial(x)
        share, room = at.spread**2, 1.0 - at.spread**2
        parts = [slope(rows, at.spread, at.mean, at.cov) for rows in self.blocks]
        by_share = 0.5 * sum(parts[1:], parts[0])
        square = at.mean[: len(x)] ** 2 + np.diag(at.cov)[: len(x)]
        by_share = by_share + 0.5 / room - 0.5 * square / room**2
        by_share += -self.heavy / (1.0 + self.heavy * share)
        steep = np.exp(-0.5 * x**2) / math.sqrt(2.0 * math.pi)
        return value, by_share * 2.0 * at.spread * steep - x


def _sample(target: _Target, proposal: Proposal, seed: int) -> tuple[tuple[Trial, ...], float]:
    """Weighted trials. While too few of them count, a proposal fitted to them adds more.

    Every trial is weighed against the mixture of all proposals so far, so none is lost
    (the deterministic mixture of adaptive importance sampling).
    """
    proposals = [proposal]
    points, found = np.empty((0, len(proposal.centre))), list[tuple[float, Trial]]()
    while True:
        fresh = propose.draws(proposals[-1], DRAWS, (seed, len(proposals)))
        points = np.vstack([points, fresh])
        found += [target.trial(point) for point in fresh]
        log_weight = np.array([value for value, _ in found]) - propose.mixed(points, proposals)
        weight = np.exp(log_weight - log_weight.max())
        weight /= weight.sum()
        ess = float(1.0 / (weight**2).sum())
        if ess >= LEAST_ESS or len(proposals) == ROUNDS:
            break
        proposals.append(propose.fitted(proposals[-1], points, weight, ess))
    trials = tuple(
        Trial(one.spread, float(share), one.mean, one.cov)
        for (_, one), share in zip(found, weight, strict=True)
    )
    return trials, ess


def merged(blocks: Iterable[Block]) -> Block:
    """Several blocks as one."""
    parts = list(blocks)
    return Block(
        np.concatenate([one.precision for one in parts]),
        np.concatenate([one.shift for one in parts]),
        np.concatenate([one.middle for one in parts]),
        np.concatenate([one.design for one in parts]),
    )
