"""A checklist settles what it names, and nothing else: no is said, never assumed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from unknot.knowledge import load
from unknot.knowledge.questions import NONE, UNSURE, Choice, Question
from unknot.reasoning.case import Case
from unknot.reasoning.interview import (
    as_asked,
    next_step,
    said_last,
    sections,
    settle,
    ticks,
    without_closed,
)
from unknot.reasoning.screen import decide

KNOWN = load()
LISTS = [question for question in KNOWN.questions.values() if question.is_checklist]
TODAY = date(2026, 11, 22)


def told(**answers: Any) -> Case:
    return Case(answers, TODAY)


def answer(name: str, *chosen: str, case: Case | None = None) -> dict[str, Any]:
    return settle(KNOWN.questions[name], chosen, case or told(), KNOWN)


def after(name: str, *chosen: str, **answers: Any) -> Case:
    """The case once the whole checklist was answered like this."""
    case = told(**answers)
    return case.with_answers(**{name: chosen}, **answer(name, *chosen, case=case))


def test_none_of_these_is_an_explicit_no_to_each_question() -> None:
    assert answer("check_medicines", NONE) == {
        "anticoagulant": False,
        "steroid_long_term": False,
        "medicines": ("none",),
    }
    assert answer("check_below", NONE)["bladder_change"] == "none"
    assert answer("check_illness", NONE)["decides_for_self"] is True


def test_what_is_left_unticked_beside_a_tick_is_a_no() -> None:
    said = answer("check_medicines", "thinner", "patch", "insulin")
    assert said["anticoagulant"] is True
    assert said["steroid_long_term"] is False
    assert said["medicines"] == ("pain_patch", "insulin")
    assert answer("check_illness", "guardian")["decides_for_self"] is False


def test_a_choice_that_names_several_facts_leaves_the_question_to_be_asked() -> None:
    case = after("check_history", "heart", "veins")
    assert case.answer("heart_and_blood") is None
    assert case.answer("cancer_history") is False
    asked = next(q for s in sections(case) for q in s.questions if q.id == "heart_and_blood")
    assert asked.choice_ids == (
        "none", "heart_failure_worse", "heart_stable", "heart_event", "aneurysm", "varicose_veins",
    )  # fmt: skip


def test_two_answers_where_one_is_possible_are_asked_apart() -> None:
    case = after("check_below", "cannot_pass", "leaking")
    assert case.answer("bladder_change") is None
    asked = next(q for s in sections(case) for q in s.questions if q.id == "bladder_change")
    assert set(asked.choice_ids) == {"none", "cannot_pass", "leaking"}


def test_what_somebody_began_to_tell_is_asked_next() -> None:
    case = after("check_nerves", "numb", age_years=51, sex="male", main_area="low_back")
    step = next_step(case.with_answers(leg_pain="none"), answered={"marks"})
    assert step is not None
    assert step.screen.id == "numb_areas"


def test_not_sure_leaves_open_what_was_not_ticked_and_asks_it_by_itself() -> None:
    case = after("check_medicines", "thinner", UNSURE)
    assert case.answer("anticoagulant") is True
    assert case.answer("steroid_long_term") is None
    assert case.answer("medicines") is None
    asked = {q.id: q for s in sections(case) for q in s.questions}
    assert "steroid_long_term" in asked
    assert asked["medicines"].choice_ids == KNOWN.questions["medicines"].choice_ids
    assert "steroid_long_term" in decide(case).missing


def test_an_answer_that_agrees_with_the_ticks_is_kept() -> None:
    before = told(heart_and_blood=("heart_stable",))
    assert answer("check_history", "heart", case=before)["heart_and_blood"] == ("heart_stable",)
    assert answer("check_history", NONE, case=before)["heart_and_blood"] == ("none",)
    assert answer("check_history", "heart", "blood", case=before)["heart_and_blood"] is None
    assert answer("check_history", "blood", case=before)["heart_and_blood"] is None


@pytest.mark.parametrize("checklist", LISTS, ids=lambda item: item.id)
def test_the_ticks_that_answers_stand_for_lead_back_to_the_same_answers(
    checklist: Question,
) -> None:
    for choice in checklist.choices:
        chosen = (choice.id,) if choice.id != UNSURE else (NONE,)
        said = {
            key: value
            for key, value in settle(checklist, chosen, told(), KNOWN).items()
            if value is not None
        }
        found = ticks(checklist, told(**said))
        assert found in (chosen, None)
        assert found is not None or len(choice.settles) > 1


def test_the_ticks_are_not_known_while_an_answer_is_missing() -> None:
    medicines = KNOWN.questions["check_medicines"]
    assert ticks(medicines, told(anticoagulant=True)) is None
    assert said_last(medicines, told(check_medicines=("thinner",))) == ("thinner",)
    assert said_last(KNOWN.questions["fever"], told(fever=True)) is True


def test_only_choices_that_can_matter_are_shown() -> None:
    def shown(name: str, **answers: Any) -> tuple[str, ...]:
        found = {q.id: q for s in sections(told(**answers)) for q in s.questions}
        return found[name].choice_ids if name in found else ()

    assert "sex" not in shown("check_below", main_area="neck_upper_back")
    assert "period" not in shown("check_belly", sex="male", main_area="low_back")
    assert "period" in shown("check_belly", sex="female", main_area="low_back")
    assert shown("check_birth", sex="male") == ()


def test_a_correction_that_opens_a_fact_asks_the_checklist_again() -> None:
    """What was never shown is never taken for a no, whatever was ticked around it."""
    person = {"age_years": 41, "sex": "female", "main_area": "neck_upper_back"}
    shown = next(q for s in sections(told(**person)) for q in s.questions if q.id == "check_belly")
    case = told(**person)
    case = case.with_answers(check_belly=(NONE,), **settle(shown, (NONE,), case, KNOWN))
    assert case.answer("organ_pain") == ("none",)
    moved = without_closed(case.with_answers(main_area="low_back"))
    assert "belly_signs" not in moved.answers
    assert "belly_signs" in decide(moved).missing


def test_missing_answers_of_one_checklist_are_asked_on_it() -> None:
    case = told(age_years=51, sex="male", main_area="low_back")
    found = as_asked(("fever", "night_pain", "onset", "skin"), case)
    assert [question.id for question in found] == ["check_general", "onset", "skin"]
    assert set(found[0].members) == {"fever", "night_pain"}
    unsure = case.with_answers(check_general=(UNSURE,))
    assert [q.id for q in as_asked(("fever", "night_pain"), unsure)] == ["fever", "night_pain"]


def test_no_screen_asks_for_more_than_eight_things_at_once() -> None:
    for checklist in LISTS:
        assert len([choice for choice in checklist.choices if choice.settles]) <= 8, checklist.id


def test_a_checklist_stands_in_the_section_of_its_questions_and_before_them() -> None:
    order = list(KNOWN.questions)
    for checklist in LISTS:
        for name in checklist.members:
            assert KNOWN.questions[name].section == checklist.section
            assert order.index(name) > order.index(checklist.id)


def _problems(**changes: Any) -> list[str]:
    broken = replace(KNOWN.questions["check_medicines"], **changes)
    return [problem.what for problem in broken.problems(KNOWN)]


def _choices(*settles: str) -> tuple[Choice, ...]:
    named = [Choice(id=f"c{n}", text="x", settles=(fact,)) for n, fact in enumerate(settles)]
    return (Choice(id=NONE, text="None"), *named)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"kind": "choice"}, "is not a list one can answer with none"),
        ({"choices": _choices("nothing")}, "settles nothing, which is no question"),
        ({"choices": _choices("fever:maybe")}, "fever is yes or no"),
        ({"choices": _choices("cancer_details:bone")}, 'cancer_details has no choice "none"'),
        ({"choices": _choices("skin:wound")}, "does not name every choice of skin once"),
    ],
)
def test_a_checklist_that_would_leave_a_fact_unsaid_is_refused(
    changes: dict[str, Any], what: str
) -> None:
    assert what in _problems(**changes)
    assert _problems() == []


def test_painkillers_for_a_headache_that_has_not_changed_are_asked_of_everybody() -> None:
    case = after("check_head_neck", "painkillers", main_area="neck_upper_back")
    assert case.answer("head_neck_signs") == ("painkillers_often",)
    assert case.answer("headache_kind") is None
    finding = decide(case).finding("RF-HEAD-09")
    assert finding is not None
    assert (finding.state, finding.urgency) == ("fired", "gp_soon")
