"""What the model gives back: frozen values, each with its uncertainty and where it came from.

Signs: a *change in pain* is negative when there is less of it; ``relief`` and ``better_by`` are
turned round, so that positive is good, and say so. All scores are on 0 to 10, less is better,
whatever the instrument; ``Fit.points_per_unit`` turns a number back into the instrument's units.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from unknot.reasoning.outcomes.flags import Flag
from unknot.reasoning.outcomes.seen import Seen

if TYPE_CHECKING:
    from unknot.reasoning.outcomes.engine.fitted import Fitted

Interval = tuple[float, float]


@dataclass(frozen=True)
class Figure:
    """One number of the model: posterior mean and sd, 50 % and 90 % intervals, a probability.

    ``p`` is the probability of ``claim``, such as "less pain". ``unit`` is "points", "days", or
    "points per unit" of a factor. ``identifiable`` is False when the data hardly moved the prior
    (posterior sd above 0.9 of the prior's): the number then says what was assumed.
    """

    name: str
    mean: float
    sd: float
    i50: Interval
    i90: Interval
    p: float
    claim: str
    unit: str = "points"
    identifiable: bool = True


@dataclass(frozen=True)
class Relief:
    """The steady average relief over the week under a schedule, positive = less pain.

    R = -(delta tau / gap) x dose. ``p_worthwhile`` is P(R >= the client's worthwhile change)
    under the sceptical prior, ``p_worthwhile_hopeful`` the same under delta ~ N(-1.75, 1).
    ``p_at_face_value`` is P(R > 0) if the ratings at a visit hold no politeness; ``figure.p`` is
    the same with the politeness they may hold.
    """

    schedule: str  # "own", "weekly", "twice_a_week", "fortnightly"
    gap_days: float
    minutes: float
    figure: Figure
    p_worthwhile: float
    p_worthwhile_hopeful: float
    p_at_face_value: float

    @property
    def p_any(self) -> float:
        """P(R > 0) that holds however the ratings at a visit are read."""
        return min(self.figure.p, self.p_at_face_value)


@dataclass(frozen=True)
class Decomposition:
    """The change of the level since the first answer, split. Negative is less pain.

    ``total`` = ``anyway`` (recovery and regression to the mean, they cannot be told apart) +
    ``massage`` (carry-over still there) + ``lasting`` (per-session change that stays) + ``drift``
    (slow change of no known cause) + ``other`` (medicine, massage elsewhere). ``separable`` is
    False when ``lasting`` and ``anyway`` cannot be told apart. ``p_worthwhile`` =
    P(better by at least ``mcid``), whatever the cause; ``mcid_id`` names the rule behind it.
    """

    total: Figure
    anyway: Figure
    massage: Figure
    lasting: Figure
    drift: Figure
    other: Figure
    separable: bool
    mcid: float
    mcid_id: str
    p_worthwhile: float
    p_worse_by_two: float


@dataclass(frozen=True)
class Trigger:
    """What tends to go with more or less pain the next day; a pattern, not a cause.

    ``effect`` is points per one person's standard deviation of the factor, ``per_unit`` the same
    per hour or per point (``unit``). ``told`` needs P(direction) >= .99 and a minimum size.
    """

    name: str  # "sleep", "stress", "workload", ...
    effect: Figure
    per_unit: Figure
    unit: str
    days_known: int
    days_unknown: int
    told: bool


@dataclass(frozen=True)
class Contrast:
    """A technique, or a length of session, against the rest: change right after 60 minutes.

    ``against_mean`` is negative when it lowers pain more than the others' average. ``p_best`` is
    the probability that it lowers pain most of all ``of`` compared.
    """

    name: str
    sessions: int
    against_mean: Figure
    p_best: float


@dataclass(frozen=True)
class Hyper:
    """The parts of the person's noise and timing, posterior medians with intervals."""

    sd_days: Figure  # sD, spread of the disturbance that comes and goes
    phi: Figure  # its correlation from one day to the next
    sd_answer: Figure  # se, what one answer is off by
    sd_drift: Figure  # q, slow drift per square root of a day
    tau: Figure  # days until carry-over falls to 37 %
    tau_recovery: Figure  # days until 63 % of the natural recovery is done


@dataclass(frozen=True)
class Summary:
    """All that pooling needs, and nothing else: about 0.2 kB, no raw answer.

    ``names`` are the coefficients psi in order; ``mean`` and ``cov`` (row by row, full) are their
    theta-mixture posterior under independent normal priors ``prior_mean``, ``prior_sd``, which
    stage 2 divides out. Units: points of 0 to 10; alpha, delta, technique per 60 minutes;
    factors per within-person sd. Absent factors are left out. ``covariates`` are for
    case-mix: ("acute", "0"), ("region", "low_back"), ("age_band", "40-49"), ...
    """

    model_id: str
    prior_id: str
    names: tuple[str, ...]
    mean: tuple[float, ...]
    cov: tuple[tuple[float, ...], ...]
    prior_mean: tuple[float, ...]
    prior_sd: tuple[float, ...]
    answers: int
    sessions: int
    ess: float
    baseline: float | None
    p_worthwhile: float
    covariates: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class WeekAhead:
    """One week of a forecast: the expected average level, and one answer in the middle of it.

    Both lie in 0 to 10. ``answer`` adds disturbance, answer noise and rounding.
    """

    week: int
    level: Figure
    answer: Figure


@dataclass(frozen=True)
class Forecast:
    """Weeks 1 to 12 under a schedule, and the difference from stopping (negative = less pain)."""

    schedule: str  # "weekly", "twice_a_week", "fortnightly", "stop", "taper"
    weeks: tuple[WeekAhead, ...]
    against_stop: tuple[Figure, ...]


@dataclass(frozen=True)
class PathPoint:
    """The model's level on a day that has passed, with its intervals, inside 0 to 10."""

    on: date
    level: float
    i50: Interval
    i90: Interval


@dataclass(frozen=True)
class Reevaluation:
    """When the answer should be known.

    ``on`` is the first review at which the preposterior probability of leaving "too early" is at
    least .8, and never later than the sixth session; ``capped`` says that it is that limit.
    """

    on: date | None
    more_sessions: int
    probability: float
    futures: int
    capped: bool


@dataclass(frozen=True)
class Basis:
    """Where a result comes from: enough to reproduce it."""

    model_id: str
    prior_id: str
    seed: int
    instrument: str
    region: str
    points_per_unit: float
    reversed: bool
    first_answer: datetime | None
    as_of: date | None
    answers: int  # used by the model
    diary_answers: int
    sessions: int
    points: int  # of the integration
    ess: float  # how many independent points they are worth
    randomised: bool
    worthwhile: float


@dataclass(frozen=True)
class Modelled:
    """The figures of one region and one instrument of one person, as a page may show them.

    ``immediate`` is after minus before at one hour, per session of the person's usual length;
    ``immediate_rated`` is the same as rated on the spot, which also holds the effect of the
    occasion (``rating_effect``). ``carry_jump`` is the part that outlasts the hours,
    ``half_life_days`` how fast it fades. ``relief`` is positive for less pain.
    """

    basis: Basis
    flags: tuple[Flag, ...]
    level_start: Figure
    level_now: Figure
    change: Decomposition
    immediate: Figure
    immediate_rated: Figure
    rating_effect: Figure
    carry_jump: Figure
    half_life_days: Figure
    left_after_7d: Figure
    lasting_per_session: Figure
    relief: tuple[Relief, ...]
    triggers: tuple[Trigger, ...]
    techniques: tuple[Contrast, ...]
    doses: tuple[Contrast, ...]

    @property
    def own_relief(self) -> Relief:
        """Relief at the person's own frequency of sessions."""
        return self.relief[0]


@dataclass(frozen=True)
class Fit(Modelled):
    """Everything the model says about one region and one instrument of one person.

    ``seen`` holds what was counted and averaged without a model (levels, gaps, the line of the
    chart).
    """

    seen: Seen
    hyper: Hyper
    summary: Summary
    fitted: "Fitted | None" = field(default=None, repr=False, compare=False)

    @property
    def posterior(self) -> "Fitted":
        """What forecasts are made from; ValueError when the fit was read back from storage."""
        if self.fitted is None:
            raise ValueError("This fit holds no posterior any more; fit the diary again.")
        return self.fitted
