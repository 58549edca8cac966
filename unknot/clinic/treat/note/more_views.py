"""The other views of the same note: at a glance, as a letter, its versions, its private part."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from ...access import Request, find, sent_of, view
from ...audit import once
from ...models import Visit
from ...ui.pdf import render_pdf
from ...ui.render import render
from ..actions import facts, letters, notes
from ..errors import NoteRefused, VisitRefused
from ..forms import FactsForm, PrivateForm
from . import history as note_history
from . import letter as note_letter
from .build import Told, frame, note_of, quick
from .pages import PrivatePage


@view("note.read")
@require_safe
def note_quick(request: Request, visit_id: UUID) -> HttpResponse:
    """The note at a glance."""
    visit = find(Visit, visit_id, request)
    return render(request, "treat/note_quick.html", quick(Told(request, visit)))


@view("note.write")
@require_POST
@once
def note_facts(request: Request, visit_id: UUID) -> HttpResponseBase:
    """Corrects pains and entries; the text that nobody wrote by hand follows them."""
    visit, now = find(Visit, visit_id, request), datetime.now(UTC)
    form, by = FactsForm(list(visit.entries.all()), request.POST), request.actor
    problem = form.problem()
    if not problem:
        try:
            facts.take(visit=visit, facts=form.told(), sent=sent_of(request, now), by=by)
            notes.write_note(visit=visit, by=by, now=now)
            return redirect("note_quick", visit.pk)
        except (NoteRefused, VisitRefused) as refused:
            problem = str(refused)
    typed = {name: str(text) for name, text in request.POST.items()}
    told = Told(request, find(Visit, visit_id, request), problem=problem, typed=typed)
    return render(request, "treat/note_quick.html", quick(told), status=409)


@view("note.read")
@require_safe
def note_letter_show(request: Request, visit_id: UUID) -> HttpResponse:
    """The note as a letter, to read before it is made."""
    visit = find(Visit, visit_id, request)
    return render(request, "treat/note_letter.html", note_letter.page(Told(request, visit)))


@view("note.release")
@require_POST
def note_release(request: Request, visit_id: UUID) -> HttpResponse:
    """The letter as a PDF. That it was made is noted in the trail."""
    visit = find(Visit, visit_id, request)
    note, told = note_of(visit), Told(request, visit)
    page = note_letter.page(told)
    if note is None or not page.is_final:
        return render(request, "treat/note_letter.html", page, status=409)
    letters.release_letter(note=note, by=request.actor, now=datetime.now(UTC))
    return render_pdf(request, "treat/note_paper.html", page, "letter.pdf")


@view("note.read")
@require_safe
def note_versions(request: Request, visit_id: UUID) -> HttpResponse:
    """Every kept version of the draft, and any two of them side by side."""
    visit = find(Visit, visit_id, request)
    one, other = (_number(request.GET.get(name, "")) for name in ("from", "to"))
    page = note_history.page(Told(request, visit), one, other)
    return render(request, "treat/note_versions.html", page)


@view("note.open_private")
@require_POST
def note_private(request: Request, visit_id: UUID) -> HttpResponse:
    """The private part for the owner, with a reason that is kept in the trail of the note."""
    visit = find(Visit, visit_id, request)
    note, form = note_of(visit), PrivateForm(request.POST)
    private = reason = ""
    if note is not None and form.is_valid():
        reason = form.cleaned_data["reason"]
        note = letters.open_private(
            note=note, reason=reason, by=request.actor, now=datetime.now(UTC)
        )
        private = note.private
    page = PrivatePage(
        **frame(Told(request, visit), "soap"), private=private, reason=reason, form=form
    )
    return render(request, "treat/note_private.html", page, status=200 if private else 422)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
