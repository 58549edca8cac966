"""What one person sends to the pool: a mean and a covariance of a few effects, never an entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class PoolError(ValueError):
    """A summary that cannot be pooled; the message names the prior or the effect and the cure."""


@dataclass(frozen=True)
class Prior:
    """The normal prior of stage 1, independent between effects; ``mean`` and ``sd`` by effect."""

    id: str
    names: tuple[str, ...]
    mean: tuple[float, ...]
    sd: tuple[float, ...]


@dataclass(frozen=True)
class Summary:
    """The stage-1 posterior of one person's effects, in points of the 0-10 scale.

    ``names`` may leave out effects this person cannot tell about (a technique never received);
    the pool then learns nothing of them here. ``covariates`` are numbers by name; one that is
    missing counts as the mean of the others.
    """

    names: tuple[str, ...]
    mean: tuple[float, ...]
    cov: tuple[tuple[float, ...], ...]
    prior_id: str
    covariates: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Block:
    """People as what their own entries say, the stage-1 prior divided out, in prior sds.

    ``precision`` (people, effects, effects) and ``shift`` (people, effects) are the natural
    parameters of each person's likelihood around ``middle`` (people, effects), the posterior mean:
    near it all numbers stay small, also for people who are known very well. ``design`` (people,
    covariates) is not centred and holds NaN where a covariate is unknown.
    """

    precision: Array
    shift: Array
    middle: Array
    design: Array

    def __len__(self) -> int:
        return len(self.shift)


def block(summaries: Sequence[Summary], prior: Prior, covariates: Sequence[str] = ()) -> Block:
    """Turns summaries into a block. Costs one small eigenvalue problem a person.

    A direction in which the posterior is wider than the prior carries no information. Raises
    PoolError for another prior or an effect the prior does not know.
    """
    size = len(prior.names)
    mean, cov = np.zeros((len(summaries), size)), np.tile(np.eye(size), (len(summaries), 1, 1))
    for row, one in enumerate(summaries):
        place = _places(one, prior)
        scale = np.array([prior.sd[at] for at in place])
        mean[row, place] = (np.array(one.mean) - [prior.mean[at] for at in place]) / scale
        cov[row][np.ix_(place, place)] = np.array(one.cov) / np.outer(scale, scale)
    spread, directions = np.linalg.eigh(cov)
    told = 1.0 / np.maximum(spread, 1e-12)
    tells = told > 1.0
    precision = _rebuild(directions, np.where(tells, told - 1.0, 0.0))
    pull = np.where(tells, np.einsum("nji,nj->ni", directions, mean), 0.0)
    known = [[one.covariates.get(name, np.nan) for name in covariates] for one in summaries]
    return Block(
        precision=precision,
        shift=np.einsum("nij,nj->ni", directions, pull),
        middle=mean,
        design=np.array(known, dtype=float).reshape(len(summaries), len(covariates)),
    )


def _places(one: Summary, prior: Prior) -> list[int]:
    if one.prior_id != prior.id:
        raise PoolError(
            f"a summary was made with prior {one.prior_id!r}, the pool uses {prior.id!r}:"
            " fit that person again"
        )
    unknown = [name for name in one.names if name not in prior.names]
    if unknown:
        raise PoolError(f"prior {prior.id!r} has no effect {unknown[0]!r}: add it to the prior")
    return [prior.names.index(name) for name in one.names]


def _rebuild(directions: Array, values: Array) -> Array:
    found: Array = np.einsum("nij,nj,nkj->nik", directions, values, directions)
    return found
