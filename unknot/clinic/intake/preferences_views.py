"""The page on which a client, or their therapist for them, says how they like a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from ..access import Request, find, view
from ..audit import once
from ..models import Client
from ..ui.render import render
from . import preferences
from .forms import AnswersForm
from .pages import Asked, asked


@dataclass(frozen=True)
class PreferencesPage:
    """What suits the client in the room; `who` is empty when they answer themselves."""

    base: str
    who: str
    form: AnswersForm
    asked: tuple[Asked, ...]
    back_url: str


@view("preferences.set")
@once
def change(request: Request, client_id: UUID) -> HttpResponseBase:
    """Shows what holds, and keeps what is sent. The next brief shows it."""
    client, now = find(Client, client_id, request), datetime.now(UTC)
    staff = request.actor.is_staff
    back = reverse("client_show", args=[client.pk]) if staff else reverse("me")
    sent = request.POST if request.method == "POST" else None
    form = preferences.form_for(client, now, sent)
    if form.is_valid():
        likes = preferences.from_answers(_stored(form))
        preferences.set_preferences(client=client, likes=likes, by=request.actor, now=now)
        messages.success(request, "Saved. The next visit begins with it in mind.")
        return redirect(back)
    page = PreferencesPage(
        base="base_staff.html" if staff else "base.html",
        who=(client.called or client.name) if staff else "",
        form=form,
        asked=asked(form),
        back_url=back,
    )
    return render(request, "intake/preferences.html", page, status=422 if form.errors else 200)


def _stored(form: AnswersForm) -> dict[str, object]:
    """The answers as an intake would keep them."""
    return {
        name: list(answer) if isinstance(answer, tuple) else answer
        for name, answer in form.answers().items()
    }
