"""Whole people: the whole result of their screening, and the plan where one may be made."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.cases import TODAY, case_of, written
from unknot.knowledge import load
from unknot.knowledge.vocabulary import Disposition, Urgency
from unknot.reasoning.case import Case
from unknot.reasoning.plan import Plan, PlanBreaksScreening, PlanImpossible, propose
from unknot.reasoning.screen import Screening, decide

VIGNETTES = list(written("vignettes"))
FEWEST = 60
EXACT = {"left_out": "excluded_groups", "positions": "positions", "gentle": "gentle_groups"}
VALUES = {
    "disposition": "disposition",
    "urgency": "urgency",
    "blocks": "blocks_booking",
    "ceiling": "pressure_ceiling",
    "minutes": "most_minutes",
    "headline": "headline",
}
MUST_COVER = {
    "pregnancy", "after birth", "cancer", "blood pressure", "anticoagulant", "osteoporosis",
    "child", "guardian", "age boundary", "whiplash", "cauda equina", "myelopathy",
    "deep vein thrombosis", "lung clot", "giant cell arteritis", "stroke", "infection",
    "after an operation", "artery dissection", "heart attack", "fracture", "clearance",
    "unanswered", "drawn", "crisis",
}  # fmt: skip

for_each = pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda case: case["name"])


def _case(vignette: dict[str, Any]) -> Case:
    return case_of(
        vignette["person"],
        vignette.get("given", {}),
        vignette.get("not_asked", ()),
        vignette.get("drawn", ()),
    )


@for_each
def test_a_person_is_screened_as_the_case_says(vignette: dict[str, Any]) -> None:
    found, expect = decide(_case(vignette)), vignette["expect"]
    shown = [finding for finding in found.findings if finding.state != "unknown"]
    assert [finding.rule_id for finding in shown] == expect["rules"]
    for key, attribute in VALUES.items():
        if key in expect:
            assert getattr(found, attribute) == expect[key], key
    for key, attribute in EXACT.items():
        if key in expect:
            assert sorted(getattr(found, attribute)) == sorted(expect[key]), key
    assert set(expect.get("banned", ())) <= set(found.banned_techniques)
    if "missing" in expect:
        assert list(found.missing) == expect["missing"]
    cleared = [finding.rule_id for finding in shown if finding.state == "cleared"]
    assert cleared == expect.get("cleared", [])
    if "tell_doctor" in expect:
        assert expect["tell_doctor"] in found.findings[0].tell_doctor


@for_each
def test_a_plan_exists_only_where_treatment_may_and_keeps_within_it(
    vignette: dict[str, Any],
) -> None:
    case = _case(vignette)
    found = decide(case)
    if found.blocks_booking:
        with pytest.raises(PlanBreaksScreening):
            _plan(case, found)
        return
    try:
        plan = _plan(case, found)
    except (PlanImpossible, PlanBreaksScreening):
        assert "plan" not in vignette
        return
    assert not {one.technique_id for one in plan.techniques} & set(found.banned_techniques)
    assert not set(plan.groups) & set(found.excluded_groups)
    assert plan.pressure_ceiling <= found.pressure_ceiling
    assert found.most_minutes is None or plan.dose.minutes <= found.most_minutes
    _as_expected(plan, vignette.get("plan", {}))


def _plan(case: Case, found: Screening) -> Plan:
    return propose(case, found, today=TODAY, price_cents_per_visit=9000)


def _as_expected(plan: Plan, expect: dict[str, Any]) -> None:
    said = {
        "condition": plan.condition_id,
        "ceiling": plan.pressure_ceiling,
        "minutes": plan.dose.minutes,
        "per_week": plan.dose.per_week,
        "weeks": plan.dose.weeks,
    }
    assert {key: said[key] for key in expect} == expect


@for_each
def test_a_screening_survives_being_kept(vignette: dict[str, Any]) -> None:
    found = decide(_case(vignette))
    assert Screening.from_dict(json.loads(json.dumps(found.to_dict()))) == found


@for_each
def test_a_vignette_says_why_and_from_which_source(vignette: dict[str, Any]) -> None:
    assert vignette["why"].endswith(".")
    assert vignette["about"]
    assert vignette["sources"]
    assert set(vignette["sources"]) <= set(load().sources)


def test_the_vignettes_cover_every_condition_disposition_and_urgency() -> None:
    assert len(VIGNETTES) >= FEWEST
    assert {one["condition"] for one in VIGNETTES if "condition" in one} == set(load().conditions)
    assert {one["expect"]["disposition"] for one in VIGNETTES} == set(Disposition)
    assert {one["expect"]["urgency"] for one in VIGNETTES} == set(Urgency)
    assert {topic for one in VIGNETTES for topic in one["about"]} >= MUST_COVER


def test_no_two_vignettes_have_the_same_name() -> None:
    names = [one["name"] for one in VIGNETTES]
    assert len(names) == len(set(names))
