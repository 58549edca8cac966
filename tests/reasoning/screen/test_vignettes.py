"""Whole people: the whole result of their screening."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.cases import case_of, written
from unknot.reasoning.screen import Screening, decide

VIGNETTES = list(written("vignettes"))
SETS = {"left_out": "excluded_groups", "banned": "banned_techniques", "positions": "positions"}
VALUES = {
    "disposition": "disposition",
    "urgency": "urgency",
    "blocks": "blocks_booking",
    "ceiling": "pressure_ceiling",
    "headline": "headline",
}


def _screen(case: dict[str, Any]) -> Screening:
    return decide(
        case_of(
            case["person"],
            case.get("given", {}),
            case.get("not_asked", ()),
            case.get("drawn", ()),
        )
    )


@pytest.mark.parametrize("case", VIGNETTES, ids=lambda case: case["name"])
def test_a_person_is_screened_as_the_case_says(case: dict[str, Any]) -> None:
    found, expect = _screen(case), case["expect"]
    for key, attribute in VALUES.items():
        if key in expect:
            assert getattr(found, attribute) == expect[key]
    for key, attribute in SETS.items():
        if key in expect:
            assert set(expect[key]) <= set(getattr(found, attribute))
    shown = [finding for finding in found.findings if finding.state != "unknown"]
    assert [finding.rule_id for finding in shown] == expect["rules"]
    if "missing" in expect:
        assert list(found.missing) == expect["missing"]
    cleared = [finding.rule_id for finding in shown if finding.state == "cleared"]
    assert cleared == expect.get("cleared", [])
    if "tell_doctor" in expect:
        assert expect["tell_doctor"] in found.findings[0].tell_doctor


@pytest.mark.parametrize("case", VIGNETTES, ids=lambda case: case["name"])
def test_a_screening_survives_being_kept(case: dict[str, Any]) -> None:
    found = _screen(case)
    assert Screening.from_dict(json.loads(json.dumps(found.to_dict()))) == found
