"""Bands and weeks that follow from days, at their exact boundaries."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.support.cases import TODAY, case_of
from unknot.knowledge import load
from unknot.reasoning.case import Case
from unknot.reasoning.dates import day_of, derive, months_after, weeks_pregnant, within
from unknot.reasoning.screen import Screening, decide

MAN, WOMAN = "man_with_low_back_pain", "woman_with_neck_pain"


def fired(found: Screening) -> set[str]:
    return {finding.rule_id for finding in found.findings if finding.state == "fired"}


def on_day(days_ago: int) -> date:
    return TODAY - timedelta(days=days_ago)


def test_twelve_weeks_in_june_are_thirty_four_in_november() -> None:
    due = date(2026, 12, 30)
    assert weeks_pregnant(due, date(2026, 6, 17)) == 12
    assert weeks_pregnant(due, date(2026, 11, 18)) == 34
    assert weeks_pregnant(due, due) == 40


@pytest.mark.parametrize(
    ("due_in", "rule"), [(280 - 14 * 7 + 1, "SR-016"), (280 - 14 * 7, "SR-017"), (0, "SR-017")]
)
def test_the_week_of_pregnancy_follows_the_due_date(due_in: int, rule: str) -> None:
    given = {"due_date": TODAY + timedelta(days=due_in), "gestation_weeks": 3}
    found = decide(case_of("pregnant_woman", given))
    assert rule in fired(found)


def test_a_week_that_was_said_rightly_needs_no_reason() -> None:
    assert not derive({"due_date": TODAY, "gestation_weeks": 40}, TODAY, load()).because


def test_an_old_operation_says_nothing_about_others_nobody_asked_about() -> None:
    found = decide(case_of(MAN, {"operation_on": on_day(90)}, not_asked=["operations"]))
    assert found.missing == ("operations",)


def test_a_due_date_no_pregnancy_can_have_is_unknown() -> None:
    far = {"due_date": TODAY + timedelta(days=400)}
    found = decide(case_of("pregnant_woman", far))
    assert "gestation_weeks" in found.missing or found.blocks_booking
    assert not {"SR-016", "SR-017"} & fired(found)


@pytest.mark.parametrize(
    ("name", "days_ago", "rule", "fires"),
    [
        ("operation_on", 41, "SR-031", True),
        ("operation_on", 42, "SR-031", False),
        ("operation_on", -1, "SR-031", False),
        ("fracture_on", 83, "SR-032", True),
        ("fracture_on", 84, "SR-032", False),
        ("injection_on", 3, "SR-059", True),
        ("injection_on", 4, "SR-059", False),
        ("filler_on", 13, "SR-059", True),
        ("filler_on", 14, "SR-059", False),
        ("heart_event_on", 91, "SR-042", True),
        ("heart_event_on", 92, "SR-042", False),
        ("clot_on", 91, "SR-001", True),
        ("clot_on", 92, "SR-001", False),
    ],
)
def test_a_day_makes_its_band_true_to_the_day(
    name: str, days_ago: int, rule: str, fires: bool
) -> None:
    """Three months before 22 November begin on 22 August, 92 days before."""
    given = {name: on_day(days_ago), "operation_where": ["knee"], "clot_treated": True}
    assert (rule in fired(decide(case_of(MAN, given)))) is fires


@pytest.mark.parametrize(
    ("name", "ticked", "days_ago", "rule", "stays"),
    [
        ("operation_on", {"operations": ["operation_6_weeks"]}, 60, "SR-031", False),
        ("operation_on", {"operations": ["operation_6_weeks"]}, -3, "SR-031", True),
        ("heart_event_on", {"heart_and_blood": ["heart_event"]}, 100, "SR-042", False),
        ("fracture_on", {"operations": ["fracture_12_weeks"]}, 200, "SR-032", True),
        ("clot_on", {"heart_and_blood": ["clot_now"]}, 200, "SR-001", True),
    ],
)
def test_a_day_ends_a_band_only_where_time_alone_ends_it(
    name: str, ticked: dict[str, Any], days_ago: int, rule: str, stays: bool
) -> None:
    given = {**ticked, name: on_day(days_ago), "operation_where": ["knee"], "clot_treated": True}
    assert (rule in fired(decide(case_of(MAN, given)))) is stays


def test_other_choices_stay_when_one_has_ended() -> None:
    given = {
        "operations": ["operation_6_weeks", "metalwork"],
        "operation_on": on_day(50),
        "operation_where": ["knee"],
    }
    assert fired(decide(case_of(MAN, given))) == {"SR-064"}


@pytest.mark.parametrize(
    ("said", "days_ago", "rules"),
    [
        ("none", 10, {"SR-021"}),
        ("under_6_weeks_complicated", 10, {"SR-021"}),
        ("under_6_weeks", 42, set()),
    ],
)
def test_the_weeks_after_birth_follow_the_day(said: str, days_ago: int, rules: set[str]) -> None:
    given = {"pregnant": False, "birth_recent": said, "birth_on": on_day(days_ago)}
    found = decide(case_of(WOMAN, given))
    assert {finding.rule_id for finding in found.findings} == rules


def test_a_birth_of_which_nobody_asked_may_have_been_complicated() -> None:
    found = decide(case_of(WOMAN, {"birth_on": on_day(10)}, not_asked=["birth_recent"]))
    finding = found.finding("SR-021")
    assert finding is not None
    assert finding.state == "fired"
    assert found.missing == ("birth_recent",)


@pytest.mark.parametrize(("days_ago", "counts"), [(0, True), (30, True), (31, False), (-1, False)])
def test_a_blood_pressure_reading_counts_for_thirty_days(days_ago: int, counts: bool) -> None:
    given = {
        "heart_and_blood": ["high_blood_pressure"],
        "bp_known": True,
        "bp_systolic": 150,
        "bp_diastolic": 95,
        "bp_on": on_day(days_ago),
    }
    found = decide(case_of(MAN, given))
    assert found.undecided is not counts
    if not counts:
        assert found.missing == ("bp_known",)


def test_a_reading_without_a_day_counts_as_it_stands_and_an_old_one_nobody_gave_is_nothing() -> (
    None
):
    assert not derive({"bp_systolic": 150}, TODAY, load()).answers
    assert not derive({"bp_on": on_day(90)}, TODAY, load()).answers


def test_a_day_stored_as_text_is_a_day_and_anything_else_is_none() -> None:
    assert day_of("2026-11-22") == TODAY
    assert day_of("soon") is None
    assert day_of(7) is None


def test_months_are_months_of_the_calendar() -> None:
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert within(date(2026, 8, 22), date(2026, 11, 21), months=3)
    assert not within(date(2026, 8, 22), date(2026, 11, 22), months=3)
    assert not within(date(2026, 11, 23), TODAY, days=5)


def test_the_reason_names_the_day() -> None:
    given = {"operation_on": date(2026, 10, 12), "operation_where": ["knee"]}
    finding = decide(case_of(MAN, given)).findings[0]
    assert finding.facts[0].answered == (
        "An operation in the last six weeks, by the operation: 12 October 2026"
        " (answered: None of these)"
    )


def test_the_same_person_is_screened_anew_on_another_day() -> None:
    case = case_of(MAN, {"operation_on": on_day(10), "operation_where": ["knee"]})
    later = Case(case.answers, TODAY + timedelta(days=40), case.marks)
    assert decide(case).blocks_booking
    assert not decide(later).blocks_booking
