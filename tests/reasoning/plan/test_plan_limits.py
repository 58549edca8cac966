"""A forbidden plan cannot exist: not proposed, not adjusted, not read from store."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reasoning.plan.people import TODAY, back, fired, neck, plan_for, screened
from unknot.knowledge import load
from unknot.reasoning.plan import (
    Limits,
    PlanBreaksScreening,
    PlanError,
    PlanOutOfBounds,
    adjust,
    from_dict,
    home_options,
    options,
    to_dict,
    weeks_of,
)
from unknot.reasoning.plan.calendar import visit_days
from unknot.reasoning.plan.dose import in_words
from unknot.reasoning.plan.model import safety_faults

KNOWN = load()
GROUPS = sorted({region.group for region in KNOWN.regions.values()})


# --- Construction --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        ({"blocked": "Not now."}, "Not now."),
        ({"banned_techniques": ("TEC-SWE",)}, "Relaxation massage is ruled out"),
        ({"excluded_groups": ("low_back",)}, "leaves out this part of the body: low back"),
        ({"pressure_ceiling": 2}, "allows pressure up to 2"),
        ({"most_minutes": 45}, "up to 45 minutes"),
        ({"rules": ("SR-034",)}, "Warmth is ruled out"),
    ],
)
def test_a_plan_against_its_screening_cannot_be_built(limits: dict[str, Any], says: str) -> None:
    plan = adjust(plan_for(back()), home_care_ids=("HC-06", "HC-23"))
    with pytest.raises(PlanBreaksScreening, match=says) as refused:
        replace(plan, limits=Limits(**limits))
    assert refused.value.reason in str(refused.value)
    assert list(safety_faults(plan, Limits(**limits))), "a later screening finds the same"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"techniques": ()}, "techniques"),
        ({"groups": ()}, "groups"),
        ({"price_cents_per_visit": -1}, "price"),
        ({"pressure_start": 0}, "pressure_start"),
        ({"review_weeks": ()}, "review_weeks"),
        ({"review_weeks": (11,)}, "review_weeks"),
    ],
)
def test_a_plan_that_contradicts_itself_cannot_be_built(
    change: dict[str, Any], field: str
) -> None:
    with pytest.raises(PlanOutOfBounds) as refused:
        replace(plan_for(back()), **change)
    assert [fault.field for fault in refused.value.faults] == [field]


def test_a_plan_holds_at_most_three_techniques_and_three_things_for_home() -> None:
    plan = plan_for(back())
    with pytest.raises(PlanOutOfBounds, match="at most 3 techniques"):
        replace(plan, techniques=plan.techniques * 2)
    with pytest.raises(PlanOutOfBounds, match="at most 3 things"):
        replace(plan, home_care=plan.home_care * 2)


def test_the_visits_must_follow_from_the_weeks() -> None:
    plan = plan_for(back())
    with pytest.raises(PlanOutOfBounds, match="does not follow"):
        replace(plan, dose=replace(plan.dose, visits=9))


# --- Changing ------------------------------------------------------------------------------------


def test_nothing_changed_is_the_same_plan() -> None:
    plan = plan_for(back())
    assert adjust(plan) == plan


def test_a_changed_dose_says_it_is_no_longer_the_tested_one() -> None:
    plan = adjust(plan_for(back()), minutes=45, per_week=2, weeks=6, price_cents_per_visit=7000)
    assert plan.dose.says == "45 minutes, twice a week, for 6 weeks"
    assert (plan.dose.visits, plan.cost_cents) == (12, 84_000)
    assert not plan.dose.certain
    assert "CHE11" in plan.dose.fits
    assert plan.review_weeks == (4, 6)


def test_a_shorter_course_is_reviewed_at_its_end() -> None:
    assert adjust(plan_for(back()), weeks=3).review_weeks == (3,)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"minutes": 20}, "30 to 90 minutes"),
        ({"minutes": 95}, "30 to 90 minutes"),
        ({"weeks": 13}, "1 to 12 weeks"),
        ({"per_week": 4}, "1 to 3 a week"),
        ({"per_week": 3, "weeks": 5}, "tested for 4 weeks only"),
        ({"pressure_start": 6}, "pressure 1 to 5"),
        ({"technique_ids": ()}, "at least one technique"),
        ({"technique_ids": ("TEC-XYZ",)}, "from the list"),
        ({"home_care_ids": ("HC-99",)}, "from the list"),
    ],
)
def test_a_change_beyond_the_limits_is_refused_in_words(change: dict[str, Any], says: str) -> None:
    with pytest.raises(PlanOutOfBounds, match=says):
        adjust(plan_for(back()), **change)


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(PlanOutOfBounds) as refused:
        adjust(plan_for(back()), minutes=10, weeks=20)
    assert [fault.field for fault in refused.value.faults] == ["minutes", "weeks"]


def test_a_banned_technique_cannot_be_put_in() -> None:
    plan = plan_for(back(), screened(banned_techniques=("TEC-DTM",)))
    with pytest.raises(PlanBreaksScreening, match="Deep tissue"):
        adjust(plan, technique_ids=("TEC-SWE", "TEC-DTM"))
    assert "TEC-DTM" not in [choice.technique_id for choice in options(plan)]


def test_only_what_fits_and_is_allowed_is_offered() -> None:
    plan = plan_for(back(), screened(pressure_ceiling=2, findings=(fired("SR-034"),)))
    offered = [choice.technique_id for choice in options(plan)]
    assert offered[: len(plan.techniques)] == [one.technique_id for one in plan.techniques]
    assert not {"TEC-PRE", "TEC-MLD", "TEC-IAS", "TEC-DTM"} & set(offered)
    home = [item.id for item in home_options(plan)]
    assert home[:3] == [item.id for item in plan.home_care]
    assert "HC-27" in home
    assert "HC-23" not in home, "warmth is forbidden by the rule that fired"


def test_techniques_and_home_care_can_be_swapped() -> None:
    plan = adjust(
        plan_for(back()),
        technique_ids=("TEC-SWE", "TEC-TRP"),
        home_care_ids=("HC-06",),
        pressure_start=2,
        starts_on=TODAY + timedelta(days=7),
    )
    assert plan.techniques[1].why == "Chosen by the therapist."
    assert plan.ruled_out[0].why == "Taken out of the plan."
    assert "TEC-TRP" not in [choice.technique_id for choice in plan.ruled_out]
    assert [item.id for item in plan.home_care] == ["HC-06"]
    assert plan.starts_on == date(2026, 11, 30)
    assert len(plan.ruled_out) + len(plan.techniques) == 14


# --- Storing -------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", [back(pressure_wish=4), neck(goals="Sleep")])
def test_a_stored_plan_reads_back_equal(case: Any) -> None:
    plan = plan_for(case, screened(excluded_groups=("foot",), banned_techniques=("TEC-CUP",)))
    assert from_dict(to_dict(plan)) == plan


def test_a_snapshot_also_says_what_later_stages_ask() -> None:
    content = to_dict(plan_for(back()))
    assert content["review_after_visit"] == 4
    assert content["review_on"] == ["2026-12-21", "2027-02-01"]
    assert content["cost_cents"] == 90_000
    assert content["skills"] == []


def test_another_schema_is_not_read() -> None:
    with pytest.raises(ValueError, match="unknot-plan-2"):
        from_dict({**to_dict(plan_for(back())), "schema": "unknot-plan-0"})


def test_a_stored_plan_that_was_tampered_with_is_refused() -> None:
    content = to_dict(plan_for(back()))
    content["limits"]["banned_techniques"] = ["TEC-SWE"]
    with pytest.raises(PlanBreaksScreening):
        from_dict(content)


# --- The calendar --------------------------------------------------------------------------------


def test_the_calendar_shows_every_visit_and_review_once() -> None:
    weeks = weeks_of(plan_for(back()))
    days = [day for week in weeks for day in week.days]
    assert [day.visit for day in days if day.visit] == list(range(1, 11))
    assert [day.on for day in days if day.review] == [date(2026, 12, 21), date(2027, 2, 1)]
    assert len(weeks) == 11, "the last review stands in the week after the last visit"


def test_two_visits_a_week_are_spread() -> None:
    days = visit_days(plan_for(neck()))
    gaps = {(later - earlier).days for earlier, later in itertools.pairwise(days)}
    assert gaps == {3, 4}


def test_the_dose_is_said_in_words_even_when_nobody_practises_it() -> None:
    assert in_words(60, 4, 1) == "60 minutes, 4 times a week, for 1 week"


# --- Properties ----------------------------------------------------------------------------------

answers = st.fixed_dictionaries(
    {"main_area": st.sampled_from(["low_back", "neck_upper_back"])},
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
screenings = st.builds(
    screened,
    excluded_groups=st.lists(st.sampled_from(GROUPS), unique=True, max_size=6).map(tuple),
    gentle_groups=st.lists(st.sampled_from(GROUPS), unique=True, max_size=6).map(tuple),
    banned_techniques=st.lists(st.sampled_from(sorted(KNOWN.techniques)), max_size=8).map(tuple),
    pressure_ceiling=st.integers(1, 5),
    most_minutes=st.none() | st.integers(30, 90),
    undecided=st.booleans(),
)


@given(answers, screenings)
def test_no_plan_goes_against_its_screening_or_outside_practice(
    known: dict[str, Any], screening: Any
) -> None:
    try:
        plan = plan_for(back(**known), screening)
    except PlanBreaksScreening:
        return
    assert not screening.blocks_booking
    assert not {one.technique_id for one in plan.techniques} & {*screening.banned_techniques}
    assert not {*plan.groups} & {*screening.excluded_groups}
    assert plan.pressure_start <= plan.pressure_ceiling <= screening.pressure_ceiling
    assert 30 <= plan.dose.minutes <= min(90, screening.most_minutes or 90)
    assert 1 <= plan.dose.per_week <= 3
    assert plan.dose.weeks <= 12
    assert len(plan.home_care) <= 3
    assert plan.review_after_visit <= plan.dose.visits
    assert from_dict(to_dict(plan)) == plan


@given(
    screenings,
    st.integers(-5, 120),
    st.integers(-1, 5),
    st.integers(-1, 20),
    st.lists(st.sampled_from(sorted(KNOWN.techniques)), max_size=5, unique=True),
    st.integers(-1, 7),
)
def test_no_change_leads_outside_the_limits(
    screening: Any, minutes: int, per_week: int, weeks: int, techniques: list[str], pressure: int
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
    assert 30 <= plan.dose.minutes <= 90
    assert 1 <= plan.dose.per_week <= 3
    assert 1 <= plan.dose.weeks <= 12
    assert not {one.technique_id for one in plan.techniques} & {*screening.banned_techniques}
