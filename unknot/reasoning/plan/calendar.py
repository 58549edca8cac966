"""The dose as a small calendar: weeks in rows, visits and reviews on their days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from unknot.reasoning.plan.model import Plan

# Days after the first visit of a week, so that visits are spread; booking settles the real days.
SPREAD = {1: (0,), 2: (0, 3), 3: (0, 2, 4)}


@dataclass(frozen=True)
class Day:
    """One day of the calendar. `visit` is its number in the course, 0 on other days."""

    on: date
    visit: int = 0
    review: bool = False


@dataclass(frozen=True)
class Week:
    """One week, counted from 1 at the first visit; the one after the last may hold a review."""

    number: int
    days: tuple[Day, ...]


def weeks_of(plan: Plan) -> tuple[Week, ...]:
    """Every week of the course, seven days each, beginning on the weekday of the first visit."""
    last = max((plan.review_on[-1] - plan.starts_on).days // 7 + 1, plan.dose.weeks)
    return tuple(_week(plan, number) for number in range(1, last + 1))


def visit_days(plan: Plan) -> tuple[date, ...]:
    """The suggested day of each visit, in order."""
    return tuple(
        plan.starts_on + timedelta(weeks=week, days=offset)
        for week in range(plan.dose.weeks)
        for offset in SPREAD[plan.dose.per_week]
    )


def _week(plan: Plan, number: int) -> Week:
    numbers = {day: index for index, day in enumerate(visit_days(plan), start=1)}
    first = plan.starts_on + timedelta(weeks=number - 1)
    days = (first + timedelta(days=offset) for offset in range(7))
    return Week(
        number, tuple(Day(day, numbers.get(day, 0), day in plan.review_on) for day in days)
    )
