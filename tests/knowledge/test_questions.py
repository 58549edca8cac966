"""The questions fit together, and a faulty one is refused with file, record, key and cure."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace
from typing import Any

import pytest

from unknot.knowledge import KnowledgeError, load
from unknot.knowledge.errors import Place
from unknot.knowledge.questions import Choice, Question, Tells
from unknot.knowledge.when import When

PLACE = Place("questions.toml", "x", "ask_when")


def test_a_question_reads_only_questions_asked_before_it() -> None:
    drawn_or_read = {question.id for question in load().questions.values() if question.staff}
    seen = set(drawn_or_read)
    for question in load().questions.values():
        assert set(question.ask_when.questions if question.ask_when else ()) <= seen
        seen.add(question.id)


def test_a_question_never_shares_a_screen_with_the_one_that_opens_it() -> None:
    questions = load().questions
    for question in questions.values():
        for name in question.ask_when.questions if question.ask_when else ():
            assert not question.screen or questions[name].screen != question.screen, question.id


def test_the_questions_follow_the_order_of_the_sections() -> None:
    order = [question.section for question in load().questions.values()]
    assert list(dict.fromkeys(order)) == list(load().sections)


def test_every_question_of_several_choices_can_be_answered_with_none() -> None:
    without = [
        question.id
        for question in load().questions.values()
        if question.kind == "several"
        and question.choices
        and not question.choices_from
        and "none" not in question.choice_ids
    ]
    assert without == ["cancer_details"]  # only asked of somebody who had cancer


def test_words_for_people_in_pain_carry_no_exclamation_mark_and_no_patient() -> None:
    for question in load().questions.values():
        words = " ".join([question.text, question.help, *(c.text for c in question.choices)])
        assert "!" not in words
        assert "patient" not in words.lower()


def test_the_words_of_a_choice_are_found_and_an_old_one_shows_itself() -> None:
    onset = load().questions["onset"]
    assert onset.words("gradual") == "Slowly, little by little"
    assert onset.words("gone") == "gone"


def _problems(**changes: Any) -> list[str]:
    onset: Question = load().questions["onset"]
    broken = dataclasses.replace(onset, **changes)
    return [problem.what for problem in broken.problems(load())]


def test_a_sound_question_has_no_problem() -> None:
    assert _problems() == []


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"choices": ()}, "is missing"),
        ({"choices": (Choice(id="a", text="A"), Choice(id="a", text="B"))}, "names an id twice"),
        ({"kind": "number"}, "and high do not make a range"),
        ({"kind": "number", "low": 5, "high": 5}, "and high do not make a range"),
        (
            {"ask_when": When.from_toml({"question": "sleep", "is": True}, PLACE)},
            "reads sleep, which is no question",
        ),
        (
            {"ask_when": When.from_toml({"question": "leg_pain", "is": "left"}, PLACE)},
            "leg_pain has no choice left",
        ),
        (
            {"tells": (Tells(question="operations", choice="metalwork", within_days=7),)},
            "stands at a question that is no date",
        ),
        (
            {"kind": "date", "tells": (Tells(question="skin", choice="blue", within_days=7),)},
            "names no choice of skin",
        ),
        (
            {"kind": "date", "tells": (Tells(question="skin", choice="burn"),)},
            "has not one length of time",
        ),
    ],
)
def test_a_question_that_does_not_fit_is_refused(changes: dict[str, Any], what: str) -> None:
    assert what in _problems(**changes)


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("age > 50", "is not a condition"),
        ({}, "is not a condition one knows (empty)"),
        ({"question": "a", "is": True, "at_least": 2}, "is not a condition one knows"),
        ({"all": []}, "is not a list of conditions"),
        ({"all": {"question": "a", "is": 1}}, "is not a list of conditions"),
        ({"at_least": 0, "of": [{"question": "a", "is": True}]}, "is not a count"),
        ({"question": 5, "is": True}, "is not text"),
        ({"question": "a", "at_least": "5"}, "is not a number"),
        ({"question": "a", "is": [1]}, "is not an answer"),
        ({"question": "a", "any_of": "b"}, "is not a list of choices"),
        ({"question": "a", "matches": ".*"}, "has no operator matches"),
    ],
)
def test_a_condition_that_is_not_understood_is_refused(value: object, what: str) -> None:
    with pytest.raises(KnowledgeError) as refusal:
        When.from_toml(value, PLACE)
    assert what in str(refusal.value)
    assert "questions.toml, record x, key ask_when" in str(refusal.value)


def test_a_condition_says_which_questions_and_values_it_reads() -> None:
    condition = When.from_toml(
        {
            "at_least": 2,
            "of": [
                {"question": "a", "any_of": ["b", "c"]},
                {"none": [{"question": "d", "above": 3}]},
                {"any": [{"question": "a", "is": True}]},
            ],
        },
        PLACE,
    )
    assert condition.reads() == (("a", ("b", "c")), ("d", ()), ("a", (True,)))
    assert condition.questions == ("a", "d")


def test_a_condition_over_a_yes_or_no_question_has_no_choices_to_check() -> None:
    fever = load().questions["infection_risks"]
    assert list(fever.problems(SimpleNamespace(questions=load().questions))) == []
