"""The page where an owner brings and takes out questionnaires of the practice's own licence."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from ...knowledge import KnowledgeError
from ..access import Request, find, view
from ..access.find import listing
from ..audit import once
from ..models import Practice, Questionnaire
from ..ui import render, words
from . import actions, brought
from .forms import BringForm
from .pages import BroughtLine, QuestionnairesPage


@view("questionnaire.bring")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def questionnaires(request: Request) -> HttpResponse:
    """What the practice brought, and one more file."""
    practice = request.actor.practice
    assert practice is not None
    choices = [(one.id, one.name) for one in brought.listed()]
    sent = request.method == "POST"
    form = BringForm(request.POST if sent else None, request.FILES if sent else None, of=choices)
    if sent and form.is_valid() and _kept(request, practice, form):
        return redirect("questionnaires")
    names = dict(choices)
    page = QuestionnairesPage(
        forms=tuple(
            BroughtLine(
                id=row.pk,
                name=names.get(row.instrument, row.instrument),
                file_name=row.file_name,
                on=words.day(words.local_day(row.brought_at, practice.zone)),
            )
            for row in listing(Questionnaire, request)
        ),
        form=form,
    )
    return render(request, "assess/questionnaires.html", page, status=422 if form.errors else 200)


@view("questionnaire.bring")
@require_POST
@once
def questionnaire_drop(request: Request, questionnaire_id: UUID) -> HttpResponse:
    """Takes one out."""
    actions.take_out_questionnaire(
        form=find(Questionnaire, questionnaire_id, request), by=request.actor
    )
    return redirect("questionnaires")


def _kept(request: Request, practice: Practice, form: BringForm) -> bool:
    """Whether the file could be used; if not, the form says why."""
    file = form.cleaned_data["file"]
    try:
        actions.bring_questionnaire(
            practice=practice,
            instrument=form.cleaned_data["instrument"],
            file_name=file.name,
            content=file.read(),
            by=request.actor,
            now=datetime.now(UTC),
        )
    except KnowledgeError as error:
        form.add_error("file", str(error))
        return False
    return True
