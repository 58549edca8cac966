"""Every answer, at every grade, ends in the action its rule names: the table, and that it is
whole.
"""

from __future__ import annotations

import itertools
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from unknot.knowledge import load
from unknot.reasoning.follow_up.act import Triage
from unknot.reasoning.follow_up.diary import CheckIn, judge
from unknot.reasoning.follow_up.soreness import (
    SorenessAnswers,
    is_graded,
    signs,
    triage,
)
from unknot.reasoning.scale import Urgency, severity

EVENTS = load().adverse_events
TABLE = tomllib.loads((Path(__file__).parent / "after_a_visit.toml").read_text("utf-8"))["case"]
NO_ANSWER = "not answered"
NOT_GIVEN = 0
PAIN_BEFORE = 5
NOW = datetime(2026, 11, 20, 20, tzinfo=UTC)
CHECKS = [case for case in TABLE if "asked" not in case]
CHECK_INS = [case for case in TABLE if "asked" in case]


def check(given: dict[str, Any], grade: int | None) -> Triage:
    """What the program does with these answers; all else is well."""
    said: dict[str, Any] = {
        "soreness": 0,
        "grade": 0,
        "lasted_hours": None,
        "pain_now": PAIN_BEFORE - 1,
        "hours_since_visit": 30,
        "relief_hours": 24,
        "signs": [],
        "something_new": False,
        "unsure": False,
    } | {key: None if value == NO_ANSWER else value for key, value in given.items()}
    ticked = said.pop("signs")
    return triage(
        SorenessAnswers(
            soreness_0_10=said.pop("soreness"),
            pain_now_0_10=said.pop("pain_now"),
            pain_before_0_10=PAIN_BEFORE,
            signs=None if ticked is None else dict.fromkeys(ticked, grade),
            **said,
        ),
        EVENTS,
    )


def check_in(given: dict[str, Any]) -> Triage:
    """What the program does with a check-in of this evening."""
    hours = given.get("worse_hours", 0)
    pain = PAIN_BEFORE + 2 if hours else PAIN_BEFORE
    entry = CheckIn(
        NOW,
        pain,
        flare=given.get("flare"),
        signs=frozenset(given["signs"]) if "signs" in given else None,
        signs_asked=given.get("signs_asked", "signs" in given),
        unsure=given.get("unsure", False),
    )
    before = CheckIn(NOW - timedelta(hours=hours), pain)
    return judge(entry, [before], PAIN_BEFORE, EVENTS)


def agrees(found: Triage, case: dict[str, Any]) -> None:
    assert list(found.rule_ids) == case["records"]
    assert [EVENTS[name].fact for name in found.rule_ids] == case["rules"]
    assert found.urgency == case["urgency"]
    assert found.alerts is case["list"]
    assert list(found.plan) == case["plan"]
    assert list(found.unanswered) == case.get("missing", [])
    assert found.stops is bool({"pause", "stop"} & set(case["plan"]))
    assert found.asks_screening is ("stop" in case["plan"])


@pytest.mark.parametrize(
    ("case", "grade"),
    [(case, grade) for case in CHECKS for grade in case.get("grades", [NOT_GIVEN])],
    ids=lambda one: one if isinstance(one, int) else one["answer"],
)
def test_each_answer_after_a_visit_ends_in_the_action_of_its_rule(
    case: dict[str, Any], grade: int
) -> None:
    agrees(check(case["given"], grade or None), case)


@pytest.mark.parametrize("case", CHECK_INS, ids=lambda one: one["answer"])
def test_each_answer_of_a_check_in_ends_in_the_action_of_its_rule(case: dict[str, Any]) -> None:
    agrees(check_in(case["given"]), case)


def test_the_table_has_every_sign_at_every_grade() -> None:
    told = {
        (case["given"]["signs"][0], grade)
        for case in CHECKS
        if isinstance(case["given"].get("signs"), list) and len(case["given"]["signs"]) == 1
        for grade in case["grades"]
    }
    assert told == {(event.id, grade) for event in signs(EVENTS) for grade in (0, 1, 2, 3)}


def test_the_table_has_every_record_and_the_rule_it_rests_on() -> None:
    rows = {name: rule for case in TABLE for name, rule in zip(case["records"], case["rules"])}  # noqa: B905
    assert rows == {event.id: event.fact for event in EVENTS.values()}


@pytest.mark.parametrize("first", [event.id for event in signs(EVENTS)])
def test_a_second_sign_never_makes_the_action_milder(first: str) -> None:
    alone = check({"signs": [first]}, 1)
    for second in (event.id for event in signs(EVENTS)):
        both = check({"signs": [first, second]}, 1)
        assert severity(both.urgency) >= severity(alone.urgency)
        assert set(both.plan) >= set(alone.plan)
        assert both.alerts >= alone.alerts


def test_every_soreness_ends_where_its_grade_and_length_say() -> None:
    """0-10 by grade by length: grade 2 or more is escalated, then more than 72 hours."""
    for sore, grade, hours in itertools.product(
        range(11), (None, 0, 1, 2, 3), (None, 12, 36, 72, 96)
    ):
        found = check({"soreness": sore, "grade": grade, "lasted_hours": hours}, None)
        told = dict.fromkeys(found.rule_ids)
        if (grade or 0) >= 2:
            assert "sore_and_limiting" in told
        elif (sore or grade) and (hours or 0) > 72:
            assert "sore_for_long" in told
        elif sore or grade:
            assert list(told) == ["sore"]
        else:
            assert not told
        escalated = (grade or 0) >= 2 or bool((sore or grade) and (hours or 0) > 72)
        left_open = bool(sore) and (grade is None or hours is None)
        assert found.alerts is (escalated or left_open)


def test_what_cannot_wait_needs_no_grade_and_what_can_wait_does() -> None:
    for event in signs(EVENTS):
        assert is_graded(event) is (event.urgency is Urgency.NONE)
        assert bool(check({"signs": [event.id]}, None).unanswered) is is_graded(event)


def test_whatever_needs_a_doctor_holds_visits_until_screened_again() -> None:
    for event in EVENTS.values():
        if event.urgency is not Urgency.NONE:
            assert (event.alerts, event.stops, event.asks_screening) == (True, True, True)
