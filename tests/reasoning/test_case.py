"""A case is read and written without loss, and a bad one is refused with line, key and cure."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unknot.knowledge import load
from unknot.reasoning import places
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


MARK = '[[mark]]\nregion = "{}"\nkind = "ache"\nview = "back"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", 'mine.toml, format: is missing or unknown. Write format = "unknot-case-1".'),
        ("age = ", "mine.toml, line 1: is not TOML. Put text in quotes; true, false, numbers"),
        (GOOD + "[", "mine.toml, line 5: is not TOML. Correct it."),
        (GOOD + "age_years = 52", "line 5: is not TOML. A key stands here twice: keep one"),
        ("{", "mine.toml, line 1, column 2: is not JSON. Put the key in double quotes."),
        ('{"a": 1,\n]', "mine.toml, line 2, column 1: is not JSON. Put the key in double quotes."),
        ('{"a": 1,\n "a": 2}', "mine.toml, line 1, column 2, a: stands here twice. Keep one"),
        (
            '{"format": "unknot-case-1",\n "as_of": "2026-11-22", "answers": {"fever": 3}}',
            "mine.toml, line 2, column 37, fever: cannot be answered like this.",
        ),
        ('{"a":' * 50_000, "mine.toml: cannot be read. Write it as TOML or JSON."),
        (GOOD + "feever = 3", "mine.toml, line 5, feever: is no question. Did you mean fever?"),
        (GOOD + "xyzzy = 3", "mine.toml, line 5, xyzzy: is no question. List the questions"),
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
        (GOOD + 'fever = "yes"', "line 5, fever: cannot be answered like this. Write true for"),
        (GOOD + 'fever = "no"', "Write true for yes and false for no, without quotes"),
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
        (GOOD + 'pain_weeks = "2 cm"', "in quotes with one of: days, weeks, months, years"),
        (GOOD + 'pain_weeks = "long"', "in quotes with one of: days, weeks, months, years"),
        (GOOD + 'pain_weeks = "2"', "Write a number from 0 to 4000 weeks, or in quotes"),
        (GOOD + 'pain_weeks = "99 years"', "Write a number from 0 to 4000 weeks"),
        (GOOD + 'pressure_wish = "3 kg"', "Write a number from 1 to 5."),
        (GOOD + "fever = { on = 2026-11-20 }", "fever: is a table without value. Write { value"),
        (GOOD + "fever = { value = true, at = 1 }", "fever: is a table without value."),
        (GOOD + "fever = { value = true, on = 3 }", "fever: is not a date."),
        (GOOD + "fever = { value = true, on = 2026-11-23 }", "fever: is dated after as_of."),
        (GOOD + 'fever = { value = true, unit = "kg" }', "fever: has a unit but no number."),
        (GOOD + "pain_weeks = { value = 2, unit = 3 }", "pain_weeks: has a unit but no number."),
        (GOOD + 'pain_weeks = { value = 2, unit = "kg" }', "with one of: days, weeks, months"),
        (GOOD + "[[mark]]\nkind = 1", "line 6, mark 1, kind"),
        (GOOD + "[[mark]]\nregion = 1", "line 5, mark 1, kind"),
        ("mark = 3\n" + GOOD, "line 1, mark: is wrong. send a list of marks."),
        ("mark = 2026-01-01\n" + GOOD, "mark: holds something that is no mark."),
        (GOOD + MARK.format("low_back_lft"), "Did you mean low_back_left? Use the id of a region"),
        (GOOD + MARK.format("xyzzy"), "line 6, mark 1, region: is wrong. Use the id of a region"),
        (GOOD + MARK.format("").replace('""', "3"), "mark 1, region: is wrong. Use the id"),
        ('[{"format": "unknot-case-1"}]', "mine.toml, line 1: is a list, not a case. Write one"),
        ("[" * 50_000, "mine.toml, line 1: is not TOML"),
        ("x" * (LONGEST_TEXT + 1), "is too long."),
    ],
)
def test_it_refuses_and_says_where_and_how_to_mend(text: str, says: str) -> None:
    assert says in str(_refused(text))


@pytest.mark.parametrize(
    ("said", "key", "answer"),
    [
        ('"2 years"', "pain_weeks", 104),
        ('"1 Year"', "pain_weeks", 52),
        ('"3 months"', "pain_weeks", 13),
        ('"3,5 weeks"', "pain_weeks", 3.5),
        ('"10 days"', "pain_weeks", 1.428571),
        ('{ value = 2, unit = "years" }', "pain_weeks", 104),
        ('"20 kPa"', "bp_systolic", 150.0124),
        ('"150mmHg"', "bp_systolic", 150),
        ('"90 minutes"', "typing_hours_per_day", 1.5),
        ('"6 of 10"', "pain_now", 6),
        ('"6/10"', "pain_now", 6),
        ('{ value = "6/10" }', "pain_now", 6),
    ],
)
def test_a_number_may_have_a_unit(said: str, key: str, answer: float) -> None:
    assert read_case(f"{GOOD}{key} = {said}").answer(key) == answer


def test_a_fact_may_have_a_day_of_its_own() -> None:
    text = GOOD + 'bp_systolic = { value = 150, unit = "mmHg", on = 2026-11-20 }\nfever = true'
    case = read_case(text)
    assert case.day_of("bp_systolic") == date(2026, 11, 20)
    assert case.day_of("age_years") == case.as_of
    assert read_case(write_case(case)) == case
    assert case.with_answers(bp_systolic=140).day_of("bp_systolic") == case.as_of
    assert case.with_answers(age_years=52).day_of("bp_systolic") == date(2026, 11, 20)
    assert dict(case.with_answers(bp_systolic=None).on) == {}


def test_an_error_in_a_mark_of_json_names_line_and_column() -> None:
    marks = [{"region": "neck_back_left", "kind": "ache", "view": "back"}, {"kind": "throb"}]
    case = {"format": "unknot-case-1", "as_of": "2026-11-22", "mark": marks}
    error = _refused(json.dumps(case, indent=1))
    assert (error.line, error.key) == (11, "mark 2, kind")
    assert error.column > 0
    assert _refused(json.dumps({**case, "mark": [{**marks[0], "kind": 3}]})).column > 60


def test_a_place_that_cannot_be_found_is_nought() -> None:
    assert places.find("a = 1", "b") == (0, 0)
    assert places.find("a = 1", "") == (0, 0)
    assert places.find('{"mark": []}', "region", 1) == (1, 1)
    assert places.find("{}", "region", 1) == (1, 1)


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
    day=st.dates(date(1900, 1, 1), date(2199, 12, 31)),
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


def test_a_day_far_from_our_time_is_a_slip_of_the_pen() -> None:
    for day in ("0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"):
        with pytest.raises(CaseError, match="as_of: is not a date"):
            read_case(f'format = "unknot-case-1"\nas_of = {day}\n')
    for day in ("1900-01-01", "2199-12-31"):
        assert str(read_case(f'format = "unknot-case-1"\nas_of = {day}\n').as_of) == day


def test_a_key_that_is_no_word_is_shown_in_quotes() -> None:
    with pytest.raises(CaseError, match='case, "": is not part of a case'):
        read_case('format = "unknot-case-1"\nas_of = 2026-11-22\n"" = 1\n')
    with pytest.raises(CaseError, match=r'line 3, "a\\u202eb": is not part of a case'):
        read_case('format = "unknot-case-1"\nas_of = 2026-11-22\n"a\u202eb" = 1\n')
