"""A plan for one person: condition, techniques, dose, reviews, way out, home care, limits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from unknot.knowledge import Knowledge, load
from unknot.knowledge.conditions import Condition
from unknot.reasoning.case import Case, NotingCase
from unknot.reasoning.plan import dose as doses
from unknot.reasoning.plan import history as histories
from unknot.reasoning.plan.basis import with_grounds
from unknot.reasoning.plan.history import PlanHistory
from unknot.reasoning.plan.limits import (
    STANDS,
    Fault,
    Limits,
    PlanBreaksScreening,
    PlanImpossible,
)
from unknot.reasoning.plan.model import MOST_HOME_CARE, HomeItem, Plan, StopRule, home_item
from unknot.reasoning.plan.techniques import FIRM, Person, choose
from unknot.reasoning.screen import Screening

STRONG_PAIN = 7
"""From 7 of 10 on, light work comes first (rule d of the techniques)."""
OLD_AGE = 75
HEAVY_HOURS = 4
"""Half a working day of one load: a line we draw ourselves, to ask about it in the check-ins."""
LOADS = {
    "typing_hours_per_day": "typing",
    "lifting_hours_per_day": "lifting",
    "standing_hours_per_day": "standing",
}
WIDESPREAD = ("SR-066",)
PREGNANT = ("SR-016", "SR-017")


def propose(
    case: Case,
    screening: Screening,
    *,
    today: date,
    price_cents_per_visit: int,
    history: PlanHistory | None = None,
    wish_pressure: int | None = None,
    knowledge: Knowledge | None = None,
) -> Plan:
    """The plan that fits this case within its screening; `today` counts as the first visit.

    Raises PlanBreaksScreening when nothing may be treated now, PlanImpossible when the case does
    not say which area to plan for.
    """
    known = knowledge or load()
    noting = NotingCase.of(case)
    plan = _plan(noting, screening, today, price_cents_per_visit, history, wish_pressure, known)
    return with_grounds(plan, noting, known)


def _plan(
    case: Case,
    screening: Screening,
    today: date,
    price_cents_per_visit: int,
    history: PlanHistory | None,
    wish_pressure: int | None,
    known: Knowledge,
) -> Plan:
    limits = Limits.of(screening)
    if limits.blocked:
        raise PlanBreaksScreening(Fault("", limits.blocked, breaks_screening=True))
    fired = frozenset(limits.rules)
    past = history or histories.read_history(case)
    condition = find_condition(case, fired, known)
    groups = _open_groups(condition, limits)
    person = Person(
        sensitive=_sensitive(case, fired),
        first_visit=past.visits_here == 0,
        wish_pressure=_wish(case, wish_pressure),
        history=past,
    )
    chosen, out = choose(condition, groups, limits, person, _bans(screening), known)
    if not chosen:
        says = "Every technique for this pain is ruled out by the safety check."
        raise PlanBreaksScreening(Fault("techniques", says, breaks_screening=True))
    record = doses.record_for(condition, case, known)
    load_of_day = heavy_load(case)
    ceiling = min(limits.ceiling_over(groups), condition.pressure_ceiling)
    return Plan(
        condition_id=condition.id,
        title=f"Plan for {condition.plain}",
        tell=condition.tell,
        groups=groups,
        techniques=chosen,
        ruled_out=out,
        dose=doses.dose_from(record, case, limits.most_minutes),
        pressure_start=_start(person, ceiling),
        pressure_ceiling=ceiling,
        starts_on=today,
        review_weeks=record.review_weeks,
        taper=doses.taper(condition, record, known),
        stop_rules=_stop_rules(known),
        home_care=_home_care(condition, limits, known),
        price_cents_per_visit=price_cents_per_visit,
        expect=_expect(condition, record.role == "short"),
        not_promised=_not_promised(condition, record.does_not_promise, load_of_day, known),
        besides=_besides(condition, load_of_day),
        sources=_sources(condition, record.sources),
        limits=limits,
        goals=_goals(case),
        check_ins=_check_ins(load_of_day),
        cautions=tuple(
            filter(None, (doses.age_caution(record, case), _memory(record.remembered)))
        ),
        history_note=histories.note(past),
        history_tell=histories.tell(past),
        knowledge_version=known.version,
    )


def find_condition(case: Case, fired: frozenset[str], knowledge: Knowledge) -> Condition:
    """The condition to plan for: what a safety rule makes it, else the main area.

    Raises PlanImpossible when neither leads to one.
    """
    conditions = knowledge.conditions.values()
    by_rule = (one for one in conditions if fired.intersection(one.chosen_by_rules))
    area = case.answer("main_area")
    by_area = (one for one in conditions if one.main_area and one.main_area == area)
    found = next(by_rule, None) or next(by_area, None)
    if found is None:
        says = "There is a plan for neck, upper back and low back. Say which area this is for."
        raise PlanImpossible(Fault("main_area", says))
    return found


def heavy_load(case: Case) -> tuple[str, float] | None:
    """The heaviest load of a working day as a word and its hours, or None below half a day."""
    hours = {
        word: float(answer)
        for key, word in LOADS.items()
        if isinstance(answer := case.answer(key), int | float)
    }
    heavy = {word: amount for word, amount in hours.items() if amount >= HEAVY_HOURS}
    return max(heavy.items(), key=lambda entry: entry[1]) if heavy else None


# --- What the screening says ---------------------------------------------------------------------


def _bans(screening: Screening) -> Mapping[str, str]:
    """For each banned technique the title of the worst finding that bans it."""
    bans: dict[str, str] = dict.fromkeys(screening.banned_techniques, "")
    for found in reversed(screening.findings):
        if found.state in STANDS:
            bans.update(dict.fromkeys(found.banned_techniques, found.title))
    return bans


def _open_groups(condition: Condition, limits: Limits) -> tuple[str, ...]:
    """Groups the plan may treat. Raises PlanBreaksScreening when its core is shut."""
    groups = tuple(group for group in condition.groups if group not in limits.excluded_groups)
    if not set(groups) & set(condition.core_groups):
        says = "The safety check leaves out the parts of the body this plan would treat."
        raise PlanBreaksScreening(Fault("groups", says, breaks_screening=True))
    return groups


def _sensitive(case: Case, fired: frozenset[str]) -> str:
    """Why light work comes first, as the end of a sentence; empty when nothing asks for it."""
    if fired.intersection(WIDESPREAD):
        return "while much of the body is tender"
    if fired.intersection(PREGNANT):
        return "in pregnancy"
    pain = [case.answer(key) for key in ("pain_now", "pain_average")]
    if any(isinstance(one, int | float) and one >= STRONG_PAIN for one in pain):
        return "while the pain is strong"
    age = case.answer("age_years")
    if isinstance(age, int | float) and age >= OLD_AGE:
        return f"from the age of {OLD_AGE}"
    return ""


# --- The person ----------------------------------------------------------------------------------


def _wish(case: Case, wish_pressure: int | None) -> int | None:
    said = case.answer("pressure_wish") if wish_pressure is None else wish_pressure
    return int(said) if isinstance(said, int | float) else None


def _start(person: Person, ceiling: int) -> int:
    """Where pressure begins: gentle when sensitive, medium at a first visit, else as wished."""
    if person.sensitive:
        return min(2, ceiling)
    wish = person.wish_pressure or 3
    return min(wish, 3 if person.first_visit else FIRM + 1, ceiling)


def _goals(case: Case) -> tuple[str, ...]:
    """The person's own activities and goal, in their words."""
    activities = case.answer("activities")
    lines = activities.splitlines() if isinstance(activities, str) else activities
    own = [str(line).strip() for line in lines] if isinstance(lines, list | tuple) else []
    goal = case.answer("goals")
    return tuple(line for line in (*own, str(goal or "").strip()) if line)


