"""Facts of a finished visit corrected from its note, while that is a draft."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from unknot.reasoning.treat.note import Response

from ...access import Actor
from ...audit import action, record
from ...models import Note, Visit
from ..errors import NoteIsSigned, NoteNotReady
from ..note.facts import Correction
from .visit import LONGEST_ENTRY_MINUTES


@action("visit.record")
def correct(
    *,
    visit: Visit,
    pain_before: int | None,
    pain_after: int | None,
    entries: Mapping[UUID, Correction],
    by: Actor,
    now: datetime,
) -> Visit:
    """The visit with these pains and these entries corrected; the note's text follows them.

    An entry that is not the visit's is passed over. Raises NoteIsSigned, and NoteNotReady for a
    number or an answer that cannot be.
    """
    if Note.everything.filter(visit=visit, state=Note.State.SIGNED).exists():
        raise NoteIsSigned("This note is signed. Add an addendum instead.")
    if any(pain is not None and not 0 <= pain <= 10 for pain in (pain_before, pain_after)):
        raise NoteNotReady("Pain is a whole number from 0 to 10.")
    changed = [
        name
        for name, pain in (("pain_before", pain_before), ("pain_after", pain_after))
        if getattr(visit, name) != pain
    ]
    visit.pain_before, visit.pain_after = pain_before, pain_after
    visit.save(update_fields=["pain_before", "pain_after"])
    record(visit, changed=changed)
    for entry in visit.entries.filter(pk__in=entries):
        wanted = entries[entry.pk]
        if wanted.response not in ("", *Response):
            raise NoteNotReady("This answer is not known.")
        if not 1 <= wanted.minutes <= LONGEST_ENTRY_MINUTES:
            raise NoteNotReady(f"Minutes are from 1 to {LONGEST_ENTRY_MINUTES}.")
        if (entry.minutes, entry.response) != (wanted.minutes, wanted.response):
            entry.minutes, entry.response = wanted.minutes, wanted.response
            entry.save(update_fields=["minutes", "response"])
            record(entry, changed=["minutes", "response"])
    return visit
