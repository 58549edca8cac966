"""The note: written from the taps, edited, seen three ways, signed, added to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from ...access import Request, find, view
from ...audit import once
from ...models import Visit
from ...people import reauth
from ...ui.render import render
from ..actions import notes
from ..answers import wants_data
from ..errors import NoteIsSigned, NoteNotReady, NoteRefused
from ..forms import AddendumForm, NoteForm, SignForm
from . import merge as note_merge
from .build import Told, note_of, soap


@view("note.read")
@require_safe
def note_show(request: Request, visit_id: UUID) -> HttpResponse:
    """The note of a visit: what was signed, or the draft as the taps and its author have it."""
    visit = find(Visit, visit_id, request)
    return _shown(request, visit)


@view("note.write")
@require_POST
@once
def note_write(request: Request, visit_id: UUID) -> HttpResponseBase:
    """Keeps what was sent, then writes the untouched parts anew from the taps, and with `anew`
    those parts too, whoever wrote them."""
    visit, now = find(Visit, visit_id, request), datetime.now(UTC)
    anew = [part for part in request.POST.getlist("anew") if part in notes.WRITTEN]
    sent = _sent(request)
    if sent is None:
        return _too_long(request, visit)
    try:
        if sent:
            note_merge.edit(request, visit, sent, now)
        notes.write_note(visit=visit, anew=anew, by=request.actor, now=now)
    except NoteRefused as refused:
        return _refused(request, visit, refused, sent)
    return redirect("note_show", visit.pk)


@view("note.write")
@require_POST
@once
def note_edit(request: Request, visit_id: UUID) -> HttpResponseBase:
    """Keeps the parts as the author has them; what another device wrote meanwhile stays beside."""
    visit, now = find(Visit, visit_id, request), datetime.now(UTC)
    sent = _sent(request)
    if sent is None:
        return _too_long(request, visit)
    try:
        note_merge.edit(request, visit, sent, now)
    except NoteRefused as refused:
        if wants_data(request):
            return JsonResponse({"problem": str(refused)}, status=409)
        return _refused(request, visit, refused, sent)
    if wants_data(request):
        return JsonResponse(note_merge.state(visit, request.actor, now))
    messages.success(request, "The draft is kept.")
    return redirect("note_show", visit.pk)


@view("note.sign")
@require_POST
@once
def note_sign(request: Request, visit_id: UUID) -> HttpResponseBase:
    """Keeps the parts as sent, makes sure who is asking, and seals the note."""
    visit, now = find(Visit, visit_id, request), datetime.now(UTC)
    proof = SignForm(reauth.proof_for(request), request.POST)
    sent = _sent(request)
    if sent is None:
        return _too_long(request, visit)
    try:
        if sent:
            note = note_merge.edit(request, visit, sent, now)
        else:
            note = notes.write_note(visit=visit, by=request.actor, now=now)
        if proof.is_valid():
            wrong = reauth.confirm(request, proof.cleaned_data["proof"], now=now)
            if not wrong:
                notes.sign_note(note=note, by=request.actor, now=now, read=sent)
                return redirect("note_show", visit.pk)
            proof.add_error("proof", wrong)
    except NoteRefused as refused:
        return _refused(request, visit, refused, sent, sign_form=proof)
    return _shown(request, visit, 422, sign_form=proof)


@view("note.add")
@require_POST
@once
def note_add(request: Request, visit_id: UUID) -> HttpResponseBase:
    """Adds an addendum to a signed note, with a reason, once it is sure who is asking."""
    visit, now = find(Visit, visit_id, request), datetime.now(UTC)
    form = AddendumForm(reauth.proof_for(request), request.POST)
    note = note_of(visit)
    if note is None:
        problem = "The note is not signed yet. Edit it instead."
        return _shown(request, visit, 409, problem=problem)
    if form.is_valid():
        data = form.cleaned_data
        wrong = reauth.confirm(request, data["proof"], now=now)
        if not wrong:
            try:
                notes.add_addendum(
                    note=note, text=data["text"], reason=data["reason"], by=request.actor, now=now
                )
            except NoteNotReady as refused:
                return _shown(request, visit, 409, addendum_form=form, problem=str(refused))
            return redirect("note_show", visit.pk)
        form.add_error("proof", wrong)
    return _shown(request, visit, 422, addendum_form=form)


def _shown(request: Request, visit: Visit, status: int = 200, **told: Any) -> HttpResponse:
    """The note's page; `told` are further fields of Told."""
    return render(request, "treat/note.html", soap(Told(request, visit, **told)), status=status)


def _refused(
    request: Request, visit: Visit, why: NoteRefused, sent: Mapping[str, str], **told: Any
) -> HttpResponse:
    """The note as it is by now, why this was not taken, and the words a signed note has no place
    for."""
    visit.refresh_from_db()
    not_kept = sent if isinstance(why, NoteIsSigned) else {}
    return _shown(request, visit, 409, problem=str(why), not_kept=not_kept, **told)


def _sent(request: Request) -> dict[str, str] | None:
    """The parts this form holds; None when one of them is too long."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        return None
    return {part: form.cleaned_data[part] for part in notes.PARTS if part in request.POST}


def _too_long(request: Request, visit: Visit) -> HttpResponseBase:
    """Says which part is too long, beside everything as it was typed."""
    form = NoteForm(request.POST)
    if wants_data(request):
        return JsonResponse({"problem": form.problem()}, status=422)
    return _shown(request, visit, 422, problem=form.problem(), typed=form.typed())
