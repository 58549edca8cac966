"""The plan as a value. It checks itself when it is built, so that no forbidden plan can exist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from unknot.knowledge.home_care import HomeCare
from unknot.reasoning.grounds import Fact, Ground
from unknot.reasoning.plan.limits import (
    Fault,
    Limits,
    PlanBreaksScreening,
    PlanOutOfBounds,
)

SCHEMA = "unknot-plan-2"
READ = ("unknot-plan-1", SCHEMA)
"""Schemas that can be read; the first had neither grounds nor facts."""

# The outer limits of practice: 30-90 minutes, one to three visits a week, at most twelve weeks
# without medical review (DOS-ART), and three a week for at most four weeks (SHE14).
MINUTES = (30, 90)
PER_WEEK = (1, 3)
WEEKS = (1, 12)
MOST_WEEKS_OF_THREE = 4
MOST_HOME_CARE = 3
MOST_TECHNIQUES = 3


@dataclass(frozen=True)
class Choice:
    """One technique, chosen or ruled out, and why. `needs_skill` is training it asks for."""

    technique_id: str
    name: str
    why: str
    tell: str = ""
    needs_skill: str = ""


@dataclass(frozen=True)
class Dose:
    """How long, how often, for how many weeks, and the trial it comes from."""

    minutes: int
    per_week: int
    weeks: int
    visits: int
    dose_id: str
    source: str
    says: str
    """The dose in one line: "60 minutes, once a week, for 10 weeks"."""
    found: str = ""
    """What the trial found, for the client."""
    fits: str = ""
    """Why this dose and no other."""
    certain: bool = True
    """False when the figures are kept from memory or no trial fits."""


@dataclass(frozen=True)
class TaperStep:
    """One step of the way out. Counts are visits; 0 means as long as it is wanted."""

    name: str
    every_days: int
    visits_low: int
    visits_high: int
    tell: str


@dataclass(frozen=True)
class StopRule:
    """A rule that changes or ends the course."""

    rule_id: str
    title: str
    tell: str


@dataclass(frozen=True)
class HomeItem:
    """One thing to do at home."""

    id: str
    name: str
    tell: str
    dose: str
    stop: str
    not_with: tuple[str, ...] = ()
    """Safety rules that forbid it."""


def home_item(item: HomeCare) -> HomeItem:
    """What a plan keeps of a record of home care."""
    return HomeItem(item.id, item.name, item.tell, item.dose_in_words, item.stop, item.not_with)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A course of treatment with a dose, an end and its reasons. Money is in cents.

    Raises PlanBreaksScreening or PlanOutOfBounds when built against its own limits.
    """

    condition_id: str
    title: str
    tell: str
    groups: tuple[str, ...]
    techniques: tuple[Choice, ...]
    ruled_out: tuple[Choice, ...]
    dose: Dose
    pressure_start: int
    pressure_ceiling: int
    starts_on: date
    review_weeks: tuple[int, ...]
    taper: tuple[TaperStep, ...]
    stop_rules: tuple[StopRule, ...]
    home_care: tuple[HomeItem, ...]
    price_cents_per_visit: int
    expect: tuple[str, ...]
    """Each begins with its certainty: "Likely: ..."."""
    not_promised: tuple[str, ...]
    besides: tuple[str, ...]
    sources: tuple[str, ...]
    limits: Limits
    goals: tuple[str, ...] = ()
    check_ins: tuple[str, ...] = ()
    """What the check-ins between visits ask, beside pain."""
    cautions: tuple[str, ...] = ()
    history_note: str = ""
    """For the therapist's brief: what was tried before and failed."""
    history_tell: str = ""
    """The same for the client."""
    knowledge_version: str = ""
    grounds: tuple[Ground, ...] = ()
    """The records it was made from, as they read that day."""
    facts: tuple[Fact, ...] = ()
    """The answers it was made from, in words."""

    def __post_init__(self) -> None:
        """Refuse to exist against the screening or outside what is practised."""
        faults = tuple(faults_of(self))
        if any(fault.breaks_screening for fault in faults):
            raise PlanBreaksScreening(*faults)
        if faults:
            raise PlanOutOfBounds(*faults)

    @property
    def cost_cents(self) -> int:
        """Price of the whole course."""
        return self.price_cents_per_visit * self.dose.visits

    @property
    def cost_cents_to_review(self) -> int:
        """Price until the first review: what it takes to find out."""
        return self.price_cents_per_visit * self.review_after_visit

    @property
    def review_after_visit(self) -> int:
        """The first review stands at the start of the visit after this one."""
        return min(self.dose.visits, self.review_weeks[0] * self.dose.per_week)

    @property
    def review_on(self) -> tuple[date, ...]:
        """Days of the reviews, counted from the first visit."""
        return tuple(self.starts_on + timedelta(weeks=weeks) for weeks in self.review_weeks)

    @property
    def excluded_groups(self) -> tuple[str, ...]:
        """Parts of the body that are left alone."""
        return self.limits.excluded_groups

    @property
    def needs_skills(self) -> tuple[str, ...]:
        """Training a therapist must hold for this plan."""
        return tuple(dict.fromkeys(one.needs_skill for one in self.techniques if one.needs_skill))


