"""The dial: its code on the therapist's screen, its page on the client's phone, and the stream."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

import segno
from asgiref.sync import sync_to_async
from django.http import (
    Http404,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST, require_safe

from ..access import Request, find, for_link, view
from ..audit import once
from ..models import DialEvent, DialLink, Visit
from ..ui.render import render
from . import limits as limits_of
from . import words
from .actions import dial
from .answers import wants_data
from .errors import VisitRefused
from .forms import DialForm
from .pages import DialCodePage, DialPage

POLL_SECONDS: Final = 0.2
MOST_AT_ONCE: Final = 200
FINISHED_POLLS: Final = 5
KEEP_ALIVE_POLLS: Final = 75
"""A comment every 15 seconds keeps proxies from closing a silent stream."""
STREAM_POLLS: Final = 1500
"""A stream ends after five minutes and is asked for anew, so that access is checked again."""
RETRY_MS: Final = 1000


# --- The therapist's side ------------------------------------------------------------------


@view("dial.open")
@require_safe
def dial_code(request: Request, visit_id: UUID) -> HttpResponse:
    """The code for the client's phone, while a dial is open."""
    visit, now = find(Visit, visit_id, request), datetime.now(UTC)
    link = dial.open_link(visit, now)
    address = (
        request.build_absolute_uri(reverse("dial", args=[dial.token_of(link)])) if link else ""
    )
    page = DialCodePage(
        visit_id=visit.pk,
        who=words.called(visit.appointment.client),
        is_open=link is not None,
        address=address,
        url=address,
        until=words.instant(link.expires_at, visit.appointment.zone) if link else "",
    )
    return render(request, "treat/dial_code.html", page)


@view("dial.open")
@require_POST
@once
def dial_open(request: Request, visit_id: UUID) -> HttpResponseBase:
    """Opens a new dial, or closes the open one, and shows the code or the room."""
    visit, now = find(Visit, visit_id, request), datetime.now(UTC)
    if request.POST.get("close"):
        dial.close_dial(visit=visit, by=request.actor, now=now)
        return redirect("visit_room", visit.pk)
    try:
        dial.open_dial(visit=visit, by=request.actor, now=now)
    except VisitRefused:
        return redirect("visit_brief", visit.pk)
    return redirect("dial_code", visit.pk)


@view("dial.open")
@require_safe
def dial_qr(request: Request, visit_id: UUID) -> HttpResponse:
    """The dial's address as a QR code in our own SVG. 404 while no dial is open."""
    visit = find(Visit, visit_id, request)
    link = dial.open_link(visit, datetime.now(UTC))
    if link is None:
        raise Http404
    address = request.build_absolute_uri(reverse("dial", args=[dial.token_of(link)]))
    drawn = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(drawn, kind="svg", border=3, xmldecl=False, dark="#1d1b18", light="#fffdf9")
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


@view("dial.read")
@require_GET
async def dial_stream(request: Request, visit_id: UUID) -> HttpResponseBase:
    """The client's taps as server-sent events, from the one after ``Last-Event-ID`` on."""
    visit = await sync_to_async(find)(Visit, visit_id, request)
    seq = _whole(request.headers.get("Last-Event-ID") or request.GET.get("after"))
    response = StreamingHttpResponse(_events(visit, seq), content_type="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"
    return response


@view("dial.read")
@require_safe
def dial_events(request: Request, visit_id: UUID) -> JsonResponse:
    """The same taps for a screen without a stream: those after ``?after=``."""
    visit = find(Visit, visit_id, request)
    events = _since(visit, _whole(request.GET.get("after")))
    return JsonResponse({"events": events, "finished": visit.finished_at is not None})


async def _events(visit: Visit, seq: int) -> AsyncIterator[str]:
    yield f"retry: {RETRY_MS}\n\n"
    for poll in range(STREAM_POLLS):
        for event in await sync_to_async(_since)(visit, seq):
            seq = event["seq"]
            yield f"id: {seq}\nevent: tap\ndata: {json.dumps(event)}\n\n"
        if poll % FINISHED_POLLS == 0 and await sync_to_async(_is_finished)(visit):
            yield "event: finished\ndata: {}\n\n"
            return
        if poll % KEEP_ALIVE_POLLS == 0:
            yield ": here\n\n"
        await asyncio.sleep(POLL_SECONDS)


def _since(visit: Visit, seq: int) -> list[dict[str, Any]]:
    """One question to the database while nothing is new, which is nearly always."""
    events = list(visit.dial_events.filter(seq__gt=seq).order_by("seq")[:MOST_AT_ONCE])
    if not events:
        return []
    limits = limits_of.read(visit.appointment.episode)
    return [dial.shown(event, limits).as_json() for event in events]


def _is_finished(visit: Visit) -> bool:
    visit.refresh_from_db(fields=["finished_at"])
    return visit.finished_at is not None


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0


# --- The client's side ---------------------------------------------------------------------


@view("dial.use")
@once
def dial_page(request: Request, token: str) -> HttpResponseBase:
    """Four large areas and a scale. No account: the token holds for this one visit."""
    now = datetime.now(UTC)
    link = dial.link_for_token(token, now)
    if link is None:
        raise Http404
    if request.method == "POST":
        return _turned(request, link, token, now)
    last = link.visit.dial_events.filter(at__gte=link.opened_at).order_by("-seq").first()
    return render(request, "treat/dial.html", _dial_page(token, link, last))


def _turned(request: Request, link: DialLink, token: str, now: datetime) -> HttpResponseBase:
    form = DialForm(request.POST)
    if not form.is_valid():
        return _not_turned(request, "Tap one word or one number.", 422)
    pain = form.cleaned_data["pain"]
    by = for_link(link.visit.appointment.episode, request_id=request.request_id)
    kind = form.cleaned_data["kind"] or "pain"
    try:
        event = dial.turn(visit=link.visit, kind=kind, pain=pain, by=by, now=now)
    except dial.TooFast:
        return _not_turned(request, "One moment, then tap again.", 429)
    except VisitRefused as refused:
        return _not_turned(request, str(refused), 409)
    if wants_data(request):
        page = _dial_page(token, link, event)
        return JsonResponse({"said": page.said, "pressed": page.pressed, "pain": page.pain})
    return redirect("dial", token)


def _not_turned(request: Request, problem: str, status: int) -> HttpResponseBase:
    if wants_data(request):
        return JsonResponse({"problem": problem}, status=status)
    return HttpResponse(problem, status=status, content_type="text/plain")


def _dial_page(token: str, link: DialLink, last: DialEvent | None) -> DialPage:
    if last is None:
        return DialPage(
            token, "Tap how the pressure feels. Your therapist sees it at once.", "", None
        )
    said = dial.judgement(last, limits_of.read(link.visit.appointment.episode)).tell
    return DialPage(token, said, "" if last.pain is not None else last.kind, last.pain)
