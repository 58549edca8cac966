"""A plan for one person: condition, techniques, dose, reviews, way out, home care, limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from unknot.knowledge import Knowledge, load
from unknot.knowledge.doses import DoseRecord
from unknot.reasoning.case import Case, NotingCase
from unknot.reasoning.plan import dose as doses
from unknot.reasoning.plan import history as histories
from unknot.reasoning.plan import person as persons
from unknot.reasoning.plan import says
from unknot.reasoning.plan.basis import with_grounds
from unknot.reasoning.plan.conditions import drawn_groups, find_condition, open_groups
from unknot.reasoning.plan.history import PlanHistory
from unknot.reasoning.plan.home import Found, home_care
from unknot.reasoning.plan.limits import Fault, Limits, PlanBreaksScreening
from unknot.reasoning.plan.model import Choice, Plan
from unknot.reasoning.plan.positions import positions_for
from unknot.reasoning.plan.techniques import Person, Setting, choose
from unknot.reasoning.screen import Screening

Choices: TypeAlias = tuple[Choice, ...]


def propose(
    case: Case,
    screening: Screening,
    *,
    today: date,
    price_cents_per_visit: int,
    history: PlanHistory | None = None,
    wish_pressure: int | None = None,
    condition_id: str = "",
    skills: frozenset[str] | None = None,
    found: Found | None = None,
    knowledge: Knowledge | None = None,
) -> Plan:
    """The plan that fits this case within its screening; `today` counts as the first visit.

    `condition_id` is what a person chose to plan for, `skills` the training of who treats,
    `found` what an examination showed. Visits are in minutes, the course in weeks, money in cents,
    pressure 1 to 5. A missing answer makes the plan more cautious, never bolder: pain of unknown
    length counts as new. Raises PlanBreaksScreening when nothing may be treated now,
    PlanImpossible when the case does not say what to plan for.
    """
    known = knowledge or load()
    noting = NotingCase.of(case)
    limits = Limits.of(screening)
    if limits.blocked:
        raise PlanBreaksScreening(Fault("", limits.blocked, breaks_screening=True))
    condition = find_condition(noting, frozenset(limits.rules), known, chosen=condition_id)
    record = doses.record_for(condition, noting, known)
    setting = Setting(
        condition=condition,
        groups=open_groups(condition, noting, limits, known),
        limits=limits,
        person=_person(noting, limits, history, wish_pressure, skills),
        screening=screening,
        is_tested=record.people > 0,
    )
    seen = found or Found(drawn=drawn_groups(case, known))
    draft = _Draft(noting, screening, setting, record, *_choose(setting, known), seen, known)
    return with_grounds(_plan(draft, today, price_cents_per_visit), noting, known)


def _choose(setting: Setting, known: Knowledge) -> tuple[Choices, Choices]:
    chosen, out = choose(setting, known)
    if not chosen:
        told = "Every technique for this pain is ruled out by the safety check."
        raise PlanBreaksScreening(Fault("techniques", told, breaks_screening=True))
    return chosen, out


@dataclass(frozen=True)
class _Draft:
    """Everything a plan is put together from."""

    case: Case
    screening: Screening
    setting: Setting
    record: DoseRecord
    chosen: Choices
    out: Choices
    found: Found
    known: Knowledge

    @property
    def pain_cap(self) -> int:
        """The most pain any technique of the plan may cause, within the screening's cap."""
        highest = max(one.pain_cap for one in self.chosen)
        return min(highest, self.setting.limits.pain_cap)


def _plan(draft: _Draft, today: date, price_cents_per_visit: int) -> Plan:
    case, setting, record, known = draft.case, draft.setting, draft.record, draft.known
    condition, limits, person = setting.condition, setting.limits, setting.person
    load_of_day = persons.heavy_load(case)
    return Plan(
        condition_id=condition.id,
        title=f"Plan for {condition.plain}",
        tell=condition.tell,
        groups=setting.groups,
        techniques=draft.chosen,
        ruled_out=draft.out,
        dose=doses.dose_from(record, case, limits.most_minutes),
        pressure_start=persons.start(person, setting.ceiling),
        pressure_ceiling=setting.ceiling,
        pain_cap=draft.pain_cap,
        positions=positions_for(setting.groups, limits),
        starts_on=today,
        review_weeks=record.review_weeks,
        taper=doses.taper(condition, record, known),
        stop_rules=says.stop_rules(known),
        home_care=home_care(condition, limits, draft.found, known),
        price_cents_per_visit=price_cents_per_visit,
        expect=says.expect(condition, record),
        not_promised=says.not_promised(condition, record, load_of_day, known),
        besides=says.besides(condition, load_of_day),
        sources=says.sources((*record.sources, *condition.sources)),
        screening=draft.screening,
        goals=persons.goals(case),
        check_ins=says.check_ins(load_of_day),
        cautions=_cautions(record, case),
        history_note=histories.note(person.history),
        history_tell=histories.tell(person.history),
        knowledge_version=known.version,
    )


def _person(
    case: Case,
    limits: Limits,
    history: PlanHistory | None,
    wish_pressure: int | None,
    skills: frozenset[str] | None,
) -> Person:
    past = history or histories.read_history(case)
    return Person(
        sensitive=persons.sensitive(case, frozenset(limits.rules)),
        first_visit=past.visits_here == 0,
        wish_pressure=persons.wish(case, wish_pressure),
        history=past,
        skills=skills,
    )


def _cautions(record: DoseRecord, case: Case) -> tuple[str, ...]:
    said = (doses.age_caution(record, case), says.memory(record.remembered))
    return tuple(one for one in said if one)
