"""The people this was built for, from their answers through the screening to the plan."""

from __future__ import annotations

from datetime import date

import pytest

from tests.reasoning.plan.people import otherwise_well, plan_for
from unknot.reasoning.plan import PlanBreaksScreening
from unknot.reasoning.screen import decide

MAN = {
    "age_years": 51,
    "sex": "male",
    "main_area": "low_back",
    "pain_weeks": 104,
    "pain_average": 5,
    "leg_pain": "none",
    "onset": "gradual",
    "numb_areas": ("none",),
}
TYPIST = {
    "age_years": 44,
    "sex": "female",
    "main_area": "neck_upper_back",
    "pain_weeks": 150,
    "pain_average": 5,
    "arm_pain": "none",
    "onset": "gradual",
    "numb_areas": ("little_fingers_both",),
    "numb_since": "months",
    "typing_hours_per_day": 11,
    "tried_before": ("massage",),
    "massage_before_weeks": 104,
    "massage_before_helped": "a_little",
}
CAUDA = {
    "age_years": 38,
    "sex": "female",
    "main_area": "low_back",
    "pain_weeks": 2,
    "saddle_numb": True,
    "bladder_change": "cannot_pass",
}


def test_the_man_of_51_proceeds_to_a_weekly_hour_for_ten_weeks_beside_exercise() -> None:
    case = otherwise_well(**MAN)
    screening = decide(case)
    assert screening.disposition == "proceed"
    plan = plan_for(case, screening)
    assert plan.dose.says == "60 minutes, once a week, for 10 weeks"
    assert plan.dose.source == "CHE11"
    assert plan.review_on == (date(2026, 12, 21), date(2027, 2, 1))
    assert "exercise" in plan.besides[0]
    assert plan.not_promised


def test_the_typist_gets_no_plan_before_a_clinician_has_looked() -> None:
    case = otherwise_well(**TYPIST)
    with pytest.raises(PlanBreaksScreening):
        plan_for(case, decide(case))


def test_the_typist_once_cleared_gets_a_plan_for_neck_and_upper_back() -> None:
    case = otherwise_well(**TYPIST)
    blocking = tuple(
        rule
        for finding in decide(case).findings
        if finding.disposition in ("medical_clearance", "total_contraindication")
        for rule in (finding.rule_id, *finding.also)
    )
    cleared = otherwise_well(
        **TYPIST, cleared_by_clinician=tuple(dict.fromkeys(blocking)), cleared_on=case.as_of
    )
    plan = plan_for(cleared, decide(cleared))
    assert plan.condition_id == "CND-02"
    assert {"neck", "upper_back"} <= set(plan.groups)
    assert plan.dose.source == "SHE14"
    assert plan.check_ins[0] == "hours of typing"
    assert "2 years" in plan.history_note


def test_the_woman_with_an_emergency_gets_no_plan() -> None:
    case = otherwise_well(**CAUDA)
    screening = decide(case)
    assert screening.is_emergency
    with pytest.raises(PlanBreaksScreening):
        plan_for(case, screening)
