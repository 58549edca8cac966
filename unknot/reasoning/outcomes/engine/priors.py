"""What is assumed before any answer, and where it comes from.

=============  ==============================  ===================================================
part           prior                           source
=============  ==============================  ===================================================
sD             lognormal(log 0.8, .45)         seven-day diaries of 203 people: 0.75 (0.36 - 1.44)
phi, a day     logit normal(-0.5, .6)          the same diaries: correlation with yesterday .34
se             lognormal(log .35, .5)          the same: little noise beyond rounding
q              lognormal(log .06, .6)          the same: differences still grow at six days
tauE           lognormal(log 30 d, .5)         Costa 2012: 64 % of the change by week 6
tau            lognormal(log 4 d, .7)          no source found: an assumption
L              N(5, 2)                         wide
E              by how long the pain lasted     Costa 2012 (11,166 people), CHOIR clinics
delta          N(0, 1)                         centred at zero; scale from Crawford 2016
alpha          N(0, 1.5)                       centred at zero
rho            N(0, 1)                         centred at zero
technique      N(0, .5)                        centred at zero
lam            N(0, .1) a session              weak; flagged when it stays so
factor         N(0, .35) per own sd            sleep studies in veterans; the reverse path exists
weekday        N(0, .5) for sine and cosine    an assumption
medicine       N(0, 1) from the day on         an assumption
recalled       bias N(.3, .5), sd 1.2          memory leans to the worst and the latest
=============  ==============================  ===================================================

The sceptical prior centres everything that bears the verdict at zero. The hopeful one,
delta ~ N(-1.75, 1), gives even odds of one point of average relief a week before any data.
"""

import math
from dataclasses import dataclass

MODEL_ID = "unknot-outcomes-1"
THETA = (
    "log_sd_days",
    "logit_phi",
    "log_sd_answer",
    "log_sd_drift",
    "log_tau",
    "log_tau_recovery",
)
HOPEFUL_DELTA = -1.75
ALPHA_DAYS = 0.25  # relief of hours: falls to 37 % in six hours
RECALLED_SD = 1.2
RECALLED_DAYS = 7.0

ACUTE_WEEKS, STABLE_WEEKS = 12.0, 52.0


@dataclass(frozen=True)
class Priors:
    """Means and sds of theta, and of the coefficients by the kind of their column."""

    id: str
    theta_mean: tuple[float, ...]
    theta_sd: tuple[float, ...]
    coefficients: dict[str, tuple[float, float]]


def priors(pain_weeks: float | None, answer_sd: float) -> Priors:
    """The priors for a pain that had lasted ``pain_weeks`` at the first answer.

    Under 12 weeks is acute, over 52 stable, between them (and unknown) persistent. ``answer_sd``
    is the prior median of the instrument's answer noise, in points of 0 to 10.
    """
    name, start = chronicity(pain_weeks)
    return Priors(
        id=f"sceptical-1/{name}/se{answer_sd:g}",
        theta_mean=(
            math.log(0.8),
            -0.5,
            math.log(answer_sd),
            math.log(0.06),
            math.log(4.0),
            math.log(30.0),
        ),
        theta_sd=(0.45, 0.6, 0.5, 0.6, 0.7, 0.5),
        coefficients={
            "level": (5.0, 2.0),
            "recovery": start,
            "delta": (0.0, 1.0),
            "alpha": (0.0, 1.5),
            "lasting": (0.0, 0.1),
            "rating": (0.0, 1.0),
            "weekday": (0.0, 0.5),
            "factor": (0.0, 0.35),
            "technique": (0.0, 0.5),
            "dose": (0.0, 0.5),
            "elsewhere": (0.0, 1.0),
            "medicine": (0.0, 1.0),
            "recalled": (0.3, 0.5),
        },
    )


def chronicity(pain_weeks: float | None) -> tuple[str, tuple[float, float]]:
    """The name of the stage and the prior of E, how far the start lies above the later level."""
    if pain_weeks is None:
        return "persistent", (1.0, 1.5)
    if pain_weeks < ACUTE_WEEKS:
        return "acute", (2.5, 1.5)
    if pain_weeks > STABLE_WEEKS:
        return "stable", (0.5, 1.2)
    return "persistent", (1.0, 1.5)
