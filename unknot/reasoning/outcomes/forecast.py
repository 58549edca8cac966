"""What the coming weeks would look like under a schedule of sessions, by the model."""

from collections.abc import Mapping, Sequence

import numpy as np

from unknot.reasoning.outcomes.engine.arrays import Array
from unknot.reasoning.outcomes.engine.design import levels
from unknot.reasoning.outcomes.engine.fitted import Fitted
from unknot.reasoning.outcomes.engine.mixture import Mixture, combine, figure, mixture
from unknot.reasoning.outcomes.results import Figure, Fit, Forecast, WeekAhead

WEEKS = 12
SCALE = (0.0, 10.0)
# Days between the sessions to come; "taper" is weekly, then every two weeks, then every four.
SCHEDULES: Mapping[str, tuple[float, ...]] = {
    "weekly": (7.0,) * 13,
    "twice_a_week": (3.5,) * 26,
    "fortnightly": (14.0,) * 7,
    "taper": (7.0,) * 4 + (14.0,) * 2 + (28.0,) * 2,
    "stop": (),
}


def forecast(fit: Fit, schedules: Sequence[str] = tuple(SCHEDULES)) -> tuple[Forecast, ...]:
    """Weeks 1 to 12 under each schedule, usual length and mix of techniques.

    The first session comes one step of the schedule after the last one, or tomorrow if that has
    passed. Raises ValueError when the fit was read back from storage and holds no posterior.
    """
    one = fit.posterior
    found = []
    for name in schedules:
        level, answer, against = mixtures(one, name)
        found.append(
            Forecast(
                schedule=name,
                weeks=_weeks(level, answer),
                against_stop=_figures("against_stop", against, below=0.0, limits=(-10.0, 10.0)),
            )
        )
    return tuple(found)


def mixtures(one: Fitted, schedule: str) -> tuple[Mixture, Mixture, Mixture]:
    """For weeks 1 to 12: the level, one answer in the middle, and the level against stopping."""
    stop = _levels(one, _sessions(one, ()))
    return _mixtures(one, _levels(one, _sessions(one, SCHEDULES[schedule])), stop)


def _sessions(one: Fitted, gaps: Sequence[float]) -> Array:
    """Days of the sessions to come, for twelve weeks."""
    own = one.made.session_t[one.made.dose[:, 0] > 0]
    last = own[-1] if len(own) else one.now
    start = max(last, one.now + 1 - gaps[0]) if gaps else one.now
    days = start + np.cumsum(gaps)
    return np.asarray(days[days <= one.now + 7 * WEEKS])


def _levels(one: Fitted, coming: Array) -> Array:
    """Rows of the average level of weeks 1 to 12, (m, 12, p)."""
    made = one.made
    session_t = np.concatenate([made.session_t, coming])
    dose = np.concatenate([made.dose, np.outer(np.full(len(coming), one.dose), one.mix)])
    ends = np.asarray(one.now + 7.0 * np.arange(1, WEEKS + 1), dtype=np.float64)
    return levels(made, ends, session_t, dose, one.found.theta, weekly=True)


def _mixtures(one: Fitted, rows: Array, stop: Array) -> tuple[Mixture, Mixture, Mixture]:
    """The average level, one answer in the middle of the week, and the level against stopping.

    The level holds the slow drift W; an answer adds the disturbance D, which fades from its last
    value, the answer's noise and rounding.
    """
    theta, found = one.found.theta, one.found
    sd, phi, se, drift = theta[:, :4].T[:, :, None]
    ahead = one.silence + 7.0 * np.arange(WEEKS) + 3.5
    slow = drift**2 * ahead
    stay = phi**ahead
    no_d = np.stack([np.zeros_like(stay), np.ones_like(stay)], axis=2)
    with_d = np.stack([stay, np.ones_like(stay)], axis=2)
    mean, var = combine(found, rows, no_d)
    level = mixture(found, mean, var + slow, one.seed)
    mean, var = combine(found, rows, with_d)
    noise = sd**2 * (1 - stay**2) + se**2 + one.made.step**2 / 12
    answer = mixture(found, mean, var + slow + noise, one.seed)
    return level, answer, mixture(found, *combine(found, rows - stop), one.seed)


def _weeks(level: Mixture, answer: Mixture) -> tuple[WeekAhead, ...]:
    levels_ = _figures("level", level, below=5.0, limits=SCALE)
    answers = _figures("answer", answer, below=5.0, limits=SCALE)
    return tuple(
        WeekAhead(week, one, other)
        for week, (one, other) in enumerate(zip(levels_, answers, strict=True), 1)
    )


def _figures(
    name: str, mix: Mixture, *, below: float, limits: tuple[float, float]
) -> tuple[Figure, ...]:
    ends = mix.quantiles(*limits)
    claim = "below 5" if below else "less pain"
    return tuple(
        figure(name, mix, place, ends, p=mix.below(below, place), claim=claim, limits=limits)
        for place in range(mix.means.shape[1])
    )
