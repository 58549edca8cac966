"""The owner's page of messages."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from ..access import Request, find, view
from ..audit import once
from ..models import Outbox
from ..ui.render import render
from .actions import outbox
from .messages import page_of


@view("message.read")
@require_safe
def message_list(request: Request) -> HttpResponse:
    """Messages sent, waiting and failed, and alerts that nobody answered in time."""
    return render(request, "follow_up/messages.html", page_of(request, datetime.now(UTC)))


@view("message.retry")
@require_POST
@once
def message_retry(request: Request, mail_id: UUID) -> HttpResponseBase:
    """Tries one message again, at once."""
    mail = find(Outbox, mail_id, request)
    try:
        outbox.retry(mail=mail, by=request.actor, now=datetime.now(UTC))
    except outbox.AlreadySent:
        messages.success(request, "It was sent meanwhile.")
    else:
        messages.success(request, "It is tried again now.")
    return redirect("message_list")
