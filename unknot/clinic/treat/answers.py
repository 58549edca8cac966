"""Who is to read an answer: a person's browser, or a script of our own page."""

from __future__ import annotations

from ..access import Request


def wants_data(request: Request) -> bool:
    """Whether a script asked, rather than a person's browser."""
    return "application/json" in request.headers.get("Accept", "")
