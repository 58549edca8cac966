"""The brief, the session room and what is tapped there."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from unknot.reasoning.scale import Urgency

from ...access import Actor, Request, Sent, find, sent_of, view
from ...audit import once
from ...intake.answers import case_of, day_at
from ...intake.forms import AnswersForm
from ...models import Appointment, Episode, Note, Visit
from ...screen import actions as screen_actions
from ...ui.render import render, render_problem
from ...ui.theme import room_is_dim
from ..actions import bedside, merge
from ..actions import visit as actions
from ..answers import wants_data
from ..errors import VisitRefused
from ..forms import TapForm, WishForm
from ..pages import BriefPage, RoomPage
from ..visits import page as visits_page
from . import page as room
from . import rescreen, taps
from .briefing import page as brief_page
from .device_views import field_of
from .page import page as room_page
from .rescreen import page as rescreen_page


@view("visit.read")
@require_safe
def visit_list(request: Request, episode_id: UUID) -> HttpResponse:
    """The visits of an episode, done and to come."""
    episode = find(Episode, episode_id, request)
    return render(request, "treat/visits.html", visits_page(episode, datetime.now(UTC)))


@view("visit.open")
@require_POST
@once
def visit_open(request: Request, appointment_id: UUID) -> HttpResponseBase:
    """Opens the visit of an appointment and leads to its brief."""
    appointment = find(Appointment, appointment_id, request)
    now = datetime.now(UTC)
    try:
        visit = actions.open_visit(appointment=appointment, by=request.actor, now=now)
    except VisitRefused as refused:
        if wants_data(request):
            return JsonResponse({"problem": str(refused)}, status=409)
        back = reverse("visit_list", args=[appointment.episode_id])
        return render_problem(
            request, 409, say=str(refused), back_url=back, back_label="Go to the visits"
        )
    return redirect("visit_brief", visit.pk)


@view("visit.read")
@require_safe
def visit_brief(request: Request, visit_id: UUID) -> HttpResponse:
    """Three points before the visit, and whether anything is new."""
    visit = find(Visit, visit_id, request)
    return render(request, "treat/brief.html", _brief(request, visit, datetime.now(UTC)))


@view("visit.record")
@once
def visit_rescreen(request: Request, visit_id: UUID) -> HttpResponseBase:
    """Is anything new? The answers are screened at once; an emergency leads to its page."""
    visit, now = find(Visit, visit_id, request), datetime.now(UTC)
    episode, intake = visit.appointment.episode, rescreen.newest_intake(visit.appointment.episode)
    if intake is None:
        return redirect("screen_show", episode.pk)
    sent = request.POST if request.method == "POST" else None
    today = day_at(now, episode.client.practice)
    form = rescreen.form_for(intake, today, sent)
    if request.method == "POST":
        if "nothing_changed" in request.POST:
            form = AnswersForm((), {}, case=case_of(intake))
        if form.is_valid():
            if _news(request, visit, form, now) == Urgency.EMERGENCY_NOW:
                return redirect("screen_emergency", episode.pk)
            return redirect("visit_brief", visit.pk)
    page = rescreen_page(visit, intake, form, now)
    return render(request, "treat/rescreen.html", page, status=422 if form.errors else 200)


@view("visit.open")
@require_POST
@once
def visit_start(request: Request, visit_id: UUID) -> HttpResponseBase:
    """Keeps the client's wish and begins the session, when the screening allows it.

    With "nothing_new" the therapist has just asked, and the last answers hold as of today; with
    "something_new" the questions come next and nothing begins.
    """
    visit, now = find(Visit, visit_id, request), datetime.now(UTC)
    episode, form = visit.appointment.episode, WishForm(request.POST)
    by, sent = request.actor, sent_of(request, now)
    try:
        if form.is_valid():
            _take_wish(visit, form, sent, by)
        if "something_new" in request.POST:
            return redirect(f"{reverse('visit_rescreen', args=[visit.pk])}#news")
        if "nothing_new" in request.POST and _nothing_new(request, visit, now):
            return redirect("screen_emergency", episode.pk)
        merge.do_now(visit, sent, by, lambda at: actions.start_visit(visit=visit, by=by, now=at))
        bedside.open_beside(visit=visit, by=by, now=now)
    except VisitRefused as refused:
        if wants_data(request):
            return JsonResponse({"problem": str(refused)}, status=409)
        page = _brief(request, visit, now, str(refused))
        return render(request, "treat/brief.html", page, status=409)
    return redirect("visit_room", visit.pk)


def _take_wish(visit: Visit, form: WishForm, sent: Sent, by: Actor) -> None:
    """Keeps the wish that was entered; beside another that came since the page was made."""
    said = form.said()
    if said is None:
        return
    if form.cleaned_data["wish_was"] != visit.wish_today:
        sent = replace(sent, bases=sent.bases or {})
    merge.take(
        visit=visit,
        field="wish_today",
        value=said,
        sent=sent,
        by=by,
        do=lambda at: actions.note_wish(visit=visit, wish=said, by=by, now=at),
    )


def _nothing_new(request: Request, visit: Visit, now: datetime) -> bool:
    """Confirms the last answers as of today; whether they are an emergency."""
    intake = rescreen.newest_intake(visit.appointment.episode)
    if intake is None:
        return False
    same = AnswersForm((), {}, case=case_of(intake))
    return same.is_valid() and _news(request, visit, same, now) == Urgency.EMERGENCY_NOW


def _news(request: Request, visit: Visit, form: AnswersForm, now: datetime) -> str:
    """Screens what is new and keeps it with the visit; gives how urgent the result is."""
    row = screen_actions.rescreen(
        episode=visit.appointment.episode, answers=form.answers(), by=request.actor, now=now
    )
    news = rescreen.news(form, form.case)
    with suppress(VisitRefused):  # a signed note stays as it is; the screening stands
        actions.note_news(visit=visit, news=news, by=request.actor, now=now)
    return row.urgency


def _brief(request: Request, visit: Visit, now: datetime, problem: str = "") -> BriefPage:
    return brief_page(visit, now, origin=request.build_absolute_uri("/"), problem=problem)


@view("visit.read")
@require_safe
def visit_room(request: Request, visit_id: UUID) -> HttpResponseBase:
    """The session room; before the start it leads to the brief, after signing to the note."""
    visit = find(Visit, visit_id, request)
    if visit.started_at is None:
        return redirect("visit_brief", visit.pk)
    note = getattr(visit, "note", None) if visit.finished_at else None
    if note is not None and note.state == Note.State.SIGNED:
        return redirect("note_show", visit.pk)
    return render(request, "treat/room.html", _room(request, visit, datetime.now(UTC), ""))


@view("visit.record")
@require_POST
@once
def visit_tap(request: Request, visit_id: UUID) -> HttpResponseBase:
    """Keeps one tap. A script gets the new state as data, a plain form gets the page again."""
    visit, now = find(Visit, visit_id, request), datetime.now(UTC)
    form = TapForm(request.POST)
    if not form.is_valid():
        return _untapped(request, visit, now, "This cannot be entered here.", 422)
    try:
        field, value = field_of(visit, form.cleaned_data)
        merge.take(
            visit=visit,
            field=field,
            value=value,
            sent=sent_of(request, now),
            by=request.actor,
            do=lambda at: taps.tap(visit, form.cleaned_data, request.actor, at),
            meant=form.cleaned_data["on"],
        )
    except VisitRefused as refused:
        return _untapped(request, visit, now, str(refused), 409)
    visit.refresh_from_db()
    if wants_data(request):
        return JsonResponse(room.state(visit, now))
    return redirect("visit_room", visit.pk)


@view("visit.finish")
@require_POST
@once
def visit_finish(request: Request, visit_id: UUID) -> HttpResponseBase:
    """Ends the session and leads to the note."""
    visit, now = find(Visit, visit_id, request), datetime.now(UTC)
    by, sent = request.actor, sent_of(request, now)
    try:
        if visit.finished_at is None:
            merge.do_now(
                visit, sent, by, lambda at: actions.finish_visit(visit=visit, by=by, now=at)
            )
    except VisitRefused as refused:
        if wants_data(request):
            return JsonResponse({"problem": str(refused)}, status=409)
        return render(
            request, "treat/room.html", _room(request, visit, now, str(refused)), status=409
        )
    return redirect("note_show", visit.pk)


def _untapped(
    request: Request, visit: Visit, now: datetime, problem: str, status: int
) -> HttpResponseBase:
    if wants_data(request):
        visit.refresh_from_db()
        answer = {"problem": problem, "state": room.state(visit, now)}
        return JsonResponse(answer, status=status)
    return render(request, "treat/room.html", _room(request, visit, now, problem), status=status)


def _room(request: Request, visit: Visit, now: datetime, problem: str) -> RoomPage:
    return room_page(visit, now, problem=problem, is_dim=room_is_dim(request))
