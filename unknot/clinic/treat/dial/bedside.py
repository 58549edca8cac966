"""The tablet that stays in a room: its own page, and the staff's page of all of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from ...access import Request, find, listing, system, view
from ...audit import once
from ...models import Bedside, DialLink, Room
from ...ui.render import render
from .. import words
from ..actions import bedside as actions
from ..actions.dial_link import TooManyGuesses, token_of
from ..forms import DialCodeForm
from .pages import BedsideEnterPage, BedsideLine, BedsidePage, BedsideRoom, BedsidesPage
from .views import TOO_MANY, last_line, page_after

COOKIE: Final = "unknot-bedside"
PATH: Final = "/dial/"
WAITING: Final = "waiting"
NOT_PAIRED: Final = "none"
NO_SUCH_CODE: Final = "No tablet has this code now. Make a new one on the page of the tablets."


# --- The tablet ----------------------------------------------------------------------------


@view("bedside.use")
def bedside_page(request: Request) -> HttpResponseBase:
    """The dial of the visit in session in this room; between visits a page that waits for it."""
    now = datetime.now(UTC)
    if request.method == "POST":
        return _pair(request, now)
    tablet = _tablet(request, now)
    if tablet is None:
        return render(request, "treat/bedside_enter.html", BedsideEnterPage("", ""))
    actions.seen(tablet, now)
    link = actions.dial_for(tablet, now)
    if link is None:
        page = BedsidePage(room=tablet.room.name, key=WAITING)
        return render(request, "treat/bedside_wait.html", page)
    shown = page_after(token_of(link), last_line(link), now, key=_key(link))
    return render(request, "treat/bedside_dial.html", shown)


@view("bedside.use")
@require_safe
def bedside_now(request: Request) -> JsonResponse:
    """Which session this tablet belongs to now, so that its page can follow."""
    now = datetime.now(UTC)
    tablet = _tablet(request, now)
    if tablet is None:
        return JsonResponse({"key": NOT_PAIRED})
    actions.seen(tablet, now)
    link = actions.dial_for(tablet, now)
    return JsonResponse({"key": _key(link) if link else WAITING})


def _tablet(request: Request, now: datetime) -> Bedside | None:
    return actions.for_token(request.COOKIES.get(COOKIE, ""), now)


def _key(link: DialLink) -> str:
    """Tells one session from the next, and tells nothing else."""
    return link.token_hash[:16]


def _pair(request: Request, now: datetime) -> HttpResponseBase:
    form = DialCodeForm(request.POST)
    typed = form.cleaned_data["code"] if form.is_valid() else ""
    source = str(request.META.get("REMOTE_ADDR", ""))
    try:
        found = actions.for_code(typed, source, now) if typed else None
        if found is not None:
            by = system(found.room.location.practice)
            return _keeping(request, actions.pair(bedside=found, by=by, now=now))
    except TooManyGuesses:
        return _not_paired(request, typed, TOO_MANY, 429)
    except actions.CodeUsed:
        pass
    return _not_paired(request, typed, NO_SUCH_CODE if typed else "Type the code.", 422)


def _not_paired(request: Request, typed: str, problem: str, status: int) -> HttpResponse:
    page = BedsideEnterPage(typed, problem)
    return render(request, "treat/bedside_enter.html", page, status=status)


def _keeping(request: Request, token: str) -> HttpResponse:
    """To the tablet's page, with its token in a cookie no script and no other page reads."""
    answer = redirect("bedside")
    answer.set_cookie(
        COOKIE,
        token,
        max_age=actions.PAIRED_FOR,
        path=PATH,
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )
    return answer


# --- The staff's side ----------------------------------------------------------------------


@view("bedside.manage")
@require_safe
def bedsides(request: Request) -> HttpResponse:
    """Every room with its tablets, and the codes that wait to be typed."""
    now = datetime.now(UTC)
    tablets: dict[UUID, list[BedsideLine]] = {}
    for one in listing(Bedside, request).filter(revoked_at=None).order_by("made_at"):
        line = _line(one, request, now)
        if line:
            tablets.setdefault(one.room_id, []).append(line)
    rooms = listing(Room, request).select_related("location").order_by("location__name", "name")
    page = BedsidesPage(
        rooms=tuple(
            BedsideRoom(room.pk, room.name, room.location.name, tuple(tablets.get(room.pk, ())))
            for room in rooms
        ),
        enter=request.build_absolute_uri(reverse("bedside")).split("://")[1],
    )
    return render(request, "treat/bedsides.html", page)


def _line(one: Bedside, request: Request, now: datetime) -> BedsideLine | None:
    """A tablet, or a code that can still be typed; None for one that is past."""
    practice = request.actor.practice
    assert practice is not None
    if one.paired_at is None:
        if one.code_until <= now:
            return None
        code = actions.code_of(one)
        until = words.instant(one.code_until, practice.zone)
        return BedsideLine(one.pk, f"{code[:3]} {code[3:]}", until, "")
    if one.expires_at is None or one.expires_at <= now:
        return None
    seen = words.instant(one.seen_at or one.paired_at, practice.zone)
    return BedsideLine(one.pk, "", "", seen)


@view("bedside.manage")
@require_POST
@once
def bedside_add(request: Request, room_id: UUID) -> HttpResponseBase:
    """Makes a code for a tablet in this room."""
    room = find(Room, room_id, request)
    actions.make_code(room=room, by=request.actor, now=datetime.now(UTC))
    return redirect("bedsides")


@view("bedside.manage")
@require_POST
def bedside_here(request: Request, room_id: UUID) -> HttpResponseBase:
    """Makes this very device the room's tablet, and signs its holder out of it."""
    room = find(Room, room_id, request)
    _, token = actions.use_here(room=room, by=request.actor, now=datetime.now(UTC))
    logout(request)
    return _keeping(request, token)


@view("bedside.manage")
@require_POST
@once
def bedside_remove(request: Request, bedside_id: UUID) -> HttpResponseBase:
    """Takes a tablet away from its room."""
    tablet = find(Bedside, bedside_id, request)
    actions.remove(bedside=tablet, by=request.actor, now=datetime.now(UTC))
    return redirect("bedsides")
