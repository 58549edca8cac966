"""What devices enter into a visit: the state to go on from, and choosing between two values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from ...access import Request, find, view
from ...audit import once
from ...models import FieldChange, Visit
from ...ui.render import render_problem
from ..actions import findings
from ..actions.choose import choose
from ..actions.merge import NOTE
from ..answers import wants_data
from ..errors import NoteRefused, VisitRefused
from . import page as room


def field_of(visit: Visit, data: Mapping[str, Any]) -> tuple[str, Any]:
    """The field of the visit that a tap is about, and its value; "" for one that adds or
    corrects a row."""
    if data["entry"]:
        return "", None
    if data["planned"]:
        planned = None if data["remove"] else visit.planned.filter(pk=data["planned"]).first()
        return ("work", planned.area) if planned else ("", None)
    if data["motion"]:
        degrees = data["degrees"]
        return f"{findings.MOTION}.{data['motion']}", None if degrees is None else findings.said(
            degrees
        )
    if data["words"] is not None and data["keep_words"]:
        return "room_words", data["words"].replace("\r\n", "\n").strip()
    if data["area"] or data["pause"]:
        return "work", data["area"] or None
    for finding in (findings.TENDER, findings.TRIGGER):
        if data[finding]:
            region, _, value = data[finding].partition(":")
            return f"{finding}.{region}", value
    for field in ("technique", "pressure", "response", "pain_before", "pain_after"):
        if data[field] not in (None, ""):
            return field, data[field]
    return "", None


@view("visit.read")
@require_safe
def visit_state(request: Request, visit_id: UUID) -> HttpResponseBase:
    """The session room as data: for a page that was away, and for a device's own copy."""
    visit = find(Visit, visit_id, request)
    return JsonResponse(room.state(visit, datetime.now(UTC)))


@view("visit.record")
@require_POST
@once
def visit_choose(request: Request, visit_id: UUID) -> HttpResponseBase:
    """Settles one field with two values: the one beside is taken, or left."""
    visit, now = find(Visit, visit_id, request), datetime.now(UTC)
    change = _change(visit, request.POST.get("change", ""))
    back = "note_show" if change.field.startswith(NOTE) else "visit_room"
    try:
        take = request.POST.get("take") == "beside"
        choose(change=change, take=take, by=request.actor, now=now)
    except (VisitRefused, NoteRefused) as refused:
        if wants_data(request):
            return JsonResponse({"problem": str(refused)}, status=409)
        return render_problem(
            request,
            409,
            say=str(refused),
            back_url=reverse(back, args=[visit.pk]),
            back_label="Go back to the visit",
        )
    if wants_data(request) and back == "visit_room":
        visit.refresh_from_db()
        return JsonResponse(room.state(visit, now))
    return redirect(back, visit.pk)


def _change(visit: Visit, key: str) -> FieldChange:
    for change in visit.changes.exclude(state=FieldChange.State.KEPT):
        if str(change.pk) == key:
            return change
    raise Http404
