"""The note: written from the taps, edited, signed, added to."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from ..access import Request, find, view
from ..access.policy import relation
from ..audit import once
from ..models import Note, Visit
from ..people import reauth
from ..ui.episode_states import rail_of
from ..ui.render import render
from . import conflicts, gather, note_merge, seals, words
from .actions import merge, notes
from .answers import wants_data
from .errors import NoteNotReady, NoteRefused
from .forms import AddendumForm, NoteForm, SignForm
from .pages import AddendumRow, NotePage, PartRow

WHOM = {
    "client_summary": "The client can read this.",
    "subjective": "For professionals only.",
    "objective": "For professionals only.",
    "assessment": "For professionals only.",
    "plan": "For professionals only.",
    "private": "For you alone. Never in a letter, never shown to the client.",
}


@view("note.read")
@require_safe
def note_show(request: Request, visit_id: UUID) -> HttpResponse:
    """The note of a visit: what was signed, or the draft as the taps and its author have it."""
    visit = find(Visit, visit_id, request)
    return render(request, "treat/note.html", _page(request, visit))


@view("note.write")
@require_POST
@once
def note_write(request: Request, visit_id: UUID) -> HttpResponseBase:
    """Writes the untouched parts of the draft anew from the taps."""
    visit = find(Visit, visit_id, request)
    with contextlib.suppress(NoteRefused):
        notes.write_note(visit=visit, by=request.actor, now=datetime.now(UTC))
    return redirect("note_show", visit.pk)


@view("note.write")
@require_POST
@once
def note_edit(request: Request, visit_id: UUID) -> HttpResponseBase:
    """Keeps the parts as the author has them; with "sign" asked for, leads to the signature."""
    visit, now = find(Visit, visit_id, request), datetime.now(UTC)
    form = NoteForm(request.POST)
    if not form.is_valid():
        page = _page(request, visit, problem="A part is too long. Keep it under 10,000 letters.")
        return render(request, "treat/note.html", page, status=422)
    try:
        sent = {part: form.cleaned_data[part] for part in notes.PARTS if part in request.POST}
        note_merge.edit(request, visit, sent, now)
    except NoteRefused as refused:
        if wants_data(request):
            return JsonResponse({"problem": str(refused)}, status=409)
        page = _page(request, visit, problem=str(refused))
        return render(request, "treat/note.html", page, status=409)
    if wants_data(request):
        return JsonResponse(note_merge.state(visit, request.actor))
    return redirect("note_show", visit.pk)


@view("note.sign")
@require_POST
@once
def note_sign(request: Request, visit_id: UUID) -> HttpResponseBase:
    """Keeps the parts as sent, makes sure who is asking, and seals the note."""
    visit, now = find(Visit, visit_id, request), datetime.now(UTC)
    proof = SignForm(reauth.proof_for(request), request.POST)
    parts = NoteForm(request.POST)
    try:
        note = _draft(request, visit, now)
        if parts.is_valid() and any(part in request.POST for part in notes.PARTS):
            sent = {part: parts.cleaned_data[part] for part in notes.PARTS if part in request.POST}
            note = note_merge.edit(request, visit, sent, now)
        if proof.is_valid():
            wrong = reauth.confirm(request, proof.cleaned_data["proof"], now=now)
            if not wrong:
                notes.sign_note(note=note, by=request.actor, now=now)
                return redirect("note_show", visit.pk)
            proof.add_error("proof", wrong)
    except NoteRefused as refused:
        page = _page(request, visit, sign_form=proof, problem=str(refused))
        return render(request, "treat/note.html", page, status=409)
    page = _page(request, visit, sign_form=proof)
    return render(request, "treat/note.html", page, status=422)


@view("note.add")
@require_POST
@once
def note_add(request: Request, visit_id: UUID) -> HttpResponseBase:
    """Adds an addendum to a signed note, with a reason, once it is sure who is asking."""
    visit, now = find(Visit, visit_id, request), datetime.now(UTC)
    form = AddendumForm(reauth.proof_for(request), request.POST)
    if form.is_valid():
        data = form.cleaned_data
        wrong = reauth.confirm(request, data["proof"], now=now)
        if not wrong:
            note = visit.note
            try:
                notes.add_addendum(
                    note=note, text=data["text"], reason=data["reason"], by=request.actor, now=now
                )
            except NoteNotReady as refused:
                page = _page(request, visit, problem=str(refused))
                return render(request, "treat/note.html", page, status=409)
            return redirect("note_show", visit.pk)
        form.add_error("proof", wrong)
    page = _page(request, visit, addendum_form=form)
    return render(request, "treat/note.html", page, status=422)


def _draft(request: Request, visit: Visit, now: datetime) -> Note:
    return _note(visit) or notes.write_note(visit=visit, by=request.actor, now=now)


def _note(visit: Visit) -> Note | None:
    return getattr(visit, "note", None)


def _page(
    request: Request,
    visit: Visit,
    *,
    sign_form: SignForm | None = None,
    addendum_form: AddendumForm | None = None,
    problem: str = "",
) -> NotePage:
    note = _note(visit)
    signed = note is not None and note.state == Note.State.SIGNED
    texts = note.content["parts"] if note and signed else notes.current_parts(visit, note)
    seal = seals.check_seal(note) if note else seals.Seal()
    appointment = visit.appointment
    proof = reauth.proof_for(request)
    return NotePage(
        visit_id=visit.pk,
        episode=rail_of(appointment.episode, "treat"),
        who=words.called(appointment.client),
        what=f"{gather.complaint_of(appointment.episode)}, visit {gather.number_of(visit)}, "
        f"{words.instant(appointment.starts_at, appointment.zone)}",
        is_signed=signed,
        is_finished=visit.finished_at is not None,
        parts=tuple(
            PartRow(part, words.PART_NAMES[part], texts.get(part, ""), WHOM[part])
            for part in notes.PARTS
        ),
        signed=_signed_words(note, visit) if note and signed else "",
        meaning=note.signed_meaning if note else "",
        broken=seal.broken,
        digest=note.digest if note else "",
        addenda=_addenda(note, visit) if note and signed else (),
        may_sign=relation(request.actor, "note.sign") is not None
        and notes.may_sign(request.actor.staff),
        signer=request.actor.name,
        sign_form=sign_form or SignForm(proof),
        addendum_form=addendum_form or AddendumForm(proof),
        conflicts=() if signed else conflicts.of_note(visit, request.actor),
        versions=json.dumps(merge.versions(visit)),
        shown=note_merge.shown_marks({part: texts.get(part, "") for part in notes.PARTS}),
        problem=problem,
    )


def _signed_words(note: Note, visit: Visit) -> str:
    assert note.signed_at is not None
    return f"{note.signed_name}, {words.instant(note.signed_at, visit.appointment.zone)}"


def _addenda(note: Note, visit: Visit) -> tuple[AddendumRow, ...]:
    return tuple(
        AddendumRow(
            text=addendum.text,
            reason=addendum.reason,
            signed=f"{addendum.signed_name}, "
            f"{words.instant(addendum.signed_at, visit.appointment.zone)}",
            broken=seal.broken,
        )
        for addendum, seal in seals.check_addenda(note)
    )
