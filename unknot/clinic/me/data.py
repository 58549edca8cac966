"""Everything kept about a client, as data another program can read."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.db.models import Model

from ...reasoning.outcomes import Diary
from .. import models as m
from ..access import Actor, scope

FORMAT: Final = "unknot-client-data-1"
EXPORTED: Final[tuple[type[Model], ...]] = (
    m.Client,
    m.AddressChange,
    m.Consent,
    m.Preferences,
    m.Episode,
    m.Intake,
    m.Screening,
    m.Override,
    m.Clearance,
    m.Assessment,
    m.MotionReading,
    m.Measure,
    m.PlanVersion,
    m.HomeCareDay,
    m.HomeCareStep,
    m.Series,
    m.Appointment,
    m.Visit,
    m.TreatmentEntry,
    m.DialEvent,
    m.Note,
    m.CheckIn,
    m.Decision,
    m.ReminderPlan,
    m.ReminderChoice,
    m.Reminder,
)
LEFT_OUT: Final[Mapping[type[Model], str]] = {
    m.CareTeam: "names of staff; they stand with the visits",
    m.Occupancy: "repeats the times of the appointments",
    m.PlannedWork: "what was meant for a visit; what was done is here",
    m.AskLink: "a secret that opened a question; the answer is here",
    m.FieldChange: "how the fields of a visit came to hold what they hold; what holds is here",
    m.DialLink: "a secret that opened the dial",
    m.CheckInLink: "a secret that opened a check-in",
    m.Alert: "a reminder from the practice to itself; the answer that led to it is here",
    m.Addendum: "the therapist's own words; the practice shows them on request",
    m.PrivateOpening: "who read a therapist's own working notes, and why; those are not in here",
    m.NoteVersion: "drafts of a note; what was signed of it for the client is here",
    m.OutcomeFit: "worked out again from the diary at any time",
}
SECRET: Final = frozenset(
    {
        "user",
        "link",
        "token_hash",
        "code_hash",
        "seal",
        "digest",
        "sealed_content",
        "room_words",
        "undo",
        "private",
    }
)
SHARED_NOTE: Final = "client_summary"


def data_of(by: Actor) -> dict[str, list[dict[str, Any]]]:
    """By kind of record, every row about the client who asks; nothing of anybody else."""
    return {model.__name__.lower(): [_row(row) for row in _rows(model, by)] for model in EXPORTED}


def _rows(model: type[Model], by: Actor) -> Any:
    rows = scope(model, by, "me.export").order_by("pk")
    return rows.filter(state=m.Note.State.SIGNED) if model is m.Note else rows


def _row(row: Model) -> dict[str, Any]:
    told = {
        field.name: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if field.name not in SECRET
    }
    if isinstance(row, m.Note):
        told["content"] = {SHARED_NOTE: summary_of(row)}
    return told


def names_in(records: Mapping[str, list[dict[str, Any]]], practice: m.Practice) -> dict[str, str]:
    """By id the name of every member of staff and every room that these records mention."""
    met = {
        value
        for rows in records.values()
        for row in rows
        for value in row.values()
        if isinstance(value, UUID)
    }
    named = {str(one.pk): one.name for one in practice.staff.filter(pk__in=met)}
    for place in practice.locations.filter(rooms__in=met).distinct():
        rooms = place.rooms.filter(pk__in=met)
        named |= {str(one.pk): f"{one.name}, {place.name}" for one in rooms}
    return named


def summary_of(note: m.Note) -> str:
    """The part of a note that is written for the client."""
    return str(note.content.get("parts", {}).get(SHARED_NOTE, ""))


def diary_table(diary: Diary) -> str:
    """Scores and visits in the form that ``unknot outcomes`` reads: when, kind, pain, minutes."""
    out = io.StringIO()
    out.write(f"# zone: {diary.zone}\n")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["when", "kind", "pain", "minutes"])
    lines = [(one.at, str(one.kind), f"{one.value:g}", "") for one in diary.entries]
    lines += [(one.at, "visit", "", str(one.minutes)) for one in diary.sessions]
    for at, *cells in sorted(lines):
        table.writerow([at.isoformat(), *cells])
    return out.getvalue()
