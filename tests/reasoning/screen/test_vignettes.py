"""Whole people: the whole result of their screening, and the plan where one may be made."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.cases import TODAY, screened, written
from tests.support.checks import check_vignette
from unknot.knowledge import load
from unknot.knowledge.vocabulary import Disposition, Urgency
from unknot.reasoning.case import Case
from unknot.reasoning.plan import Plan, PlanBreaksScreening, PlanImpossible, propose
from unknot.reasoning.screen import Screening, decide

VIGNETTES = list(written("vignettes"))
FEWEST = 60
MUST_COVER = {
    "pregnancy", "after birth", "cancer", "blood pressure", "anticoagulant", "osteoporosis",
    "child", "guardian", "age boundary", "whiplash", "cauda equina", "myelopathy",
    "deep vein thrombosis", "lung clot", "giant cell arteritis", "stroke", "infection",
    "after an operation", "artery dissection", "heart attack", "fracture", "clearance",
    "unanswered", "drawn", "crisis",
}  # fmt: skip

for_each = pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda case: case["name"])


@for_each
def test_a_person_is_screened_as_the_case_says(vignette: dict[str, Any]) -> None:
    check_vignette(vignette, decide(screened(vignette)))


@for_each
def test_a_plan_exists_only_where_treatment_may_and_keeps_within_it(
    vignette: dict[str, Any],
) -> None:
    case = screened(vignette)
    found = decide(case)
    if found.blocks_booking:
        with pytest.raises(PlanBreaksScreening):
            _plan(case, found, vignette.get("condition", ""))
        return
    try:
        plan = _plan(case, found, vignette.get("condition", ""))
    except (PlanImpossible, PlanBreaksScreening):
        assert "plan" not in vignette
        return
    assert not {one.technique_id for one in plan.techniques} & set(found.banned_techniques)
    assert not set(plan.groups) & set(found.excluded_groups)
    assert plan.pressure_ceiling <= found.pressure_ceiling
    assert found.most_minutes is None or plan.dose.minutes <= found.most_minutes
    _as_expected(plan, vignette.get("plan", {}))


def _plan(case: Case, found: Screening, condition: str) -> Plan:
    return propose(case, found, today=TODAY, price_cents_per_visit=9000, condition_id=condition)


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
    found = decide(screened(vignette))
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
