"""The programme page for owners, and its figures to take away."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from unknot.programme import ProgrammeMissing, export, is_installed

from ..access import Actor, Request, scope, view
from ..models import ProgrammeReport
from ..ui.render import render, render_problem
from .kept import published_of
from .pages import ProgrammePage, empty_page, missing_page, programme_page


@view("programme.read")
@require_safe
def show(request: Request) -> HttpResponse:
    """The groups of this practice as published last; nothing is counted or fitted here."""
    return render(request, "programme/show.html", _page(request.actor))


def _page(by: Actor) -> ProgrammePage:
    if not is_installed():
        return missing_page(str(ProgrammeMissing()))
    row = scope(ProgrammeReport, by, "programme.read").defer("population", "made_of").first()
    found = published_of(row)
    return programme_page(found) if found else empty_page(tried=row is not None)


@view("programme.export")
@require_safe
def take(request: Request, kind: str) -> HttpResponse:
    """The same numbers as a file, with the same groups left out: ``csv`` or ``parquet``."""
    if not is_installed():
        return render_problem(request, 503, say=str(ProgrammeMissing()))
    rows = scope(ProgrammeReport, request.actor, "programme.export")
    found = published_of(rows.defer("population", "made_of").first())
    if found is None:
        return render_problem(request, 409, say="No figures have been published yet.")
    content, media = export.FORMATS[kind](found), export.MEDIA[kind]
    response = HttpResponse(content, content_type=media)
    name = f"programme-{found.on.isoformat()}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
