"""A client's own pages."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from ..access import Request, view
from ..ui.render import render
from .actions import take_data
from .pages import page_of


@view("me.read")
@require_safe
def show(request: Request) -> HttpResponse:
    """A client's front page: each complaint, what comes next, and what to do meanwhile."""
    return render(request, "me/show.html", page_of(request, datetime.now(UTC)))


@view("me.export")
@require_POST
def data(request: Request) -> HttpResponse:
    """Everything kept about the client, as a file. Asked for with a button, noted in the trail."""
    client = request.actor.client
    assert client is not None
    packed = take_data(client=client, by=request.actor, now=datetime.now(UTC))
    return HttpResponse(
        packed,
        content_type="application/zip",
        headers={"Content-Disposition": 'attachment; filename="unknot-my-data.zip"'},
    )
