"""What of today a device keeps, so that its visits can be done without the server."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import chain
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from unknot.reasoning.book import wall_time

from ..access import Request, find, view
from ..book import say
from ..book.choose import whole_days
from ..book.day import running_over, within
from ..book.frame import zone_of
from ..intake.answers import day_at
from ..models import Appointment, Staff, Visit
from ..treat.keys import key_of
from ..treat.note.build import Told, soap
from ..treat.room import briefing, rescreen
from ..treat.room import page as room
from ..ui.render import render

MOST: Final = 24
"""Visits of one day; more than any therapist has."""
PAGES: Final = {
    "brief": "visit_brief",
    "rescreen": "visit_rescreen",
    "room": "visit_room",
    "state": "visit_state",
    "note": "note_show",
}


@view("today.read")
@require_safe
def offline_day(request: Request) -> HttpResponseBase:
    """Today's visits of whoever asks, and where each page to keep is fetched from."""
    now, zone = datetime.now(UTC), zone_of(request)
    staff = request.actor.staff
    keep = [{"url": reverse("today"), "from": reverse("today")}]
    visits: list[dict[str, str]] = []
    if staff is not None and request.actor.kind != "front_desk":
        today = wall_time(now, zone).date()
        span = whole_days(today, today, zone)
        for one in chain(
            _of(staff, running_over(request, span, now)), _of(staff, within(request, span))
        ):
            visits.append(_told(one, say.clock(wall_time(one.starts_at, zone))))
            keep += _kept(one)
    return JsonResponse({"keep": keep, "visits": visits})


def _of(staff: Staff, visits: QuerySet[Appointment]) -> QuerySet[Appointment]:
    mine = visits.filter(staff=staff).exclude(state=Appointment.State.CANCELLED)
    return mine.select_related("client").order_by("starts_at")[:MOST]


def _told(booked: Appointment, time: str) -> dict[str, str]:
    return {
        "time": time,
        "who": booked.client.called or booked.client.name,
        "url": reverse("visit_brief", args=[key_of(booked)]),
        "open": reverse("visit_open", args=[booked.pk]),
        "lane": f"visits/{key_of(booked)}",
    }


def _kept(booked: Appointment) -> list[dict[str, str]]:
    visit = key_of(booked)
    return [
        {
            "url": reverse(name, args=[visit]),
            "from": reverse(f"offline_{kind}", args=[booked.pk]),
        }
        for kind, name in PAGES.items()
    ]


@view("visit.read")
@require_safe
def offline_page(request: Request, appointment_id: UUID, kind: str) -> HttpResponseBase:
    """A page of the visit as it is or will be: nothing is opened by looking."""
    booked, now = find(Appointment, appointment_id, request), datetime.now(UTC)
    if booked.state == Appointment.State.CANCELLED:
        raise Http404
    visit = getattr(booked, "visit", None) or Visit(
        pk=key_of(booked), appointment=booked, opened_at=now
    )
    build: Mapping[str, Callable[[], HttpResponse]] = {
        "brief": lambda: _brief(request, visit, now),
        "rescreen": lambda: _rescreen(request, visit, now),
        "room": lambda: render(request, "treat/room.html", room.page(visit, now)),
        "state": lambda: JsonResponse(room.state(visit, now)),
        "note": lambda: render(request, "treat/note.html", soap(Told(request, visit))),
    }
    return build[kind]()


def _brief(request: Request, visit: Visit, now: datetime) -> HttpResponse:
    page = briefing.page(visit, now, origin=request.build_absolute_uri("/"))
    return render(request, "treat/brief.html", page)


def _rescreen(request: Request, visit: Visit, now: datetime) -> HttpResponse:
    intake = rescreen.newest_intake(visit.appointment.episode)
    if intake is None:
        raise Http404
    today = day_at(now, visit.appointment.episode.client.practice)
    form = rescreen.form_for(intake, today, None)
    return render(request, "treat/rescreen.html", rescreen.page(visit, intake, form, now))
