"""What time alone does to answers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.support.cases import TODAY, case_of
from unknot.reasoning.ageing import aged, answered_anew
from unknot.reasoning.case import Case
from unknot.reasoning.screen import decide

JUNE = date(2026, 6, 17)


def told_in_june(**answers: Any) -> Case:
    return Case(answers, JUNE)


def test_twelve_weeks_pregnant_in_june_are_thirty_four_in_november() -> None:
    later = aged(told_in_june(pregnant=True, gestation_weeks=12), date(2026, 11, 18))
    assert (later.answer("gestation_weeks"), later.answer("pregnant")) == (34, True)
    assert later.as_of == date(2026, 11, 18)


def test_a_pregnancy_goes_on_however_often_it_is_confirmed_in_between() -> None:
    case = told_in_june(pregnant=True, gestation_weeks=12)
    for days in range(3, 29, 3):
        case = aged(case, JUNE + timedelta(days=days))
    assert case.answer("gestation_weeks") == 12 + 27 // 7


def test_a_due_date_alone_needs_no_week_and_may_end_the_pregnancy() -> None:
    assert "gestation_weeks" not in aged(told_in_june(due_date=TODAY), TODAY).answers
    over = aged(told_in_june(pregnant=True, due_date=JUNE), TODAY)
    assert not over.answers


def test_an_answer_given_anew_forgets_the_day_of_the_old_one() -> None:
    case = aged(told_in_june(gestation_weeks=12, bp_systolic=150), JUNE + timedelta(days=7))
    assert {"due_date", "bp_on"} <= set(case.answers)
    assert "bp_on" not in answered_anew(case, {"bp_systolic": 140}).answers
    assert "due_date" not in answered_anew(case, {"gestation_weeks": 20}).answers
    assert answered_anew(case, {"gestation_weeks": 13, "bp_systolic": None}) == case


def test_a_pregnancy_beyond_its_last_week_is_unknown() -> None:
    later = aged(told_in_june(pregnant=True, gestation_weeks=30), TODAY)
    assert later.answer("gestation_weeks") is None
    assert later.answer("pregnant") is None


def test_the_weeks_of_pain_and_the_years_go_on_and_stop_at_their_end() -> None:
    case = told_in_june(pain_weeks=10, age_years=64)
    assert dict(aged(case, JUNE + timedelta(days=365)).answers) == {
        "pain_weeks": 62,
        "age_years": 65,
    }
    old = aged(told_in_june(age_years=120), JUNE + timedelta(days=800))
    assert old.answer("age_years") == 120


@pytest.mark.parametrize(("days", "stays"), [(1, True), (30, True), (31, False)])
def test_a_reading_counts_from_the_day_it_was_told(days: int, stays: bool) -> None:
    case = told_in_june(bp_known=True, bp_systolic=150, bp_diastolic=92)
    later = aged(aged(case, JUNE + timedelta(days=1)), JUNE + timedelta(days=days))
    assert ("bp_systolic" in later.answers) is stays
    assert ("bp_on" in later.answers) is stays
    if stays:
        assert later.answer("bp_on") == JUNE


def test_a_reading_with_an_earlier_day_keeps_that_day() -> None:
    case = told_in_june(bp_systolic=150, bp_on=JUNE - timedelta(days=20))
    assert "bp_systolic" in aged(case, JUNE + timedelta(days=10)).answers
    assert "bp_systolic" not in aged(case, JUNE + timedelta(days=11)).answers


def test_no_time_or_an_earlier_day_changes_only_the_day() -> None:
    case = told_in_june(gestation_weeks=12, bp_systolic=150)
    for day in (JUNE, JUNE - timedelta(days=9)):
        assert aged(case, day).answers == case.answers
        assert aged(case, day).as_of == day


def test_what_is_no_number_is_left_as_it_is() -> None:
    case = told_in_june(pain_weeks=True, age_years="old", gestation_weeks=True)
    assert aged(case, TODAY).answers == case.answers


def test_a_stored_pregnancy_changes_its_rule_as_it_ages() -> None:
    case = Case(case_of("pregnant_woman", {"gestation_weeks": 12}).answers, JUNE)
    now = {finding.rule_id for finding in decide(case).findings}
    later = {finding.rule_id for finding in decide(aged(case, TODAY)).findings}
    assert ("SR-016" in now, "SR-016" in later) == (True, False)
    assert "SR-017" in later
