"""The dial: its code on the therapist's screen, and its page on the client's phone."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

import segno
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from unknot.reasoning.treat.alerts import standing
from unknot.reasoning.treat.dial import tell_seen

from ...access import Request, find, for_link, sent_of, view
from ...audit import once
from ...models import DialEvent, DialLink, Episode, Visit
from ...ui.render import render
from .. import words
from ..actions import dial
from ..actions import dial_link as links
from ..answers import wants_data
from ..errors import TooLate, VisitRefused
from ..forms import DialCodeForm, DialForm, SeenForm
from . import log as dial_log
from . import personal
from .pages import DialCodePage, DialEnterPage, DialOverPage, DialPage

FIRST_WORDS: Final = "Tap how the pressure feels. Your therapist sees it at once."
NO_SUCH_CODE: Final = "No dial has this code now. Look at the code again, or ask your therapist."
TOO_MANY: Final = "Too many wrong codes. Wait ten minutes, or scan the picture instead."


# --- The therapist's side ------------------------------------------------------------------


@view("dial.open")
@require_safe
def dial_code(request: Request, visit_id: UUID) -> HttpResponse:
    """The code for the client's phone, while a dial is open."""
    visit, now = find(Visit, visit_id, request), datetime.now(UTC)
    link = links.open_link(visit, now)
    page = DialCodePage(
        visit_id=visit.pk,
        who=words.called(visit.appointment.client),
        is_open=link is not None,
        code=_in_two(links.code_of(link)) if link else "",
        enter=request.build_absolute_uri(reverse("dial_enter")).split("://")[1],
        url=_address(request, link) if link else "",
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
        links.close_dial(visit=visit, by=request.actor, now=now)
        return redirect("visit_room", visit.pk)
    try:
        links.open_dial(visit=visit, by=request.actor, now=now)
    except VisitRefused:
        return redirect("visit_brief", visit.pk)
    return redirect("dial_code", visit.pk)


@view("dial.open")
@require_safe
def dial_qr(request: Request, visit_id: UUID) -> HttpResponse:
    """The dial's address as a QR code in our own SVG. 404 while no dial is open."""
    visit = find(Visit, visit_id, request)
    link = links.open_link(visit, datetime.now(UTC))
    if link is None:
        raise Http404
    drawn = io.BytesIO()
    code = segno.make(_address(request, link), error="m", micro=False)
    code.save(drawn, kind="svg", border=3, xmldecl=False, dark="#1d1b18", light="#fffdf9")
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


@view("dial.see")
@require_POST
@once
def dial_seen(request: Request, visit_id: UUID) -> HttpResponseBase:
    """Keeps that an alert was seen, and by whom."""
    visit, now, form = find(Visit, visit_id, request), datetime.now(UTC), SeenForm(request.POST)
    if not form.is_valid():
        return _refused(request, "Load the page again.", 422)
    try:
        dial.see(visit=visit, seq=form.cleaned_data["seq"], by=request.actor, now=now)
    except VisitRefused as refused:
        return _refused(request, str(refused), 409)
    if wants_data(request):
        return JsonResponse({"seen": form.cleaned_data["seq"]})
    back = "note_show" if request.POST.get("back") == "note" else "visit_room"
    return redirect(back, visit.pk)


@view("pressure.read")
@require_safe
def pressure(request: Request, episode_id: UUID) -> HttpResponse:
    """What the dial has taught about the client, for the therapist and the client alike."""
    episode = find(Episode, episode_id, request)
    is_client = request.actor.kind == "client"
    template = "treat/pressure_mine.html" if is_client else "treat/pressure.html"
    return render(request, template, personal.page(episode, for_client=is_client))


def _address(request: Request, link: DialLink) -> str:
    return request.build_absolute_uri(reverse("dial", args=[links.token_of(link)]))


def _in_two(code: str) -> str:
    return f"{code[:3]} {code[3:]}"


# --- The client's side ---------------------------------------------------------------------


@view("dial.use")
def dial_enter(request: Request) -> HttpResponseBase:
    """Where the short code is typed; the right one leads to the dial."""
    if request.method != "POST":
        return render(request, "treat/dial_enter.html", DialEnterPage("", ""))
    form, now = DialCodeForm(request.POST), datetime.now(UTC)
    typed = form.cleaned_data["code"] if form.is_valid() else ""
    source = str(request.META.get("REMOTE_ADDR", ""))
    try:
        link = links.link_for_code(typed, source, now) if typed else None
    except links.TooManyGuesses:
        return _not_entered(request, typed, TOO_MANY, 429)
    if link is None:
        return _not_entered(request, typed, NO_SUCH_CODE if typed else "Type the code.", 422)
    return redirect("dial", links.token_of(link))


def _not_entered(request: Request, typed: str, problem: str, status: int) -> HttpResponse:
    page = DialEnterPage(typed, problem)
    return render(request, "treat/dial_enter.html", page, status=status)


@view("dial.use")
@once
def dial_page(request: Request, token: str) -> HttpResponseBase:
    """Four large areas and a scale. No account: the token holds for this one visit.

    After the visit a page that says it is over, and takes what the phone had kept since before.
    """
    now = datetime.now(UTC)
    link = links.link_for_token(token, now) or links.ended_link(token, now)
    if link is None:
        raise Http404
    if request.method == "POST":
        return _turned(request, link, token, now)
    if link.visit.finished_at is not None:
        return render(request, "treat/dial_over.html", DialOverPage(token))
    return render(request, "treat/dial.html", page_after(token, last_line(link), now))


@view("dial.use")
@require_safe
def dial_now(request: Request, token: str) -> JsonResponse:
    """What the dial says by now, for a phone that waits to hear that its stop was seen.

    `line` numbers the newest line, `seen` that it says somebody saw a touch; `asks` that an alert
    still waits to be seen, `over` that the visit is finished.
    """
    now = datetime.now(UTC)
    link = links.link_for_token(token, now)
    if link is None:
        if links.ended_link(token, now) is None:
            raise Http404
        return JsonResponse({"over": True})
    events = list(link.visit.dial_events.select_related("about").order_by("seq"))
    last = next((one for one in reversed(events) if one.at >= link.opened_at), None)
    stands = standing([dial_log.line_of(one) for one in events])
    said = _answer(page_after(token, last, now))
    seen = last is not None and last.kind == DialEvent.Kind.SEEN
    line = last.seq if last else 0
    return JsonResponse({**said, "line": line, "seen": seen, "asks": stands is not None})


def last_line(link: DialLink) -> DialEvent | None:
    """What was last said with this dial or seen of it, or None."""
    lines = link.visit.dial_events.filter(at__gte=link.opened_at).select_related("about")
    return lines.order_by("-seq").first()


def _turned(request: Request, link: DialLink, token: str, now: datetime) -> HttpResponseBase:
    form = DialForm(request.POST)
    if not form.is_valid():
        return _refused(request, "Tap one word or one number.", 422)
    by = for_link(link.visit.appointment.episode, request_id=request.request_id)
    back, pain = form.cleaned_data["back"], form.cleaned_data["pain"]
    kind = form.cleaned_data["kind"] or "pain"
    how: dict[str, Any] = {
        "visit": link.visit,
        "by": by,
        "now": now,
        "made_at": _made_at(request, link, now),
    }
    try:
        what = {"seq": back} if back else {"kind": kind, "pain": pain}
        event = (dial.take_back if back else dial.turn)(**how, **what)
    except dial.TooFast:
        return _refused(request, "One moment, then tap again.", 429)
    except TooLate as late:
        return _too_late(request, token, str(late))
    except VisitRefused as refused:
        return _refused(request, str(refused), 409)
    if wants_data(request):
        return JsonResponse(_answer(page_after(token, event, now)))
    return redirect("bedside") if request.POST.get("bedside") else redirect("dial", token)


def _answer(page: DialPage) -> dict[str, Any]:
    return {"said": page.said, "pressed": page.pressed, "pain": page.pain, "back": page.back}


def _too_late(request: Request, token: str, problem: str) -> HttpResponseBase:
    """The refusal to a script; to somebody who pressed a button, the page of a visit that is over,
    or on a tablet of the room that of the room."""
    if wants_data(request):
        return JsonResponse({"problem": problem}, status=409)
    if request.POST.get("bedside"):
        return redirect("bedside")
    return render(request, "treat/dial_over.html", DialOverPage(token, problem), status=409)


def _made_at(request: Request, link: DialLink, now: datetime) -> datetime:
    """When the tap was made, by the time the phone says has passed since.

    A time before the dial was opened cannot be: that phone's clock jumped, and the tap counts as
    made now, which tells at once.
    """
    at = sent_of(request, now).at
    return at if at >= link.opened_at else now


def _refused(request: Request, problem: str, status: int) -> HttpResponseBase:
    if wants_data(request):
        return JsonResponse({"problem": problem}, status=status)
    return HttpResponse(problem, status=status, content_type="text/plain")


def page_after(token: str, last: DialEvent | None, now: datetime, *, key: str = "") -> DialPage:
    """The dial after this line of its log; `key` tells a tablet of the room its session."""
    if last is None:
        return DialPage(token, FIRST_WORDS, "", None, key=key)
    return replace(_page(token, last, now), key=key, line=last.seq)


def _page(token: str, last: DialEvent, now: datetime) -> DialPage:
    if last.kind == DialEvent.Kind.BACK:
        return DialPage(token, "Taken back. Your therapist sees that too.", "", None)
    if last.kind == DialEvent.Kind.SEEN and last.about is not None:
        return _seen(token, last.about, dial.last_touch(last.visit))
    tell = dial_log.told(last).tell
    back = last.seq if now - last.at <= dial.TAKE_BACK_WITHIN else 0
    pressed = "" if last.pain is not None else last.kind
    return DialPage(token, tell, pressed, last.pain, back)


def _seen(token: str, touch: DialEvent, last: DialEvent | None) -> DialPage:
    """The dial once somebody has seen this touch; what was tapped last stays pressed."""
    pressed = last.kind if last is not None and last.pain is None else ""
    said = tell_seen(dial_log.tap_of(touch))
    return DialPage(token, said, pressed, last.pain if last is not None else None)
