"""Episodes that have come some way: answered, screened, and ready to plan for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.reasoning.plan.people import otherwise_well
from tests.support.cast import NOW, House
from unknot.clinic.access import system
from unknot.clinic.intake.actions import save_case
from unknot.clinic.models import Episode, Screening
from unknot.clinic.screen.actions import decide
from unknot.reasoning.case import Case
from unknot.reasoning.marks import Mark

BACK = {
    "age_years": 51,
    "sex": "male",
    "main_area": "low_back",
    "pain_weeks": 104,
    "pain_average": 5,
    "leg_pain": "none",
    "onset": "gradual",
    "numb_areas": ("none",),
    "activities": ("carry my daughter", "sit through a film", "tie my shoes"),
}


def screened(
    house: House,
    *,
    episode: Episode | None = None,
    marks: tuple[Mark, ...] = (),
    now: datetime = NOW,
    **answers: Any,
) -> Screening:
    """The screening of an episode (by default Cora's) with these answers, otherwise well."""
    case = otherwise_well(**{**BACK, **answers})
    by = system(house.practice)
    intake = save_case(
        episode=episode or house.episode,
        case=Case(case.answers, now.date(), marks),
        by=by,
        now=now,
    )
    return decide(intake=intake, by=by, now=now)
