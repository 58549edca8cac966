"""Pages of findings: read, examine, answer questionnaires."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from ...reasoning.assess import ScoreError
from ...reasoning.marks import Mark, MarksError
from ..access import Request, find, saved_draft, view
from ..audit import once
from ..models import Assessment, Episode
from ..ui import render
from ..ui.body_chart import marks_from_post
from . import actions, brought, show, stored
from .forms import FindingsForm, MeasuresForm

NOTHING = "Nothing is entered yet. Mark the chart, enter a number or write a sentence."


@view("assess.read")
@require_safe
def assess_show(request: Request, episode_id: UUID) -> HttpResponse:
    """Everything found; `?day=` shows the marks of an earlier day."""
    episode = find(Episode, episode_id, request)
    page = show.findings_page(request, episode, _day(episode, request.GET.get("day", "")))
    template = "assess/mine.html" if page.is_client else "assess/show.html"
    return render(request, template, page)


@view("assess.record")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def assess_record(request: Request, episode_id: UUID) -> HttpResponse:
    """Examine: marks, motion and a sentence."""
    episode = find(Episode, episode_id, request)
    form = FindingsForm(_sent(request), motions=stored.motions_for(episode))
    if request.method != "POST":
        last = stored.marks_of(episode.assessments.last())
        return render(request, "assess/record.html", show.record_page(episode, form, last))
    marks, problem = _marks(request)
    if form.is_valid() and not problem:
        try:
            actions.record_findings(
                episode=episode,
                marks=marks,
                motions=form.motions(),
                words=form.cleaned_data["words"],
                by=request.actor,
                now=datetime.now(UTC),
            )
            return saved_draft(request, redirect("assess_show", episode.pk))
        except actions.NothingToKeep:
            problem = NOTHING
    page = show.record_page(episode, form, marks, problem)
    return render(request, "assess/record.html", page, status=422)


@view("measure.record")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def assess_measure(request: Request, episode_id: UUID) -> HttpResponse:
    """Pain, daily life and the client's own activities, 0 to 10."""
    episode = find(Episode, episode_id, request)
    named = stored.activities(episode, stored.case_for(episode))
    own = brought.instruments(request.actor, stored.AREA_GROUPS.get(episode.main_area, ()))
    form, problem = MeasuresForm(_sent(request), activities=named, brought=own), ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_measures(
                episode=episode,
                answers=form.answers(),
                by=request.actor,
                now=datetime.now(UTC),
                knowledge=brought.knowledge_with(own),
            )
            return redirect("assess_show", episode.pk)
        except actions.NothingToKeep:
            problem = "Nothing is answered yet. Answer at least one question."
        except ScoreError as error:
            problem = str(error)
    page = show.measure_page(request, episode, form, problem)
    template = "assess/measure_mine.html" if page.is_client else "assess/measure.html"
    return render(request, template, page, status=422 if problem or form.errors else 200)


def _sent(request: Request) -> QueryDict | None:
    """What the form sent, be it nothing; None when the form is only asked for."""
    return request.POST if request.method == "POST" else None


def _marks(request: Request) -> tuple[tuple[Mark, ...], str]:
    """The therapist's marks, and what is wrong with them."""
    try:
        return marks_from_post(request.POST, layer="therapist"), ""
    except MarksError as error:
        return (), f"The chart could not be read: {error}."


def _day(episode: Episode, key: str) -> Assessment | None:
    """The day asked for, or None for the latest; a key that is none is ignored."""
    try:
        return episode.assessments.filter(pk=key).first() if key else None
    except (ValidationError, ValueError):
        return None
