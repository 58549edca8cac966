"""What the frame of every page needs: who is asking, the menu, the chosen light."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from ..access import account_of
from .nav import menu
from .theme import THEMES, chosen

__all__ = ["THEMES", "everywhere"]


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """Context for all templates, ours and the sign-in library's."""
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "account": account_of(actor),
        "nav": menu(actor, request.path),
        "theme": chosen(request),
    }
