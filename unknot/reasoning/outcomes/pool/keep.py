"""A population as plain JSON and back: enough of it to borrow from, none of its people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from .borrow import thinned
from .population import Population, Trial
from .summary import Array, PoolError, Prior

SCHEMA: Final = "unknot-population-1"
DIGITS = 6


def to_dict(population: Population) -> dict[str, Any]:
    """The trials that borrowing uses, covariances by their lower half."""
    lower = np.tril_indices(len(population.trials[0].mean))
    return {
        "schema": SCHEMA,
        "prior": {
            "id": population.prior.id,
            "names": list(population.prior.names),
            "mean": list(population.prior.mean),
            "sd": list(population.prior.sd),
        },
        "covariates": list(population.covariates),
        "centre": population.centre.tolist(),
        "people": population.people,
        "ess": population.ess,
        "trials": [
            {
                "spread": one.spread.round(DIGITS).tolist(),
                "weight": one.weight,
                "mean": one.mean.round(DIGITS).tolist(),
                "cov": one.cov[lower].round(DIGITS).tolist(),
            }
            for one in thinned(population.trials)
        ],
    }


def from_dict(kept: Mapping[str, Any]) -> Population:
    """The population that was kept. Raises PoolError for anything else."""
    try:
        if kept["schema"] != SCHEMA:
            raise KeyError
        return Population(
            prior=Prior(
                kept["prior"]["id"],
                *(tuple(kept["prior"][name]) for name in ("names", "mean", "sd")),
            ),
            covariates=tuple(kept["covariates"]),
            centre=np.array(kept["centre"], dtype=float),
            people=kept["people"],
            trials=tuple(
                Trial(
                    np.array(one["spread"]),
                    one["weight"],
                    np.array(one["mean"]),
                    _whole(one["cov"], len(one["mean"])),
                )
                for one in kept["trials"]
            ),
            ess=kept["ess"],
        )
    except (KeyError, TypeError):
        raise PoolError("this is no kept population: learn it again") from None


def _whole(half: list[float], size: int) -> Array:
    found = np.zeros((size, size))
    found[np.tril_indices(size)] = half
    return found + np.tril(found, -1).T
