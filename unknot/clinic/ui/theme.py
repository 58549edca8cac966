"""Day, night, or as the device says. The choice is a cookie and nothing else."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

COOKIE: Final = "theme"
THEMES: Final = ("system", "day", "night")


def chosen(request: HttpRequest) -> str:
    """``day`` or ``night`` when the person chose one, else empty: the device decides."""
    value = request.COOKIES.get(COOKIE, "")
    return value if value in ("day", "night") else ""
