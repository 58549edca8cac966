"""Why the verdict is what it is."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from ...reasoning.explain import explain
from ..models import Episode
from ..ui.episode_states import rail_of
from ..ui.why import Around, WhyPage, why_page
from ..ui.words import local_day, long_day
from .stored import standing_now


def explained(episode: Episode, now: datetime, *, for_client: bool) -> WhyPage | None:
    """The page of the kept verdict; None where none is kept yet."""
    reading = standing_now(episode, now).reading
    if reading is None or episode.fit.made_at is None:
        return None
    day = local_day(episode.fit.made_at, episode.client.practice.zone)
    around = Around(
        episode=rail_of(episode, "outcomes"),
        for_client=for_client,
        heading="Why this answer",
        made=f"Answer of {long_day(day)}",
        back_url=reverse("outcomes_show", args=[episode.pk]),
        correct_url="",
        others=(),
    )
    return why_page(explain(reading), around)
