"""What every template may use besides its page: who is asking, and the theme they chose."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from ..access import ANONYMOUS

THEMES = ("system", "day", "night")


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """``actor`` and ``theme``; the theme comes from a cookie and falls back to the device's."""
    theme = request.COOKIES.get("theme", "system")
    return {
        "actor": getattr(request, "actor", ANONYMOUS),
        "theme": theme if theme in THEMES else "system",
    }
