"""Finds, inside the site's own environment, whose pages to measure."""

from __future__ import annotations

from django.db.models import Count
from django.urls import reverse

from bench.race_stage import session_of
from unknot.clinic.models import Episode, Staff


def find() -> dict[str, dict[str, str]]:
    """The address of each page and the session that asks for it: the desk's and the owner's."""
    desk = Staff.everything.filter(role="front_desk", active=True).select_related("user").first()
    owner = Staff.everything.filter(role="owner", active=True).select_related("user").first()
    assert desk is not None
    assert owner is not None
    episode = (
        Episode.everything.filter(state="open")
        .annotate(size=Count("check_ins"))
        .order_by("-size")
        .first()
    )
    assert episode is not None
    paths = {
        "today": reverse("today") + "?who=all",
        "calendar": reverse("calendar") + "?who=all",
        "client list": reverse("client_list"),
        "episode": reverse("episode_show", args=[episode.pk]),
        "outcomes": reverse("outcomes_show", args=[episode.pk]),
        "programme": reverse("programme_show"),
    }
    front, back = session_of(desk), session_of(owner)
    return {
        "paths": paths,
        "sessions": {
            page: front if page in ("today", "calendar", "client list") else back for page in paths
        },
    }
