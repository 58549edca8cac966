"""The programme page for owners, and its figures to take away."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from unknot.programme import ProgrammeMissing, export, figures

from ..access import Request, view
from ..outcomes import refit
from ..ui.render import render, render_problem
from .gather import tables
from .pages import missing_page, programme_page


@view("programme.read")
@require_safe
def show(request: Request) -> HttpResponse:
    """The groups of this practice. Reads kept fits only; no page waits for one."""
    try:
        found = figures.of_rows(*tables(request.actor))
    except ProgrammeMissing as reason:
        return render(request, "programme/show.html", missing_page(str(reason)))
    waiting = refit.waiting(request.actor.practice)
    return render(request, "programme/show.html", programme_page(found, waiting=waiting))


@view("programme.export")
@require_safe
def take(request: Request, kind: str) -> HttpResponse:
    """The same numbers as a file, with the same groups left out: ``csv`` or ``parquet``."""
    try:
        found = figures.of_rows(*tables(request.actor))
    except ProgrammeMissing as reason:
        return render_problem(request, 503, say=str(reason))
    content, media = export.FORMATS[kind](found.report), export.MEDIA[kind]
    day = datetime.now(UTC).date().isoformat()
    response = HttpResponse(content, content_type=media)
    response.headers["Content-Disposition"] = f'attachment; filename="programme-{day}.{kind}"'
    return response
