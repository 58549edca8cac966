"""The screening of an episode: result, missing answers, overrides, clearances, emergency."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from ...reasoning.ageing import aged
from ...reasoning.interview import rescreen_questions
from ...reasoning.scale import Urgency
from ..access import Request, find, view
from ..audit import once
from ..intake.answers import case_of, day_at
from ..intake.forms import AnswersForm
from ..intake.overview import base_of
from ..intake.overview import latest as newest_intake
from ..intake.pages import EmergencyPage
from ..intake.papers import letter_page
from ..intake.words import emergency
from ..models import Episode, Screening
from ..ui.episode_states import rail_of
from ..ui.pdf import render_pdf
from ..ui.render import render
from ..ui.words import long_day
from . import actions
from .forms import ClearanceForm, OverrideForm
from .gate import decision_of, latest
from .pages import AgainPage, NoScreenPage
from .show import Tried, again_lines, missing_form, screen_page
from .why import screen_why


@view("screen.read")
@require_safe
def show(request: Request, episode_id: UUID) -> HttpResponseBase:
    """The latest decision; a completed intake nobody has decided on yet is decided first."""
    episode = find(Episode, episode_id, request)
    row = _current(request, episode)
    if row is None:
        page = NoScreenPage(
            episode=rail_of(episode, "screen"),
            base=base_of(request),
            intake_url=reverse("intake_show", args=[episode.pk]),
        )
        return render(request, "screen/none.html", page)
    if row.urgency == Urgency.EMERGENCY_NOW and not request.actor.is_staff:
        return redirect("screen_emergency", episode.pk)
    return _page(request, episode, row, Tried())


@view("screen.read")
@require_safe
def why(request: Request, episode_id: UUID, screening_id: UUID | None = None) -> HttpResponseBase:
    """Why the latest screening, or an earlier one, says what it says."""
    episode = find(Episode, episode_id, request)
    row = episode.screenings.filter(pk=screening_id).first() if screening_id else latest(episode)
    if row is None and screening_id:
        raise Http404
    if row is None or (row.urgency == Urgency.EMERGENCY_NOW and not request.actor.is_staff):
        return redirect("screen_show", episode.pk)
    page = screen_why(episode, row, for_client=not request.actor.is_staff)
    return render(request, "ui/why.html", page)


@view("screen.rescreen")
@require_POST
@once
def answer(request: Request, episode_id: UUID) -> HttpResponseBase:
    """The missing answers, given right here; then the decision is made again."""
    episode = find(Episode, episode_id, request)
    row = latest(episode)
    if row is None:
        return redirect("screen_show", episode.pk)
    form = missing_form(row, decision_of(row), request.POST)
    if not form.is_valid():
        return _page(request, episode, row, Tried(answers=form), status=422)
    return _rescreen(request, episode, form)


@view("screen.rescreen")
@once
def again(request: Request, episode_id: UUID) -> HttpResponseBase:
    """What may have changed since the last answers: all of it unchanged, or changed here."""
    episode = find(Episode, episode_id, request)
    intake = newest_intake(episode)
    if intake is None:
        return redirect("intake_show", episode.pk)
    today = day_at(datetime.now(UTC), episode.client.practice)
    case = aged(case_of(intake), today)
    questions = rescreen_questions(case, since=intake.as_of)
    sent = request.POST if request.method == "POST" else None
    form = AnswersForm(questions, sent, case=case)
    if request.method == "POST":
        if "nothing_changed" in request.POST:
            form = AnswersForm((), {}, case=case)
        if form.is_valid():
            return _rescreen(request, episode, form)
    page = AgainPage(
        episode=rail_of(episode, "screen"),
        base=base_of(request),
        form=form,
        lines=again_lines(form, case),
        since=long_day(intake.as_of),
        back_url=reverse("screen_show", args=[episode.pk]),
    )
    return render(request, "screen/again.html", page, status=422 if form.errors else 200)


@view("screen.override")
@require_POST
@once
def override(request: Request, episode_id: UUID) -> HttpResponseBase:
    """Sets one finding aside, with a reason, signed."""
    episode = find(Episode, episode_id, request)
    row = latest(episode)
    if row is None:
        return redirect("screen_show", episode.pk)
    form = OverrideForm(request.POST, auto_id=f"{request.POST.get('rule', '')[:40]}-o-%s")
    if form.is_valid():
        try:
            actions.override(
                screening=row,
                rule_id=form.cleaned_data["rule"],
                reason=form.cleaned_data["reason"],
                signed_name=form.cleaned_data["signed_name"],
                by=request.actor,
                now=datetime.now(UTC),
            )
            return redirect("screen_show", episode.pk)
        except actions.NotThatPerson:
            form.add_error("signed_name", "Type your own name as it stands in the practice")
        except actions.NotToBeSetAside:
            form.add_error(None, "This finding cannot be set aside")
    return _page(request, episode, row, Tried(override=form), status=422)


@view("screen.clear")
@require_POST
@once
def clear(request: Request, episode_id: UUID) -> HttpResponseBase:
    """Records what a clinician said, then decides again."""
    episode, now = find(Episode, episode_id, request), datetime.now(UTC)
    row = latest(episode)
    if row is None:
        return redirect("screen_show", episode.pk)
    form = ClearanceForm(
        request.POST,
        auto_id=f"{request.POST.get('rule', '')[:40]}-c-%s",
        today=day_at(now, episode.client.practice),
    )
    if not form.is_valid():
        return _page(request, episode, row, Tried(clearance=form), status=422)
    actions.clear(
        episode=episode,
        rule_id=form.cleaned_data["rule"],
        clinician=form.cleaned_data["clinician"],
        words=form.cleaned_data["words"],
        cleared_on=form.cleaned_data["cleared_on"],
        by=request.actor,
        now=now,
    )
    return redirect("screen_show", episode.pk)


@view("screen.read")
@require_safe
def emergency_page(request: Request, episode_id: UUID) -> HttpResponseBase:
    """One sentence, one action, one number; an open intake is decided at once."""
    episode = find(Episode, episode_id, request)
    row = _current(request, episode, also_open=True)
    if row is None or row.urgency != Urgency.EMERGENCY_NOW:
        return redirect("screen_show", episode.pk)
    page = EmergencyPage(
        emergency=emergency(decision_of(row), episode.client.practice),
        letter_url=reverse("screen_letter", args=[episode.pk]),
        back_url=reverse("intake_show", args=[episode.pk]),
    )
    return render(request, "intake/emergency.html", page)


@view("screen.read")
@require_safe
def letter(request: Request, episode_id: UUID) -> HttpResponseBase:
    """The letter for a clinician, to print; `?as=pdf` for a file."""
    episode = find(Episode, episode_id, request)
    row = _current(request, episode)
    if row is None:
        return redirect("screen_show", episode.pk)
    here = reverse("screen_letter", args=[episode.pk])
    page = letter_page(
        case_of(row.intake),
        decision_of(row),
        practice=episode.client.practice,
        client_name=episode.client.name,
        back_url=reverse("screen_show", args=[episode.pk]),
        pdf_url=f"{here}?as=pdf",
    )
    if request.GET.get("as") == "pdf":
        return render_pdf(request, "intake/letter.html", page, "letter.pdf")
    return render(request, "intake/letter.html", page)


def _page(
    request: Request, episode: Episode, row: Screening, tried: Tried, status: int = 200
) -> HttpResponse:
    page = screen_page(request, episode, row, now=datetime.now(UTC), tried=tried)
    return render(request, "screen/show.html", page, status=status)


def _rescreen(request: Request, episode: Episode, form: AnswersForm) -> HttpResponseBase:
    row = actions.rescreen(
        episode=episode, answers=form.answers(), by=request.actor, now=datetime.now(UTC)
    )
    if row.urgency == Urgency.EMERGENCY_NOW:
        return redirect("screen_emergency", episode.pk)
    return redirect("screen_show", episode.pk)


def _current(request: Request, episode: Episode, *, also_open: bool = False) -> Screening | None:
    """The latest screening; made now when the newest intake has none.

    An open intake is decided only when `also_open`, which the emergency page asks for.
    """
    row, intake = latest(episode), newest_intake(episode)
    if intake is None or (row is not None and row.intake_id == intake.pk and not also_open):
        return row
    if intake.completed_at is None and not also_open:
        return row
    if row is not None and row.intake_id == intake.pk and row.decided_at >= intake.saved_at:
        return row
    return actions.decide(intake=intake, by=request.actor, now=datetime.now(UTC))
