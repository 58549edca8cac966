"""What a therapist sets aside no longer counts, and never disappears."""

from __future__ import annotations

from datetime import date

import pytest

from unknot.knowledge import load
from unknot.reasoning.case import Case
from unknot.reasoning.interview import asks
from unknot.reasoning.scale import Disposition
from unknot.reasoning.screen import NotToBeSetAside, decide, set_aside

TODAY = date(2026, 11, 22)


def well(**answers: object) -> Case:
    """Somebody of 51 with low back pain who answered every question with no."""
    case = Case(
        {"age_years": 51, "sex": "male", "main_area": "low_back", "decides_for_self": True}, TODAY
    )
    case = case.with_answers(pain_weeks=104, onset="gradual", **answers)  # type: ignore[arg-type]
    for question in load().questions.values():
        if question.staff or question.id in case.answers or asks(question, case) is False:
            continue
        if question.kind == "yes_no":
            case = case.with_answers(**{question.id: False})
        elif "none" in question.choice_ids and not question.is_checklist:
            none = ("none",) if question.kind == "several" else "none"
            case = case.with_answers(**{question.id: none})
    return case


def test_without_the_finding_its_limits_are_gone_and_the_rest_stays() -> None:
    both = decide(well(anticoagulant=True, steroid_long_term=True))
    without = set_aside(both, {"SR-005"})
    assert both.pressure_ceiling == without.pressure_ceiling == 2  # the other rule says so too
    alone = set_aside(decide(well(anticoagulant=True)), {"SR-005"})
    assert alone.pressure_ceiling == 5
    assert alone.banned_techniques == ()
    assert alone.disposition is Disposition.PROCEED


def test_the_finding_stays_and_says_that_it_was_set_aside() -> None:
    screening = set_aside(decide(well(anticoagulant=True)), {"SR-005"})
    finding = screening.finding("SR-005")
    assert finding is not None
    assert finding.state == "set_aside"
    assert type(screening).from_dict(screening.to_dict()) == screening


def test_setting_nothing_aside_changes_nothing() -> None:
    screening = decide(well(skin=("patch",), skin_where=("low_back",)))
    assert set_aside(screening, set(), knowledge=load()) == screening


def test_while_an_answer_is_missing_it_still_blocks() -> None:
    case = well(anticoagulant=True).with_answers(fever=None)
    screening = set_aside(decide(case), {"SR-005"})
    assert screening.blocks_booking
    assert screening.disposition is Disposition.MEDICAL_CLEARANCE


@pytest.mark.parametrize(
    ("answers", "rule_id"),
    [
        ({"bladder_change": "cannot_pass"}, "RF-LUM-01"),
        ({"fever": True}, "SR-033"),
        ({"anticoagulant": True}, "SR-001"),
        ({}, "SR-005"),
    ],
)
def test_red_flags_bans_and_what_did_not_fire_cannot_be_set_aside(
    answers: dict[str, object], rule_id: str
) -> None:
    with pytest.raises(NotToBeSetAside):
        set_aside(decide(well(**answers)), {rule_id})
