"""True, false and unknown; unknown never passes for no."""

from __future__ import annotations

import pytest

from unknot.knowledge.errors import Place
from unknot.knowledge.when import When
from unknot.reasoning.ternary import Partly, at_least, holds, negate, undecided


def when(**table: object) -> When:
    return When.from_toml(table, Place("x.toml"))


OVER_50 = {"question": "age_years", "at_least": 50}
NIGHT = {"question": "night_pain", "is": True}


@pytest.mark.parametrize(
    ("table", "answer", "expected"),
    [
        ({"is": True}, True, True),
        ({"is": True}, False, False),
        ({"is": True}, None, None),
        ({"is": "one"}, "one", True),
        ({"is": "one"}, "both", False),
        ({"is": "one"}, ("one", "both"), True),
        ({"is": 1}, True, False),
        ({"any_of": ["one", "both"]}, "both", True),
        ({"any_of": ["one", "both"]}, ("none",), False),
        ({"any_of": ["one"]}, (), False),
        ({"at_least": 50}, 50, True),
        ({"at_least": 50}, 49.5, False),
        ({"at_most": 50}, 50, True),
        ({"at_most": 50}, 51, False),
        ({"above": 50}, 50, False),
        ({"above": 50}, 51, True),
        ({"below": 50}, 50, False),
        ({"below": 50}, 49, True),
        ({"below": 50}, (), False),
        ({"at_least": 50}, "fifty", None),
        ({"at_least": 1}, True, None),
    ],
)
def test_a_comparison_is_true_false_or_unknown(
    table: dict[str, object], answer: object, expected: bool | None
) -> None:
    answers = {} if answer is None else {"x": answer}
    assert holds(when(question="x", **table), answers) is expected


def test_no_condition_always_holds() -> None:
    assert holds(None, {}) is True


@pytest.mark.parametrize(
    ("answers", "both", "either", "neither"),
    [
        ({}, None, None, None),
        ({"age_years": 40}, False, None, None),
        ({"age_years": 60}, None, True, False),
        ({"age_years": 60, "night_pain": True}, True, True, False),
        ({"age_years": 40, "night_pain": False}, False, False, True),
    ],
)
def test_groups_follow_kleene(
    answers: dict[str, object], both: bool | None, either: bool | None, neither: bool | None
) -> None:
    assert holds(when(all=[OVER_50, NIGHT]), answers) is both
    assert holds(when(any=[OVER_50, NIGHT]), answers) is either
    assert holds(when(none=[OVER_50, NIGHT]), answers) is neither


def test_two_of_three_waits_only_while_it_can_still_come_true() -> None:
    assert at_least(2, [True, None, False]) is None
    assert at_least(2, [True, True, None]) is True
    assert at_least(2, [None, False, False]) is False


def test_not_unknown_is_unknown() -> None:
    assert [negate(value) for value in (True, False, None)] == [False, True, None]


def test_it_names_only_the_questions_that_can_still_decide() -> None:
    condition = when(all=[OVER_50, {"any": [NIGHT, {"question": "fever", "is": True}]}])
    assert undecided(condition, {"age_years": 60, "night_pain": False}) == ("fever",)
    assert undecided(condition, {"age_years": 60}) == ("night_pain", "fever")
    assert undecided(condition, {"age_years": 40}) == ()


@pytest.mark.parametrize(
    ("known", "open_still", "expected"),
    [
        (("one",), (), True),
        (("one",), ("one",), True),
        ((), ("one",), None),
        (("both",), ("one", "none"), None),
        (("both",), ("none",), False),
        ((), (), False),
    ],
)
def test_what_is_known_in_part_is_true_unknown_or_false(
    known: tuple[str, ...], open_still: tuple[str, ...], expected: bool | None
) -> None:
    one = when(question="leg_pain", any_of=["one", "some"])
    assert holds(one, {"leg_pain": Partly(known, open_still)}) is expected
    assert bool(undecided(one, {"leg_pain": Partly(known, open_still)})) is (expected is None)
