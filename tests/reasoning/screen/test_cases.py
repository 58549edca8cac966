"""Every rule and red flag against its cases: fires, does not, boundary, answer missing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.cases import (
    conditions,
    lacking,
    one_answer_away,
    questions_of,
    records,
    screened,
    written,
)
from tests.support.checks import check_rule_case
from unknot.knowledge import load
from unknot.knowledge.safety import SafetyRecord
from unknot.reasoning.screen import Screening, decide

RULE_CASES = list(written("red_flags", "rules"))
RECORDS = records()


def _name(case: dict[str, Any]) -> str:
    return f"{case['rule']}: {case['name']}"


def _screen(case: dict[str, Any]) -> Screening:
    return decide(screened(case))


@pytest.mark.parametrize("case", RULE_CASES, ids=_name)
def test_a_rule_does_what_its_case_says(case: dict[str, Any]) -> None:
    check_rule_case(case, _screen(case))


def _has_number(record: SafetyRecord) -> bool:
    conditions = [record.when, *(worse.when for worse in record.worse_when)]
    return any(
        test.operator in ("at_least", "at_most", "below", "above")
        for when in conditions
        if when
        for test in when.tests
    )


@pytest.mark.parametrize("record", RECORDS.values(), ids=lambda record: record.id)
def test_every_rule_has_a_case_that_fires_one_that_does_not_a_boundary_and_one_not_asked(
    record: SafetyRecord,
) -> None:
    assert lacking()[record.id] == []


@pytest.mark.parametrize("record", RECORDS.values(), ids=lambda record: record.id)
def test_a_rule_with_a_number_is_shown_at_the_number(record: SafetyRecord) -> None:
    boundaries = [
        case for case in RULE_CASES if (case["rule"], case["kind"]) == (record.id, "boundary")
    ]
    at_a_number = [case for case in boundaries if "nearest" not in case]
    if _has_number(record):
        assert {case["expect"].get("fires", True) for case in at_a_number} == {True, False}
    else:
        assert not at_a_number


@pytest.mark.parametrize("case", [case for case in RULE_CASES if "nearest" in case], ids=_name)
def test_a_nearest_answer_is_one_answer_from_the_other_side(case: dict[str, Any]) -> None:
    fires = case["expect"].get("fires", True)
    record = RECORDS[case["rule"]]
    names = dict.fromkeys(
        name for other in conditions(record, load()) for name in questions_of(other)
    )
    beside = one_answer_away(screened(case), [name for name in names if name != "drawn_numb"])
    assert any(_fires(decide(other), record.id) is not fires for other in beside)


def _fires(found: Screening, rule: str) -> bool:
    finding = found.finding(rule)
    return finding is not None and finding.state == "fired"


def test_every_way_of_getting_worse_has_a_case() -> None:
    for record in RECORDS.values():
        shown = {
            (case["expect"]["disposition"], case["expect"]["urgency"])
            for case in RULE_CASES
            if case["rule"] == record.id and "urgency" in case.get("expect", {})
        }
        urgencies = {urgency for _, urgency in shown}
        assert {worse.urgency for worse in record.worse_when} <= urgencies, record.id


def test_no_case_names_a_rule_that_does_not_exist() -> None:
    assert {case["rule"] for case in RULE_CASES} <= set(RECORDS)
