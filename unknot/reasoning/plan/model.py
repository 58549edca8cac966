"""The plan as a value. It checks itself when it is built, so that no forbidden plan can exist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from unknot.knowledge.home_care import HomeCare
from unknot.knowledge.techniques import Technique
from unknot.reasoning.grounds import Fact, Ground
from unknot.reasoning.plan.checks import faults_of
from unknot.reasoning.plan.limits import Limits, PlanBreaksScreening, PlanOutOfBounds
from unknot.reasoning.screen import Screening

SCHEMA = "unknot-plan-2"
READ = ("unknot-plan-1", SCHEMA)
"""Schemas that can be read; the first had neither grounds nor facts."""


@dataclass(frozen=True)
class Choice:
    """One technique, chosen or ruled out, and why. `needs_skill` is training it asks for."""

    technique_id: str
    name: str
    why: str
    tell: str = ""
    needs_skill: str = ""
    reasons: tuple[str, ...] = ()
    """Everything that moved it up or down the ranking, the weightiest first."""
    rule_ids: tuple[str, ...] = ()
    """What rules it out: safety rules, or the condition that advises against it."""
    least_pressure: int = 1
    """The lightest pressure it can be done with."""
    pain_cap: int = 5
    """Most pain, 0-10, a client should feel during it."""
    evidence: str = ""
    """The strongest kind of source behind it, and how sure: "review, medium"."""


def choice(technique: Technique, why: str, **more: tuple[str, ...]) -> Choice:
    """What a plan keeps of a record of a technique."""
    return Choice(
        technique_id=technique.id,
        name=technique.name,
        why=why,
        tell=technique.tell,
        needs_skill=technique.needs_skill,
        least_pressure=technique.pressure_low,
        pain_cap=technique.pain_cap,
        evidence=f"{technique.evidence}, {technique.confidence}",
        **more,
    )


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
    least_minutes: int = 30
    """The shortest visit that was tested, where that is under the half hour of practice."""


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
    groups: tuple[str, ...] = ()
    """Parts of the body it is for; none where it is for the whole body."""
    why: str = ""
    """What it answers: a finding, a place that hurts, or the first advice for this pain."""


def home_item(item: HomeCare, why: str = "") -> HomeItem:
    """What a plan keeps of a record of home care."""
    return HomeItem(
        id=item.id,
        name=item.name,
        tell=item.tell,
        dose=item.dose_in_words,
        stop=item.stop,
        not_with=item.not_with,
        groups=item.groups,
        why=why,
    )


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A course of treatment with a dose, an end and its reasons. Money is in cents.

    A plan holds the screening it rests on and is checked against it whenever it is built, also by
    `dataclasses.replace` and when it is read from store: PlanBreaksScreening when it goes against
    any consequence, PlanOutOfBounds when its dose lies outside what is practised.
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
    screening: Screening
    pain_cap: int = 3
    """Most pain, 0-10, during any technique of the plan."""
    positions: tuple[str, ...] = ()
    """How the client lies or sits."""
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

    @cached_property
    def limits(self) -> Limits:
        """What its screening allows."""
        return Limits.of(self.screening)

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
