"""Two values of one field, side by side: what each is, who entered it, when, what to choose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from unknot.knowledge import load

from ...access import Actor
from ...models import FieldChange, Visit
from ...ui import words as ui_words
from .. import words
from ..actions import notes
from ..actions.merge import NOTE
from ..areas import name_of, technique_name

State = FieldChange.State
NAMES: Final = {
    "pain_before": "Pain before",
    "pain_after": "Pain after",
    "wish_today": "What is wanted today",
    "work": "Area in work",
    "technique": "Technique",
    "pressure": "Pressure",
    "response": "Response",
    "room_words": "Your words",
}
FINDINGS: Final = {"tender": "Tenderness", "trigger": "Trigger point", "motion": "Motion"}


@dataclass(frozen=True)
class Side:
    """One of the two: its words, who entered it and when, and what choosing it is called."""

    words: str
    who: str
    choice: str


@dataclass(frozen=True)
class Conflict:
    """One field with two values. `holds` is in force until the choice; `beside` is the other."""

    id: UUID
    field: str
    title: str
    holds: Side
    beside: Side

    def as_json(self) -> dict[str, Any]:
        """For the script of an open page."""
        return {
            "id": str(self.id),
            "field": self.field,
            "title": self.title,
            "holds": vars(self.holds),
            "beside": vars(self.beside),
        }


def of_session(visit: Visit) -> tuple[Conflict, ...]:
    """What waits for a choice in the session room, oldest first."""
    return tuple(_conflict(visit, row) for row in _open(visit) if not row.field.startswith(NOTE))


def of_note(visit: Visit, by: Actor) -> tuple[Conflict, ...]:
    """What waits for a choice in the note; the private part only for whoever may read it."""
    private = notes.may_read_private(by.staff, visit)
    return tuple(
        _conflict(visit, row)
        for row in _open(visit)
        if row.field.startswith(NOTE) and (private or row.field != NOTE + notes.PRIVATE)
    )


def _open(visit: Visit) -> Iterable[FieldChange]:
    return visit.changes.filter(state=State.OPEN).order_by("received_at", "id")


def _conflict(visit: Visit, row: FieldChange) -> Conflict:
    kept = visit.changes.filter(field=row.field, state=State.KEPT).order_by("-number").first()
    take, leave = _choices(visit, row)
    zone = visit.appointment.zone
    holds = _who(kept.by_name, kept.at, kept.received_at, zone) if kept else ""
    beside = _who(row.by_name, row.at, row.received_at, zone)
    return Conflict(
        id=row.pk,
        field=row.field,
        title=_title(row.field),
        holds=Side(_held(visit, row.field), holds, leave),
        beside=Side(_said(row.field, row.value), beside, take),
    )


def _title(field: str) -> str:
    if field.startswith(NOTE):
        return words.PART_NAMES[field[len(NOTE) :]]
    kind, _, where = field.partition(".")
    if kind not in FINDINGS:
        return NAMES[field]
    if kind != "motion":
        return f"{FINDINGS[kind]}, {name_of(where).lower()}"
    motion, _, side = where.rpartition(".")
    known = load().motions.get(motion)
    return f"{known.name if known else FINDINGS[kind]}, {side}"


def _choices(visit: Visit, row: FieldChange) -> tuple[str, str]:
    """What taking the other value is called, and what leaving it is."""
    if row.field != "work":
        return "Use this", "Keep this"
    if visit.finished_at is not None:
        return "Add it as an entry", "Leave it out"
    return "Go on with this, end the other", "Go on with this, end the other"


def _held(visit: Visit, field: str) -> str:
    if field.startswith(NOTE):
        return _text_of(visit, field[len(NOTE) :])
    if field == "work":
        if not visit.area_in_work:
            return "No area in work"
        detail = words.detail(visit.technique_in_work, visit.pressure_in_work or 1)
        return f"{name_of(visit.area_in_work)}: {detail}"
    if "." in field:
        newest = visit.changes.filter(field=field, state=State.KEPT).order_by("number").last()
        return _said(field, newest.value if newest else None)
    last = visit.entries.last()
    response = visit.response_in_work if visit.area_in_work else last.response if last else ""
    held = {
        "technique": visit.technique_in_work,
        "pressure": visit.pressure_in_work,
        "response": response,
    }
    return _said(field, held.get(field, getattr(visit, field, None)))


def _text_of(visit: Visit, part: str) -> str:
    note = getattr(visit, "note", None)
    if part == notes.PRIVATE:
        return note.private if note else ""
    return notes.current_parts(visit, note)[part]


def _said(field: str, value: Any) -> str:
    """A value in words."""
    if value in (None, ""):
        return "Nothing"
    if field == "work":
        detail = words.detail(value["technique"], value["pressure"])
        return f"{name_of(value['area'])}: {detail}"
    if field.startswith("pain_"):
        return f"{value} of 10"
    if field.startswith("tender."):
        return f"{value} of 4"
    if field.startswith("motion."):
        return f"{value}°"
    if field == "technique":
        return technique_name(value)
    if field == "pressure":
        return f"{value} of 5"
    return words.response_words(value) if field == "response" else str(value)


def _who(name: str, at: datetime, received: datetime, zone: str) -> str:
    said = f"{name}, {ui_words.clock(at, zone)}"
    late = (received - at).total_seconds() > 90
    return f"{said}, arrived {ui_words.clock(received, zone)}" if late else said
