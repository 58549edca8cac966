"""Cases and screenings for the tests of plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from unknot.reasoning.case import Case
from unknot.reasoning.plan import Plan, propose
from unknot.reasoning.scale import Disposition, Urgency
from unknot.reasoning.screen import Finding, Screening

TODAY = date(2026, 11, 23)  # a Monday

CLEAR = Screening(
    disposition=Disposition.PROCEED,
    could_be=Disposition.PROCEED,
    urgency=Urgency.NONE,
    undecided=False,
    missing=(),
    headline="",
    say="",
    findings=(),
    pressure_ceiling=5,
    pain_cap=5,
    most_minutes=None,
    excluded_groups=(),
    excluded_regions=(),
    gentle_groups=(),
    banned_techniques=(),
    positions=(),
    as_of=TODAY,
    knowledge_version="test",
)
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
