"""A case is read and written without loss, and a bad one is refused with line, key and cure."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unknot.knowledge import load
from unknot.reasoning.case import LONGEST_TEXT, Case, CaseError, read_case, write_case
from unknot.reasoning.marks import Mark

GOOD = """format = "unknot-case-1"
as_of = 2026-11-22
[answers]
age_years = 51
"""


def _refused(text: str) -> CaseError:
    with pytest.raises(CaseError) as caught:
        read_case(text, name="mine.toml")
    return caught.value


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", 'mine.toml, format: is missing or unknown. Write format = "unknot-case-1".'),
        ("age = ", "mine.toml, line 1: is not TOML. Correct this line."),
        (GOOD + "[", "mine.toml, line 5: is not TOML. Correct this line."),
        ("{", "mine.toml, line 1: is not JSON. Correct this line."),
        ('{"a": 1,\n]', "mine.toml, line 2: is not JSON. Correct this line."),
        ('{"a":' * 50_000, "mine.toml: cannot be read. Write it as TOML or JSON."),
        (GOOD + "age_now = 3", "mine.toml, line 5, age_now: is no question. List the questions"),
        (GOOD + "marks = []", "mine.toml, line 5, marks: is no question"),
        ("food = 1\n" + GOOD, "mine.toml, line 1, food: is not part of a case."),
        (GOOD.replace("2026-11-22", '"soon"'), "line 2, as_of: is not a date."),
        (GOOD.replace("2026-11-22", "2026-11-22T10:00:00"), "as_of: is not a date."),
        (GOOD.replace("2026-11-22", "7"), "as_of: is not a date."),
        (GOOD.replace("51", '"old"'), "line 4, age_years: cannot be answered like this. Write a "),
        (GOOD.replace("51", "true"), "a number from 1 to 120 years"),
        (GOOD.replace("51", "nan"), "a number from 1 to 120 years"),
        (GOOD.replace("51", "-inf"), "a number from 1 to 120 years"),
        (GOOD.replace("51", "1" + "0" * 400), "a number from 1 to 120 years"),
        (GOOD.replace("51", "1" + "0" * 6000), "cannot be read"),
        (GOOD + 'fever = "yes"', "line 5, fever: cannot be answered like this. Write true, false"),
        (GOOD + 'onset = "fast"', "Use one of: gradual, sudden, injury"),
        (GOOD + "onset = 1", "Use one of: gradual, sudden, injury"),
        (GOOD + 'today = "none"', "Write a list of some of: none, contagious"),
        (GOOD + "today = []", "Write a list of some of: none, contagious"),
        (GOOD + "today = [1]", "Write a list of some of: none, contagious"),
        (GOOD + 'today = ["fine"]', "Write a list of some of: none, contagious"),
        (GOOD + 'today = ["none", "contagious"]', '"none" stands alone'),
        (GOOD + "goals = 1", "Write text of at most"),
        (GOOD + 'goals = ""', "Write text of at most"),
        (GOOD + 'activities = ["a", "b", "c", "d"]', "Write a list of at most 3 texts"),
        (GOOD + 'cleared_on = "soon"', "Write a date such as 2026-11-22"),
        (GOOD.replace("[answers]\nage_years = 51", "answers = 1"), "answers: is not a table."),
        (GOOD + "[[mark]]\nregion = 1", "line 5, mark 1, "),
        ("mark = 3\n" + GOOD, "line 1, mark: is wrong. send a list of marks."),
        ("mark = 2026-01-01\n" + GOOD, "mark: holds something that is no mark."),
        ("x" * (LONGEST_TEXT + 1), "is too long."),
    ],
)
def test_it_refuses_and_says_where_and_how_to_mend(text: str, says: str) -> None:
    assert says in str(_refused(text))


def test_an_error_never_repeats_an_answer() -> None:
    assert "very private" not in str(_refused(GOOD + 'onset = "very private"'))


def test_not_sure_is_no_answer() -> None:
    assert read_case(GOOD + 'fever = "not_sure"').answer("fever") is None


def test_json_is_read_as_well() -> None:
    text = json.dumps(
        {
            "format": "unknot-case-1",
            "as_of": "2026-11-22",
            "answers": {"today": ["none"], "cleared_on": "2026-11-01"},
            "mark": [{"region": "neck_back_left", "kind": "ache", "view": "back"}],
        }
    )
    case = read_case(text)
    assert case.answer("today") == ("none",)
    assert case.answer("cleared_on") == date(2026, 11, 1)
    assert case.marks == (Mark("neck_back_left", "ache", view="back"),)


def test_a_case_cannot_be_changed_but_copied_with_other_answers() -> None:
    answers: dict[str, bool | int] = {"fever": True}
    case = Case(answers, date(2026, 11, 22))
    answers["fever"] = False
    assert case.answer("fever") is True
    other = case.with_answers(fever=None, age_years=3)
    assert dict(other.answers) == {"age_years": 3}
    assert dict(case.answers) == {"fever": True}


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=300))
def test_no_text_gives_anything_but_a_case_or_a_case_error(text: str) -> None:
    for whole in (text, GOOD + text, "{" + text):
        try:
            read_case(whole)
        except CaseError as error:
            assert error.cure  # noqa: PT017


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    words=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60),
    day=st.dates(min_value=date(1000, 1, 1)),
    stroke=st.lists(st.tuples(st.integers(0, 500), st.integers(0, 900)), max_size=5),
    region=st.sampled_from(sorted(load().regions)),
)
def test_any_words_dates_and_strokes_come_back_the_same(
    words: str, day: date, stroke: list[tuple[int, int]], region: str
) -> None:
    points = tuple((float(x), float(y)) for x, y in stroke)
    marks = (Mark(region, "numb", 7, "front", stroke=points, note="left thumb"),)
    case = Case({"goals": words, "cleared_on": day, "activities": (words,)}, day, marks)
    assert read_case(write_case(case)) == case
