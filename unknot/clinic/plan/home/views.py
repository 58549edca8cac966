"""Taps of home care: what a client tells, and what a therapist decides."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ....reasoning.plan import PlanError
from ...access import Request, find, view
from ...audit import once
from ...models import Episode
from .. import actions as plans
from .. import stored
from . import actions
from .tap import read_tap


@view("home_care.tell")
@require_POST
@once
def tell(request: Request, episode_id: UUID) -> HttpResponseBase:
    """One answer about one day of one item; leads back to it."""
    episode = find(Episode, episode_id, request)
    tap = read_tap(request.POST)
    try:
        if tap.on is None:
            raise actions.HomeCareRefused("This day is not known.")
        actions.tell(
            episode=episode,
            item=tap.item,
            on=tap.on,
            told=tap.told,
            by=request.actor,
            now=datetime.now(UTC),
        )
    except actions.HomeCareRefused as refused:
        messages.error(request, str(refused))
    if request.actor.is_staff:
        return redirect("plan_show", episode.pk)
    return redirect(f"{reverse('me')}#{episode.pk}-{tap.item}")


@view("home_care.set")
@require_POST
@once
def set_step(request: Request, episode_id: UUID) -> HttpResponseBase:
    """A therapist's step for one item."""
    episode = find(Episode, episode_id, request)
    said = request.POST.get("step", "")
    try:
        if not (said.isascii() and said.isdigit() and len(said) < 3):
            raise actions.HomeCareRefused("Choose a step.")
        actions.set_step(
            episode=episode,
            item=request.POST.get("item", ""),
            step=int(said),
            by=request.actor,
            now=datetime.now(UTC),
        )
    except actions.HomeCareRefused as refused:
        messages.error(request, str(refused))
    return redirect(f"{reverse('plan_show', args=[episode.pk])}#home-care")


@view("plan.propose")
@require_POST
@once
def swap(request: Request, episode_id: UUID) -> HttpResponseBase:
    """A new version of the plan with one item in another's place, taken out, or added.

    The plan itself refuses more than three, and what the safety check rules out.
    """
    episode = find(Episode, episode_id, request)
    version = stored.latest(episode)
    plan = stored.plan_of(version)
    if version is None or plan is None:
        raise Http404
    out, into = request.POST.get("item", ""), request.POST.get("into", "")
    held = [one.id for one in plan.home_care]
    wanted = [into if name == out else name for name in held]
    if out not in held:
        wanted.append(into)
    try:
        plans.change(
            version=version,
            changes={"home_care_ids": tuple(dict.fromkeys(filter(None, wanted)))},
            by=request.actor,
            now=datetime.now(UTC),
        )
        messages.success(request, "Changed. The client is asked to agree to the new version.")
    except (PlanError, plans.PlanRefused) as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('plan_show', args=[episode.pk])}#home-care")
