"""Which condition a plan is for: what a rule makes it, what a person chose, or the main area.

A diagnosis is never guessed: conditions that a clinician must have named are only offered.
"""

from __future__ import annotations

from dataclasses import dataclass

from unknot.knowledge import Knowledge, load
from unknot.knowledge.conditions import Condition
from unknot.reasoning.assess.sources import NERVE_KINDS
from unknot.reasoning.case import Case
from unknot.reasoning.plan.limits import Fault, Limits, PlanBreaksScreening, PlanImpossible
from unknot.reasoning.screen import Screening


@dataclass(frozen=True)
class Candidate:
    """A condition a plan could be for, and why it is offered."""

    condition_id: str
    name: str
    why: str
    is_default: bool
    is_diagnosis: bool
    """Choose it only when a clinician has named it."""


def find_condition(
    case: Case, fired: frozenset[str], knowledge: Knowledge, *, chosen: str = ""
) -> Condition:
    """The condition to plan for: the chosen one, else what a safety rule makes it, else the one
    of the main area, else the one for what was drawn.

    Raises PlanImpossible for a condition that is not known, or a main area nobody gave.
    """
    if chosen:
        if chosen not in knowledge.conditions:
            raise PlanImpossible(Fault("condition", "Choose what the plan is for from the list."))
        return knowledge.conditions[chosen]
    conditions = knowledge.conditions.values()
    by_rule = (one for one in conditions if fired.intersection(one.chosen_by_rules))
    area = case.answer("main_area")
    by_area = (one for one in conditions if one.main_area and one.main_area == area)
    by_drawing = (one for one in conditions if one.follows_drawing and area == "other")
    for found in (by_rule, by_area, by_drawing):
        if condition := next(found, None):
            return condition
    says = "Say which area the plan is for: neck and upper back, low back, or somewhere else."
    raise PlanImpossible(Fault("main_area", says))


def candidates(
    case: Case, screening: Screening, *, knowledge: Knowledge | None = None
) -> tuple[Candidate, ...]:
    """Every condition a plan could be for, best first: the default, then by how much of the
    drawing each covers. Empty while the screening allows no treatment.
    """
    known = knowledge or load()
    limits = Limits.of(screening)
    if limits.blocked:
        return ()
    try:
        default = find_condition(case, frozenset(limits.rules), known).id
    except PlanImpossible:
        default = ""
    drawn = drawn_groups(case, known)
    open_to = [one for one in known.conditions.values() if _is_open(one, drawn, limits)]
    open_to.sort(key=lambda one: (one.id != default, -len(drawn & {*one.core_groups}), one.id))
    return tuple(_candidate(one, default, drawn) for one in open_to)


def drawn_groups(case: Case, knowledge: Knowledge) -> frozenset[str]:
    """Groups with pain drawn by the client; numbness and tingling are not work for hands."""
    return frozenset(
        knowledge.regions[mark.region].group
        for mark in case.marks
        if mark.layer == "client" and mark.kind not in NERVE_KINDS
    )


def open_groups(
    condition: Condition, case: Case, limits: Limits, knowledge: Knowledge
) -> tuple[str, ...]:
    """Groups the plan may treat.

    Raises PlanBreaksScreening when its core is shut, PlanImpossible when it follows a drawing
    that shows nothing it may treat.
    """
    wanted = condition.groups
    if condition.follows_drawing:
        drawn = drawn_groups(case, knowledge)
        wanted = tuple(group for group in condition.groups if group in drawn)
        if not wanted:
            says = "Mark on the body chart where it hurts. Belly and chest are not treated."
            raise PlanImpossible(Fault("groups", says))
    groups = tuple(group for group in wanted if group not in limits.excluded_groups)
    if not set(groups) & set(condition.core_groups):
        says = "The safety check leaves out the parts of the body this plan would treat."
        raise PlanBreaksScreening(Fault("groups", says, breaks_screening=True))
    return groups


def _is_open(condition: Condition, drawn: frozenset[str], limits: Limits) -> bool:
    core = set(condition.core_groups)
    if condition.follows_drawing:
        core &= drawn
    return bool(core - set(limits.excluded_groups))


def _candidate(condition: Condition, default: str, drawn: frozenset[str]) -> Candidate:
    is_default = condition.id == default
    return Candidate(
        condition_id=condition.id,
        name=condition.name,
        why=_why(condition, drawn, is_default=is_default),
        is_default=is_default,
        is_diagnosis=condition.is_diagnosis,
    )


def _why(condition: Condition, drawn: frozenset[str], *, is_default: bool) -> str:
    shared = [group.replace("_", " ") for group in condition.core_groups if group in drawn]
    said = []
    if is_default:
        said.append("What the answers lead to.")
    if shared:
        said.append(f"Pain is drawn there: {', '.join(shared)}.")
    if condition.is_diagnosis:
        said.append("Only when a clinician has named it.")
    return " ".join(said)
