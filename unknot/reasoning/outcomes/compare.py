"""Techniques and lengths of session against each other, for one person."""

import numpy as np

from unknot.reasoning.outcomes.engine.arrays import Array
from unknot.reasoning.outcomes.engine.fitted import Fitted
from unknot.reasoning.outcomes.engine.mixture import combine, figure, mixture
from unknot.reasoning.outcomes.results import Contrast

DRAWS = 4  # for each theta


def contrasts(one: Fitted, kind: str) -> tuple[Contrast, ...]:
    """A Contrast for each technique (or length); empty below two of them.

    ``against_mean`` is its column's coefficient minus the mean of all of them.
    """
    places = one.made.of_kind(kind)
    if not places:
        return ()
    rows = np.zeros((len(one.found.theta), len(places), len(one.made.names)))
    rows[:, :, places] = np.eye(len(places)) - 1 / len(places)
    mix = mixture(one.found, *combine(one.found, rows), one.seed)
    ends = mix.quantiles(-np.inf, np.inf)
    best = _best(one, places)
    first = one.made.at("delta")
    return tuple(
        Contrast(
            name=one.made.names[place].partition(":")[2],
            sessions=int((one.made.dose[:, place - first] > 0).sum()),
            against_mean=figure(
                one.made.names[place],
                mix,
                rank,
                ends,
                p=mix.below(0.0, rank),
                claim="less pain than the others",
            ),
            p_best=float(best[rank]),
        )
        for rank, place in enumerate(places)
    )


def _best(one: Fitted, places: list[int]) -> Array:
    """P(lowest coefficient) of each, from draws of all of them together."""
    weights, filtered = one.found.weights, one.found.filtered
    mean = filtered.mean[:, places]
    root = np.linalg.cholesky(filtered.cov[np.ix_(range(len(weights)), places, places)])
    random = np.random.default_rng((one.seed, 7))
    nodes = random.standard_normal((len(weights), DRAWS, len(places)))
    nodes = np.concatenate([nodes, -nodes], axis=1)
    drawn = mean[:, None, :] + np.einsum("mij,mdj->mdi", root, nodes)
    wins = drawn.argmin(axis=2)[:, :, None] == np.arange(len(places))
    return np.asarray(weights @ wins.mean(axis=1))
