"""From the fits of stage 1 to the pool: the effects people have in common, and their one prior."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from unknot.reasoning.outcomes.results import Summary as FitSummary

from .summary import PoolError, Prior, Summary

OWN = ("level", "recovery")
"""Left with the person: where somebody is and what would have happened anyway."""


def of_fits(fits: Sequence[FitSummary]) -> tuple[tuple[Summary, ...], Prior]:
    """The summaries for ``pool`` and their prior, over every effect that anybody's fit has.

    The other coefficients are integrated out, which their independent priors make exact. Raises
    PoolError when there is nobody, or when two fits were made with different priors.
    """
    if not fits:
        raise PoolError("nobody to pool: give at least one fit")
    families = {one.prior_id.split("/")[0] for one in fits}
    if len(families) > 1:
        raise PoolError(f"fits of several priors ({', '.join(sorted(families))}): fit all again")
    known: dict[str, tuple[float, float]] = {}
    for one in fits:
        for name, mean, sd in zip(one.names, one.prior_mean, one.prior_sd, strict=True):
            if name not in OWN and known.setdefault(name, (mean, sd)) != (mean, sd):
                raise PoolError(f"fits with different priors of {name!r}: fit all again")
    names = tuple(sorted(known))
    prior = Prior(
        id=families.pop(),
        names=names,
        mean=tuple(known[name][0] for name in names),
        sd=tuple(known[name][1] for name in names),
    )
    return tuple(_told(one, prior.id) for one in fits), prior


def _told(one: FitSummary, prior_id: str) -> Summary:
    places = [at for at, name in enumerate(one.names) if name not in OWN]
    cov = np.array(one.cov)[np.ix_(places, places)]
    return Summary(
        names=tuple(one.names[at] for at in places),
        mean=tuple(one.mean[at] for at in places),
        cov=tuple(tuple(map(float, row)) for row in cov),
        prior_id=prior_id,
        covariates={name: float(value) for name, value in one.covariates if _is_number(value)},
    )


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
