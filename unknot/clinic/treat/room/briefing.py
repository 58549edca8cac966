"""Builds the brief: three points, whether anything is new, and what bars the way."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse

from unknot.reasoning.treat import brief
from unknot.reasoning.treat.note import day_words

from ...models import Visit
from ...ui.episode_states import rail_of
from ...ui.nav import address
from ...ui.words import clock
from .. import consents, gather, words
from .. import limits as limits_of
from ..actions import ask
from ..actions.visit import is_asked_today
from ..pages import BriefPage
from . import ahead


def page(visit: Visit, now: datetime, *, origin: str, problem: str = "") -> BriefPage:
    """What to know two minutes before the visit. `origin` is this site's address."""
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
        wishes=("The same as last time",) if gather.last_visit(visit) else (),
        asked=is_asked_today(visit, now),
        told=_told(visit, now),
        news=tuple(visit.new_since or ()),
        gaps=consents.before_work(visit, _likely(visit, limits), now),
        since=since_words(visit),
        ask_url=address("ask_send", appointment.pk),
        ask_address=_ask_address(visit, now, origin),
        can_mail=bool(appointment.client.email),
        blocked=_blocked(limits),
        screen_url=address("screen_show", episode.pk),
        likes_url=address("preferences", appointment.client_id),
        started=visit.started_at is not None,
        finished=visit.finished_at is not None,
        problem=problem,
    )


def _likely(visit: Visit, limits: limits_of.Limits) -> tuple[str, ...]:
    """The areas this visit will likely work on: what can be copied forward into it."""
    meant = ahead.for_visit(visit, limits, gather.last_visit(visit))
    return tuple(work.area for work in meant.work)


def since_words(visit: Visit) -> str:
    """The day of the last screening, where the practice is; "" when there was none."""
    screening = limits_of.latest_screening(visit.appointment.episode)
    if screening is None:
        return ""
    zone = ZoneInfo(visit.appointment.zone)
    return day_words(screening.decided_at.astimezone(zone).date())


def _told(visit: Visit, now: datetime) -> str:
    """Who answered today whether anything is new, and when; "" while nobody has."""
    if visit.news_at is None or not is_asked_today(visit, now):
        return ""
    at = visit.news_at.astimezone(ZoneInfo(visit.appointment.zone))
    how = "answered on their phone" if visit.news_from == "client" else "asked in the room"
    when = f"{day_words(at.date())}, {clock(visit.news_at, visit.appointment.zone)}"
    return f"{visit.news_name}, {how}, {when}"


def _ask_address(visit: Visit, now: datetime, origin: str) -> str:
    """Where the client can answer on their phone; "" while no link waits."""
    link = ask.open_ask_link(visit.appointment, now)
    return (
        f"{origin.rstrip('/')}{reverse('ask_before', args=[ask.token_of(link)])}" if link else ""
    )


def _blocked(limits: limits_of.Limits) -> str:
    if not limits.screened:
        return "There is no screening yet. Screen before any hands-on work."
    if limits.blocked:
        return (
            limits.why_blocked
            or limits.headline
            or "The screening does not allow hands-on work today."
        )
    return ""
