"""Day, night, or as the device says; the session room dimmed or as the other pages. The choices
are cookies and nothing else."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

COOKIE: Final = "theme"
THEMES: Final = ("system", "day", "night")
ROOM_COOKIE: Final = "room"
ROOM_LIGHTS: Final = ("dim", "plain")
YEAR: Final = 31_536_000


def chosen(request: HttpRequest) -> str:
    """``day`` or ``night`` when the person chose one, else empty: the device decides."""
    value = request.COOKIES.get(COOKIE, "")
    return value if value in ("day", "night") else ""


def room_is_dim(request: HttpRequest) -> bool:
    """Whether the session room is dimmed on this device; it is until somebody says otherwise."""
    return request.COOKIES.get(ROOM_COOKIE, "dim") != "plain"
