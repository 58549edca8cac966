"""Builds the brief: three points, whether anything is new, and what bars the way."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from unknot.reasoning.treat import brief
from unknot.reasoning.treat.note import day_words

from ..models import Visit
from ..ui.episode_states import rail_of
from ..ui.nav import address
from . import gather, words
from . import limits as limits_of
from .actions.visit import is_asked_today
from .pages import BriefPage


def page(visit: Visit, now: datetime, *, problem: str = "") -> BriefPage:
    """What to know two minutes before the visit."""
    appointment = visit.appointment
    episode = appointment.episode
    limits = limits_of.read(episode)
    return BriefPage(
        visit_id=visit.pk,
        episode=rail_of(episode, "treat"),
        who=words.called(appointment.client),
        what=f"{gather.complaint_of(episode)}, visit {gather.number_of(visit)}, "
        f"{words.instant(appointment.starts_at, appointment.zone)}",
        points=brief.write(gather.brief_facts(visit)),
        wish=visit.wish_today,
        asked=is_asked_today(visit, now),
        since=since_words(visit),
        blocked=_blocked(limits),
        screen_url=address("screen_show", episode.pk),
        started=visit.started_at is not None,
        finished=visit.finished_at is not None,
        problem=problem,
    )


def since_words(visit: Visit) -> str:
    """The day of the last screening, where the practice is; "" when there was none."""
    screening = limits_of.latest_screening(visit.appointment.episode)
    if screening is None:
        return ""
    zone = ZoneInfo(visit.appointment.zone)
    return day_words(screening.decided_at.astimezone(zone).date())


def _blocked(limits: limits_of.Limits) -> str:
    if not limits.screened:
        return "There is no screening yet. Screen before any hands-on work."
    if limits.blocked:
        return limits.headline or "The screening does not allow hands-on work today."
    return ""
