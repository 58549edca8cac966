"""Every rule and red flag against its cases: fires, does not, boundary, answer missing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.cases import case_of, written
from unknot.knowledge import load
from unknot.knowledge.safety import SafetyRecord
from unknot.reasoning.screen import Screening, decide

RULE_CASES = list(written("red_flags", "rules"))
RECORDS: dict[str, SafetyRecord] = {**load().red_flags, **load().rules}
KEYS = {
    "ceiling": "pressure_ceiling",
    "pain_cap": "pain_cap",
    "minutes": "most_minutes",
    "left_out": "excluded_groups",
    "gentle": "gentle_groups",
    "banned": "banned_techniques",
    "positions": "positions",
}


def _name(case: dict[str, Any]) -> str:
    return f"{case['rule']}: {case['name']}"


def _screen(case: dict[str, Any]) -> Screening:
    given, not_asked, drawn = (
        case.get("given", {}),
        case.get("not_asked", ()),
        case.get("drawn", ()),
    )
    return decide(case_of(case["person"], given, not_asked, drawn))


@pytest.mark.parametrize("case", RULE_CASES, ids=_name)
def test_a_rule_does_what_its_case_says(case: dict[str, Any]) -> None:
    found, expect = _screen(case), case.get("expect", {})
    finding = found.finding(case["rule"])
    if case["kind"] == "missing":
        assert finding is not None
        assert set(expect["missing"]) <= set(found.missing)
        assert set(expect["missing"]) <= set(finding.waits_for)
        assert found.undecided
        assert found.blocks_booking
    elif case["kind"] == "does_not" or expect.get("fires") is False:
        assert finding is None or finding.state == "unknown"
    else:
        assert finding is not None
        assert finding.state == "fired"
        assert (finding.disposition, finding.urgency) == (
            expect["disposition"],
            expect["urgency"],
        )
        for key, attribute in KEYS.items():
            if key in expect:
                _at_least_as_strict(getattr(finding, attribute), expect[key])


def _at_least_as_strict(limit: Any, expected: Any) -> None:
    if isinstance(expected, list):
        assert set(expected) <= set(limit)
    else:
        assert limit == expected


def _has_number(record: SafetyRecord) -> bool:
    conditions = [record.when, *(worse.when for worse in record.worse_when)]
    return any(
        test.operator in ("at_least", "at_most", "below", "above")
        for when in conditions
        if when
        for test in when.tests
    )


@pytest.mark.parametrize("record", RECORDS.values(), ids=lambda record: record.id)
def test_every_rule_has_a_case_that_fires_one_that_does_not_and_one_not_asked(
    record: SafetyRecord,
) -> None:
    kinds = {case["kind"] for case in RULE_CASES if case["rule"] == record.id}
    wanted = {"fires", "does_not", "missing"} | ({"boundary"} if _has_number(record) else set())
    assert wanted <= kinds


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
