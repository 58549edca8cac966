"""The page of one episode."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from ..access import Request, find, view
from ..models import Episode
from ..ui import render, words
from ..ui.episode_states import rail_of
from .pages import EpisodePage
from .story import Moment, chapters, next_action


@view("episode.read")
@require_safe
def show(request: Request, episode_id: UUID) -> HttpResponse:
    """The story of the episode; for its client the same story in a plainer frame."""
    episode = find(Episode, episode_id, request)
    rail = rail_of(episode)
    moment = Moment(datetime.now(UTC), ZoneInfo(episode.client.practice.zone))
    is_open = episode.state == Episode.State.OPEN
    is_client = request.actor.kind == "client"
    page = EpisodePage(
        episode=rail,
        lede=_lede(episode, moment),
        chapters=chapters(episode, rail, moment),
        next_action=next_action(rail) if is_open and not is_client else None,
        warnings=tuple(
            alert.words
            for alert in episode.alerts.filter(handled_at__isnull=True).order_by("-raised_at")[:3]
        ),
    )
    return render(request, f"episode/show{'_client' if is_client else ''}.html", page)


def _lede(episode: Episode, moment: Moment) -> str:
    therapist = episode.therapist.name if episode.therapist else "nobody yet"
    since = words.ago(
        episode.opened_at.astimezone(moment.zone).date(),
        today=moment.now.astimezone(moment.zone).date(),
    )
    return f"{episode.get_state_display()}, begun {since}, with {therapist}."
