"""Only what can matter is asked, in order, and what was not answered stays unknown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from unknot.knowledge import load
from unknot.reasoning.case import Case
from unknot.reasoning.interview import (
    asks,
    intake_minutes,
    is_left,
    minutes_left,
    next_step,
    ready,
    rescreen_questions,
    sections,
    settled,
    without_closed,
)
from unknot.reasoning.marks import Mark

TODAY = date(2026, 11, 22)
A_MARK = Mark("low_back_right", "ache", 5, "back", "client", (), "")


def told(**answers: object) -> Case:
    return Case(answers, TODAY)  # type: ignore[arg-type]


def asked(case: Case) -> set[str]:
    """What may be asked, by itself or on a checklist."""
    shown = [question for section in sections(case) for question in section.questions]
    return {name for question in shown for name in (question.id, *question.members)}


def test_it_begins_with_the_person_and_ends_with_the_wishes() -> None:
    names = [section.id for section in sections(told())]
    assert names[0] == "about_you"
    assert names[-1] == "wishes"


def test_it_never_asks_a_client_what_staff_record() -> None:
    assert not {"cleared_by_clinician", "cleared_on"} & asked(told())


@pytest.mark.parametrize(
    ("answers", "question"),
    [
        ({"sex": "male"}, "pregnant"),
        ({"sex": "female", "age_years": 70}, "pregnant"),
        ({"sex": "female", "age_years": 30, "pregnant": False}, "gestation_weeks"),
        ({"main_area": "neck_upper_back"}, "belly_signs"),
        ({"main_area": "low_back"}, "arm_pain"),
        ({"numb_areas": ("none",)}, "numb_since"),
        ({"cancer_history": False}, "cancer_details"),
        ({"anticoagulant": False}, "anticoagulant_unstable"),
        ({"tried_before": ("exercise",)}, "massage_before_weeks"),
        ({"sex": "male", "heart_and_blood": ("none",)}, "bp_known"),
        ({"sex": "male", "heart_and_blood": ("none",)}, "bp_systolic"),
        ({"sex": "male"}, "check_birth"),
        (
            {"anticoagulant": False, "steroid_long_term": False, "medicines": ("none",)},
            "medicine_names",
        ),
        ({"medicines": ("none",)}, "medicine_kinds"),
        ({"medicine_names": "warfarin"}, "medicine_kinds"),
    ],
)
def test_it_leaves_out_what_cannot_matter(answers: dict[str, object], question: str) -> None:
    assert question not in asked(told(**answers))
    assert asks(load().questions[question], told(**answers)) is False


@pytest.mark.parametrize(
    ("answers", "question"),
    [
        ({"sex": "female", "age_years": 30}, "pregnant"),
        ({"sex": "other", "age_years": 30}, "pregnant"),
        ({"main_area": "low_back"}, "belly_signs"),
        ({"numb_areas": ("hands_both",)}, "numb_since"),
        ({"tried_before": ("exercise", "massage")}, "massage_before_helped"),
        ({"sex": "male", "heart_and_blood": ("high_blood_pressure",)}, "bp_known"),
        ({"pregnant": True, "heart_and_blood": ("none",)}, "bp_known"),
    ],
)
def test_it_asks_what_an_answer_opens(answers: dict[str, object], question: str) -> None:
    assert question in asked(told(**answers))


def test_it_keeps_asking_when_the_answer_before_is_not_known() -> None:
    assert "pregnant" in asked(told(age_years=30))
    assert asks(load().questions["pregnant"], told(age_years=30)) is None


def test_a_question_left_out_counts_as_no_and_one_unanswered_as_unknown() -> None:
    answers = settled(told(sex="male", age_years=51, main_area="low_back"))
    assert answers["pregnant"] is False
    assert answers["arm_pain"] == ()
    assert "bladder_change" not in answers


def test_an_answer_given_stands_even_where_it_would_not_be_asked() -> None:
    assert settled(told(sex="male", pregnant=True))["pregnant"] is True


def test_questions_that_are_one_thought_share_a_screen() -> None:
    first = sections(told())[0]
    assert [[q.id for q in screen.questions] for screen in first.screens] == [["age_years", "sex"]]


def test_every_screen_has_a_heading() -> None:
    screens = [screen for section in sections(told()) for screen in section.screens]
    assert all(screen.title for screen in screens)
    assert screens[0].title == "About you"
    assert next(s for s in screens if s.id == "beginning").title == "How it began"


def next_screen(case: Case, answered: frozenset[str] = frozenset()) -> str:
    step = next_step(case, answered=answered)
    assert step is not None
    return step.screen.id


def test_a_mark_answers_where_it_hurts() -> None:
    case = Case(answers={"age_years": 51, "sex": "male"}, marks=(A_MARK,), as_of=TODAY)
    assert next_screen(case) == "main_area"


def test_not_sure_counts_as_dealt_with_but_stays_unknown() -> None:
    case = told(age_years=51, sex="male")
    assert next_screen(case, frozenset({"marks"})) == "main_area"
    assert "marks" not in settled(case)


def test_a_screen_with_one_answer_missing_comes_again() -> None:
    assert next_screen(told(age_years=51)) == "person"


def test_a_whole_section_asks_a_follow_up_only_after_what_opens_it() -> None:
    def names(case: Case, answered: frozenset[str] = frozenset()) -> set[str]:
        section = next(item for item in sections(case) if item.id == "medicines")
        return {question.id for question in ready(section, case, answered=answered)}

    assert "anticoagulant_unstable" not in names(told())
    assert "anticoagulant_unstable" in names(told(anticoagulant=True))
    assert "anticoagulant_unstable" in names(told(), frozenset({"check_medicines"}))


def test_a_question_opened_by_another_section_is_ready_at_once() -> None:
    case = told(age_years=30)
    section = next(item for item in sections(case) if item.id == "pregnancy")
    assert {question.id for question in ready(section, case)} == {"check_birth"}


def test_nothing_is_left_when_everything_was_dealt_with() -> None:
    everything = frozenset(load().questions)
    assert next_step(told(), answered=everything) is None
    assert minutes_left(told(), answered=everything) == 0
    assert intake_minutes(told(), answered=everything) == 0


def test_it_says_how_long_it_still_takes() -> None:
    at_first = minutes_left(told())
    later = minutes_left(told(age_years=51, sex="male", main_area="low_back", pain_weeks=104))
    assert 4 <= at_first <= 6
    assert later <= at_first < intake_minutes(told())


def test_before_every_visit_it_asks_what_can_have_changed_since() -> None:
    case = told(age_years=51, sex="male", main_area="low_back")
    due = rescreen_questions(case, since=TODAY)
    questions = {name for question in due for name in (question.id, *question.members)}
    assert {"bladder_change", "leg_signs", "fever", "anticoagulant", "trauma"} <= questions
    assert not {"age_years", "pregnant", "arm_pain", "cancer_history"} & questions


def test_after_half_a_year_it_asks_again_what_changes_slowly() -> None:
    case = told(age_years=51, sex="male")
    due = rescreen_questions(case, since=TODAY - timedelta(days=180))
    questions = {name for question in due for name in (question.id, *question.members)}
    assert {"cancer_history", "osteoporosis"} <= questions


def test_a_corrected_answer_leaves_no_stale_one_behind() -> None:
    case = told(sex="male", age_years=30, pregnant=True, gestation_weeks=20, fever=False)
    assert dict(without_closed(case).answers) == {"sex": "male", "age_years": 30, "fever": False}


def test_it_can_read_another_knowledge() -> None:
    assert sections(told(), knowledge=load()) == sections(told())


def test_before_a_visit_a_checklist_asks_only_for_what_can_have_changed() -> None:
    due = rescreen_questions(told(age_years=51, sex="male", main_area="low_back"), since=TODAY)
    general = next(question for question in due if question.id == "check_general")
    assert set(general.members) == {"fever"}
    assert "check_illness" not in {question.id for question in due}


def test_a_checklist_is_left_until_each_of_its_questions_is_dealt_with() -> None:
    medicines = load().questions["check_medicines"]
    answers = {"anticoagulant": False, "steroid_long_term": False}
    assert is_left(medicines, told(**answers))
    assert not is_left(medicines, told(**answers, medicines=("none",)))
    assert not is_left(medicines, told(**answers, check_medicines=("unsure",)))
    assert not is_left(medicines, told(), answered={"check_medicines"})
