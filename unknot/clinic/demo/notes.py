"""Signed notes of the visits: written from the taps by the same code as in the session room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta

from unknot.reasoning.treat import note as writer

from .. import models as m
from ..access import for_staff
from ..audit import canonical, seal
from ..treat import gather
from ..treat.actions import notes
from .ledger import Ledger

WRITTEN_AFTER = timedelta(minutes=3)
SIGNED_AFTER = timedelta(minutes=5)
ADDED_AFTER = timedelta(days=1, hours=2)


@dataclass(frozen=True)
class Done:
    """A visit that took place, the day of the next one, and what is to be added to its note."""

    visit: m.Visit
    therapist: m.Staff
    next_on: date | None
    signed: bool
    addendum: tuple[str, str] | None = None


def write(ledger: Ledger, done: Sequence[Done]) -> None:
    """Adds the notes of stored visits to the ledger, signed and sealed where they are signed."""
    for one in done:
        note = _draft(ledger, one)
        if one.signed:
            _sign(ledger, note, one)


def _draft(ledger: Ledger, one: Done) -> m.Note:
    at = (one.visit.finished_at or one.visit.opened_at) + WRITTEN_AFTER
    record = replace(gather.visit_record(one.visit), next_on=one.next_on)
    written = asdict(writer.write(record))
    return ledger.add(
        m.Note,
        at,
        for_staff(one.therapist),
        "note.write",
        visit=one.visit,
        content={"parts": written, "written": written},
        edited_at=at,
    )


def _sign(ledger: Ledger, note: m.Note, one: Done) -> None:
    """What ``treat`` does when a therapist signs, on a row not yet stored."""
    at = (one.visit.finished_at or one.visit.opened_at) + SIGNED_AFTER
    note.signed_by, note.signed_name = one.therapist, one.therapist.name
    note.signed_meaning, note.signed_at, note.edited_at = notes.MEANING, at, at
    note.sealed_content = canonical(notes.content_of(note))
    note.digest = notes.digest_of(note.sealed_content)
    note.seal = seal(note.digest)
    note.state = m.Note.State.SIGNED
    ledger.note(note, at, for_staff(one.therapist), "note.sign", ["state", "signed_at", "seal"])
    if one.addendum:
        _add(ledger, note, one, at + ADDED_AFTER, *one.addendum)


def _add(ledger: Ledger, note: m.Note, one: Done, at: datetime, text: str, reason: str) -> None:
    addendum = ledger.add(
        m.Addendum,
        at,
        for_staff(one.therapist),
        "note.add",
        note=note,
        text=text,
        reason=reason,
        staff=one.therapist,
        signed_name=one.therapist.name,
        signed_at=at,
        parent_digest=note.digest,
    )
    addendum.digest = notes.digest_of(canonical(notes.addendum_content(addendum)))
    addendum.seal = seal(addendum.digest)
