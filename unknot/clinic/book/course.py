"""What a plan asks of the calendar: how many visits, how long, how far apart, which are
reviews.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from unknot.clinic.models import Episode, PlanVersion
from unknot.reasoning.book import gaps_for

# Training that some care needs beyond a licence; a therapist's skills name it when they hold it.
SPECIAL_SKILLS = frozenset({"prenatal", "oncology", "intraoral", "lymphatic", "scar"})


@dataclass(frozen=True)
class Course:
    """A plan as the calendar sees it. `gaps` are days between visits, repeated; numbers start
    at 1.
    """

    visits: int
    minutes: int
    gaps: tuple[int, ...]
    reviews: frozenset[int]
    skills: frozenset[str]


def course_of(plan: PlanVersion) -> Course:
    """The course an agreed or proposed plan describes. Raises KeyError when its dose is not
    there.
    """
    content: Mapping[str, Any] = plan.content
    dose = content["dose"]
    visits = int(dose["visits"])
    reviews = {visits}
    if content.get("review_after_visit"):
        reviews.add(int(content["review_after_visit"]))
    return Course(
        visits=visits,
        minutes=int(dose["minutes"]),
        gaps=gaps_for(int(dose["per_week"])) if int(dose["per_week"]) >= 1 else (14,),
        reviews=frozenset(number for number in reviews if 1 <= number <= visits),
        skills=SPECIAL_SKILLS & frozenset(content.get("skills", ())),
    )


def agreed_plan(episode: Episode) -> PlanVersion | None:
    """The plan the client agreed to and nobody replaced since, or None."""
    return episode.plans.filter(state=PlanVersion.State.AGREED).first()
