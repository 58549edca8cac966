"""Changing a plan within its limits: the same checks as when it was proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from unknot.knowledge import Knowledge, load
from unknot.knowledge.home_care import HomeCare
from unknot.knowledge.techniques import Technique
from unknot.reasoning.plan import dose as doses
from unknot.reasoning.plan.basis import grounds_of
from unknot.reasoning.plan.checks import forbidden_at_home
from unknot.reasoning.plan.limits import Fault, PlanOutOfBounds
from unknot.reasoning.plan.model import Choice, Dose, HomeItem, Plan, choice, home_item


def adjust(
    plan: Plan,
    *,
    minutes: int | None = None,
    per_week: int | None = None,
    weeks: int | None = None,
    starts_on: date | None = None,
    technique_ids: Sequence[str] | None = None,
    home_care_ids: Sequence[str] | None = None,
    pressure_start: int | None = None,
    price_cents_per_visit: int | None = None,
    knowledge: Knowledge | None = None,
) -> Plan:
    """The plan with these changes; None leaves a part as it is.

    Raises PlanBreaksScreening or PlanOutOfBounds with every fault, so that a form can show all.
    """
    known = knowledge or load()
    techniques = _techniques(plan, technique_ids, known)
    chosen = {choice.technique_id for choice in techniques}
    out = tuple(choice for choice in plan.ruled_out if choice.technique_id not in chosen)
    left = tuple(
        replace(choice, why="Taken out of the plan.")
        for choice in plan.techniques
        if choice.technique_id not in chosen
    )
    changed = replace(
        plan,
        dose=_dose(plan, minutes, per_week, weeks),
        review_weeks=_reviews(plan, plan.dose.weeks if weeks is None else weeks),
        starts_on=starts_on or plan.starts_on,
        techniques=techniques,
        ruled_out=(*left, *out),
        home_care=_home_care(plan, home_care_ids, known),
        pain_cap=min(plan.limits.pain_cap, max((one.pain_cap for one in techniques), default=0)),
        pressure_start=plan.pressure_start if pressure_start is None else pressure_start,
        price_cents_per_visit=(
            plan.price_cents_per_visit if price_cents_per_visit is None else price_cents_per_visit
        ),
    )
    return replace(changed, grounds=grounds_of(changed, known))


def options(plan: Plan, *, knowledge: Knowledge | None = None) -> tuple[Choice, ...]:
    """Techniques a therapist may put into this plan, chosen ones first.

    Left out is what the screening bans, what needs more pressure than the ceiling, and what is
    meant for other parts of the body or other needs.
    """
    known = (knowledge or load()).techniques
    return (
        *plan.techniques,
        *(one for one in plan.ruled_out if _is_open(known[one.technique_id], plan)),
    )


def home_options(plan: Plan, *, knowledge: Knowledge | None = None) -> tuple[HomeItem, ...]:
    """Home care for this plan: what it has, then what else is allowed for its condition, then
    what suits any part of the body.
    """
    known = knowledge or load()
    condition = known.conditions[plan.condition_id]
    held = {item.id for item in plan.home_care}
    anywhere = (name for name, one in known.home_care.items() if _suits_anywhere(one))
    names = [name for name in dict.fromkeys((*condition.home_care, *anywhere)) if name not in held]
    more = (home_item(known.home_care[name]) for name in names)
    allowed = (item for item in more if not forbidden_at_home(item, plan.limits))
    return (*plan.home_care, *allowed)


def _suits_anywhere(item: HomeCare) -> bool:
    """Something to do, for no part of the body in particular."""
    return "any" in item.groups and item.kind not in ("aftercare", "avoid")


def _is_open(technique: Technique, plan: Plan) -> bool:
    return (
        technique.id not in plan.limits.banned_techniques
        and not technique.needs_skill
        and technique.pressure_low <= plan.pressure_ceiling
        and any(technique.suits(group) for group in plan.groups)
    )


def _dose(plan: Plan, minutes: int | None, per_week: int | None, weeks: int | None) -> Dose:
    old = plan.dose
    new = (minutes or old.minutes, per_week or old.per_week, weeks or old.weeks)
    if new == (old.minutes, old.per_week, old.weeks):
        return old
    return replace(
        old,
        minutes=new[0],
        per_week=new[1],
        weeks=new[2],
        visits=new[1] * new[2],
        says=doses.in_words(*new),
        fits=f"Changed from the tested regimen ({old.source}); its result is less sure for it.",
        certain=False,
    )


def _reviews(plan: Plan, weeks: int) -> tuple[int, ...]:
    """Reviews inside the new length, the last at its end."""
    if weeks == plan.dose.weeks:
        return plan.review_weeks
    return (*(week for week in plan.review_weeks[:1] if week < weeks), weeks)


def _techniques(plan: Plan, ids: Sequence[str] | None, knowledge: Knowledge) -> tuple[Choice, ...]:
    if ids is None:
        return plan.techniques
    kept = {choice.technique_id: choice for choice in plan.techniques}
    return tuple(kept.get(name) or _added(name, knowledge) for name in ids)


def _added(name: str, knowledge: Knowledge) -> Choice:
    if name not in knowledge.techniques:
        raise PlanOutOfBounds(Fault("techniques", "Choose techniques from the list."))
    one = knowledge.techniques[name]
    return choice(one, "Chosen by the therapist.")


def _home_care(
    plan: Plan, ids: Sequence[str] | None, knowledge: Knowledge
) -> tuple[HomeItem, ...]:
    if ids is None:
        return plan.home_care
    if not set(ids) <= set(knowledge.home_care):
        raise PlanOutOfBounds(Fault("home_care", "Choose home care from the list."))
    kept = {item.id: item for item in plan.home_care}
    return tuple(kept.get(name) or _chosen_at_home(name, knowledge) for name in ids)


def _chosen_at_home(name: str, knowledge: Knowledge) -> HomeItem:
    return home_item(knowledge.home_care[name], "Chosen by the therapist.")
