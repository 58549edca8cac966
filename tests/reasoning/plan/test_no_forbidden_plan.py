"""A plan that breaks a consequence of its screening cannot exist, however one tries to make it.

The oracle here is written a second time, from the screening alone, so that a mistake in the
plan's own checks shows.
"""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.plan.people import (
    TODAY,
    back,
    fired,
    neck,
    otherwise_well,
    plan_for,
    screened,
)
from unknot.knowledge import load
from unknot.reasoning.case import Case
from unknot.reasoning.marks import Mark
from unknot.reasoning.plan import (
    Plan,
    PlanBreaksScreening,
    PlanError,
    PlanImpossible,
    PlanOutOfBounds,
    adjust,
    from_dict,
    to_dict,
)
from unknot.reasoning.plan.model import choice, home_item
from unknot.reasoning.scale import Disposition
from unknot.reasoning.screen import Screening, decide

KNOWN = load()
GROUPS = sorted({region.group for region in KNOWN.regions.values()})
TECHNIQUES = sorted(KNOWN.techniques)
POSITIONS = ("long_prone", "prone", "side_lying", "flat_supine", "semi_reclined")
RULES = sorted({rule for item in KNOWN.home_care.values() for rule in item.not_with})
BLOCKS = (Disposition.TOTAL_CONTRAINDICATION, Disposition.MEDICAL_CLEARANCE)


def some(names: Any, most: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(names), unique=True, max_size=most).map(tuple)


consequences = {
    "disposition": st.sampled_from([*Disposition, *[Disposition.PROCEED] * 8]),
    "excluded_groups": some(GROUPS, 6),
    "gentle_groups": some(GROUPS, 6),
    "banned_techniques": some(TECHNIQUES, 8),
    "pressure_ceiling": st.integers(1, 5),
    "pain_cap": st.integers(1, 5),
    "positions": some(POSITIONS, 4),
    "most_minutes": st.none() | st.integers(20, 90),
}
findings = st.builds(fired, st.sampled_from([*RULES, "SR-017", "SR-066"]), **consequences)
screenings = st.builds(
    screened,
    findings=st.lists(findings, max_size=2).map(tuple),
    undecided=st.integers(0, 9).map(lambda n: n == 0),
    as_of=st.integers(-60, 5).map(lambda days: TODAY + timedelta(days=days)),
    **consequences,
)
answers = st.fixed_dictionaries(
    {"main_area": st.sampled_from(["low_back", "neck_upper_back", "other"])},
    optional={
        "age_years": st.integers(18, 95),
        "pain_weeks": st.integers(0, 2000),
        "pain_now": st.integers(0, 10),
        "pain_average": st.integers(0, 10),
        "pressure_wish": st.integers(1, 5),
        "typing_hours_per_day": st.integers(0, 16),
        "massage_before_weeks": st.integers(0, 500),
        "massage_before_helped": st.sampled_from(["no", "a_little", "yes"]),
    },
)
drawings = st.lists(
    st.builds(Mark, st.sampled_from(sorted(KNOWN.regions)), st.sampled_from(["ache", "numb"])),
    max_size=6,
).map(tuple)
conditions = st.sampled_from(["", *sorted(KNOWN.conditions)])


def breaks(plan: Plan, screening: Screening) -> list[str]:
    """What in a plan goes against a screening, read from the screening's own fields."""
    stand = [one for one in screening.findings if one.state in ("fired", "cleared")]
    every: list[Any] = [screening, *stand]
    excluded = {group for one in every for group in one.excluded_groups}
    banned = {name for one in every for name in one.banned_techniques}
    avoid = {name for one in every for name in one.positions}
    gentle = {group for one in every for group in one.gentle_groups}
    ceiling = min(one.pressure_ceiling for one in every)
    ceiling = min(ceiling, 2) if plan.groups and set(plan.groups) <= gentle else ceiling
    minutes = [one.most_minutes for one in every if one.most_minutes is not None]
    rules = {rule for one in stand for rule in (one.rule_id, *one.also)}
    home = [KNOWN.home_care[item.id] for item in plan.home_care]
    used = [KNOWN.techniques[one.technique_id] for one in plan.techniques]
    said = {
        "disposition": screening.undecided or any(one.disposition in BLOCKS for one in every),
        "stale": (plan.starts_on - screening.as_of).days > 35,
        "excluded": bool(excluded & set(plan.groups)),
        "banned": bool(banned & {one.id for one in used}),
        "too firm": any(one.pressure_low > ceiling for one in used),
        "ceiling": plan.pressure_ceiling > ceiling,
        "start": plan.pressure_start > ceiling,
        "pain": plan.pain_cap > min(one.pain_cap for one in every),
        "position": bool(avoid & set(plan.positions)),
        "minutes": bool(minutes) and plan.dose.minutes > min(minutes),
        "home": any(rules & {*item.not_with} for item in home),
        "home area": any({*item.groups} <= excluded for item in home),
        "rolled": any(item.kind == "self_massage" and excluded & {*item.groups} for item in home),
    }
    return [name for name, broken in said.items() if broken]


