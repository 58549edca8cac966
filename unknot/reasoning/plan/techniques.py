"""Which techniques for this person, in which order, and which not, each with why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from unknot.knowledge import Knowledge
from unknot.knowledge.conditions import Condition
from unknot.knowledge.techniques import Technique
from unknot.reasoning.plan.checks import MOST_TECHNIQUES
from unknot.reasoning.plan.history import PlanHistory
from unknot.reasoning.plan.limits import STANDS, Limits
from unknot.reasoning.plan.model import Choice, choice
from unknot.reasoning.screen import Screening
from unknot.reasoning.words import PRESSURE_WORDS

FIRM = 4
"""From this pressure on a wish counts as a wish for firm work."""

BEST_TESTED = "The best-tested technique for this pain, and the one to begin with."
UNTESTED = "A gentle way to begin. No trial has compared techniques for this pain."

# How much each reason moves a technique, in places of the condition's own order. What helped goes
# before a wish, a wish before the order of fit, and the strength of evidence settles ties.
HELPED = 10.0
WISHED = 6.0
NO_SKILL = -8.0
ELSEWHERE = -2.0
EVIDENCE = {"guideline": 0.5, "review": 0.4, "trial": 0.4, "cohort": 0.2}
SURENESS = {"high": 1.0, "medium": 0.6, "low": 0.3}


@dataclass(frozen=True)
class Person:
    """What the choice depends on, beside the condition."""

    sensitive: str = ""
    """Why light work comes first, as the end of a sentence; empty when nothing asks for it."""
    first_visit: bool = True
    wish_pressure: int | None = None
    history: PlanHistory = field(default_factory=PlanHistory)
    skills: frozenset[str] | None = None
    """Training of the therapist; None when it is not known who treats."""


@dataclass(frozen=True)
class Reason:
    """One thing that moves a technique in the ranking, in places up or down."""

    places: float
    says: str


@dataclass(frozen=True)
class WhyNot:
    """Why a technique is ruled out, and the rules or records that say so."""

    says: str
    rule_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Setting:
    """What every technique is held against."""

    condition: Condition
    groups: tuple[str, ...]
    limits: Limits
    person: Person
    screening: Screening | None = None
    is_tested: bool = True
    """Whether a trial of a course fits this pain."""

    @property
    def ceiling(self) -> int:
        """The most pressure of this plan."""
        return min(self.limits.ceiling_over(self.groups), self.condition.pressure_ceiling)


def choose(
    setting: Setting, knowledge: Knowledge
) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """Chosen techniques, best first (at most three), and all others with why not.

    Either list may be empty. Those the screening bans stand first among the others.
    """
    every = knowledge.techniques.values()
    out = {technique.id: found for technique in every if (found := why_not(technique, setting))}
    fit = [knowledge.techniques[name] for name in setting.condition.techniques if name not in out]
    ranked = sorted(fit, key=lambda technique: -_places(technique, setting))
    for technique in ranked[MOST_TECHNIQUES:]:
        out[technique.id] = WhyNot("It would fit too; three are enough for one plan.")
    banned = setting.limits.banned_techniques
    order = sorted(out, key=lambda name: (name not in banned, name))
    return tuple(_chosen(technique, setting) for technique in ranked[:MOST_TECHNIQUES]), tuple(
        choice(
            knowledge.techniques[name],
            out[name].says,
            rule_ids=out[name].rule_ids,
            reasons=_said(knowledge.techniques[name], setting) if name in _ids(ranked) else (),
        )
        for name in order
    )


# --- Ranking -------------------------------------------------------------------------------------


def reasons(technique: Technique, setting: Setting) -> Iterator[Reason]:
    """Everything that moves a technique the condition names, up or down."""
    names = setting.condition.techniques
    place = names.index(technique.id) if technique.id in names else len(names)
    yield Reason(len(names) - place, f"Number {place + 1} of {len(names)} in fit for this pain.")
    yield from _of_the_past(technique, setting.person)
    yield from _of_the_wish(technique, setting.person)
    yield from _of_the_body(technique, setting.groups)
    skill, held = technique.needs_skill, setting.person.skills
    if skill and held is not None and not held & {skill, technique.id}:
        yield Reason(NO_SKILL, f"Needs a therapist trained in it ({skill}).")
    weight = EVIDENCE.get(technique.evidence, 0.0) * SURENESS[technique.confidence]
    yield Reason(weight, f"Evidence: {technique.evidence}, {technique.confidence} confidence.")


def _of_the_past(technique: Technique, person: Person) -> Iterator[Reason]:
    response = person.history.response(technique.id)
    if technique.id in person.history.helped_by or response.helped:
        yield Reason(HELPED, response.in_words() if response.helped else "It helped before.")
    elif response.entries:
        share = (response.eased - response.worse) / response.entries
        yield Reason(round(2 * share, 1), response.in_words())


def _of_the_wish(technique: Technique, person: Person) -> Iterator[Reason]:
    wish = person.wish_pressure
    if wish is None:
        return
    if wish >= FIRM and technique.firm and not person.first_visit:
        yield Reason(WISHED, f"The client likes {PRESSURE_WORDS[wish]} pressure.")
    elif technique.pressure_low <= wish <= technique.pressure_high:
        yield Reason(0.3, f"Can be done with the pressure the client likes ({wish} of 5).")


def _of_the_body(technique: Technique, groups: tuple[str, ...]) -> Iterator[Reason]:
    beside = [group for group in groups if not technique.suits(group)]
    if beside:
        names = ", ".join(group.replace("_", " ") for group in beside)
        yield Reason(ELSEWHERE * len(beside) / len(groups), f"Not meant for: {names}.")


def _places(technique: Technique, setting: Setting) -> float:
    return sum(reason.places for reason in reasons(technique, setting))


def _said(technique: Technique, setting: Setting) -> tuple[str, ...]:
    found = sorted(reasons(technique, setting), key=lambda reason: -abs(reason.places))
    return tuple(f"{reason.says} ({reason.places:+.1f})" for reason in found)


def _ids(techniques: Iterable[Technique]) -> frozenset[str]:
    return frozenset(technique.id for technique in techniques)


def _chosen(technique: Technique, setting: Setting) -> Choice:
    return choice(technique, why(technique, setting), reasons=_said(technique, setting))


def why(technique: Technique, setting: Setting) -> str:
    """Why this technique is in the plan, for the client."""
    condition, person = setting.condition, setting.person
    if technique.id in person.history.helped_by or person.history.response(technique.id).helped:
        return "It helped you before."
    if technique.id in condition.firm_anyway:
        return "What was tested for this pain. It stays within what is comfortable."
    if technique.firm:
        return "You like firm pressure, and in low back pain firm and light work did equally well."
    if person.sensitive and technique.gentle:
        return f"Light work comes first {person.sensitive}."
    if technique.id == condition.techniques[0] and person.first_visit:
        return BEST_TESTED if setting.is_tested else UNTESTED
    return "It fits this part of the body and is gentle."


# --- Ruling out ----------------------------------------------------------------------------------


def why_not(technique: Technique, setting: Setting) -> WhyNot | None:
    """Why not, or None. Safety comes before fit, fit before taste."""
    checks = (_against_safety, _against_the_condition, _against_the_person)
    return next((found for check in checks if (found := check(technique, setting))), None)


def _against_safety(technique: Technique, setting: Setting) -> WhyNot | None:
    if technique.id in setting.limits.banned_techniques:
        return _banned(technique, setting.screening)
    if technique.pressure_low <= setting.ceiling:
        return None
    says = f"Needs pressure {technique.pressure_low}; the limit is {setting.ceiling}."
    return WhyNot(says, _who_limits(setting))


def _banned(technique: Technique, screening: Screening | None) -> WhyNot:
    """The worst finding that bans it gives the reason; all of them give their ids."""
    stand = () if screening is None else screening.findings
    found = [one for one in stand if one.state in STANDS and technique.id in one.banned_techniques]
    if not found:
        return WhyNot("Ruled out by the safety check.")
    says = f"Ruled out by the safety check: {found[0].title}."
    return WhyNot(says, tuple(one.rule_id for one in found))


def _who_limits(setting: Setting) -> tuple[str, ...]:
    """Who sets the ceiling: findings of the screening, or the condition."""
    ceiling, screening = setting.ceiling, setting.screening
    stand = () if screening is None else screening.findings
    found = tuple(
        one.rule_id
        for one in stand
        if one.state in STANDS and (one.pressure_ceiling == ceiling or one.gentle_groups)
    )
    is_condition = setting.condition.pressure_ceiling == ceiling
    return found or ((setting.condition.id,) if is_condition else ())


def _against_the_condition(technique: Technique, setting: Setting) -> WhyNot | None:
    condition = setting.condition
    if technique.id in condition.techniques_against:
        return WhyNot("Advised against for this pain.", (condition.id,))
    if technique.id in setting.person.history.not_helped_by:
        return WhyNot("It did not help you before.")
    if setting.person.history.response(technique.id).failed:
        said = setting.person.history.response(technique.id).in_words()
        return WhyNot(f"It did not help you before. {said}", ("STP-03",))
    if not any(technique.suits(group) for group in setting.groups):
        return WhyNot("Meant for other parts of the body.", (technique.id,))
    if technique.id in condition.techniques:
        return None
    if technique.needs_skill:
        return WhyNot("Meant for other needs, by somebody trained for them.", (technique.id,))
    return WhyNot("No trial supports it for this pain.", (condition.id,))


def _against_the_person(technique: Technique, setting: Setting) -> WhyNot | None:
    person = setting.person
    if not technique.firm:
        return None
    if person.sensitive:
        return WhyNot(f"Too firm {person.sensitive}.", (technique.id,))
    asked = technique.id in setting.condition.firm_anyway
    if not asked and (person.wish_pressure or 0) < FIRM:
        says = "Firm work is for people who want it; it has not been shown to work better."
        return WhyNot(says, (technique.id,))
    return None
