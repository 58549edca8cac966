"""What a plan asks of the calendar: how many visits, how long, how far apart, which are
reviews.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from unknot.clinic.models import Appointment, Episode, PlanVersion
from unknot.clinic.plan.stored import booked_of
from unknot.reasoning.book import gaps_for


@dataclass(frozen=True)
class Course:
    """A plan as the calendar sees it. `gaps` are days between visits, repeated.

    `before` counts the plan's visits that are booked or over already; the numbers of the ones to
    book follow them. `reviews` are numbers of the whole plan, which start at 1.
    """

    visits: int
    minutes: int
    gaps: tuple[int, ...]
    reviews: frozenset[int]
    skills: frozenset[str]
    before: int = 0

    @property
    def reviews_to_book(self) -> frozenset[int]:
        """The reviews among the visits to book, counted from the first of those."""
        return frozenset(number - self.before for number in self.reviews if number > self.before)


def course_of(plan: PlanVersion) -> Course:
    """The course an agreed or proposed plan describes. Raises KeyError when its dose is not
    there.
    """
    content: Mapping[str, Any] = plan.content
    dose = content["dose"]
    visits = int(dose["visits"])
    reviews = {visits}
    if content.get("review_after_visit"):
        reviews.add(int(content["review_after_visit"]) + 1)
    return Course(
        visits=visits,
        minutes=int(dose["minutes"]),
        gaps=gaps_for(int(dose["per_week"])) if int(dose["per_week"]) >= 1 else (14,),
        reviews=frozenset(number for number in reviews if 1 <= number <= visits),
        skills=frozenset(content.get("skills", ())),
    )


def course_behind(visit: Appointment) -> Course | None:
    """The course of the plan this visit was booked for, or None for a single visit."""
    plan = visit.series.plan if visit.series else None
    return course_of(plan) if plan else None


def agreed_plan(episode: Episode) -> PlanVersion | None:
    """The plan the client agreed to and nobody replaced since, or None."""
    return episode.plans.filter(state=PlanVersion.State.AGREED).first()


def rest_of_course(plan: PlanVersion) -> Course | None:
    """What of the plan is still to be booked; None when every visit is booked or over."""
    course = course_of(plan)
    before = booked_of(plan)
    if before >= course.visits:
        return None
    return replace(course, visits=course.visits - before, before=before)
