"""Plans: the dose from the trial that fits, nothing the screening forbids, nothing promised."""

from __future__ import annotations

from datetime import date

import pytest

from tests.reasoning.plan.people import TODAY, back, fired, neck, plan_for, screened
from unknot.knowledge import load
from unknot.reasoning.plan import (
    Limits,
    Plan,
    PlanBreaksScreening,
    PlanHistory,
)
from unknot.reasoning.plan.techniques import Person, Setting, choose
from unknot.reasoning.scale import Disposition


def names(plan: Plan) -> list[str]:
    return [choice.technique_id for choice in plan.techniques]


def why_not(plan: Plan, technique: str) -> str:
    return next(one.why for one in plan.ruled_out if one.technique_id == technique)


# --- The dose ------------------------------------------------------------------------------------


def test_two_years_of_low_back_pain_get_an_hour_a_week_for_ten_weeks() -> None:
    plan = plan_for(back())
    assert plan.dose.says == "60 minutes, once a week, for 10 weeks"
    assert (plan.dose.visits, plan.dose.source, plan.dose.dose_id) == (10, "CHE11", "DOS-CHE11")
    assert plan.dose.certain
    assert "401 people" in plan.dose.found
    assert "2 years" in plan.dose.fits


def test_it_is_reviewed_at_week_four_and_at_week_ten() -> None:
    plan = plan_for(back())
    assert plan.review_after_visit == 4
    assert plan.review_on == (date(2026, 12, 21), date(2027, 2, 1))


def test_it_stands_beside_exercise_and_promises_nothing_the_trial_does_not() -> None:
    plan = plan_for(back())
    assert "exercise" in plan.besides[0]
    assert plan.home_care[0].name == "Walk"
    assert plan.not_promised[0].startswith("At one year only a small gain")
    assert any("not a cure" in limit for limit in plan.not_promised)
    assert not any("neck" in limit.lower() for limit in plan.not_promised)
    assert plan.sources[0] == "CHE11"


@pytest.mark.parametrize("case", [back(), neck(), back(pain_weeks=2)])
def test_every_expectation_begins_with_how_sure_we_are(case: object) -> None:
    words = {"Very likely", "Likely", "About as likely as not", "Unlikely"}
    for line in plan_for(case).expect:  # type: ignore[arg-type]
        assert line.split(":")[0] in words


def test_long_lasting_neck_pain_gets_two_hours_a_week_for_four_weeks() -> None:
    plan = plan_for(neck())
    assert plan.dose.says == "60 minutes, twice a week, for 4 weeks"
    assert plan.dose.source == "SHE14"
    assert plan.review_after_visit == 8
    assert plan.taper[0].name == "Once a week"
    assert plan.taper[0].visits_high == 6, "the booster trial gave six"
    assert "probably little or no better than a pretend treatment" in " ".join(plan.not_promised)


@pytest.mark.parametrize("weeks", [2, 12, None])
def test_new_pain_gets_a_short_course_that_says_no_trial_fits(weeks: int | None) -> None:
    plan = plan_for(back(pain_weeks=weeks))
    assert plan.dose.dose_id == "DOS-SHORT"
    assert (plan.dose.visits, plan.review_weeks) == (4, (4,))
    assert not plan.dose.certain
    assert "No trial of a whole course fits" in plan.dose.found
    assert plan.expect[0] == "Likely: some ease on the day of a visit."


def test_three_months_count_as_long_lasting() -> None:
    assert plan_for(back(pain_weeks=13)).dose.dose_id == "DOS-CHE11"


@pytest.mark.parametrize(("age", "said"), [(51, 0), (65, 0), (66, 1), (19, 1), (None, 0)])
def test_an_age_the_trial_did_not_take_is_said(age: int | None, said: int) -> None:
    assert len(plan_for(back(age_years=age)).cautions) == said


