"""The gallery's pages."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from ..access import Request, view
from ..ui import render
from ..ui.icons import ICONS
from ..ui.rail import EpisodeRail, episode_rail
from .forms import Specimen
from .pages import GalleryEpisodePage, GalleryPage, Swatch

ROLES = (
    "surface", "raised", "sunken", "ink", "ink-soft", "line", "line-strong", "accent",
    "accent-wash", "clay", "clay-wash", "good", "good-wash", "caution", "caution-wash", "stop",
    "stop-wash", "stop-fill", "focus", *(f"pain-{step}" for step in range(11)),
)  # fmt: skip
ANSWERS = {
    "name": "Wilhelmina Featherstonehaugh-Vandenberghe",
    "born_on": "1954-03-09",
    "weeks": "104",
    "area": "low_back",
    "onset": "gradual",
    "helped": "little",
    "tried": ["heat", "long"],
    "worse": ["sit", "type"],
    "pain": "6",
    "sleep": "3",
    "words": "It is worst in the morning.",
    "agree": "on",
}
NOBODY = UUID(int=0)


@view("gallery.read")
@require_safe
def show(request: Request) -> HttpResponse:
    """Every component in every state."""
    page = GalleryPage(
        empty=Specimen(prefix="empty"),
        filled=Specimen(
            {f"filled-{name}": value for name, value in ANSWERS.items()}, prefix="filled"
        ),
        wrong=Specimen({}, prefix="wrong"),
        icons=tuple(ICONS),
        swatches=tuple(Swatch(role) for role in ROLES),
        times=("9:00", "9:30", "11:15", "2:00"),
    )
    return render(request, "gallery/show.html", page)


@view("gallery.read")
@require_safe
def episode(request: Request) -> HttpResponse:
    """The frame of an episode's pages."""
    return render(request, "gallery/episode.html", GalleryEpisodePage(_rail()))


@view("gallery.read")
@require_safe
def room(request: Request) -> HttpResponse:
    """The dim theme of the session room, and the dial."""
    return render(request, "gallery/room.html", GalleryEpisodePage(_rail()))


@view("gallery.read")
@require_safe
def dial(request: Request) -> HttpResponse:
    """The client's dial."""
    return render(request, "gallery/dial.html")


@view("gallery.read")
@require_safe
def emergency(request: Request) -> HttpResponse:
    """The emergency page's look."""
    return render(request, "gallery/emergency.html")


def _rail() -> EpisodeRail:
    return episode_rail(
        episode_id=NOBODY,
        client_id=NOBODY,
        client_name="Wilhelmina Featherstonehaugh-Vandenberghe",
        complaint="Low back pain for two years, worse after standing",
        current="plan",
        states={
            "intake": ("done", "3 November"),
            "screen": ("attention", "With limits"),
            "assess": ("done", "3 November"),
            "plan": ("now", "To be agreed"),
            "book": ("blocked", "After agreement"),
        },
    )
