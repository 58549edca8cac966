"""What people like somebody tended to see, beside what their own few visits say."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from unknot.reasoning.outcomes.results import Summary as FitSummary

from .averages import VISIT_PARTS
from .borrow import borrow_one
from .effects import Estimate
from .fits import of_fits
from .population import Population
from .summary import PoolError, Summary


@dataclass(frozen=True)
class Alike:
    """One effect of a visit of 60 minutes, in points, negative for less pain.

    ``others`` is what to expect of somebody like this person before any visit of theirs, with all
    that people differ by; ``own`` what their own entries say alone; ``borrowed`` both together.
    """

    name: str
    others: Estimate
    own: Estimate
    borrowed: Estimate


@dataclass(frozen=True)
class Borrowed:
    """``people`` like this person by ``alike`` (names of covariates, empty for everybody here)
    stand behind the figures."""

    people: int
    alike: tuple[str, ...]
    effects: tuple[Alike, ...]


def borrowed(
    fit: FitSummary,
    population: Population,
    *,
    people: int,
    covariates: Mapping[str, float],
) -> Borrowed:
    """The effects of a visit for one person; ``covariates`` say whom they are like.

    Effects the population has never seen (a technique new here) are left with the person. Raises
    PoolError when the fit was made with other priors than the population's.
    """
    told, prior = of_fits([fit])
    if prior.id != population.prior.id:
        raise PoolError("the population was learnt with other priors: learn it again")
    mine = replace(_known(told[0], population), covariates=covariates)
    nothing = replace(mine, names=(), mean=(), cov=())
    others, both = borrow_one(nothing, population), borrow_one(mine, population)
    return Borrowed(
        people=people,
        alike=tuple(sorted(covariates)),
        effects=tuple(
            Alike(name, _sum(others, parts), _sum(mine, parts), _sum(both, parts))
            for name, parts in VISIT_PARTS.items()
        ),
    )


def _known(one: Summary, population: Population) -> Summary:
    """The effects the population knows, too."""
    places = [at for at, name in enumerate(one.names) if name in population.prior.names]
    return replace(
        one,
        names=tuple(one.names[at] for at in places),
        mean=tuple(one.mean[at] for at in places),
        cov=tuple(tuple(one.cov[at][other] for other in places) for at in places),
    )


def _sum(one: Summary, parts: Mapping[str, float]) -> Estimate:
    """A weighted sum of effects, taken for normal."""
    line = np.array([parts.get(name, 0.0) for name in one.names])
    mean = float(line @ one.mean)
    sd = math.sqrt(max(0.0, float(line @ np.array(one.cov) @ line)))
    curve = NormalDist(mean, max(sd, 1e-9))
    return Estimate(
        mean=mean,
        sd=sd,
        low50=curve.inv_cdf(0.25),
        high50=curve.inv_cdf(0.75),
        low90=curve.inv_cdf(0.05),
        high90=curve.inv_cdf(0.95),
        p_below_zero=curve.cdf(0.0),
    )
