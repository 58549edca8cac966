"""The frame around booking pages: staff see the episode's rail, a client sees their own pages."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from unknot.clinic.access import Request, scope
from unknot.clinic.models import Episode
from unknot.clinic.ui.episode_states import rail_of as rail
from unknot.clinic.ui.rail import EpisodeRail
from unknot.reasoning.book import zone_named

EPISODE = "base_episode.html"


def base_of(request: Request, episode: Episode) -> str:
    """The template a booking page extends: with the episode's stages for staff who may read it."""
    if request.actor.is_staff and _reads(request, episode):
        return EPISODE
    return "base_staff.html" if request.actor.is_staff else "base.html"


def rail_of(request: Request, episode: Episode) -> EpisodeRail | None:
    """The eight stages of the episode, for those whose pages show them; else None."""
    return rail(episode, "book") if base_of(request, episode) == EPISODE else None


def _reads(request: Request, episode: Episode) -> bool:
    return scope(Episode, request.actor, "episode.read").filter(pk=episode.pk).exists()


def zone_of(request: Request) -> ZoneInfo:
    """The zone of the asker's practice."""
    assert request.actor.practice is not None
    return zone_named(request.actor.practice.zone)
