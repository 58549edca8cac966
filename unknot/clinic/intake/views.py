"""The intake of a client: all sections, one section, consent, and the case as a document."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from ...knowledge import load
from ...reasoning.case import Case, write_case
from ...reasoning.interview import Section, intake_minutes, is_left, ready, sections
from ...reasoning.screen import decide
from ..access import Request, find, saved_draft, view
from ..audit import once
from ..models import Consent, Episode, Intake
from ..ui.episode_states import rail_of
from ..ui.render import render
from ..ui.words import long_day
from . import actions
from .answers import case_of, day_at, with_changes
from .consent import TEXTS, sensitive_areas
from .forms import AnswersForm, ConsentForm, ReleaseForm, SensitiveAreaForm
from .overview import base_of, intake_page, latest
from .pages import ConsentPage, SectionPage, asked
from .words import minutes_words


@view("intake.read")
@require_safe
def show(request: Request, episode_id: UUID) -> HttpResponse:
    """Every section with its state, the answers as of their day, and the consents."""
    episode = find(Episode, episode_id, request)
    page = intake_page(
        episode,
        latest(episode),
        today=day_at(datetime.now(UTC), episode.client.practice),
        base=base_of(request),
    )
    return render(request, "intake/show.html", page)


@view("intake.save")
@require_POST
@once
def begin(request: Request, episode_id: UUID) -> HttpResponseBase:
    """Opens a version to fill in and leads to its first section."""
    episode = find(Episode, episode_id, request)
    intake = actions.begin(episode=episode, by=request.actor, now=datetime.now(UTC))
    return redirect(_next_url(episode, intake))


@view("intake.save")
def section(request: Request, episode_id: UUID, section: str) -> HttpResponseBase:
    """One section: asks, saves, and leads to the next; an emergency comes before everything."""
    episode = find(Episode, episode_id, request)
    intake = latest(episode)
    if intake is None or intake.completed_at is not None:
        return redirect("intake_show", episode.pk)
    found = next((item for item in sections(case_of(intake)) if item.id == section), None)
    if found is None:
        if section in load().sections:
            return redirect(_next_url(episode, intake))
        raise Http404
    found = _without_kept(intake, found)
    if request.method == "POST":
        return _save(request, episode, intake, found)
    unsure, case = _unsure(intake, found), case_of(intake)
    form = AnswersForm(ready(found, case, answered=unsure), case=case, unsure=unsure)
    return _ask(request, episode, intake, found, form)


def _save(request: Request, episode: Episode, intake: Intake, found: Section) -> HttpResponseBase:
    now = datetime.now(UTC)
    if "nothing_changed" in request.POST and _can_confirm(intake, found):
        intake = actions.confirm_section(
            intake=intake, section=found.id, by=request.actor, now=now
        )
        return saved_draft(request, redirect(_next_url(episode, intake)))
    form, opened = _read(request, case_of(intake), found)
    if opened:
        return _ask(request, episode, intake, found, form, opened=True)
    if not form.is_valid():
        return _ask(request, episode, intake, found, form, status=422)
    intake = actions.save_section(
        intake=intake,
        section=found.id,
        answers=form.answers(),
        marks=form.marks(),
        by=request.actor,
        now=now,
    )
    if decide(case_of(intake)).is_emergency:
        return saved_draft(request, redirect("screen_emergency", episode.pk))
    return saved_draft(request, redirect(_next_url(episode, intake)))


def _read(request: Request, case: Case, found: Section) -> tuple[AnswersForm, bool]:
    """The form with every follow-up its own answers open, and whether one is still to be asked.

    An emergency asks nothing more.
    """
    whole = next((item for item in sections(case) if item.id == found.id), found)
    kept = {item.id for item in whole.questions} - {item.id for item in found.questions}
    questions, form = ready(found, case), None
    while True:
        sent = AnswersForm(questions, request.POST, case=case)
        new = {item.id for item in questions} - (form.dealt_with() if form else frozenset())
        if form is not None and not new & set(request.POST):
            told = with_changes(case, form.answers(), form.marks())
            return AnswersForm(questions, case=told, unsure=form.dealt_with()), True
        if not sent.is_valid():
            return sent, False
        told = with_changes(case, sent.answers(), sent.marks())
        now = next((item for item in sections(told) if item.id == found.id), found)
        more = tuple(
            question
            for question in ready(now, told, answered=sent.dealt_with())
            if question.id not in kept
        )
        if sent.dealt_with() >= {item.id for item in more} or decide(told).is_emergency:
            return sent, False
        questions, form = more, sent


def _ask(
    request: Request,
    episode: Episode,
    intake: Intake,
    found: Section,
    form: AnswersForm,
    *,
    status: int = 200,
    opened: bool = False,
) -> HttpResponse:
    case = case_of(intake)
    done = frozenset(
        question.id
        for item in sections(case)
        if item.id in intake.sections_done
        for question in item.questions
    )
    page = SectionPage(
        episode=rail_of(episode, "intake"),
        form=form,
        asked=asked(form),
        title=found.title,
        lede=found.lede,
        back_url=reverse("intake_show", args=[episode.pk]),
        minutes=minutes_words(intake_minutes(case, answered=done)),
        known_from=_known_from(episode, intake),
        can_confirm=_can_confirm(intake, found),
        opened=opened,
        base=base_of(request),
    )
    return render(request, "intake/section.html", page, status=status)


@view("intake.read")
@require_safe
def download(request: Request, episode_id: UUID) -> HttpResponse:
    """The latest answers as one case document, without a name."""
    intake = latest(find(Episode, episode_id, request))
    if intake is None:
        raise Http404
    name = f"unknot-case-{intake.as_of.isoformat()}.toml"
    return HttpResponse(
        write_case(case_of(intake)),
        content_type="application/toml; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name) or "attachment"},
    )


@view("consent.sign")
@once
def consent(request: Request, episode_id: UUID, kind: str) -> HttpResponseBase:
    """One text of consent to read and sign by typing one's name."""
    episode = find(Episode, episode_id, request)
    try:
        text = TEXTS[Consent.Kind(kind)]
    except ValueError:
        raise Http404 from None
    if text.kind is Consent.Kind.SPOKEN:  # which is said in the session room, not signed
        raise Http404
    form = _consent_form(text.kind, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.sign_consent(
            episode=episode,
            kind=text.kind,
            area=form.cleaned_data.get("area", ""),
            recipient=form.cleaned_data.get("recipient", ""),
            scope=form.cleaned_data.get("scope", ()),
            signed_name=form.cleaned_data["signed_name"],
            by=request.actor,
            now=datetime.now(UTC),
        )
        return redirect("intake_show", episode.pk)
    page = ConsentPage(
        episode=rail_of(episode, "intake"),
        title=text.title,
        text=text.text,
        form=form,
        has_area=isinstance(form, SensitiveAreaForm),
        is_release=isinstance(form, ReleaseForm),
        days=text.days,
        back_url=reverse("intake_show", args=[episode.pk]),
        base=base_of(request),
    )
    return render(request, "intake/consent.html", page, status=422 if form.errors else 200)


def _consent_form(kind: Consent.Kind, sent: Any) -> ConsentForm:
    if kind is Consent.Kind.SENSITIVE_AREA:
        return SensitiveAreaForm(sensitive_areas(), sent)
    return ReleaseForm(sent) if kind is Consent.Kind.RELEASE else ConsentForm(sent)


@view("consent.revoke")
@require_POST
def revoke(request: Request, episode_id: UUID, consent_id: UUID) -> HttpResponseBase:
    """Withdraws a consent; it stays on record as withdrawn."""
    episode = find(Episode, episode_id, request)
    given = find(Consent, consent_id, request)
    if given.client_id != episode.client_id:
        raise Http404
    actions.revoke_consent(consent=given, by=request.actor, now=datetime.now(UTC))
    return redirect("intake_show", episode.pk)


# --- Small helpers ------------------------------------------------------------------------------


def _next_url(episode: Episode, intake: Intake) -> str:
    for item in sections(case_of(intake)):
        if intake.completed_at is None and item.id not in intake.sections_done:
            return reverse("intake_section", args=[episode.pk, item.id])
    return reverse("screen_show", args=[episode.pk])


def _without_kept(intake: Intake, found: Section) -> Section:
    """The section without what a self-check that was kept has answered already."""
    if intake.version > 1 or found.id in intake.sections_done:
        return found
    case = case_of(intake)
    left = tuple(question for question in found.questions if is_left(question, case))
    return replace(found, questions=left or found.questions)


def _unsure(intake: Intake, found: Section) -> frozenset[str]:
    """In a section already done, what has no answer was left open knowingly."""
    if found.id not in intake.sections_done:
        return frozenset()
    return frozenset(question.id for question in found.questions)


def _known_from(episode: Episode, intake: Intake) -> str:
    before = episode.intakes.filter(version__lt=intake.version).order_by("-version").first()
    return long_day(before.as_of) if before is not None else ""


def _can_confirm(intake: Intake, found: Section) -> bool:
    """Whether every question of the section was answered last time."""
    case = case_of(intake)
    return intake.version > 1 and all(
        question.optional or not is_left(question, case) for question in found.questions
    )
