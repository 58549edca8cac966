"""Which techniques for this person, in which order, and which not, each with why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from unknot.knowledge import Knowledge
from unknot.knowledge.conditions import Condition
from unknot.knowledge.techniques import Technique
from unknot.reasoning.plan.history import PlanHistory
from unknot.reasoning.plan.limits import Limits
from unknot.reasoning.plan.model import MOST_TECHNIQUES, Choice

FIRM = 4
"""From this pressure on a wish counts as a wish for firm work."""


@dataclass(frozen=True)
class Person:
    """What the choice depends on, beside the condition."""

    sensitive: str = ""
    """Why light work comes first, as the end of a sentence; empty when nothing asks for it."""
    first_visit: bool = True
    wish_pressure: int | None = None
    history: PlanHistory = field(default_factory=PlanHistory)


def choose(
    condition: Condition,
    groups: tuple[str, ...],
    limits: Limits,
    person: Person,
    bans: Mapping[str, str],
    knowledge: Knowledge,
) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """Chosen techniques, best first (at most three), and all others with why not.

    `bans` gives the title of the finding that rules a technique out. Either list may be empty.
    """
    reasons = {
        technique.id: _why_not(technique, condition, groups, limits, person, bans)
        for technique in knowledge.techniques.values()
    }
    fit = [knowledge.techniques[name] for name in condition.techniques if not reasons[name]]
    fit.sort(key=lambda technique: _order(technique, condition, person))
    chosen = fit[:MOST_TECHNIQUES]
    for technique in fit[MOST_TECHNIQUES:]:
        reasons[technique.id] = "It would fit too; three are enough for one plan."
    out = [
        Choice(name, knowledge.techniques[name].name, reason)
        for name, reason in _banned_first(reasons, bans)
        if reason
    ]
    return tuple(_choice(technique, condition, person) for technique in chosen), tuple(out)


def why(technique: Technique, condition: Condition, person: Person) -> str:
    """Why this technique is in the plan."""
    if technique.id in person.history.helped_by:
        return "It helped you before."
    if technique.firm:
        return "You like firm pressure, and for this pain firm and light work did equally well."
    if person.sensitive and technique.gentle:
        return f"Light work comes first {person.sensitive}."
    if technique.id == condition.techniques[0] and person.first_visit:
        return "The best-tested technique for this pain, and the one to begin with."
    return "It fits this part of the body and is gentle."


def _why_not(
    technique: Technique,
    condition: Condition,
    groups: tuple[str, ...],
    limits: Limits,
    person: Person,
    bans: Mapping[str, str],
) -> str:
    """Why not, or nothing. Safety comes before fit, fit before taste."""
    ceiling = min(limits.ceiling_over(groups), condition.pressure_ceiling)
    checks = (
        (technique.id in limits.banned_techniques, _banned(bans.get(technique.id, ""))),
        (
            technique.pressure_low > ceiling,
            f"Needs pressure {technique.pressure_low}; the limit is {ceiling}.",
        ),
        (technique.id in condition.techniques_against, "Advised against for this pain."),
        (technique.id in person.history.not_helped_by, "It did not help you before."),
        (
            not any(technique.suits(group) for group in groups),
            "Meant for other parts of the body.",
        ),
        (
            bool(technique.needs_skill) and technique.id not in condition.techniques,
            "Meant for other needs, by somebody trained for them.",
        ),
        (technique.id not in condition.techniques, "No trial supports it for this pain."),
        (technique.firm and bool(person.sensitive), f"Too firm {person.sensitive}."),
        (
            technique.firm and (person.wish_pressure or 0) < FIRM,
            "Firm work is for people who want it; it has not been shown to work better.",
        ),
    )
    return next((reason for holds, reason in checks if holds), "")


def _banned(title: str) -> str:
    return (
        f"Ruled out by the safety check: {title}." if title else "Ruled out by the safety check."
    )


def _order(technique: Technique, condition: Condition, person: Person) -> tuple[bool, bool, int]:
    """What helped before, then (after the first visit) a wish for firm work, then fit."""
    wants_firm = technique.firm and not person.first_visit
    place = condition.techniques.index(technique.id)
    return technique.id not in person.history.helped_by, not wants_firm, place


def _choice(technique: Technique, condition: Condition, person: Person) -> Choice:
    return Choice(
        technique_id=technique.id,
        name=technique.name,
        why=why(technique, condition, person),
        tell=technique.tell,
        needs_skill=technique.needs_skill,
    )


def _banned_first(
    reasons: Mapping[str, str], bans: Mapping[str, str]
) -> Iterable[tuple[str, str]]:
    return sorted(reasons.items(), key=lambda entry: (entry[0] not in bans, entry[0]))
