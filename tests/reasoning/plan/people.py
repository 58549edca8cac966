"""Cases and screenings for the tests of plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from unknot.knowledge import load
from unknot.knowledge.questions import Question
from unknot.reasoning.case import Case
from unknot.reasoning.plan import Plan, propose
from unknot.reasoning.scale import Disposition, Urgency
from unknot.reasoning.screen import Finding, Screening, decide

TODAY = date(2026, 11, 23)  # a Monday


def otherwise_well(**own: Any) -> Case:
    """These answers, and "no" or "none" to every safety question that is then still open."""
    known = load()
    known_well = {
        "decides_for_self": True,
        "cancer_history": False,
        "age_at_onset": 48,
        "bp_systolic": 120,
        "bp_diastolic": 80,
    }
    case = Case({**known_well, **own}, TODAY)
    for _ in range(len(known.questions)):
        missing = [key for key in decide(case).missing if key not in case.answers]
        plain = [key for key in missing if _no(known.questions[key]) is not None]
        if not plain:
            break
        case = case.with_answers(**{key: _no(known.questions[key]) for key in plain})
    return case


def _no(question: Question) -> Any:
    if question.kind == "yes_no":
        return False
    if question.kind == "several":
        return ("none",) if "none" in question.choice_ids else None
    return question.choice_ids[0] if question.choices else question.low


CLEAR = decide(otherwise_well(age_years=51, main_area="low_back", pain_weeks=104))


FINDING = Finding(
    rule_id="SR-000",
    version="1",
    state="fired",
    disposition=Disposition.ADAPT,
    urgency=Urgency.NONE,
    title="A reason",
    tell="",
    because="",
    do="",
    tell_doctor="",
    adapt="",
    facts_read=(),
    sources=(),
    evidence="convention",
    confidence="high",
    clinician_review="pending",
    review_by=TODAY,
    is_overdue=False,
    overridable=True,
)


def fired(rule_id: str, **more: Any) -> Finding:
    """A finding of this rule."""
    return replace(FINDING, rule_id=rule_id, **more)


def screened(**more: Any) -> Screening:
    """A clear screening with these differences."""
    return replace(CLEAR, **more)


def back(**answers: Any) -> Case:
    """The man of 51 with low back pain for two years, with these differences."""
    known = {"age_years": 51, "main_area": "low_back", "pain_weeks": 104, "pain_average": 5}
    return Case({key: v for key, v in {**known, **answers}.items() if v is not None}, TODAY)


def neck(**answers: Any) -> Case:
    """Somebody with neck pain for a year."""
    return back(**{"main_area": "neck_upper_back", "pain_weeks": 52, "age_years": 38, **answers})


def plan_for(case: Case, screening: Screening = CLEAR, **more: Any) -> Plan:
    """The plan proposed for a case."""
    return propose(case, screening, today=TODAY, price_cents_per_visit=9000, **more)
