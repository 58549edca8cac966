"""The page of a link that no longer leads anywhere: what to do instead."""

from __future__ import annotations

from django.http import HttpResponse

from ..access import Request
from ..ui.render import render
from .pages import EndedPage


def ended(request: Request, practice: str, *, stop_url: str = "") -> HttpResponse:
    """410, with the practice's name and nothing about anybody."""
    return render(request, "follow_up/ended.html", EndedPage(practice, stop_url), status=410)
