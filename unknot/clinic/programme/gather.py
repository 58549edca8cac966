"""The programme's two tables from the rows of a practice. No name leaves here."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from unknot.knowledge import load
from unknot.programme import Course, Session

from ..access import Actor, scope
from ..models import Episode, Intake, PlanVersion, Visit

ACTION: Final = "programme.publish"
DEFAULT_MINUTES: Final = 60.0
ACUTE_WEEKS: Final = 12
SLEEP: Final = ((7, "good"), (4, "middling"), (0, "poor"))
AGES: Final = ((60, "60 and over"), (40, "40 to 59"), (0, "under 40"))
UNKNOWN: Final = "unknown"
NO_PLAN: Final = {
    "low_back": "Low back, no plan yet",
    "neck_upper_back": "Neck and upper back, no plan yet",
}


def tables(by: Actor) -> tuple[list[Session], list[Course]]:
    """Visits that took place, and episodes with their kept fits. Six queries, however many."""
    visits = list(
        scope(Visit, by, ACTION)
        .filter(finished_at__isnull=False)
        .order_by("opened_at")
        .values_list(
            "appointment__episode_id",
            "opened_at",
            "started_at",
            "finished_at",
            "appointment__room__location__name",
        )
    )
    where: dict[Any, str] = {}
    for episode, *_, place in visits:
        where.setdefault(episode, place or UNKNOWN)
    return [_session(*row[:4]) for row in visits], _courses(by, where)


def _session(
    episode: Any, opened: datetime, started: datetime | None, ended: datetime | None
) -> Session:
    began = started or opened
    minutes = (ended - began).total_seconds() / 60 if ended else 0.0
    return Session(str(episode), began, minutes or DEFAULT_MINUTES)


def _courses(by: Actor, where: dict[Any, str]) -> list[Course]:
    told, conditions = _told(by), _conditions(by)
    rows = scope(Episode, by, ACTION).values_list(
        "pk", "main_area", "fit__baseline", "fit__p_worthwhile"
    )
    found = []
    for key, area, baseline, chance in rows:
        weeks, age, sleep = told.get(key, (None, None, None))
        found.append(
            Course(
                course=str(key),
                condition=conditions.get(key) or NO_PLAN.get(area, area),
                location=where.get(key, UNKNOWN),
                region=area,
                baseline=baseline,
                p_worthwhile=chance,
                acute=UNKNOWN if weeks is None else "yes" if weeks < ACUTE_WEEKS else "no",
                age_band=_band(age, AGES),
                sleep_band=_band(sleep, SLEEP),
            )
        )
    return found


def _told(by: Actor) -> dict[Any, tuple[float | None, float | None, float | None]]:
    """Weeks of pain, age and sleep as told at the first intake."""
    names = ("pain_weeks", "age_years", "sleep_quality_0_10")
    rows = (
        scope(Intake, by, ACTION)
        .order_by("-version")
        .values_list("episode_id", *(f"answers__{name}" for name in names))
    )
    return {key: (_number(a), _number(b), _number(c)) for key, a, b, c in rows}


def _number(told: object) -> float | None:
    if isinstance(told, bool) or not isinstance(told, int | float):
        return None
    return float(told)


def _conditions(by: Actor) -> dict[Any, str]:
    """The name of the condition the latest plan is for."""
    rows = (
        scope(PlanVersion, by, ACTION)
        .order_by("number")
        .values_list("episode_id", "content__condition_id")
    )
    known = load().conditions
    return {key: known[name].name for key, name in rows if name in known}


def _band(value: float | None, bands: tuple[tuple[int, str], ...]) -> str:
    if value is None:
        return UNKNOWN
    return next(name for low, name in bands if value >= low or low == 0)
