"""Signed notes of the visits: written from the taps by the same code as in the session room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta

from unknot.reasoning.treat import dial
from unknot.reasoning.treat import note as writer

from .. import models as m
from ..access import for_staff
from ..treat import consents, gather, seals
from ..treat.actions.notes import WRITTEN
from ..treat.areas import name_of, technique_name
from ..treat.dial_log import tap_of
from .arrival import Person
from .ledger import Ledger

WRITTEN_AFTER = timedelta(minutes=3)
SIGNED_AFTER = timedelta(minutes=5)
ADDED_AFTER = timedelta(days=1, hours=2)


@dataclass(frozen=True)
class Done:
    """A visit that took place with all that was tapped, and what its note says about later."""

    person: Person
    visit: m.Visit
    entries: tuple[m.TreatmentEntry, ...]
    touched: tuple[m.DialEvent, ...]
    signed: bool
    number: int = 1
    next_on: date | None = None
    addendum: tuple[str, str] | None = None


def write(ledger: Ledger, done: Sequence[Done]) -> None:
    """Adds the notes of stored visits to the ledger, signed and sealed where they are signed."""
    for one in done:
        version = _draft(ledger, one)
        if one.signed:
            _sign(ledger, version, one)


def _draft(ledger: Ledger, one: Done) -> m.NoteVersion:
    at = (one.visit.finished_at or one.visit.opened_at) + WRITTEN_AFTER
    written, by = asdict(writer.write(_record(one))), for_staff(one.person.therapist)
    note = ledger.add(
        m.Note,
        at,
        by,
        "note.write",
        visit=one.visit,
        content={"parts": written, "written": written},
        version=1,
        edited_at=at,
    )
    version = ledger.add(
        m.NoteVersion,
        at,
        note=note,
        number=1,
        parts=written,
        changed=list(WRITTEN),
        how=m.NoteVersion.How.TAPS,
        staff=by.staff,
        by_name=by.name,
        saved_at=at,
    )
    seals.close(version)
    return version


def _record(one: Done) -> writer.VisitRecord:
    """What ``treat.gather`` reads from stored rows, from the rows at hand."""
    person, visit = one.person, one.visit
    screened = person.screened
    logs = dial.by_area(
        (tap_of(event) for event in one.touched),
        dial.Cap(screened.pain_cap, screened.pressure_ceiling),
    )
    home = person.planned.home_care if person.planned else ()
    return writer.VisitRecord(
        on=gather.local_day(visit),
        complaint=gather.complaint_of(person.episode),
        number=one.number,
        wants=visit.wish_today,
        new_since=(),
        pain_before_0_10=visit.pain_before,
        pain_after_0_10=visit.pain_after,
        treated=tuple(_treated(entry) for entry in one.entries),
        dial=tuple(replace(log, area=name_of(log.area)) for log in logs),
        pain_cap_0_10=screened.pain_cap,
        pressure_ceiling=screened.pressure_ceiling,
        kept_off=tuple(name_of(group).lower() for group in screened.excluded_groups),
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


def _sign(ledger: Ledger, version: m.NoteVersion, one: Done) -> None:
    """What ``treat`` does when a therapist signs, on a row not yet stored."""
    at = (one.visit.finished_at or one.visit.opened_at) + SIGNED_AFTER
    note, by = version.note, for_staff(one.person.therapist)
    note.content["consents"] = consents.snapshot(one.visit, at)
    note.signed_by, note.signed_name = one.person.therapist, by.name
    note.signed_meaning, note.signed_at, note.edited_at = seals.MEANING, at, at
    seals.close_note(note, [version.digest])
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