def test_a_weekly_course_tapers_to_every_other_week_then_monthly_then_stops() -> None:
    steps = [step.name for step in plan_for(back()).taper]
    assert steps == ["Every other week", "Once a month", "Stop"]


def test_a_tested_course_without_boosters_tapers_through_once_a_week() -> None:
    from unknot.reasoning.plan.dose import taper

    known = load()
    steps = taper(known.conditions["CND-04"], known.doses["DOS-MOR15"], known)
    assert (steps[0].name, steps[0].visits_high) == ("Once a week", 4)


def test_the_cost_of_the_whole_course_and_of_finding_out_are_said() -> None:
    plan = plan_for(back())
    assert plan.cost_cents == 90_000
    assert plan.cost_cents_to_review == 36_000


def test_the_stop_rules_say_when_to_change_and_when_to_end() -> None:
    rules = [rule.rule_id for rule in plan_for(back()).stop_rules]
    assert rules == ["STP-02", "STP-03", "STP-04", "STP-05", "STP-06"]


# --- What the screening forbids ------------------------------------------------------------------


@pytest.mark.parametrize(
    "disposition", [Disposition.TOTAL_CONTRAINDICATION, Disposition.MEDICAL_CLEARANCE]
)
def test_no_plan_is_made_while_massage_is_not_allowed(disposition: Disposition) -> None:
    with pytest.raises(PlanBreaksScreening, match="does not allow massage now"):
        plan_for(back(), screened(disposition=disposition))


def test_no_plan_is_made_while_a_safety_question_is_open() -> None:
    with pytest.raises(PlanBreaksScreening, match="Ask them first"):
        plan_for(
            back(),
            screened(
                undecided=True,
                missing=("fever",),
                disposition=Disposition.MEDICAL_CLEARANCE,
            ),
        )


def test_an_excluded_part_of_the_body_is_left_out() -> None:
    plan = plan_for(back(), screened(excluded_groups=("hip", "foot")))
    assert "hip" not in plan.groups
    assert plan.excluded_groups == ("hip", "foot")


def test_no_plan_is_left_when_its_core_is_excluded() -> None:
    with pytest.raises(PlanBreaksScreening, match="leaves out the parts"):
        plan_for(back(), screened(excluded_groups=("low_back", "buttock")))


def test_a_banned_technique_is_ruled_out_with_the_finding_that_bans_it() -> None:
    finding = fired("SR-005", title="You take a blood thinner", banned_techniques=("TEC-DTM",))
    bans = screened(findings=(finding,), banned_techniques=("TEC-DTM", "TEC-TRP"))
    plan = plan_for(back(pressure_wish=5), bans)
    assert "TEC-DTM" not in names(plan)
    assert why_not(plan, "TEC-DTM") == "Ruled out by the safety check: You take a blood thinner."
    assert why_not(plan, "TEC-TRP") == "Ruled out by the safety check."
    assert plan.ruled_out[0].technique_id == "TEC-DTM", "what safety forbids comes first"


def test_a_finding_that_only_might_fire_names_no_ban() -> None:
    maybe = fired("SR-005", state="unknown", banned_techniques=("TEC-DTM",))
    assert "TEC-DTM" in names(plan_for(back(pressure_wish=5), screened(findings=(maybe,))))


def test_no_plan_is_left_when_every_technique_is_banned() -> None:
    bans = ("TEC-SWE", "TEC-DTM", "TEC-MFR", "TEC-ACU")
    with pytest.raises(PlanBreaksScreening, match="Every technique"):
        plan_for(back(), screened(banned_techniques=bans))


def test_a_pressure_ceiling_rules_out_what_needs_more() -> None:
    plan = plan_for(back(pressure_wish=5), screened(pressure_ceiling=2))
    assert plan.pressure_ceiling == 2
    assert plan.pressure_start <= 2
    assert why_not(plan, "TEC-DTM") == "Needs pressure 3; the limit is 2."


