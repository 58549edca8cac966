"""A client's own pages."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..access import Request, find, system, view
from ..audit import once
from ..follow_up.actions import links
from ..intake.actions import revoke_consent
from ..models import CheckInLink, Consent, Episode
from ..ui.pdf import render_pdf
from ..ui.render import render
from . import consents, sheets
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


@view("me.check_in")
@require_POST
def check_in(request: Request, episode_id: UUID) -> HttpResponseBase:
    """Leads to today's check-in: by the link that is open, else by a new one."""
    episode, now = find(Episode, episode_id, request), datetime.now(UTC)
    diary = CheckInLink.Kind.DIARY
    link = episode.check_in_links.filter(kind=diary, revoked_at=None, expires_at__gt=now).first()
    if link is None:
        by = system(episode.client.practice)
        link = links.make_link(episode=episode, kind=diary, by=by, now=now)
    return redirect("check_in", links.token_of(link))


@view("me.read")
@require_safe
def agreements(request: Request) -> HttpResponse:
    """Every consent of the client, with what withdrawing it means."""
    client = request.actor.client
    assert client is not None
    return render(request, "me/consents.html", consents.page_of(client, datetime.now(UTC)))


@view("consent.revoke")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def withdraw(request: Request, consent_id: UUID) -> HttpResponseBase:
    """One plain question, then the consent is withdrawn as of now."""
    given, now = find(Consent, consent_id, request), datetime.now(UTC)
    if request.method != "POST":
        return render(
            request, "me/withdraw.html", consents.WithdrawPage(consents.card_of(given, now))
        )
    revoke_consent(consent=given, by=request.actor, now=now)
    messages.success(request, "Withdrawn. It counts from now on.")
    if request.actor.is_staff:
        return redirect("client_show", given.client_id)
    return redirect("me_consents")


@view("plan.read")
@require_safe
def sheet_before(request: Request, episode_id: UUID) -> HttpResponse:
    """How to prepare for a visit of this plan, on paper."""
    return _sheet(request, episode_id, "before")


@view("plan.read")
@require_safe
def sheet_after(request: Request, episode_id: UUID) -> HttpResponse:
    """What to do after a visit, and when to call, on paper."""
    return _sheet(request, episode_id, "after")


@view("plan.read")
@require_safe
def sheet_home(request: Request, episode_id: UUID) -> HttpResponse:
    """The home care with its drawings, on paper."""
    return _sheet(request, episode_id, "home")


def _sheet(request: Request, episode_id: UUID, which: str) -> HttpResponse:
    episode = find(Episode, episode_id, request)
    page = sheets.sheet(episode, which, datetime.now(UTC))
    return render_pdf(request, "me/sheet.html", page, f"{which}.pdf")
