"""Why a stored screening says what it says."""

from __future__ import annotations

from django.urls import reverse

from ...reasoning.explain import explain
from ..models import Episode, Screening
from ..ui.episode_states import rail_of
from ..ui.why import Around, WhyLink, WhyPage, why_page
from ..ui.words import local_day, long_day
from .actions import cleared_case
from .gate import decision_of

MOST_OTHERS = 12


def screen_why(episode: Episode, row: Screening, *, for_client: bool) -> WhyPage:
    """The page of one stored screening; today's rules are asked about the same answers."""
    decision = decision_of(row)
    found = explain(decision, case=cleared_case(row.intake, decision.as_of))
    around = Around(
        episode=rail_of(episode, "screen"),
        for_client=for_client,
        heading="Why we say this" if for_client else "Why the safety check says this",
        made=f"Safety check of {_day(row, episode)}",
        back_url=reverse("screen_show", args=[episode.pk]),
        correct_url=reverse("screen_again", args=[episode.pk]),
        others=() if for_client else tuple(_others(episode, row)),
    )
    return why_page(found, around)


def _others(episode: Episode, row: Screening) -> list[WhyLink]:
    rows = episode.screenings.exclude(pk=row.pk).order_by("-decided_at", "-id")[:MOST_OTHERS]
    return [
        WhyLink(
            reverse("screen_why_of", args=[episode.pk, other.pk]),
            f"{_day(other, episode)}: {decision_of(other).headline}",
        )
        for other in rows
    ]


def _day(row: Screening, episode: Episode) -> str:
    return long_day(local_day(row.decided_at, episode.client.practice.zone))