def test_gentle_parts_keep_the_ceiling_low_only_if_nothing_else_is_treated() -> None:
    some = plan_for(back(), screened(gentle_groups=("low_back",)))
    every = plan_for(back(), screened(gentle_groups=("low_back", "buttock", "hip", "upper_back")))
    assert (some.pressure_ceiling, every.pressure_ceiling) == (5, 2)


def test_a_visit_is_no_longer_than_the_screening_allows() -> None:
    plan = plan_for(back(), screened(most_minutes=30))
    assert plan.dose.minutes == 30
    assert plan.dose.says.startswith("30 minutes")


def test_home_care_a_rule_forbids_is_not_given() -> None:
    known = load()
    plan = plan_for(neck(), screened(findings=(fired("SR-000", also=("SR-034", "SR-009")),)))
    for item in plan.home_care:
        assert not {"SR-034", "SR-009"}.intersection(known.home_care[item.id].not_with)
    no_neck = plan_for(neck(), screened(excluded_groups=("neck",)))
    assert "Chin nods" not in [item.name for item in no_neck.home_care]


# --- The person ----------------------------------------------------------------------------------


def test_a_first_visit_begins_with_the_best_tested_technique() -> None:
    plan = plan_for(back(pressure_wish=5))
    assert names(plan)[:2] == ["TEC-SWE", "TEC-DTM"]
    assert plan.pressure_start == 3
    assert "to begin with" in plan.techniques[0].why
    assert "equally well" in plan.techniques[1].why


def test_after_the_first_visit_a_wish_for_firm_work_comes_first() -> None:
    plan = plan_for(back(), wish_pressure=5, history=PlanHistory(visits_here=3))
    assert names(plan)[0] == "TEC-DTM"
    assert plan.pressure_start == 5
    assert plan.techniques[1].why == "It fits this part of the body and is gentle."


def test_firm_work_is_for_those_who_want_it() -> None:
    assert "has not been shown to work better" in why_not(plan_for(back()), "TEC-DTM")


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"pain_now": 8}, "while the pain is strong"),
        ({"pain_average": 7}, "while the pain is strong"),
        ({"age_years": 75}, "from the age of 75"),
    ],
)
def test_light_work_comes_first_for_somebody_sensitive(
    answers: dict[str, int], words: str
) -> None:
    plan = plan_for(back(pressure_wish=5, **answers))
    assert why_not(plan, "TEC-DTM") == f"Too firm {words}."
    assert plan.techniques[0].why == f"Light work comes first {words}."
    assert plan.pressure_start == 2


def test_what_helped_before_comes_first_and_what_did_not_is_left_out() -> None:
    past = PlanHistory(visits_here=4, helped_by=("TEC-MFR",), not_helped_by=("TEC-SWE",))
    plan = plan_for(back(), history=past)
    assert names(plan)[0] == "TEC-MFR"
    assert plan.techniques[0].why == "It helped you before."
    assert why_not(plan, "TEC-SWE") == "It did not help you before."


def test_three_techniques_are_enough() -> None:
    plan = plan_for(back(pressure_wish=4))
    assert len(plan.techniques) == 3
    assert "three are enough" in why_not(plan, "TEC-ACU")


def test_every_technique_is_either_chosen_or_ruled_out_with_a_reason() -> None:
    plan = plan_for(neck())
    assert len(plan.techniques) + len(plan.ruled_out) == 14
    assert all(choice.why for choice in (*plan.techniques, *plan.ruled_out))
    assert why_not(plan, "TEC-PRE") == "Meant for other needs, by somebody trained for them."
    assert why_not(plan, "TEC-CHA") == "No trial supports it for this pain."
    assert why_not(plan_for(back()), "TEC-MLD") == "Meant for other parts of the body."


