"""Builds this stage's pages from the rows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.urls import reverse

from unknot.knowledge import load
from unknot.knowledge.adverse_events import AdverseEvent
from unknot.reasoning.follow_up.soreness import Triage
from unknot.reasoning.scale import Urgency

from ..access import Request
from ..access.policy import relation
from ..models import CheckIn, CheckInLink, Episode, Visit
from ..ui.episode_states import rail_of
from ..ui.words import clock, relative_day
from . import alerts
from .actions import answers, links
from .forms import GRADES, HandleForm
from .pages import AnsweredPage, CheckInPage, DueCheck, EntryRow, FollowUpPage, LinkRow

MOST_ENTRIES: Final = 90
SHOWN_ENTRIES: Final = 14
CHECK_WINDOW: Final = timedelta(days=5)


def check_in_page(link: CheckInLink, token: str, form: Any) -> CheckInPage:
    """The screen to answer on."""
    practice = link.episode.client.practice
    return CheckInPage(
        token=token,
        called=_called(link.episode),
        practice=practice.name,
        is_diary=link.kind == CheckInLink.Kind.DIARY,
        visited=_visited(link),
        form=form,
        emergency_number=practice.emergency_number,
    )


def answered_page(link: CheckInLink, now: datetime) -> AnsweredPage | None:
    """What to read after answering; None while there is something to answer."""
    practice = link.episode.client.practice
    if link.kind == CheckInLink.Kind.DIARY:
        entry = answers.entry_of_day(link.episode, now)
        if entry is None:
            return None
        said = answers.diary_answer(entry)
        event = load().adverse_events.get(said.event)
        return AnsweredPage(
            tell=said.tell,
            do=said.do,
            also=(event.do,) if event else (),
            is_emergency=False,
            is_urgent=bool(event),
            emergency_number=practice.emergency_number,
            practice=practice.name,
            next_words="Come back to this link tomorrow. If you miss a day, that is fine.",
        )
    check = link.check_ins.order_by("-at").first()
    if check is None:
        return None
    found = answers.soreness_triage(check)
    return AnsweredPage(
        tell=found.tell,
        do=found.do,
        also=tuple(f"{event.tell} {event.do}" for event in _worth_saying(found)),
        is_emergency=found.urgency is Urgency.EMERGENCY_NOW,
        is_urgent=found.urgency in (Urgency.SAME_DAY, Urgency.GP_SOON),
        emergency_number=practice.emergency_number,
        practice=practice.name,
        next_words="Your therapist sees these answers."
        if found.alerts
        else "Your therapist reads this before your next visit.",
    )


def _worth_saying(found: Triage) -> tuple[AdverseEvent, ...]:
    """The events below the first; beside an urgent one, none that says to carry on as usual."""
    rest = found.events[1:]
    if found.urgency is Urgency.NONE:
        return rest
    return tuple(event for event in rest if event.urgency is not Urgency.NONE)


def show_page(
    request: Request, episode: Episode, now: datetime, *, handle_form: Any = None
) -> FollowUpPage:
    """The page of an episode's follow-up, for staff or for the client."""
    actor = request.actor
    found = episode.alerts.select_related("handled_by").order_by("-raised_at")
    rows = [alerts.row(alert, now) for alert in found] if actor.is_staff else []
    may_send = relation(actor, "check_in.send") is not None
    entries = _entries(episode, now)
    return FollowUpPage(
        episode=rail_of(episode, "follow_up"),
        episode_id=episode.pk,
        who=_called(episode),
        is_staff=actor.is_staff,
        may_send=may_send,
        has_email=bool(episode.client.email),
        alerts=tuple(row for row in rows if not row.handled),
        handled=tuple(row for row in rows if row.handled)[:10],
        entries=entries[:SHOWN_ENTRIES],
        older=entries[SHOWN_ENTRIES:],
        links=_links(request, episode, now) if may_send else (),
        checks=_checks(episode, now) if may_send else (),
        handle_form=handle_form or HandleForm(),
    )


def _entries(episode: Episode, now: datetime) -> tuple[EntryRow, ...]:
    latest = episode.check_ins.order_by("-at")[:MOST_ENTRIES]
    return tuple(_entry(check_in, now) for check_in in latest)


def _entry(check_in: CheckIn, now: datetime) -> EntryRow:
    is_diary = check_in.kind == CheckInLink.Kind.DIARY
    return EntryRow(
        when=_when(check_in.at, check_in.zone, now),
        kind="" if is_diary else "Check after a visit",
        pain=check_in.pain,
        detail=_diary_detail(check_in) if is_diary else _soreness_detail(check_in),
        note=str(check_in.answers.get("note", "")),
    )


def _diary_detail(check_in: CheckIn) -> str:
    given = check_in.answers
    parts = [
        f"{name} {given[key]}"
        for key, name in (("sleep", "sleep"), ("stress", "stress"))
        if given.get(key) is not None
    ]
    if given.get("load_hours") is not None:
        parts.append(f"{given['load_hours']:g} hours of load")
    if given.get("flare"):
        parts.append("a flare")
    if given.get("home_care_done") is not None:
        parts.append("home care done" if given["home_care_done"] else "no home care")
    return ", ".join(parts)


def _soreness_detail(check_in: CheckIn) -> str:
    given = check_in.answers
    events = load().adverse_events
    parts = [f"sore {given['soreness']} of 10"] if given.get("soreness") is not None else []
    if given.get("grade"):
        parts.append(dict(GRADES)[str(given["grade"])].lower())
    if given.get("relief_hours") is not None:
        hours = given["relief_hours"]
        parts.append(f"better for about {hours} hours" if hours else "no relief")
    parts += [events[sign].name.lower() for sign in given.get("signs") or () if sign in events]
    return ", ".join(parts)


def _links(request: Request, episode: Episode, now: datetime) -> tuple[LinkRow, ...]:
    latest = episode.check_in_links.order_by("-made_at")[:6]
    return tuple(
        LinkRow(
            made=_when(link.made_at, episode.client.practice.zone, now),
            kind=link.get_kind_display(),
            state=_link_state(link, now),
            address=request.build_absolute_uri(reverse("check_in", args=[links.token_of(link)]))
            if _link_state(link, now) == "Open"
            else "",
        )
        for link in latest
    )


def _link_state(link: CheckInLink, now: datetime) -> str:
    if link.revoked_at is not None:
        return "Replaced"
    if link.used_at is not None:
        return "Answered"
    return "Open" if link.expires_at > now else "Past"


def _checks(episode: Episode, now: datetime) -> tuple[DueCheck, ...]:
    recent = episode.appointments.filter(visit__finished_at__gt=now - CHECK_WINDOW)
    visits: list[Visit] = [one.visit for one in recent.select_related("visit")]
    return tuple(
        DueCheck(
            visit_id=visit.pk,
            day=_when(visit.finished_at, episode.client.practice.zone, now),
            sent=visit.check_in_links.filter(revoked_at=None).exists(),
        )
        for visit in visits
        if visit.finished_at is not None
    )


def _visited(link: CheckInLink) -> str:
    if link.visit is None:
        return ""
    at = link.visit.started_at or link.visit.opened_at
    local = at.astimezone(ZoneInfo(link.visit.appointment.zone))
    return f"{local:%A} {local.day} {local:%B}"


def _when(at: datetime, zone: str, now: datetime) -> str:
    place = ZoneInfo(zone)
    day = relative_day(at.astimezone(place).date(), today=now.astimezone(place).date())
    return f"{day}, {clock(at, place)}"


def _called(episode: Episode) -> str:
    return episode.client.called or episode.client.name.split()[0]