# --- What the plan says --------------------------------------------------------------------------


def _stop_rules(knowledge: Knowledge) -> tuple[StopRule, ...]:
    return tuple(
        StopRule(rule.id, rule.title, rule.tell)
        for rule in knowledge.stop_rules.values()
        if rule.for_client and rule.when in ("review", "last", "worse")
    )


def _home_care(condition: Condition, limits: Limits, knowledge: Knowledge) -> tuple[HomeItem, ...]:
    """The first three that no safety rule forbids."""
    items = (knowledge.home_care[name] for name in condition.home_care)
    allowed = [
        item
        for item in items
        if not set(limits.rules) & set(item.not_with)
        and not set(item.groups) <= set(limits.excluded_groups)
    ]
    return tuple(home_item(item) for item in allowed[:MOST_HOME_CARE])


def _expect(condition: Condition, short: bool) -> tuple[str, ...]:
    """Expectations, each led by its certainty; a short course promises the day only."""
    if short:
        return (
            "Likely: some ease on the day of a visit.",
            "About as likely as not: that massage adds to what time and movement do alone.",
        )
    return tuple(
        f"{one.certainty.capitalize()}: {one.text[0].lower()}{one.text[1:]}"
        for one in condition.expect
    )


def _not_promised(
    condition: Condition,
    dose_says: str,
    load_of_day: tuple[str, float] | None,
    knowledge: Knowledge,
) -> tuple[str, ...]:
    names = {"any", condition.id} | ({"load"} if load_of_day else set())
    limits = knowledge.not_promised.values()
    return (dose_says, *(one.tell for one in limits if names.intersection(one.conditions)))


def _besides(condition: Condition, load_of_day: tuple[str, float] | None) -> tuple[str, ...]:
    if load_of_day is None:
        return condition.besides
    word, hours = load_of_day
    return (
        *condition.besides,
        f"You told us of about {hours:g} hours of {word} a day. Changing that counts as much as"
        " the visits, so the check-ins ask about it.",
    )


def _check_ins(load_of_day: tuple[str, float] | None) -> tuple[str, ...]:
    asked = ("sleep", "stress", "flare", "home care")
    return asked if load_of_day is None else (f"hours of {load_of_day[0]}", *asked)


def _sources(condition: Condition, dose_sources: tuple[object, ...]) -> tuple[str, ...]:
    cited = (*dose_sources, *condition.sources)
    return tuple(dict.fromkeys(str(getattr(one, "id", "")) for one in cited))


def _memory(remembered: str) -> str:
    return f"Kept from memory and not yet checked: {remembered}." if remembered else ""