def faults_of(plan: Plan) -> Iterator[Fault]:
    """Everything wrong with a plan, worst kind first."""
    yield from safety_faults(plan, plan.limits)
    yield from _dose_faults(plan.dose)
    if not plan.techniques:
        yield Fault("techniques", "Choose at least one technique.")
    if len(plan.techniques) > MOST_TECHNIQUES:
        yield Fault("techniques", f"Choose at most {MOST_TECHNIQUES} techniques.")
    if not plan.groups:
        yield Fault("groups", "Name a part of the body to treat.")
    if len(plan.home_care) > MOST_HOME_CARE:
        yield Fault("home_care", f"Choose at most {MOST_HOME_CARE} things for home.")
    if plan.price_cents_per_visit < 0:
        yield Fault("price", "A price is not below zero.")
    if not 1 <= plan.pressure_start <= plan.pressure_ceiling:
        yield Fault("pressure_start", f"Begin with pressure 1 to {plan.pressure_ceiling}.")
    if not plan.review_weeks or max(plan.review_weeks) > plan.dose.weeks:
        yield Fault("review_weeks", "A review stands inside the course.")


def safety_faults(plan: Plan, limits: Limits) -> Iterator[Fault]:
    """What in the plan goes against these limits; asked again when there is a new screening."""
    if limits.blocked:
        yield Fault("", limits.blocked, breaks_screening=True)
    for choice in plan.techniques:
        if choice.technique_id in limits.banned_techniques:
            says = f"{choice.name} is ruled out by the safety check."
            yield Fault("techniques", says, breaks_screening=True)
    for group in plan.groups:
        if group in limits.excluded_groups:
            words = group.replace("_", " ")
            says = f"The safety check leaves out this part of the body: {words}."
            yield Fault("groups", says, breaks_screening=True)
    allowed = limits.ceiling_over(plan.groups)
    if plan.pressure_ceiling > allowed:
        says = f"The safety check allows pressure up to {allowed}."
        yield Fault("pressure_start", says, breaks_screening=True)
    for item in plan.home_care:
        if set(item.not_with) & set(limits.rules):
            says = f"{item.name} is ruled out by the safety check."
            yield Fault("home_care", says, breaks_screening=True)
    if limits.most_minutes is not None and plan.dose.minutes > limits.most_minutes:
        says = f"The safety check allows visits of up to {limits.most_minutes} minutes."
        yield Fault("minutes", says, breaks_screening=True)


def _dose_faults(dose: Dose) -> Iterator[Fault]:
    if not MINUTES[0] <= dose.minutes <= MINUTES[1]:
        yield Fault("minutes", f"A visit lasts {MINUTES[0]} to {MINUTES[1]} minutes.")
    if not PER_WEEK[0] <= dose.per_week <= PER_WEEK[1]:
        yield Fault("per_week", f"Visits are {PER_WEEK[0]} to {PER_WEEK[1]} a week.")
    if not WEEKS[0] <= dose.weeks <= WEEKS[1]:
        yield Fault(
            "weeks",
            f"A course lasts {WEEKS[0]} to {WEEKS[1]} weeks; after that a clinician looks.",
        )
    if dose.per_week == PER_WEEK[1] and dose.weeks > MOST_WEEKS_OF_THREE:
        says = f"Three visits a week were tested for {MOST_WEEKS_OF_THREE} weeks only."
        yield Fault("per_week", says)
    if dose.visits != dose.per_week * dose.weeks:
        yield Fault("weeks", "The number of visits does not follow from the weeks.")
