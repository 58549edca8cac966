"""One way to turn a page's data into an answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def render(request: HttpRequest, template: str, page: Any, status: int = 200) -> HttpResponse:
    """The template with ``page``, a frozen dataclass, as its only data."""
    return HttpResponse(render_to_string(template, {"page": page}, request), status=status)
