"""Why a stored plan is as it is."""

from __future__ import annotations

from django.urls import reverse

from ...reasoning.explain import explain
from ..models import Episode, PlanVersion
from ..ui.episode_states import rail_of
from ..ui.why import Around, WhyLink, WhyPage, why_page
from ..ui.words import local_day, long_day
from . import stored


def plan_why(episode: Episode, version: PlanVersion, *, for_client: bool) -> WhyPage | None:
    """The page of one stored version; None when it cannot be read any more."""
    plan = stored.plan_of(version)
    if plan is None:
        return None
    around = Around(
        episode=rail_of(episode, "plan"),
        for_client=for_client,
        heading="Why this plan",
        made=f"Plan of {_day(version, episode)}",
        back_url=reverse("plan_show", args=[episode.pk]),
        correct_url=reverse("screen_again", args=[episode.pk]),
        others=() if for_client else tuple(_others(episode, version)),
    )
    return why_page(explain(plan), around)


def _others(episode: Episode, version: PlanVersion) -> list[WhyLink]:
    rows = episode.plans.exclude(pk=version.pk).order_by("-number")
    return [
        WhyLink(
            reverse("plan_why_of", args=[episode.pk, other.pk]),
            f"Version {other.number}, {_day(other, episode)}",
        )
        for other in rows
    ]


def _day(version: PlanVersion, episode: Episode) -> str:
    return long_day(local_day(version.made_at, episode.client.practice.zone))
