"""The week, the end of a visit, and the calendar's address for other programs."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from unknot.clinic.access import Request, find, token_hash, view
from unknot.clinic.audit import once
from unknot.clinic.book import actions, feed, week
from unknot.clinic.book.contest import contested
from unknot.clinic.book.frame import zone_of
from unknot.clinic.book.pages import FeedPage
from unknot.clinic.models import Appointment
from unknot.clinic.ui.render import render, render_problem
from unknot.reasoning.book import wall_time


@view("calendar.read")
@require_safe
def calendar(request: Request) -> HttpResponse:
    """A week of one therapist or room, or of everybody at a glance."""
    now, zone = datetime.now(UTC), zone_of(request)
    asked = week.Asked.read(request, wall_time(now, zone).date())
    return render(request, "book/calendar.html", week.page_of(request, asked, now, zone))


@view("book.no_show")
@require_POST
@contested
@once
def no_show(request: Request, appointment_id: UUID) -> HttpResponse:
    """The client did not come."""
    return _close(request, appointment_id, actions.mark_no_show)


@view("book.complete")
@require_POST
@contested
@once
def complete(request: Request, appointment_id: UUID) -> HttpResponse:
    """The visit took place."""
    return _close(request, appointment_id, actions.complete)


def _close(request: Request, appointment_id: UUID, close: actions.Close) -> HttpResponse:
    appointment = find(Appointment, appointment_id, request)
    on = wall_time(appointment.starts_at, zone_of(request)).date()
    try:
        close(appointment=appointment, by=request.actor, now=datetime.now(UTC))
    except actions.NotBooked:
        return render_problem(
            request,
            409,
            say="This visit has begun, or was closed or moved.",
            back_url=reverse("today"),
        )
    return redirect(f"{reverse('today')}?day={on}")


@view("calendar.feed_make")
@require_POST
def feed_make(request: Request) -> HttpResponse:
    """A new secret address of my calendar; the one before stops working. Shown once."""
    staff = request.actor.staff
    if staff is None:
        raise Http404
    token = actions.make_feed(staff=staff, by=request.actor, now=datetime.now(UTC))
    url = request.build_absolute_uri(reverse("calendar_feed", args=[token]))
    return render(request, "book/feed.html", FeedPage(url=url))


@view("calendar.feed")
@require_safe
def calendar_feed(request: Request, token: str) -> HttpResponse:
    """The calendar behind a secret address, or 404. Times and rooms only."""
    made = actions.feed_of(token_hash(token))
    if made is None:
        raise Http404
    now = datetime.now(UTC)
    text = feed.write(f"Unknot, {made.staff.name}", actions.events_of(made.staff, now), now=now)
    return HttpResponse(
        text,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="unknot.ics"'},
    )
