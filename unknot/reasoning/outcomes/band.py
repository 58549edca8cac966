"""The model's level through the days that have passed, with its band, for the chart."""

from datetime import timedelta

import numpy as np

from unknot.reasoning.outcomes.engine import dense, kalman
from unknot.reasoning.outcomes.engine.arrays import Array
from unknot.reasoning.outcomes.engine.design import columns, levels
from unknot.reasoning.outcomes.engine.fitted import Fitted
from unknot.reasoning.outcomes.engine.integrate import Posterior
from unknot.reasoning.outcomes.engine.mixture import Mixture, combine, mixture
from unknot.reasoning.outcomes.results import Fit, PathPoint

MOST_DAYS = 120
THETA = 24  # points of theta the band is averaged over; fewer for long diaries
LONG = 300  # answers


def band(fit: Fit) -> tuple[PathPoint, ...]:
    """The usual level on up to 120 evenly spaced days from the first answer to now.

    Level, recovery, carry-over, what stays and slow drift; not the ups and downs of single days.
    Empty without an answer. The drift W on a past day given all answers is the dense Gaussian
    formula, averaged over the heaviest points of theta.
    """
    one = fit.posterior
    if not len(one.made.t) or one.made.start is None:
        return ()
    count = min(MOST_DAYS, int(one.now) + 1)
    days = np.linspace(0.0, one.now, count) if count > 1 else np.zeros(1)
    mix = _levels(one, days)
    ends = mix.quantiles(0.0, 10.0)
    start = one.made.start
    return tuple(
        PathPoint(
            on=one.diary.day(start + timedelta(days=float(day))),
            level=float(np.clip(mix.mean[place], 0, 10)),
            i50=(float(ends[1, place]), float(ends[2, place])),
            i90=(float(ends[0, place]), float(ends[3, place])),
        )
        for place, day in enumerate(days)
    )


def _levels(one: Fitted, days: Array) -> Mixture:
    """The level at each day as a mixture over the heaviest theta."""
    made = one.made
    few = THETA if len(made.t) <= LONG else THETA // 3
    kept = np.sort(np.argsort(one.found.weights)[-few:]).astype(np.int64)
    theta, weights = one.found.theta[kept], one.found.weights[kept]
    found = Posterior(
        theta, weights / weights.sum(), one.found.filtered.take(kept), few, 0.0, True,
        one.found.sites,
    )  # fmt: skip
    rows = levels(made, days, made.session_t, made.dose, theta)
    drift, spread = np.empty((len(theta), len(days))), np.empty((len(theta), len(days)))
    y, fixed, own = kalman.answers(made, one.found.sites)
    for place, point in enumerate(theta):
        v = dense.covariance(point, made, fixed, own)
        shared = point[3] ** 2 * np.minimum(days[:, None], made.t[None, :])
        gain = np.linalg.solve(v, shared.T).T
        x = columns(made, point[4], point[5])
        # W = gain (y - X b) + rest, so the level is (row - gain X) b + gain y + rest
        rows[place] -= gain @ x
        drift[place] = gain @ y
        spread[place] = point[3] ** 2 * days - (gain * shared).sum(axis=1)
    mean, var = combine(found, rows)
    return mixture(found, mean + drift, var + np.maximum(spread, 0.0), one.seed)
