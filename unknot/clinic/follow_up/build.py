"""Builds this stage's pages from the rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse

from unknot.knowledge import load

from ..access import Request
from ..access.policy import relation
from ..models import CheckIn, CheckInLink, Episode, Visit
from ..plan.home import DONE
from ..ui.body_chart import GROUP_NAMES
from ..ui.episode_states import rail_of
from ..ui.words import clock, relative_day
from . import alerts
from .actions import links
from .actions.judged import graded
from .forms import GRADES, HandleForm
from .pages import DueCheck, EntryRow, FollowUpPage, LinkRow

MOST_ENTRIES: Final = 90
SHOWN_ENTRIES: Final = 14
CHECK_WINDOW: Final = timedelta(days=5)


def show_page(
    request: Request,
    episode: Episode,
    now: datetime,
    *,
    refused: tuple[UUID, HandleForm] | None = None,
) -> FollowUpPage:
    """The page of an episode's follow-up, for staff or for the client. `refused` is the form
    about an alert that was not taken, shown again as it was typed."""
    actor = request.actor
    found = episode.alerts.order_by("-raised_at")
    rows = alerts.rows(found, now) if actor.is_staff else ()
    may_send = relation(actor, "check_in.send") is not None
    entries = _entries(episode, now)
    waiting = tuple(row for row in rows if not row.handled)
    about, form = refused or (None, None)
    is_open = about in {row.id for row in waiting}
    return FollowUpPage(
        episode=rail_of(episode, "follow_up"),
        episode_id=episode.pk,
        who=called(episode),
        is_staff=actor.is_staff,
        may_send=may_send,
        has_email=bool(episode.client.email),
        alerts=waiting,
        held=tuple(row for row in rows if row.handled and row.holds),
        handled=tuple(row for row in rows if row.handled and not row.holds)[:10],
        screen_url=reverse("screen_again", args=[episode.pk]),
        entries=entries[:SHOWN_ENTRIES],
        older=entries[SHOWN_ENTRIES:],
        links=_links(request, episode, now) if may_send else (),
        checks=_checks(episode, now) if may_send else (),
        refused=form,
        refused_about=about,
        not_kept="" if form is None or is_open else form["words"].value() or "",
    )


def _entries(episode: Episode, now: datetime) -> tuple[EntryRow, ...]:
    latest = episode.check_ins.order_by("-at")[:MOST_ENTRIES]
    return tuple(entry_row(check_in, now) for check_in in latest)


def entry_row(check_in: CheckIn, now: datetime) -> EntryRow:
    """One entry in words: its details, and the note the client wrote."""
    details = {
        CheckIn.Kind.DIARY: _diary_detail,
        CheckIn.Kind.SORENESS: _soreness_detail,
        CheckIn.Kind.RECALLED: _recalled_detail,
    }
    kind = CheckIn.Kind(check_in.kind)
    detail = details[kind](check_in)
    if check_in.corrected_at is not None:
        detail = ", ".join(filter(None, (detail, "corrected the same day")))
    return EntryRow(
        when=_when(check_in.at, check_in.zone, now),
        kind="" if kind is CheckIn.Kind.DIARY else str(kind.label),
        pain=check_in.pain,
        detail=detail,
        note=str(check_in.answers.get("note", "")),
    )


def _recalled_detail(check_in: CheckIn) -> str:
    return "on average, told afterwards"


def _diary_detail(check_in: CheckIn) -> str:
    given = check_in.answers
    areas = given.get("areas") or {}
    parts = [f"{GROUP_NAMES.get(area, area).lower()} {pain}" for area, pain in areas.items()]
    parts += [f"{key} {given[key]}" for key in ("sleep", "stress") if given.get(key) is not None]
    if given.get("load_hours") is not None:
        hours = given["load_hours"]
        parts.append(f"{hours:g} {'hour' if hours == 1 else 'hours'} of load")
    if given.get("flare"):
        parts.append("a flare")
    if given.get("home_care"):
        parts.append(_home_words(given["home_care"]))
    elif given.get("home_care_done") is not None:
        parts.append("home care done" if given["home_care_done"] else "no home care")
    return ", ".join([*parts, *_sign_words(given)])


def _home_words(told: Mapping[str, str]) -> str:
    """What was done at home, item by item."""
    known, said = load().home_care, dict(DONE)
    return "at home: " + ", ".join(
        f"{known[item].name.lower()} {said.get(done, done).lower()}"
        for item, done in told.items()
        if item in known
    )


def _soreness_detail(check_in: CheckIn) -> str:
    given = check_in.answers
    parts = [f"sore {given['soreness']} of 10"] if given.get("soreness") is not None else []
    if given.get("grade"):
        parts.append(dict(GRADES)[str(given["grade"])].lower())
    if given.get("relief_hours") is not None:
        parts.append(_relief_words(given["relief_hours"], still=bool(given.get("relief_still"))))
    if given.get("something_new"):
        parts.append("something new")
    return ", ".join([*parts, *_sign_words(given)])


def _relief_words(hours: int, *, still: bool) -> str:
    if still:
        return "still better"
    return f"better for about {hours} hours" if hours else "no relief"


def _sign_words(given: Mapping[str, Any]) -> list[str]:
    """The signs ticked, with a grade that was given; and whether some were left open."""
    events, signs = load().adverse_events, graded(given.get("signs")) or {}
    words = [
        f"{events[sign].name.lower()}{f' (grade {grade})' if grade else ''}"
        for sign, grade in signs.items()
        if sign in events
    ]
    return [*words, "not sure about warning signs"] if given.get("unsure") else words


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
    loaded = recent.select_related("visit").prefetch_related("visit__check_in_links")
    visits: list[Visit] = [one.visit for one in loaded]
    return tuple(
        DueCheck(
            visit_id=visit.pk,
            day=_when(visit.finished_at, episode.client.practice.zone, now),
            sent=any(link.revoked_at is None for link in visit.check_in_links.all()),
        )
        for visit in visits
        if visit.finished_at is not None
    )


def _when(at: datetime, zone: str, now: datetime) -> str:
    place = ZoneInfo(zone)
    day = relative_day(at.astimezone(place).date(), today=now.astimezone(place).date())
    return f"{day}, {clock(at, place)}"


def called(episode: Episode) -> str:
    return episode.client.called or episode.client.name.split()[0]
