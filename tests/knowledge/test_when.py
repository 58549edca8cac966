"""Conditions as they stand in the files: what they read, and what is said of one that is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from unknot.knowledge.errors import KnowledgeError, Place
from unknot.knowledge.when import Group, Test, When

HERE = Place("rules.toml", "SR-000", "when")
OLD = {"question": "age_years", "at_least": 75}
NUMB = {"question": "numb_areas", "any_of": ["hands_both", "saddle"]}
ILL = {"question": "fever", "is": True}


def _read(value: Any) -> When:
    return When.from_toml(value, HERE)


@pytest.mark.parametrize("operator", ["at_least", "at_most", "below", "above"])
def test_a_number_is_compared_by_size(operator: str) -> None:
    when = _read({"question": "age_years", operator: 75})
    assert when == When(Test("age_years", operator, (75,)))  # type: ignore[arg-type]
    assert when.reads() == (("age_years", ()),)


@pytest.mark.parametrize("answer", [True, False, "sudden", 3])
def test_an_answer_is_compared_as_it_is(answer: Any) -> None:
    assert _read({"question": "onset", "is": answer}) == When(Test("onset", "is", (answer,)))


def test_several_answers_are_compared_with_any_of_them() -> None:
    when = _read(NUMB)
    assert when == When(Test("numb_areas", "any_of", ("hands_both", "saddle")))
    assert when.reads() == (("numb_areas", ("hands_both", "saddle")),)


@pytest.mark.parametrize(
    ("written", "least", "negated"),
    [
        ({"all": [OLD, NUMB, ILL]}, 3, False),
        ({"any": [OLD, NUMB, ILL]}, 1, False),
        ({"none": [OLD, NUMB, ILL]}, 1, True),
        ({"at_least": 2, "of": [OLD, NUMB, ILL]}, 2, False),
    ],
)
def test_a_group_counts_how_many_must_be_true(written: Any, least: int, negated: bool) -> None:
    root = _read(written).root
    assert isinstance(root, Group)
    assert (root.least, root.negated) == (least, negated)
    assert root.parts == (_read(OLD).root, _read(NUMB).root, _read(ILL).root)


def test_every_comparison_is_listed_in_order_and_every_question_once() -> None:
    when = _read({"all": [OLD, {"any": [NUMB, ILL]}, {"question": "age_years", "below": 90}]})
    assert [test.question for test in when.tests] == [
        "age_years", "numb_areas", "fever", "age_years",
    ]  # fmt: skip
    assert when.questions == ("age_years", "numb_areas", "fever")
    assert when.reads() == (
        ("age_years", ()),
        ("numb_areas", ("hands_both", "saddle")),
        ("fever", (True,)),
        ("age_years", ()),
    )


WRITE = 'Write { question = "...", is = ... } or { all = [ ... ] }'
USE = "Use question with one operator, or one of: all, any, none, at_least with of"


@pytest.mark.parametrize(
    ("written", "key", "what", "cure"),
    [
        ("fever", "when", "is not a condition", WRITE),
        ([OLD], "when", "is not a condition", WRITE),
        ({}, "when", "is not a condition one knows (empty)", USE),
        ({"some": [OLD]}, "when", "is not a condition one knows (some)", USE),
        (
            {"question": "fever", "is": True, "below": 3},
            "when",
            "is not a condition one knows (below, is, question)",
            USE,
        ),
        (
            {"all": [OLD], "any": [ILL]},
            "when",
            "is not a condition one knows (all, any)",
            USE,
        ),
        ({"at_least": 2}, "when", "is not a condition one knows (at_least)", USE),
        *(
            (
                {word: parts},
                f"when.{word}",
                "is not a list of conditions",
                "Write [ { ... }, { ... } ]",
            )
            for word in ("all", "any", "none")
            for parts in ([], {}, "fever")
        ),
        (
            {"at_least": 1, "of": []},
            "when.of",
            "is not a list of conditions",
            "Write [ { ... }, { ... } ]",
        ),
        *(
            (
                {"at_least": count, "of": [OLD]},
                "when.at_least",
                "is not a count",
                "Write a whole number from 1",
            )
            for count in (0, -1, True, 1.5, "2")
        ),
        ({"all": [OLD, "fever"]}, "when.all[2]", "is not a condition", WRITE),
        ({"any": [OLD, "fever"]}, "when.any[2]", "is not a condition", WRITE),
        ({"none": ["fever"]}, "when.none[1]", "is not a condition", WRITE),
        (
            {"question": 3, "is": True},
            "when.question",
            "is not text",
            "Write the id of a question in quotes",
        ),
        *(
            (
                {"question": "age_years", "below": limit},
                "when.below",
                "is not a number",
                "Write a number without quotes",
            )
            for limit in ("75", True, [75], None)
        ),
        *(
            (
                {"question": "fever", "is": answer},
                "when.is",
                "is not an answer",
                "Write true, false, a choice or a number",
            )
            for answer in (["yes"], None, 1.5)
        ),
        *(
            (
                {"question": "numb_areas", "any_of": choices},
                "when.any_of",
                "is not a list of choices",
                'Write ["...", "..."]',
            )
            for choices in ([], "saddle", ["saddle", 3])
        ),
        (
            {"question": "fever", "equals": True},
            "when",
            "has no operator equals",
            "Use one of: is, any_of, at_least, at_most, below, above",
        ),
    ],
)
def test_a_condition_that_is_wrong_names_its_place_and_the_cure(
    written: Any, key: str, what: str, cure: str
) -> None:
    with pytest.raises(KnowledgeError) as caught:
        _read(written)
    error = caught.value
    assert (error.place, error.what, error.cure) == (
        Place("rules.toml", "SR-000", key),
        what,
        cure,
    )


def test_one_is_enough_for_a_count() -> None:
    assert _read({"at_least": 1, "of": [OLD]}).root == Group(1, (_read(OLD).root,))


def test_half_a_number_may_be_a_limit() -> None:
    assert _read({"question": "age_years", "above": 1.5}).root == Test(
        "age_years", "above", (1.5,)
    )