def test_widespread_tenderness_makes_it_another_plan() -> None:
    plan = plan_for(back(pressure_wish=5), screened(findings=(fired("SR-066"),)))
    assert plan.condition_id == "CND-12"
    assert plan.pressure_ceiling == 2
    assert plan.dose.minutes == 30
    assert why_not(plan, "TEC-DTM").startswith("Needs pressure 3")
    assert plan.techniques[0].why == "Light work comes first while much of the body is tender."


def test_what_a_clinician_cleared_still_shapes_the_plan() -> None:
    plan = plan_for(back(), screened(findings=(fired("SR-066", state="cleared"),)))
    assert plan.condition_id == "CND-12"


def test_a_technique_advised_against_says_so() -> None:
    known = load()
    _, out = choose(Setting(known.conditions["CND-10"], ("knee",), Limits(), Person()), known)
    reasons = {one.technique_id: one.why for one in out}
    assert reasons["TEC-ORT"] == "Advised against for this pain."


def test_pregnancy_makes_it_a_plan_for_somebody_trained_in_it() -> None:
    plan = plan_for(back(), screened(findings=(fired("SR-017"),), pressure_ceiling=3))
    assert plan.condition_id == "CND-15"
    assert plan.needs_skills == ("prenatal",)
    assert plan.techniques[0].why == "Light work comes first in pregnancy."
    assert plan.dose.fits == "This is the regimen that was tested for this pain."
    assert plan.cautions == (
        "Kept from memory and not yet checked: weeks and minutes in the trials.",
    )


def test_the_goals_are_in_the_persons_own_words() -> None:
    said = back(activities="carry my daughter\n\n sit through a film ", goals="Sleep again")
    assert plan_for(said).goals == ("carry my daughter", "sit through a film", "Sleep again")
    assert plan_for(back(activities=("swim",))).goals == ("swim",)
    assert plan_for(back()).goals == ()


# --- The typist ----------------------------------------------------------------------------------

TYPIST = {"typing_hours_per_day": 11, "massage_before_weeks": 104, "pain_weeks": 150}


def test_two_failed_years_of_weekly_massage_are_said_and_not_repeated() -> None:
    plan = plan_for(neck(**TYPIST, massage_before_helped="a_little"))
    assert plan.dose.says == "60 minutes, twice a week, for 4 weeks"
    assert plan.history_note.startswith("Massage elsewhere for 2 years with little help.")
    assert "not more of the same" in plan.history_tell


def test_her_workload_is_in_the_plan_and_in_the_check_ins() -> None:
    plan = plan_for(neck(**TYPIST, lifting_hours_per_day=5))
    assert plan.check_ins[0] == "hours of typing"
    assert "11 hours of typing a day" in plan.besides[-1]
    assert any("If the work that loads you stays the same" in one for one in plan.not_promised)


@pytest.mark.parametrize("hours", [None, 3.5])
def test_a_light_day_is_not_made_a_topic(hours: float | None) -> None:
    plan = plan_for(neck(typing_hours_per_day=hours))
    assert plan.check_ins[0] == "sleep"
    assert not any("hours of" in line for line in plan.besides)


@pytest.mark.parametrize(
    ("weeks", "helped", "note"),
    [
        (104, "no", "Massage elsewhere for 2 years with no help."),
        (6, "a_little", "Massage elsewhere for 6 weeks with little help."),
        (4, "no", ""),  # too short to tell
        (104, "yes", ""),
        (None, None, ""),
    ],
)
def test_only_a_course_long_enough_to_tell_counts_as_failed(
    weeks: int | None, helped: str | None, note: str
) -> None:
    plan = plan_for(neck(massage_before_weeks=weeks, massage_before_helped=helped))
    assert plan.history_note.startswith(note)
    assert bool(plan.history_note) == bool(note) == bool(plan.history_tell)


def test_a_plan_says_the_version_of_the_knowledge_it_rests_on() -> None:
    plan = plan_for(back())
    assert plan.knowledge_version == load().version
    assert plan.starts_on == TODAY
