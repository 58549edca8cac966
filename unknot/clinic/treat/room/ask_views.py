"""Anything new? On the client's own phone, by a signed link, before they arrive."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from unknot.reasoning.scale import Urgency
from unknot.reasoning.treat.note import day_words

from ...access import Request, find, for_link, view
from ...audit import once
from ...intake.answers import case_of, day_at
from ...intake.forms import AnswersForm
from ...intake.pages import asked
from ...intake.words import emergency
from ...models import Appointment, AskLink
from ...screen.gate import decision_of
from ...ui.render import render
from .. import words
from ..actions import ask
from ..errors import VisitRefused
from ..forms import WishForm
from ..pages import AskedPage, AskEmergencyPage, AskPage
from . import rescreen


@view("ask.use")
@once
def ask_before(request: Request, token: str) -> HttpResponseBase:
    """The same questions a therapist asks; then what they mean for the visit."""
    now = datetime.now(UTC)
    link = ask.ask_link_for(token, now)
    if link is None:
        raise Http404
    if link.answered_at is not None and request.method != "POST":
        return _answered(request, link)
    intake = rescreen.newest_intake(link.appointment.episode)
    if intake is None:
        raise Http404
    practice = link.appointment.client.practice
    sent = request.POST if request.method == "POST" else None
    form = rescreen.form_for(intake, day_at(now, practice), sent)
    if request.method == "POST":
        if "nothing_changed" in request.POST:
            form = AnswersForm((), {}, case=case_of(intake))
        if form.is_valid():
            return _keep(request, link, form, token, now)
    page = AskPage(
        token=token,
        called=words.called(link.appointment.client),
        practice=practice.name,
        emergency_number=practice.emergency_number,
        when=words.instant(link.appointment.starts_at, link.appointment.zone),
        since=day_words(intake.as_of),
        form=form,
        asked=asked(form),
    )
    return render(request, "treat/ask.html", page, status=422 if form.errors else 200)


@view("ask.send")
@require_POST
@once
def ask_send(request: Request, appointment_id: UUID) -> HttpResponseBase:
    """Makes the link and mails it; without an address, or with "code", it is only shown."""
    appointment, now = find(Appointment, appointment_id, request), datetime.now(UTC)
    by = request.actor
    try:
        if request.POST.get("by") == "code" or not appointment.client.email:
            ask.make_ask_link(appointment=appointment, by=by, now=now)
        else:
            origin = request.build_absolute_uri("/")
            ask.send_ask_link(appointment=appointment, origin=origin, by=by, now=now)
            messages.success(request, "The question is on its way.")
    except VisitRefused as refused:
        messages.error(request, str(refused))
    visit = getattr(appointment, "visit", None)
    if visit is not None and by.kind != "front_desk":
        return redirect("visit_brief", visit.pk)
    return redirect("today")


def _keep(
    request: Request, link: AskLink, form: AnswersForm, token: str, now: datetime
) -> HttpResponseBase:
    by = for_link(link.appointment.episode, request_id=request.request_id)
    wish = WishForm(request.POST)
    with contextlib.suppress(ask.AlreadyAnswered):  # the page it leads to shows the first answer
        ask.answer_ask(
            link=link,
            answers=form.answers(),
            news=rescreen.news(form, form.case),
            wish=(wish.said() or "") if wish.is_valid() else "",
            by=by,
            now=now,
        )
    return redirect("ask_before", token)


def _answered(request: Request, link: AskLink) -> HttpResponse:
    practice, row = link.appointment.client.practice, link.screening
    assert row is not None  # an answer is screened when it is kept
    decision = decision_of(row)
    if row.urgency == Urgency.EMERGENCY_NOW:
        page = AskEmergencyPage(emergency=emergency(decision, practice), practice=practice.name)
        return render(request, "treat/ask_emergency.html", page)
    told = AskedPage(
        practice=practice.name,
        emergency_number=practice.emergency_number,
        when=words.instant(link.appointment.starts_at, link.appointment.zone),
        is_open=not row.blocks_booking,
        say=decision.say,
        do=tuple(
            dict.fromkeys(one.do for one in decision.findings if one.state == "fired" and one.do)
        )
        if row.blocks_booking
        else (),
    )
    return render(request, "treat/asked.html", told)
