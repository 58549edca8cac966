"""When will we know? Futures drawn from the posterior, and the verdict each of them would give."""

from dataclasses import replace
from datetime import timedelta

import numpy as np

from unknot.reasoning.outcomes.diary import SCALES, Entry, Session
from unknot.reasoning.outcomes.engine import face_value, kalman
from unknot.reasoning.outcomes.engine.arrays import Array, normal_cdf
from unknot.reasoning.outcomes.engine.design import Design, columns, design
from unknot.reasoning.outcomes.engine.fitted import Fitted, hopeful, session_rows
from unknot.reasoning.outcomes.engine.integrate import Posterior
from unknot.reasoning.outcomes.results import Fit, Reevaluation
from unknot.reasoning.outcomes.verdict import LEAST_ANSWERS, LEAST_VISITS, Answer, weigh

FUTURES = 64
ENOUGH = 0.8
LAST_SESSION = 6  # never later than the sixth session, or the next one after it
THETA = 96  # points of theta kept for the futures
LEAST_PER_WEEK, MOST_PER_WEEK = 2.0, 7.0  # answers a week


def reevaluate(fit: Fit, *, seed: int = 0, gap_days: float | None = None) -> Reevaluation:
    """The first session after which at least .8 of 64 futures leave "too early".

    Each future draws theta, the coefficients and all noise from the posterior, then sessions
    every ``gap_days`` (the person's own gap) and diary answers as often as so far. Its verdict
    comes from reweighting the present points of theta by the new answers, a whole refit being
    twenty times dearer. Never later than the sixth session: then the plan changes, a pause is
    tried, or somebody refers. Answers at 0 or 10 in a future count as the numbers they are.
    """
    one = fit.posterior
    done = fit.seen.counts.visits
    gap = gap_days or one.gap
    most = max(1, LAST_SESSION - done)
    if one.made.start is None:
        return Reevaluation(None, max(0, LEAST_VISITS - done), 0.0, 0, capped=False)
    share = 0.0
    for more in range(1, most + 1):
        share = _share(fit, more, gap, seed) if done + more >= LEAST_VISITS else 0.0
        if share >= ENOUGH:
            break
    on = one.diary.day(one.made.start + timedelta(days=one.now + gap * more))
    return Reevaluation(on, more, share, FUTURES, capped=share < ENOUGH)


def _share(fit: Fit, more: int, gap: float, seed: int) -> float:
    """The share of futures with ``more`` sessions whose verdict is no longer "too early"."""
    one = fit.posterior
    made = _extended(fit, more, gap)
    fresh = len(made.t) - len(one.made.t)
    if fit.seen.counts.diary_days + fresh < LEAST_ANSWERS:
        return 0.0
    random = np.random.default_rng((seed, more))
    answers = _draw(one, made, random)
    kept = _resample(one, random)
    theta = one.found.theta[kept]
    before = one.found.filtered.log_likelihood[kept]
    told = 0
    for drawn in answers:
        future = replace(made, y=np.concatenate([one.made.y, drawn]))
        filtered = kalman.run(theta, future, one.found.sites)
        gained = filtered.log_likelihood - before
        weights = np.exp(gained - gained.max())
        found = replace(one.found, theta=theta, weights=weights / weights.sum(), filtered=filtered)
        told += _answer(one, found, gap) != Answer.TOO_EARLY
    return told / FUTURES


def _extended(fit: Fit, more: int, gap: float) -> Design:
    """The columns with the coming sessions and diary answers added; their values are not yet."""
    one = fit.posterior
    start = one.made.start
    assert start is not None
    last = min(one.diary.sessions, default=None)
    usual = replace(last, minutes=round(60 * one.dose)) if last else Session(start)
    now = start + timedelta(days=one.now)
    sessions = tuple(
        replace(usual, at=now + timedelta(days=gap * place)) for place in range(1, more + 1)
    )
    rate = float(np.clip(fit.seen.answers_per_week, LEAST_PER_WEEK, MOST_PER_WEEK))
    fresh = max(1, round(gap * more * rate / 7))
    scale = SCALES[fit.basis.instrument]
    entries = tuple(
        Entry(
            now + timedelta(days=gap * more * (place + 1) / fresh),
            (scale.low + scale.high) / 2,
            instrument=fit.basis.instrument,
            region=fit.basis.region,
        )
        for place in range(fresh)
    )
    diary = replace(
        one.diary,
        entries=one.diary.entries + entries,
        sessions=one.diary.sessions + sessions,
    )
    return design(diary)


def _draw(one: Fitted, made: Design, random: np.random.Generator) -> Array:
    """Coming answers of every future, rounded and kept on the scale, shape (FUTURES, fresh)."""
    old, found = len(one.made.t), one.found
    picks = random.choice(len(found.weights), FUTURES, p=found.weights)
    answers = np.empty((FUTURES, len(made.t) - old))
    for place, pick in enumerate(picks):
        sd, phi, se, drift, tau, recovery = found.theta[pick]
        b = random.multivariate_normal(found.filtered.mean[pick], found.filtered.cov[pick])
        var_d, cov, var_w = found.filtered.last_cov[pick]
        last = found.filtered.last[pick]
        state = random.multivariate_normal(
            last[:, -1] - last[:, :-1] @ b,
            np.array([[var_d, cov], [cov, var_w]]),
            check_valid="ignore",
        )
        steady = columns(made, tau, recovery)[old:] @ b
        apart = np.diff(made.t, prepend=made.t[:1])[old:]
        noise = random.standard_normal((len(apart), 3))
        for j, days in enumerate(apart):
            stay = phi**days
            state[0] = stay * state[0] + sd * np.sqrt(1 - stay**2) * noise[j, 0]
            state[1] += drift * np.sqrt(days) * noise[j, 1]
            answers[place, j] = steady[j] + state[0] + state[1] + se * noise[j, 2]
    return np.clip(np.round(answers / made.step) * made.step, 0.0, 10.0)


def _resample(one: Fitted, random: np.random.Generator) -> Array:
    """Points of theta in proportion to their weights, evenly spaced (systematic resampling)."""
    marks = (np.arange(THETA) + random.random()) / THETA
    return np.minimum(
        np.searchsorted(np.cumsum(one.found.weights), marks), len(one.found.weights) - 1
    )


def _answer(one: Fitted, found: Posterior, gap: float) -> Answer:
    """The verdict on the relief at this gap, gates being passed."""
    row = -session_rows(one, found.theta, 0.0) * (found.theta[:, 4] / gap)[:, None]
    mean = np.einsum("mp,mp->m", row, found.filtered.mean)
    sd = np.sqrt(np.einsum("mp,mpq,mq->m", row, found.filtered.cov, row)) + 1e-9
    weights, shift = hopeful(one.made, found)
    wanted = one.diary.worthwhile
    lifted = mean + np.einsum("mp,mp->m", row, shift)
    plain = face_value.above_zero(one.made, found, row[:, None, :])
    return weigh(
        some=min(float(found.weights @ normal_cdf(mean / sd)), float(plain[0])),
        worthwhile=float(found.weights @ normal_cdf((mean - wanted) / sd)),
        hopeful=float(weights @ normal_cdf((lifted - wanted) / sd)),
    )
