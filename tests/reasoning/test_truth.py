"""Many conditions at once must say exactly what one condition at a time says."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.cases import PEOPLE, TODAY
from unknot.knowledge import load
from unknot.knowledge.errors import Place
from unknot.knowledge.questions import Question
from unknot.knowledge.when import When
from unknot.reasoning.case import Case
from unknot.reasoning.interview import settled
from unknot.reasoning.screen.program import program
from unknot.reasoning.ternary import Partly, holds, undecided
from unknot.reasoning.truth import Board, Facts

CHOICES = ("red", "green", "blue")
TESTS = st.one_of(
    st.fixed_dictionaries({"question": st.sampled_from(["a", "b"]), "is": st.booleans()}),
    st.fixed_dictionaries({"question": st.sampled_from(["a", "n"]), "is": st.integers(0, 2)}),
    st.fixed_dictionaries(
        {
            "question": st.sampled_from(["c", "d"]),
            "any_of": st.lists(st.sampled_from(CHOICES), min_size=1, max_size=3),
        }
    ),
    *(
        st.fixed_dictionaries(
            {"question": st.sampled_from(["n", "c"]), size: st.integers(0, 4) | st.just(2.5)}
        )
        for size in ("at_least", "at_most", "above", "below")
    ),
)
GROUPS = st.recursive(
    TESTS,
    lambda inner: st.one_of(
        *(
            st.lists(inner, min_size=1, max_size=4).map(lambda parts, key=key: {key: parts})
            for key in ("all", "any", "none")
        ),
        st.tuples(st.integers(1, 3), st.lists(inner, min_size=1, max_size=4)).map(
            lambda both: {"at_least": both[0], "of": both[1]}
        ),
    ),
    max_leaves=12,
)
SEVERAL = st.lists(st.sampled_from(CHOICES), max_size=3, unique=True).map(tuple)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "a": st.booleans() | st.integers(0, 2),
        "b": st.booleans(),
        "c": SEVERAL | st.builds(Partly, SEVERAL, SEVERAL),
        "d": st.sampled_from(CHOICES) | SEVERAL,
        "n": st.integers(0, 4) | st.floats(0, 4) | st.booleans() | st.just("many"),
    },
)


def when(table: Any) -> When:
    return When.from_toml(table, Place("x.toml"))


def answered(answers: Mapping[str, object]) -> dict[str, object]:
    """The answers without empty lists, which are no answers."""
    return {name: answer for name, answer in answers.items() if answer != ()}


@settings(max_examples=400, deadline=None, derandomize=True)
@given(tables=st.lists(GROUPS, min_size=1, max_size=4), answers=ANSWERS)
def test_a_board_decides_as_each_condition_alone(
    tables: list[dict[str, Any]], answers: dict[str, object]
) -> None:
    whens = [when(table) for table in tables]
    board, plain = Board(whens, ()), answered(answers)
    facts = board.read(answers)
    for one in whens:
        assert board[one].holds(facts) is holds(one, plain)
        assert board[one].undecided(facts) == undecided(one, plain)


def test_the_same_comparison_twice_counts_twice() -> None:
    yes = {"question": "b", "is": True}
    twice = when({"at_least": 2, "of": [yes, yes]})
    board = Board([twice], ())
    assert board[twice].holds(board.read({"b": True})) is True
    assert board[twice].holds(board.read({})) is None
    assert board[twice].holds(board.read({"b": False})) is False


def test_true_is_not_one() -> None:
    one, true = when({"question": "a", "is": 1}), when({"question": "a", "is": True})
    board = Board([one, true], ())
    facts = board.read({"a": True})
    assert (board[one].holds(facts), board[true].holds(facts)) == (False, True)


def test_a_condition_of_another_board_is_refused() -> None:
    with pytest.raises(KeyError):
        Board([], ())[when({"question": "a", "is": True})]


def test_every_condition_of_the_knowledge_decides_alike_on_random_people() -> None:
    known = load()
    ready = program(known)
    records = (*known.red_flags.values(), *known.rules.values())
    whens = [record.when for record in records if record.when]
    whens += [worse.when for record in records for worse in record.worse_when]
    for seed in range(120):
        case = _somebody(random.Random(seed), list(known.questions.values()))
        plain = settled(case)
        facts: Facts = ready.board.read({**case.answers, "medicine_reading": ("none",)})
        assert facts.answers == plain
        assert {ready.board[one].holds(facts) is holds(one, plain) for one in whens} == {True}
        asked = [ready.board[one].undecided(facts) for one in whens]
        assert asked == [undecided(one, plain) for one in whens]


def _somebody(chance: random.Random, questions: list[Question]) -> Case:
    start = PEOPLE[chance.choice(sorted(PEOPLE))]
    answers: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in start.items()
    }
    for question in chance.sample(questions, 12):
        if question.kind == "yes_no":
            answers[question.id] = chance.random() < 0.5
        elif question.kind == "choice":
            answers[question.id] = chance.choice(question.choice_ids)
        elif question.kind == "several" and question.choices and not question.staff:
            answers[question.id] = tuple(chance.sample(question.choice_ids, 2))
        elif question.low is not None and question.high is not None and question.kind != "text":
            answers[question.id] = chance.randint(question.low, question.high)
        elif question.kind == "date":
            answers[question.id] = date(2026, 11, 1)
    for key in chance.sample(sorted(answers), min(4, len(answers))):
        del answers[key]
    return Case(answers, TODAY)


def test_what_is_left_out_counts_as_no_of_its_own_kind() -> None:
    untreated = when({"question": "clot_treated", "is": False})
    somewhere = when({"question": "skin_where", "any_of": ["neck"]})
    board = Board([untreated, somewhere], load().questions.values())
    facts = board.read({"heart_and_blood": ("none",), "skin": ("none",)})
    assert (facts.answers["clot_treated"], facts.answers["skin_where"]) == (False, ())
    assert board[untreated].holds(facts) is True
    assert board[somewhere].holds(facts) is False
    assert board[untreated].holds(board.read({})) is None


@pytest.mark.parametrize("answer", [True, "many"])
def test_an_answer_that_is_no_number_leaves_sizes_unknown(answer: object) -> None:
    over, told = when({"question": "n", "at_least": 2}), when({"question": "n", "is": "many"})
    board = Board([over, told], ())
    facts = board.read({"n": answer})
    assert board[over].holds(facts) is None
    assert board[told].holds(facts) is (answer == "many")


def test_what_one_person_answered_is_not_taken_for_what_another_did() -> None:
    one, true = when({"question": "a", "is": 1}), when({"question": "a", "is": True})
    board = Board([one, true], ())
    read = [board.read({"a": answer}) for answer in (1, True, 1)]
    assert [board[one].holds(facts) for facts in read] == [True, False, True]
    assert [board[true].holds(facts) for facts in read] == [False, True, False]


def test_what_certainly_follows_stands_even_where_nobody_is_asked() -> None:
    pill = when({"question": "clot_risks", "any_of": ["oestrogen"]})
    board = Board([pill], load().questions.values())
    facts = board.read({"leg_signs": ("none",), "clot_risks": Partly(("oestrogen",), ("still",))})
    assert facts.answers["clot_risks"] == ("oestrogen",)
    assert board[pill].holds(facts) is True
