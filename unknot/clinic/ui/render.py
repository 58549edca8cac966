"""Typed rendering: a template and the frozen page it shows."""

from __future__ import annotations

from dataclasses import dataclass, is_dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def render(
    request: HttpRequest, template: str, page: Any = None, status: int = 200
) -> HttpResponse:
    """The page as HTML, with ``page`` (a frozen dataclass) in the template's context.

    Raises TypeError for a page that is not a dataclass: a loose dict would hide a misspelt name.
    """
    if page is not None and (not is_dataclass(page) or isinstance(page, type)):
        raise TypeError(f"{template}: page must be an instance of a frozen dataclass")
    return HttpResponse(render_to_string(template, {"page": page}, request), status=status)


@dataclass(frozen=True)
class ProblemPage:
    """Something went wrong: what happened, what to do, and where to go."""

    heading: str
    say: str
    do: str
    back_url: str
    back_label: str


PROBLEMS: Final[dict[int, tuple[str, str, str]]] = {
    409: (
        "Somebody was faster",
        "What you chose was changed or taken a moment ago. Nothing of yours was saved.",
        "Go back, look at the new state, and choose again.",
    ),
    422: (
        "This was already sent",
        "The same form arrived twice with different answers, so only the first was kept.",
        "Go back, load the page again, and send it once more if something is missing.",
    ),
    503: (
        "One moment",
        "Unknot is busy or being looked after. Nothing is lost.",
        "Wait a minute, then load the page again.",
    ),
}


def render_problem(
    request: HttpRequest,
    status: int,
    *,
    say: str = "",
    do: str = "",
    back_url: str = "/",
    back_label: str = "Go to the start",
) -> HttpResponse:
    """A plain page for 409, 422 or 503. ``say`` and ``do`` replace the usual words."""
    heading, usual_say, usual_do = PROBLEMS[status]
    page = ProblemPage(heading, say or usual_say, do or usual_do, back_url, back_label)
    response = render(request, "problem.html", page, status=status)
    if status == 503:
        response.headers["Retry-After"] = "60"
    return response
