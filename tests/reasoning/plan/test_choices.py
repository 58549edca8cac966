"""What a plan is for, how techniques are ranked, and what goes home: chosen for this person."""

from __future__ import annotations

import pytest

from tests.reasoning.plan.people import CLEAR, TODAY, back, fired, neck, plan_for, screened
from unknot.knowledge import load
from unknot.reasoning.case import Case
from unknot.reasoning.marks import Mark
from unknot.reasoning.plan import (
    Found,
    Plan,
    PlanBreaksScreening,
    PlanHistory,
    PlanImpossible,
    Response,
    candidates,
)
from unknot.reasoning.plan.positions import POSITION_WORDS


def names(plan: Plan) -> list[str]:
    return [choice.technique_id for choice in plan.techniques]


def why_not(plan: Plan, technique: str) -> str:
    return next(one.why for one in plan.ruled_out if one.technique_id == technique)


# --- What the plan is for ------------------------------------------------------------------------


def drawn(*regions: str, kind: str = "ache", **answers: object) -> Case:
    """Somebody with pain somewhere else, drawn in these regions."""
    marks = tuple(Mark(region=region, kind=kind, intensity=5) for region in regions)
    return Case(back(main_area="other", **answers).answers, TODAY, marks)


def test_somewhere_else_gets_a_gentle_plan_for_the_parts_that_were_drawn() -> None:
    plan = plan_for(drawn("elbow_back_left", "forearm_back_left", "upper_belly_left"))
    assert plan.condition_id == "CND-00"
    assert plan.groups == ("elbow", "forearm"), "never the belly"
    assert names(plan) == ["TEC-SWE", "TEC-MFR"]
    assert plan.pressure_ceiling == 3
    assert plan.dose.says == "30 minutes, once a week, for 4 weeks"
    assert plan.dose.fits.startswith("It is a custom")
    assert plan.techniques[0].why.endswith("No trial has compared techniques for this pain.")
    assert "No trial has tested" in plan.dose.found
    assert plan.review_after_visit == 4


@pytest.mark.parametrize(("regions", "kind"), [((), "ache"), (("upper_belly_left",), "ache")])
def test_somewhere_else_needs_a_drawing_it_may_treat(regions: tuple[str, ...], kind: str) -> None:
    with pytest.raises(PlanImpossible, match="Mark on the body chart"):
        plan_for(drawn(*regions, kind=kind))


def test_numbness_alone_is_no_work_for_hands() -> None:
    with pytest.raises(PlanImpossible, match="Mark on the body chart"):
        plan_for(drawn("palm_left", kind="numb"))


def test_a_drawn_part_that_is_left_out_is_not_treated() -> None:
    case = drawn("elbow_back_left", "knee_front_left")
    assert plan_for(case, screened(excluded_groups=("knee",))).groups == ("elbow",)
    with pytest.raises(PlanBreaksScreening, match="leaves out the parts"):
        plan_for(case, screened(excluded_groups=("knee", "elbow")))


def test_an_area_nobody_named_has_no_plan() -> None:
    with pytest.raises(PlanImpossible, match="Say which area"):
        plan_for(back(main_area=None))


@pytest.mark.parametrize("condition_id", sorted(load().conditions))
def test_every_condition_can_be_chosen_and_gives_a_whole_plan(condition_id: str) -> None:
    case = drawn("knee_front_left", "low_back_left")
    plan = plan_for(case, condition_id=condition_id)
    condition = load().conditions[condition_id]
    record = load().doses[condition.dose]
    assert plan.condition_id == condition_id
    assert plan.dose.minutes == record.minutes
    assert plan.pressure_ceiling <= condition.pressure_ceiling
    assert plan.techniques
    assert plan.besides
    assert plan.expect
    assert plan.not_promised
    assert plan.stop_rules
    assert plan.taper[-1].name == "Stop"
    assert 1 <= len(plan.home_care) <= 3
    assert all(item.why for item in plan.home_care)
    assert len(plan.techniques) + len(plan.ruled_out) == 14
    assert all(choice.reasons for choice in plan.techniques)
    untried = ("It would fit too", "Firm work is for people who want it")
    for choice in plan.ruled_out:
        assert choice.rule_ids or choice.why.startswith(untried), choice


def test_a_condition_that_is_not_known_cannot_be_chosen() -> None:
    with pytest.raises(PlanImpossible, match="from the list"):
        plan_for(back(), condition_id="CND-99")


def test_what_a_plan_could_be_for_begins_with_what_the_answers_lead_to() -> None:
    offered = candidates(drawn("palm_left", "forearm_front_left"), CLEAR)
    assert (offered[0].condition_id, offered[0].is_default) == ("CND-00", True)
    assert offered[1].condition_id == "CND-06"
    assert offered[1].is_diagnosis
    assert offered[1].why == "Pain is drawn there: forearm. Only when a clinician has named it."
    assert len(offered) == 16


def test_nothing_is_offered_while_the_screening_allows_no_treatment() -> None:
    assert candidates(back(), screened(undecided=True)) == ()


def test_a_condition_whose_parts_are_all_left_out_is_not_offered() -> None:
    offered = candidates(drawn("knee_front_left"), screened(excluded_groups=("jaw", "knee")))
    assert not {"CND-03", "CND-00"} & {one.condition_id for one in offered}


