"""The outcomes page, for the client and the therapist alike, and the decision on it."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from unknot.reasoning import outcomes

from ..access import Request, find, scope, view
from ..audit import once
from ..models import Episode
from ..ui.pdf import render_pdf
from ..ui.render import render
from . import gather, refit, why
from .actions import NobodyDecides, decide
from .forms import DecisionForm
from .pages import page_of, snapshot
from .stored import standing_now


@view("outcomes.read")
@require_safe
def show(request: Request, episode_id: UUID) -> HttpResponse:
    """The answer so far. Reads the clock once, here."""
    episode = find(Episode, episode_id, request)
    return _page(request, episode, DecisionForm(), now=datetime.now(UTC))


@view("outcomes.read")
@require_safe
def report(request: Request, episode_id: UUID) -> HttpResponse:
    """The answer on one page of paper, to keep or to send to a doctor."""
    episode, now = find(Episode, episode_id, request), datetime.now(UTC)
    page = page_of(
        episode=episode,
        standing=standing_now(episode, now),
        now=now,
        form=None,
        for_client=not request.actor.is_staff,
    )
    return render_pdf(request, "outcomes/paper.html", page, "unknot-progress.pdf")


@view("outcomes.read")
@require_safe
def outcomes_why(request: Request, episode_id: UUID) -> HttpResponse:
    """Why the answer is what it is: its reasons, its figures, the rule behind the next step."""
    episode = find(Episode, episode_id, request)
    now = datetime.now(UTC)
    page = why.explained(episode, now, for_client=not request.actor.is_staff)
    if page is None:
        raise Http404
    return render(request, "ui/why.html", page)


@view("outcomes.decide")
@require_POST
@once
def decide_next(request: Request, episode_id: UUID) -> HttpResponseBase:
    """Keeps what people decided, with the verdict they were reading."""
    episode = find(Episode, episode_id, request)
    form, now = DecisionForm(request.POST), datetime.now(UTC)
    if not form.is_valid():
        return _page(request, episode, form, now=now)
    verdict = _verdict(episode, now)
    try:
        decide(
            episode=episode,
            kind=form.cleaned_data["kind"],
            reason=form.cleaned_data["reason"],
            proposed=verdict.next_step.step,
            verdict=snapshot(verdict, now),
            by=request.actor,
            now=now,
        )
    except NobodyDecides:
        form.add_error(None, "This episode is closed. Open a new one to go on.")
        return _page(request, episode, form, now=now)
    messages.success(request, "Your decision is kept.")
    return redirect("outcomes_show", episode_id=episode.pk)


def _verdict(episode: Episode, now: datetime) -> outcomes.Verdict:
    """The verdict people were reading; worked out now where none is kept yet."""
    kept = standing_now(episode, now).reading
    if kept is not None:
        return kept.verdict
    diary = gather.diary_of(episode, now=now)
    return outcomes.interpret(diary, function_better=gather.function_better(episode)).verdict


def _page(request: Request, episode: Episode, form: forms.Form, *, now: datetime) -> HttpResponse:
    standing = standing_now(episode, now)
    if not standing.is_whole:
        refit.ask(episode.pk)
    may = episode.state == Episode.State.OPEN and _may_decide(request, episode)
    page = page_of(
        episode=episode,
        standing=standing,
        now=now,
        form=form if may else None,
        for_client=not request.actor.is_staff,
    )
    template = "outcomes/mine.html" if page.for_client else "outcomes/show.html"
    return render(request, template, page, status=422 if form.errors else 200)


def _may_decide(request: Request, episode: Episode) -> bool:
    return scope(Episode, request.actor, "outcomes.decide").filter(pk=episode.pk).exists()
