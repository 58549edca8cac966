"""The parts of a note as two devices edit them: each by itself, nothing overwritten unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ...access import Actor, Request, said_by_name, sent_of
from ...models import Note, Visit
from ..actions import merge, notes
from ..room import conflicts

SHOWN = "shown"
"""The form's field with a mark of every part as the page showed it: what still fits it was not
touched, however old the page is."""


def shown_marks(texts: Mapping[str, str]) -> str:
    """For the hidden field: by part, a mark of its text."""
    return json.dumps({part: _mark(text) for part, text in texts.items()})


def edit(request: Request, visit: Visit, parts: Mapping[str, str], now: datetime) -> Note:
    """Writes the parts that were touched; sets aside those another device has changed since.

    Raises NoteIsSigned.
    """
    note = getattr(visit, "note", None) or notes.write_note(visit=visit, by=request.actor, now=now)
    shown = said_by_name(request.POST.get(SHOWN, "")) or {}
    touched = {part: text for part, text in parts.items() if shown.get(part) != _mark(text)}
    merge.take_parts(
        visit=visit,
        note=note,
        parts=touched,
        sent=sent_of(request, now),
        by=request.actor,
    )
    visit.refresh_from_db()
    return note


def state(visit: Visit, by: Actor, now: datetime) -> dict[str, Any]:
    """What an open page has to know after an edit: versions, texts and what waits for a choice."""
    return {
        "versions": merge.versions(visit),
        "parts": notes.current_parts(visit, getattr(visit, "note", None)),
        "conflicts": [one.as_json() for one in conflicts.of_note(visit, by)],
        "now": now.isoformat(),
    }


def _mark(text: str) -> str:
    plain = text.replace("\r\n", "\n").strip()
    return hashlib.sha256(plain.encode()).hexdigest()[:16]