def test_without_a_main_area_every_condition_is_offered_and_none_is_the_default() -> None:
    assert not any(one.is_default for one in candidates(back(main_area=None), CLEAR))


# --- Ranking -------------------------------------------------------------------------------------


def test_what_eased_here_comes_first_and_what_never_did_is_left_out() -> None:
    past = PlanHistory(
        visits_here=6,
        responses=(
            Response("TEC-MFR", eased=4, unchanged=1),
            Response("TEC-SWE", unchanged=4),
            Response("TEC-ACU", eased=1, worse=1),
        ),
    )
    plan = plan_for(back(), history=past)
    assert names(plan)[0] == "TEC-MFR"
    assert plan.techniques[0].why == "It helped you before."
    assert plan.techniques[0].reasons[0] == "Eased 4 of 5 times here. (+10.0)"
    assert why_not(plan, "TEC-SWE") == "It did not help you before. Eased 0 of 4 times here."
    assert "Eased 1 of 2 times here. (+0.0)" in plan.techniques[1].reasons


def test_a_technique_nobody_here_is_trained_in_goes_last_and_says_so() -> None:
    pregnant = screened(findings=(fired("SR-017"),))
    plan = plan_for(back(), pregnant, skills=frozenset())
    assert "Needs a therapist trained in it (prenatal). (-8.0)" in plan.techniques[0].reasons
    trained = plan_for(back(), pregnant, skills=frozenset({"prenatal"}))
    assert not any("trained" in reason for reason in trained.techniques[0].reasons)


def test_a_ruled_out_technique_names_the_rule() -> None:
    first = fired("SR-005", title="Blood thinners", banned_techniques=("TEC-DTM",))
    second = fired("SR-009", title="Weak bones", banned_techniques=("TEC-DTM", "TEC-CUP"))
    plan = plan_for(back(), screened(findings=(first, second)))
    out = {one.technique_id: one for one in plan.ruled_out}
    assert out["TEC-DTM"].why == "Ruled out by the safety check: Blood thinners."
    assert out["TEC-DTM"].rule_ids == ("SR-005", "SR-009")
    assert out["TEC-CUP"].rule_ids == ("SR-009",)
    limited = plan_for(
        back(pressure_wish=5), screened(findings=(fired("SR-1", pressure_ceiling=2),))
    )
    assert next(one for one in limited.ruled_out if one.technique_id == "TEC-DTM").rule_ids == (
        "SR-1",
    )


def test_a_wish_a_technique_can_meet_counts_a_little() -> None:
    plan = plan_for(back(pressure_wish=2))
    assert "Can be done with the pressure the client likes (2 of 5). (+0.3)" in (
        plan.techniques[0].reasons
    )


def test_firm_work_that_was_tested_for_a_pain_needs_no_wish() -> None:
    plan = plan_for(back(), condition_id="CND-03")
    assert names(plan)[0] == "TEC-TRP"
    assert plan.techniques[0].why.startswith("What was tested for this pain")
    assert plan.dose.minutes == 20


# --- Home care and positions ---------------------------------------------------------------------


def test_home_care_answers_what_was_found() -> None:
    seen = Found(
        short_of_motion=frozenset({"neck"}),
        tender=frozenset({"upper_back"}),
        drawn=frozenset({"shoulder"}),
    )
    plan = plan_for(neck(), found=seen)
    assert [item.id for item in plan.home_care] == ["HC-01", "HC-03", "HC-04"]
    assert plan.home_care[1].why == "You move less far there than before: neck."
    tender = plan_for(neck(), found=Found(tender=frozenset({"upper_back"})))
    assert tender.home_care[1].why == "For what your therapist found: upper back."
    said = plan_for(neck())
    assert said.home_care[0].why == "Advised for this pain."
    where = plan_for(neck(), found=Found(drawn=frozenset({"neck"})))
    assert where.home_care[0].why == "For where it hurts: neck."


@pytest.mark.parametrize(
    ("avoid", "positions"),
    [
        ((), ("long_prone", "flat_supine")),
        (("long_prone",), ("prone", "flat_supine")),
        (("prone",), ("side_lying", "flat_supine")),
        (("prone", "flat_supine"), ("side_lying", "semi_reclined")),
        (("prone", "side_lying", "flat_supine", "semi_reclined"), ()),
    ],
)
def test_a_position_that_is_ruled_out_gives_way_to_another(
    avoid: tuple[str, ...], positions: tuple[str, ...]
) -> None:
    assert plan_for(back(), screened(positions=avoid)).positions == positions
    assert set(positions) <= set(POSITION_WORDS)


def test_a_face_is_not_treated_lying_on_it() -> None:
    assert plan_for(drawn("cheek_left")).positions == ("flat_supine",)


def test_pain_during_a_visit_stays_under_the_cap_of_its_techniques_and_of_the_screening() -> None:
    assert plan_for(back()).pain_cap == 3
    assert plan_for(back(pressure_wish=5)).pain_cap == 5
    assert plan_for(back(pressure_wish=5), screened(pain_cap=2)).pain_cap == 2
