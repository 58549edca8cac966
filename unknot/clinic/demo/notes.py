"""Signed notes of the visits: written from the taps by the same code as in the session room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta

from unknot.reasoning.treat import dial
from unknot.reasoning.treat import note as writer

from .. import models as m
from ..access import for_staff
from ..treat import consents, gather
from ..treat.actions.notes import WRITTEN
from ..treat.areas import name_of, technique_name
from ..treat.dial.log import cap_of, tap_of
from ..treat.note import seals
from ..treat.room import found
from .arrival import Person
from .ledger import Ledger

WRITTEN_AFTER = timedelta(minutes=3)
SIGNED_AFTER = timedelta(minutes=5)
ADDED_AFTER = timedelta(days=1, hours=2)
HAND_WRITTEN_EVERY = 4  # one visit in so many
BY_HAND = "UT and QL softer b/l, ROM freer to the left. HEP as shown, f/u on sleep. PT informed."
PRIVATE = "Talks more when the room is warm. Ask next time about the new job, not about the move."


@dataclass(frozen=True)
class Done:
    """A visit that took place with all that was tapped, and what its note says about later."""

    person: Person
    visit: m.Visit
    entries: tuple[m.TreatmentEntry, ...]
    touched: tuple[m.DialEvent, ...]
    signed: bool
    examined: bool = False
    number: int = 1
    next_on: date | None = None
    addendum: tuple[str, str] | None = None


def write(ledger: Ledger, done: Sequence[Done]) -> None:
    """Adds the notes of stored visits to the ledger, signed and sealed where they are signed."""
    for one in done:
        versions = _draft(ledger, one)
        if one.signed:
            _sign(ledger, versions, one)


def _draft(ledger: Ledger, one: Done) -> list[m.NoteVersion]:
    """The note as the taps wrote it, and on some visits as its therapist changed it by hand."""
    at = (one.visit.finished_at or one.visit.opened_at) + WRITTEN_AFTER
    written, by = asdict(writer.write(_record(one))), for_staff(one.person.therapist)
    note = ledger.add(
        m.Note,
        at,
        by,
        "note.write",
        visit=one.visit,
        content={"parts": dict(written), "written": written},
        edited_at=at,
    )
    versions = [_version(ledger, note, at, list(WRITTEN), m.NoteVersion.How.TAPS, None)]
    if one.number % HAND_WRITTEN_EVERY == 0:
        note.content["parts"]["plan"] = f"{written['plan']}\n{BY_HAND}"
        note.private, note.edited_at = PRIVATE, at + timedelta(minutes=1)
        ledger.note(note, note.edited_at, by, "note.write", ["plan", "private"])
        hand = m.NoteVersion.How.HAND
        changed = ["plan", "private"]
        versions.append(_version(ledger, note, note.edited_at, changed, hand, versions[-1]))
    return versions


def _version(
    ledger: Ledger,
    note: m.Note,
    at: datetime,
    changed: list[str],
    how: m.NoteVersion.How,
    before: m.NoteVersion | None,
) -> m.NoteVersion:
    """The next version of a draft, as ``treat`` keeps it, on rows not yet stored."""
    note.version += 1
    therapist = note.visit.appointment.staff
    version = ledger.add(
        m.NoteVersion,
        at,
        note=note,
        number=note.version,
        parts=dict(note.content["parts"]),
        private=note.private,
        changed=changed,
        how=how,
        staff=therapist,
        by_name=therapist.name,
        saved_at=at,
        previous_digest=before.digest if before else "",
    )
    seals.close(version)
    return version


def _record(one: Done) -> writer.VisitRecord:
    """What ``treat.gather`` reads from stored rows, from the rows at hand."""
    person, visit = one.person, one.visit
    screened = person.screened
    logs = dial.by_area((tap_of(event), cap_of(event)) for event in one.touched)
    home = person.planned.home_care if person.planned else ()
    return writer.VisitRecord(
        on=gather.local_day(visit),
        complaint=gather.complaint_of(person.episode),
        number=one.number,
        wants=visit.wish_today,
        new_since=(),
        told_ahead=visit.news_from == "client",
        pain_before_0_10=visit.pain_before,
        pain_after_0_10=visit.pain_after,
        treated=tuple(_treated(entry) for entry in one.entries),
        dial=tuple(replace(log, area=name_of(log.area)) for log in logs),
        pressure_ceiling=screened.pressure_ceiling,
        kept_off=tuple(name_of(group).lower() for group in screened.excluded_groups),
        findings=found.sentences(visit) if one.examined else (),
        home_care=tuple(item.name for item in home),
        next_on=one.next_on,
    )


def _treated(entry: m.TreatmentEntry) -> writer.Treated:
    return writer.Treated(
        area=name_of(entry.area),
        technique=technique_name(entry.technique),
        pressure=entry.pressure,
        minutes=entry.minutes,
        response=writer.Response(entry.response),
    )


def _sign(ledger: Ledger, versions: list[m.NoteVersion], one: Done) -> None:
    """What ``treat`` does when a therapist signs, on a row not yet stored."""
    at = (one.visit.finished_at or one.visit.opened_at) + SIGNED_AFTER
    note, by = versions[-1].note, for_staff(one.person.therapist)
    note.content["consents"] = consents.snapshot(one.visit, at)
    note.signed_by, note.signed_name = one.person.therapist, by.name
    note.signed_meaning, note.signed_at, note.edited_at = seals.MEANING, at, at
    seals.close_note(note, [version.digest for version in versions])
    ledger.note(note, at, by, "note.sign", ["state", "signed_by", "signed_at", "seal"])
    ledger.note(one.visit, at, by, "note.sign", ["note"])
    if one.addendum:
        _add(ledger, note, one, at + ADDED_AFTER, *one.addendum)


def _add(ledger: Ledger, note: m.Note, one: Done, at: datetime, text: str, reason: str) -> None:
    addendum = ledger.add(
        m.Addendum,
        at,
        for_staff(one.person.therapist),
        "note.add",
        note=note,
        text=text,
        reason=reason,
        staff=one.person.therapist,
        signed_name=one.person.therapist.name,
        signed_at=at,
        parent_digest=note.digest,
    )
    seals.close(addendum)
    ledger.note(note, at, for_staff(one.person.therapist), "note.add", ["addenda"])
