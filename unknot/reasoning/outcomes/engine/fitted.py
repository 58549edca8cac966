"""One person's fitted model: the design, the posterior, and where in time one stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

import numpy as np

from unknot.reasoning.outcomes.diary import Diary
from unknot.reasoning.outcomes.engine.arrays import Array
from unknot.reasoning.outcomes.engine.design import DAY, Design, design
from unknot.reasoning.outcomes.engine.integrate import Posterior, integrate
from unknot.reasoning.outcomes.engine.priors import HOPEFUL_DELTA

EVENING = time(20, 0)
USUAL_GAP, LONGEST_GAP = 7.0, 60.0


@dataclass(frozen=True)
class Fitted:
    """What the figures, the forecast and the band are made from. Times in days after the start."""

    diary: Diary
    made: Design
    found: Posterior
    hopeful: Array  # (m,) weights under the hopeful prior
    hopeful_shift: Array  # (m, p) what that prior adds to the coefficients' means
    now: float
    gap: float  # days between own sessions, on average
    dose: float  # of the usual own session, minutes / 60
    mix: Array  # (K,) what a usual session gives to each decaying column, delta first with 1
    seed: int

    @property
    def silence(self) -> float:
        """Days since the last answer."""
        return self.now - float(self.made.t[-1]) if len(self.made.t) else 0.0


def fitted(
    diary: Diary,
    seed: int,
    lags: Mapping[str, tuple[int, ...]] | None = None,
    *,
    compiled: bool = True,
) -> Fitted:
    """Integrates the posterior of one series; ``diary`` holds one instrument and one region."""
    made = design(diary, lags)
    found = integrate(made, seed, compiled=compiled)
    weights, shift = hopeful(made, found)
    own = made.dose[:, 0] > 0
    when = made.session_t[own]
    gap = (when[-1] - when[0]) / (len(when) - 1) if len(when) > 1 else USUAL_GAP
    total = made.dose[:, 0].sum()
    mix = made.dose[own].sum(axis=0) / total if total else np.eye(made.dose.shape[1])[0]
    return Fitted(
        diary=diary,
        made=made,
        found=found,
        hopeful=weights,
        hopeful_shift=shift,
        now=_now(diary, made),
        gap=float(np.clip(gap, 1.0, LONGEST_GAP)),
        dose=float(total / own.sum()) if total else 1.0,
        mix=mix,
        seed=seed,
    )


def _now(diary: Diary, made: Design) -> float:
    """The evening one looks, never before the last answer or session."""
    last = max([0.0, *made.t[-1:], *made.session_t[-1:]])
    if diary.as_of is None or made.start is None:
        return float(last)
    evening = datetime.combine(diary.as_of, EVENING, tzinfo=ZoneInfo(diary.zone))
    return max(float(last), (evening - made.start).total_seconds() / DAY)


def session_rows(one: Fitted, theta: Array, after_days: float) -> Array:
    """What the carry-over of a usual session is after some days, for every theta, (m, p)."""
    row = np.zeros((len(theta), len(one.made.names)))
    fading = np.exp(-after_days / theta[:, 4]) * one.dose
    row[:, one.made.at("delta") :] = fading[:, None] * one.mix
    return row


def hopeful(made: Design, found: Posterior) -> tuple[Array, Array]:
    """The posterior under delta ~ N(-1.75, 1), without another fit.

    A new prior mean b1 = b0 + step changes r by B^-1 step, so the mean of b moves by
    A^-1 B^-1 step and the likelihood of each theta by
    exp(-(b1'B^-1 b1 - b0'B^-1 b0 - r1'A^-1 r1 + r0'A^-1 r0) / 2).
    """
    delta = made.at("delta")
    pull = np.zeros(len(made.names))
    pull[delta] = (HOPEFUL_DELTA - made.prior_mean[delta]) / made.prior_sd[delta] ** 2
    filtered = found.filtered
    shift = filtered.cov @ pull
    before, after = made.prior_mean[delta], HOPEFUL_DELTA
    change = (after**2 - before**2) / made.prior_sd[delta] ** 2
    gained = filtered.mean @ pull * 2 + shift @ pull - change
    weights = found.weights * np.exp((gained - gained.max()) / 2)
    return weights / weights.sum(), shift
