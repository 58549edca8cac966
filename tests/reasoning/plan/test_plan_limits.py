"""A forbidden plan cannot exist: not proposed, not adjusted, not read from store."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.reasoning.plan.people import CLEAR, TODAY, back, fired, neck, plan_for, screened
from unknot.knowledge import load
from unknot.reasoning.plan import (
    Limits,
    PlanBreaksScreening,
    PlanOutOfBounds,
    adjust,
    from_dict,
    home_options,
    options,
    to_dict,
    weeks_of,
)
from unknot.reasoning.plan.calendar import visit_days
from unknot.reasoning.plan.checks import safety_faults, shortest
from unknot.reasoning.plan.dose import in_words
from unknot.reasoning.plan.model import choice, home_item
from unknot.reasoning.scale import Disposition, Urgency

KNOWN = load()


# --- Construction --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        ({"disposition": Disposition.MEDICAL_CLEARANCE}, "does not allow massage now"),
        ({"disposition": Disposition.TOTAL_CONTRAINDICATION}, "does not allow massage now"),
        ({"undecided": True}, "still open"),
        ({"missing": ("fever",)}, "still open"),
        (
            {
                "so_far": Disposition.MEDICAL_CLEARANCE,
                "urgency": Urgency.GP_SOON,
                "undecided": True,
            },
            "A clinician has to agree first",
        ),
        ({"so_far": Disposition.MEDICAL_CLEARANCE}, "Somebody has to agree first"),
        (
            {
                "disposition": Disposition.TOTAL_CONTRAINDICATION,
                "so_far": Disposition.TOTAL_CONTRAINDICATION,
                "undecided": True,
            },
            "does not allow massage now",
        ),
        ({"banned_techniques": ("TEC-SWE",)}, "Relaxation massage is ruled out"),
        ({"excluded_groups": ("low_back",)}, "leaves out this part of the body: low back"),
        ({"pressure_ceiling": 2}, "allows pressure up to 2"),
        ({"gentle_groups": ("low_back", "buttock", "hip", "upper_back")}, "pressure up to 2"),
        ({"pain_cap": 2}, "allows pain up to 2 of 10"),
        ({"positions": ("long_prone",)}, "rules out this position: long prone"),
        ({"most_minutes": 45}, "up to 45 minutes"),
        ({"as_of": TODAY - timedelta(days=36)}, "more than 5 weeks older"),
        ({"findings": (fired("SR-034"),)}, "Warmth is ruled out"),
        ({"findings": (fired("SR-002", banned_techniques=("TEC-SWE",)),)}, "Relaxation massage"),
        ({"findings": (fired("SR-002", excluded_groups=("buttock",)),)}, "buttock"),
        ({"findings": (fired("SR-002", pressure_ceiling=1),)}, "pressure up to 1"),
        ({"findings": (fired("SR-002", disposition=Disposition.MEDICAL_CLEARANCE),)}, "not allow"),
    ],
)
def test_a_plan_against_its_screening_cannot_be_built(limits: dict[str, Any], says: str) -> None:
    plan = adjust(plan_for(back()), home_care_ids=("HC-06", "HC-23"))
    forbids = screened(**limits)
    with pytest.raises(PlanBreaksScreening, match=says) as refused:
        replace(plan, screening=forbids)
    assert refused.value.reason in str(refused.value)
    with pytest.raises(PlanBreaksScreening, match=says):
        from_dict(to_dict(plan), forbids)
    assert list(safety_faults(plan, Limits.of(forbids))), "a later screening finds the same"


def test_limits_that_rest_on_no_screening_allow_no_plan() -> None:
    faults = list(safety_faults(plan_for(back()), Limits()))
    assert [fault.says for fault in faults] == ["There is no safety check to rest on."]


def test_a_screening_laxer_than_its_own_findings_allows_no_more_than_they_do() -> None:
    strict = fired("SR-013", pressure_ceiling=2, pain_cap=3, most_minutes=30, positions=("prone",))
    forged = screened(findings=(strict,), pressure_ceiling=5, pain_cap=5)
    limits = Limits.of(forged)
    assert (limits.pressure_ceiling, limits.pain_cap, limits.most_minutes) == (2, 3, 30)
    assert limits.positions_to_avoid == ("prone",)
    assert Limits.of(screened(findings=(replace(strict, state="set_aside"),))) == replace(
        Limits.of(screened()), rules=()
    )


@pytest.mark.parametrize(
    "lie",
    [
        {"techniques": "pressure"},
        {"techniques": "unknown"},
        {"home_care": "not_with"},
        {"home_care": "unknown"},
    ],
)
def test_a_part_of_a_plan_that_lies_about_itself_is_held_against_its_record(
    lie: dict[str, str],
) -> None:
    plan = plan_for(back(), screened(pressure_ceiling=2, findings=(fired("SR-034"),)))
    deep, warmth = KNOWN.techniques["TEC-DTM"], KNOWN.home_care["HC-23"]
    changes: dict[str, Any] = {
        "pressure": {"techniques": (replace(choice(deep, "x"), least_pressure=1),)},
        "unknown": {"techniques": (replace(choice(deep, "x"), technique_id="TEC-XYZ"),)},
        "not_with": {"home_care": (replace(home_item(warmth), not_with=()),)},
    }
    if lie == {"home_care": "unknown"}:
        change: dict[str, Any] = {"home_care": (replace(home_item(warmth), id="HC-99"),)}
    else:
        change = changes[next(iter(lie.values()))]
    with pytest.raises(PlanBreaksScreening):
        replace(plan, **change)


def test_nobody_rolls_a_part_of_the_body_that_is_left_out() -> None:
    plan = plan_for(neck())
    roller = home_item(KNOWN.home_care["HC-20"])
    assert replace(plan, home_care=(roller,)).home_care == (roller,)
    with pytest.raises(PlanBreaksScreening, match="ruled out"):
        replace(plan, home_care=(roller,), screening=screened(excluded_groups=("thigh",)))


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
    screening = screened(excluded_groups=("foot",), banned_techniques=("TEC-CUP",))
    plan = plan_for(case, screening)
    assert from_dict(json.loads(json.dumps(to_dict(plan))), screening) == plan


def test_a_plan_written_out_whole_needs_nothing_else_to_be_read() -> None:
    plan = plan_for(back(), screened(banned_techniques=("TEC-CUP",)))
    assert from_dict(json.loads(json.dumps(to_dict(plan, whole=True)))) == plan
    with pytest.raises(PlanBreaksScreening, match="no safety check to rest on"):
        from_dict(to_dict(plan))


def test_a_snapshot_also_says_what_later_stages_ask() -> None:
    content = to_dict(plan_for(back()))
    assert content["review_after_visit"] == 4
    assert content["review_on"] == ["2026-12-21", "2027-02-01"]
    assert content["cost_cents"] == 90_000
    assert content["skills"] == []


def test_another_schema_is_not_read() -> None:
    with pytest.raises(ValueError, match="unknot-plan-2"):
        from_dict({**to_dict(plan_for(back())), "schema": "unknot-plan-0"}, CLEAR)


def test_a_stored_plan_that_was_tampered_with_is_refused() -> None:
    screening = screened(banned_techniques=("TEC-DTM",))
    content = to_dict(plan_for(back(), screening))
    content["techniques"][0]["technique_id"] = "TEC-DTM"
    content["limits"] = {"banned_techniques": []}  # nothing a plan says of its own limits counts
    with pytest.raises(PlanBreaksScreening, match="Deep tissue"):
        from_dict(content, screening)


@pytest.mark.parametrize(
    ("tested", "allowed", "least"), [(30, None, 30), (15, None, 15), (30, 20, 20), (1, None, 10)]
)
def test_a_visit_is_shorter_than_half_an_hour_only_where_that_was_tested_or_demanded(
    tested: int, allowed: int | None, least: int
) -> None:
    assert shortest(tested, allowed) == least


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