@settings(max_examples=400)
@given(answers, drawings, screenings, conditions, st.none() | some(["prenatal", "cupping"], 2))
def test_no_proposal_goes_against_its_screening(
    known: dict[str, Any],
    marks: tuple[Mark, ...],
    screening: Screening,
    condition_id: str,
    skills: tuple[str, ...] | None,
) -> None:
    case = Case(back(**known).answers, TODAY, marks)
    held = None if skills is None else frozenset(skills)
    try:
        plan = plan_for(case, screening, condition_id=condition_id, skills=held)
    except (PlanBreaksScreening, PlanImpossible):
        return
    assert breaks(plan, screening) == []
    assert plan.dose.minutes <= 90
    assert 1 <= plan.dose.per_week <= 3
    assert plan.dose.weeks <= 12
    assert 1 <= len(plan.techniques) <= 3
    assert len(plan.home_care) <= 3
    assert plan.review_after_visit <= plan.dose.visits
    assert from_dict(json.loads(json.dumps(to_dict(plan))), screening) == plan


changes = st.fixed_dictionaries(
    {},
    optional={
        "groups": some(GROUPS, 4),
        "techniques": some(TECHNIQUES, 3).map(
            lambda names: tuple(choice(KNOWN.techniques[name], "x") for name in names)
        ),
        "home_care": some(sorted(KNOWN.home_care), 3).map(
            lambda names: tuple(home_item(KNOWN.home_care[name]) for name in names)
        ),
        "pressure_ceiling": st.integers(1, 5),
        "pressure_start": st.integers(1, 5),
        "pain_cap": st.integers(0, 10),
        "positions": some(POSITIONS, 2),
        "starts_on": st.integers(0, 90).map(lambda days: TODAY + timedelta(days=days)),
        "screening": screenings,
    },
)


class Shell:
    """A plan that was never built: its fields, for the oracle to look at."""

    def __init__(self, plan: Plan, changed: dict[str, Any]) -> None:
        self.__dict__.update({one.name: getattr(plan, one.name) for one in fields(plan)})
        self.__dict__.update(changed)


@settings(max_examples=400)
@given(st.sampled_from([back(pressure_wish=5), neck()]), changes)
def test_no_replacement_of_any_part_leads_round_the_screening(
    case: Case, changed: dict[str, Any]
) -> None:
    plan = plan_for(case)
    shell: Any = Shell(plan, changed)
    expected = breaks(shell, shell.screening)
    if expected:
        with pytest.raises(PlanBreaksScreening):
            replace(plan, **changed)
        with pytest.raises(PlanBreaksScreening):
            Plan(**vars(shell))
        return
    try:
        made = replace(plan, **changed)
    except PlanOutOfBounds:
        return  # it contradicts itself, which is another matter
    assert breaks(made, made.screening) == []


@settings(max_examples=300)
@given(st.sampled_from([back(pressure_wish=5), neck()]), screenings)
def test_a_stored_plan_read_beside_another_screening_is_held_against_that_one(
    case: Case, screening: Screening
) -> None:
    plan = plan_for(case)
    stored = json.loads(json.dumps(to_dict(plan)))
    if breaks(plan, screening):
        with pytest.raises(PlanBreaksScreening):
            from_dict(stored, screening)
    else:
        assert replace(from_dict(stored, screening), screening=plan.screening) == plan


@given(
    screenings,
    st.integers(-5, 120),
    st.integers(-1, 5),
    st.integers(-1, 20),
    some(TECHNIQUES, 5),
    st.integers(-1, 7),
)
def test_no_change_leads_outside_the_limits(
    screening: Screening,
    minutes: int,
    per_week: int,
    weeks: int,
    techniques: tuple[str, ...],
    pressure: int,
) -> None:
    try:
        plan = adjust(
            plan_for(neck(), screening),
            minutes=minutes,
            per_week=per_week,
            weeks=weeks,
            technique_ids=techniques,
            pressure_start=pressure,
        )
    except PlanError:
        return
    assert breaks(plan, screening) == []
    assert 20 <= plan.dose.minutes <= 90
    assert 1 <= plan.dose.per_week <= 3
    assert 1 <= plan.dose.weeks <= 12


flips = st.dictionaries(
    st.sampled_from(
        [
            "osteoporosis",
            "anticoagulant",
            "fever",
            "cancer_history",
            "steroid_long_term",
            "pregnant",
        ]
    ),
    st.booleans(),
    max_size=3,
)


@settings(max_examples=60, deadline=None)
@given(answers, drawings, flips, conditions)
def test_a_plan_made_of_a_real_screening_keeps_to_it(
    known: dict[str, Any], marks: tuple[Mark, ...], flipped: dict[str, bool], condition_id: str
) -> None:
    well = otherwise_well(**{"age_years": 50, "sex": "female", **known, **flipped})
    case = Case(well.answers, TODAY, marks)
    screening = decide(case)
    try:
        plan = plan_for(case, screening, condition_id=condition_id)
    except (PlanBreaksScreening, PlanImpossible):
        return
    assert breaks(plan, screening) == []


@pytest.mark.parametrize("name", ["limits", "excluded_groups", "cost_cents"])
def test_what_follows_from_the_screening_cannot_be_written_into_a_plan(name: str) -> None:
    with pytest.raises(TypeError):
        replace(plan_for(back()), **{name: None})
