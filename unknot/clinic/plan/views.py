"""Pages of the plan: read, propose, change, agree, print."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from ...reasoning.plan import PlanError
from ..access import Request, find, view
from ..audit import once
from ..models import Episode, PlanVersion
from ..ui import render
from ..ui.pdf import render_pdf
from . import actions, show, stored, why
from .forms import AgreeForm, ChangeForm
from .letter import letter_of
from .pages import PlanPage

FRIDAY = 4


@view("plan.read")
@require_safe
def plan_show(request: Request, episode_id: UUID) -> HttpResponse:
    """The newest plan as a letter."""
    episode = find(Episode, episode_id, request)
    return _show(request, show.plan_page(request, episode, _first_day(episode)))


@view("plan.read")
@require_safe
def plan_why(request: Request, episode_id: UUID, plan_id: UUID | None = None) -> HttpResponse:
    """Why the newest plan, or one version of it, is as it is."""
    episode = find(Episode, episode_id, request)
    version = episode.plans.filter(pk=plan_id).first() if plan_id else _latest(episode)
    page = version and why.plan_why(episode, version, for_client=not request.actor.is_staff)
    if not page:
        raise Http404
    return render(request, "ui/why.html", page)


@view("plan.propose")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def plan_propose(request: Request, episode_id: UUID) -> HttpResponse:
    """A proposal from the answers and the safety check; only looked at, it leads to the plan, as
    after signing in half-way.
    """
    episode = find(Episode, episode_id, request)
    if request.method != "POST":
        return redirect("plan_show", episode.pk)
    try:
        actions.propose(
            episode=episode,
            by=request.actor,
            now=datetime.now(UTC),
            starts_on=_first_day(episode),
            condition_id=request.POST.get("condition", ""),
        )
    except (actions.PlanRefused, PlanError) as error:
        page = show.plan_page(request, episode, _first_day(episode), refused=str(error))
        return _show(request, page, status=422)
    return redirect("plan_show", episode.pk)


@view("plan.propose")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def plan_change(request: Request, episode_id: UUID) -> HttpResponse:
    """A new version within the limits, or the form with every fault."""
    episode, version, form = _changing(request, episode_id)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(
                version=version, changes=form.changes(), by=request.actor, now=datetime.now(UTC)
            )
            return redirect("plan_show", episode.pk)
        except PlanError as error:
            form.refuse(error)
        except actions.PlanRefused as error:
            form.add_error(None, str(error))
    page = show.change_page(episode, version, form)
    return render(request, "plan/change.html", page, status=422 if form.errors else 200)


@view("plan.propose")
@require_http_methods(["GET", "HEAD", "POST"])
def plan_check(request: Request, episode_id: UUID) -> HttpResponse:
    """What a change would amount to, or its faults by field, while it is being typed."""
    episode, version, form = _changing(request, episode_id)
    if request.method != "POST":
        return redirect("plan_change", episode.pk)
    if form.is_valid():
        try:
            plan = actions.changed_plan(version, form.changes())
            letter = letter_of(plan, episode.client.practice.currency)
            said = {"says": letter.dose, "cost": letter.cost, "reviews": letter.reviews}
            return JsonResponse({"faults": {}, **said})
        except PlanError as error:
            form.refuse(error)
        except actions.PlanRefused as error:
            form.add_error(None, str(error))
    faults = {name: [str(text) for text in texts] for name, texts in form.errors.items()}
    return JsonResponse({"faults": faults})


@view("plan.agree")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def plan_agree(request: Request, episode_id: UUID) -> HttpResponse:
    """The client's agreement, on their own page or on the therapist's device."""
    episode = find(Episode, episode_id, request)
    if request.method != "POST":
        return redirect("plan_show", episode.pk)
    version = _latest(episode)
    form = AgreeForm(request.POST)
    if form.is_valid():
        try:
            actions.agree(
                version=version,
                signed_name=form.cleaned_data["signed_name"],
                by=request.actor,
                now=datetime.now(UTC),
            )
            return redirect("plan_show", episode.pk)
        except actions.PlanRefused as error:
            form.add_error("signed_name", str(error))
    return _show(
        request, show.plan_page(request, episode, _first_day(episode), form=form), status=422
    )


@view("plan.read")
@require_safe
def plan_letter(request: Request, episode_id: UUID) -> HttpResponse:
    """The plan on paper."""
    episode = find(Episode, episode_id, request)
    page = show.letter_page(episode, _latest(episode))
    if page is None:
        raise Http404
    return render_pdf(request, "plan/paper.html", page, "plan.pdf")


def _show(request: Request, page: PlanPage, status: int = 200) -> HttpResponse:
    template = "plan/mine.html" if page.is_client else "plan/show.html"
    return render(request, template, page, status=status)


def _latest(episode: Episode) -> PlanVersion:
    version = stored.latest(episode)
    if version is None:
        raise Http404
    return version


def _changing(request: Request, episode_id: UUID) -> tuple[Episode, PlanVersion, ChangeForm]:
    episode = find(Episode, episode_id, request)
    version = _latest(episode)
    plan = stored.plan_of(version)
    if plan is None:
        raise Http404
    return episode, version, ChangeForm(request.POST or None, plan=plan)


def _first_day(episode: Episode) -> date:
    """The next weekday from tomorrow on, where the practice is."""
    day = datetime.now(ZoneInfo(episode.client.practice.zone)).date() + timedelta(days=1)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > FRIDAY else 0)
