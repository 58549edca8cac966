"""Gathers what is known about a visit: the note's record and the brief's facts."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F

from unknot.reasoning.treat import brief
from unknot.reasoning.treat.note import Response, Treated, VisitRecord
from unknot.reasoning.words import COMPLAINTS

from ..intake import preferences
from ..models import Appointment, Episode, TreatmentEntry, Visit
from ..plan import home
from . import limits as limits_of
from .areas import name_of, technique_name
from .dial import personal
from .dial.log import area_logs
from .room import found


def complaint_of(episode: Episode) -> str:
    """The complaint in professional words, else in the client's own."""
    named = "" if episode.main_area == "other" else COMPLAINTS.get(episode.main_area)
    return named or episode.complaint or COMPLAINTS["other"]


def visit_record(visit: Visit) -> VisitRecord:
    """Everything the note is written from; its limits are those of the visit, not of today."""
    episode = visit.appointment.episode
    limits = limits_of.read(episode, visit.finished_at)
    return VisitRecord(
        on=local_day(visit),
        complaint=complaint_of(episode),
        number=number_of(visit),
        wants=visit.wish_today,
        new_since=None if visit.new_since is None else tuple(visit.new_since),
        told_ahead=visit.news_from == "client",
        screened_on=_screened_on(visit),
        pain_before_0_10=visit.pain_before,
        pain_after_0_10=visit.pain_after,
        treated=tuple(_treated(entry) for entry in visit.entries.all()),
        dial=area_logs(visit),
        pressure_ceiling=limits.pressure_ceiling,
        kept_off=tuple(name.lower() for name in limits.kept_off),
        findings=found.sentences(visit),
        words=visit.room_words,
        home_care=limits.home_care,
        next_on=next_day(visit),
    )


def number_of(visit: Visit) -> int:
    """Which visit of the episode this is, from 1: one more than those begun before it was opened.
    One that was only opened, to read its brief, was none."""
    earlier = visit.appointment.episode.appointments.filter(
        visit__started_at__isnull=False, visit__opened_at__lt=visit.opened_at
    )
    return earlier.count() + 1


def last_visit(visit: Visit) -> Visit | None:
    """The visit before this one in the same episode, or None."""
    before = (
        visit.appointment.episode.appointments.filter(
            visit__finished_at__isnull=False, visit__opened_at__lt=visit.opened_at
        )
        .order_by("-visit__opened_at")
        .first()
    )
    return before.visit if before else None


def local_day(visit: Visit) -> date:
    """The day of the visit where it took place."""
    at = visit.started_at or visit.opened_at
    return at.astimezone(ZoneInfo(visit.appointment.zone)).date()


def _screened_on(visit: Visit) -> date | None:
    """The day of the screening the visit rests on, where it took place."""
    if visit.screening is None:
        return None
    return visit.screening.decided_at.astimezone(ZoneInfo(visit.appointment.zone)).date()


def next_day(visit: Visit) -> date | None:
    """The day of the next booked appointment of the episode, where it takes place."""
    following = (
        visit.appointment.episode.appointments.filter(
            state=Appointment.State.BOOKED, starts_at__gt=visit.appointment.starts_at
        )
        .order_by("starts_at")
        .first()
    )
    if following is None:
        return None
    return following.starts_at.astimezone(ZoneInfo(following.zone)).date()


def brief_facts(visit: Visit) -> brief.BriefFacts:
    """What the brief reads, from the screening, the last visit and the client's own answers."""
    episode = visit.appointment.episode
    limits = limits_of.read(episode)
    answers, likes = latest_answers(episode), preferences.liked(episode.client)
    return brief.BriefFacts(
        screened=limits.screened,
        flags=limits.flags,
        adaptations=limits.adaptations,
        pressure_ceiling=limits.pressure_ceiling,
        kept_off=limits.kept_off,
        banned=tuple(technique_name(one) for one in limits.banned_techniques),
        positions=tuple(one.replace("_", " ") for one in limits.positions),
        last=_last(visit),
        own_ceilings=personal.brief_lines(visit, limits),
        massage_before_weeks=_number(answers.get("massage_before_weeks")),
        massage_before_helped=str(answers.get("massage_before_helped") or ""),
        history=limits.history,
        at_home=home.lines(episode, visit.opened_at),
        plan_begins=limits.pressure_start if limits.wished else None,
        wants=visit.wish_today,
        goals=_goals(answers),
        pressure_wish=likes.pressure,
        comfort=likes.room_words,
        not_touched=likes.avoid,
    )


def latest_answers(episode: Episode) -> dict[str, Any]:
    """The client's answers in their last version; empty when there are none."""
    intake = episode.intakes.order_by("-version").first()
    return dict(intake.answers) if intake else {}


def _last(visit: Visit) -> brief.LastVisit | None:
    last = last_visit(visit)
    if last is None:
        return None
    entries = list(last.entries.all())
    logs = area_logs(last)
    return brief.LastVisit(
        on=local_day(last),
        pain_before_0_10=last.pain_before,
        pain_after_0_10=last.pain_after,
        eased=_areas(entries, Response.EASED),
        not_eased=_areas(entries, Response.UNCHANGED, Response.GUARDED, Response.TENDER),
        right_pressure=tuple(
            (log.area, log.right_pressure) for log in logs if log.area and log.right_pressure
        ),
        after_effects=_after(last),
    )


def _after(last: Visit) -> tuple[str, ...]:
    """What the client told between that visit and now, as the alerts say it; open ones first."""
    alerts = last.appointment.episode.alerts.filter(raised_at__gte=last.opened_at)
    ordered = alerts.order_by(F("handled_at").asc(nulls_first=True), "-raised_at")
    return tuple(alert.words for alert in ordered[:3])


def _areas(entries: list[TreatmentEntry], *responses: Response) -> tuple[str, ...]:
    names = (name_of(entry.area) for entry in entries if entry.response in responses)
    return tuple(dict.fromkeys(names))


def _treated(entry: TreatmentEntry) -> Treated:
    return Treated(
        area=name_of(entry.area),
        technique=technique_name(entry.technique),
        pressure=entry.pressure,
        minutes=entry.minutes,
        response=Response(entry.response) if entry.response else None,
    )


def _goals(answers: dict[str, Any]) -> tuple[str, ...]:
    activities = answers.get("activities") or ()
    if isinstance(activities, str):
        activities = activities.splitlines()
    wanted = [str(one) for one in activities if one]
    return tuple(wanted) or ((str(answers["goals"]),) if answers.get("goals") else ())


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
