"""The day."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from unknot.reasoning.book import wall_time

from ..access import Request, view
from ..book.day import day_of
from ..book.forms import day_asked
from ..book.frame import zone_of
from ..ui.render import render
from .pages import page_of


@view("today.read")
@require_safe
def show(request: Request) -> HttpResponse:
    """The visits of a day: a therapist's own, the front desk's and owner's for everybody."""
    now, zone = datetime.now(UTC), zone_of(request)
    on = day_asked(request.GET, "day", wall_time(now, zone).date())
    staff = request.actor.staff
    everyone = staff is None or not staff.treats or request.GET.get("who") == "all"
    day = day_of(request, on, everyone, now, zone)
    return render(request, "today/show.html", page_of(request.actor, day, now))
