"""What leaves a note: a letter to another clinician, and the private part where the law asks."""

from __future__ import annotations

from datetime import datetime

from ...access import Actor
from ...audit import action, record
from ...models import Note, PrivateOpening
from ..errors import NoteNotReady
from ..note import letter as note_letter
from ..note import seals


@action("note.release")
def release_letter(*, note: Note, by: Actor, now: datetime) -> Note:
    """Notes in the trail that a letter of this note was made. Raises NoteNotReady when the note
    is not signed or its seal is broken, or when the client has not agreed to a letter."""
    if note.state != Note.State.SIGNED or seals.check_seal(note).broken:
        raise NoteNotReady("A letter is made from a signed and unbroken note.")
    if note_letter.allowed(note.visit.appointment.client, now=now) is None:
        raise NoteNotReady("The client has not agreed to a letter.")
    record(note, changed=["letter"])
    return note


@action("note.open_private")
def open_private(*, note: Note, reason: str, by: Actor, now: datetime) -> Note:
    """The note, its private part opened by the owner; who, when and why is kept for its author.

    Raises NoteNotReady without a reason.
    """
    if by.staff is None or not reason.strip():
        raise NoteNotReady("Say why it is opened.")
    opening = PrivateOpening.everything.create(
        note=note, staff=by.staff, by_name=by.name, reason=reason.strip()[:200], opened_at=now
    )
    record(opening, changed=["reason"])
    return note
