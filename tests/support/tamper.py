"""Ways to change what was signed: through pages, actions, models and the database itself.

A way is tried on a visit with everything behind it. What comes of it is found out, not assumed:
refused when nothing changed, detected when something did and the page and `unknot check` say so,
missed when something did and nobody notices.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client as Browser

from tests.support import visits
from tests.support.cast import NOW, House
from unknot.clinic import models as m
from unknot.clinic.access import Refused
from unknot.clinic.audit import verify
from unknot.clinic.treat.actions import notes
from unknot.clinic.treat.errors import NoteRefused, VisitRefused
from unknot.clinic.treat.note import seals

Outcome = Literal["refused", "detected", "missed"]
LATER = NOW + timedelta(hours=1)
SEALED: tuple[type[Model], ...] = (
    m.Note,
    m.NoteVersion,
    m.Addendum,
    m.Visit,
    m.TreatmentEntry,
    m.PlannedWork,
    m.DialEvent,
)
REFUSALS = (DatabaseError, Refused, NoteRefused, VisitRefused, ValueError, TypeError)


@dataclass
class Scene:
    """A signed note with two addenda, three versions, entries, a plan of work and dial events;
    and another signed note of the same client."""

    house: House
    note: m.Note
    other: m.Note

    @property
    def visit(self) -> m.Visit:
        return self.note.visit


@dataclass(frozen=True)
class Way:
    """One way: what it is, where it goes in, and the attempt itself."""

    name: str
    where: str
    attempt: Callable[[Scene], Any]
    past_the_guard: bool = False
    looks_at_page: bool = False


def scene(house: House) -> Scene:
    """The visits and notes every way is tried on."""
    room = visits.finished(house)
    with_dial(room.visit)
    first = signed(room, "Guarding in UT, both sides.")
    again = visits.appointment(house, days=7)
    visit = m.Visit.everything.create(
        appointment=again,
        screening=room.visit.screening,
        opened_at=NOW + timedelta(days=7),
        started_at=NOW + timedelta(days=7),
        finished_at=NOW + timedelta(days=7, hours=1),
        pain_before=5,
        pain_after=5,
    )
    entry(visit)
    return Scene(house, first, signed(visits.Room(house, visit, room.ann), "Calmer than before."))


def with_dial(visit: m.Visit) -> None:
    m.DialEvent.everything.create(
        visit=visit, kind="pain", pain=8, area="low_back", pressure=2, pain_cap=5, at=NOW
    )
    m.PlannedWork.everything.create(
        visit=visit,
        place=1,
        area="low_back",
        technique="TEC-SWE",
        pressure=2,
        minutes=20,
        made_at=NOW,
    )


def entry(visit: m.Visit) -> m.TreatmentEntry:
    return m.TreatmentEntry.everything.create(
        visit=visit, area="neck", technique="TEC-SWE", pressure=1, minutes=9, recorded_at=NOW
    )


def signed(room: visits.Room, words: str) -> m.Note:
    """The visit's note after an edit, signed and added to twice."""
    at = LATER + timedelta(days=7)
    note = notes.write_note(visit=room.visit, by=room.ann, now=at)
    for number, part in enumerate(("plan", "private"), start=1):
        now = at + timedelta(minutes=number)
        notes.edit_note(note=note, parts={part: f"{words} {number}"}, by=room.ann, now=now)
    notes.sign_note(note=note, by=room.ann, now=at + timedelta(minutes=5))
    for number in (1, 2):
        notes.add_addendum(
            note=note,
            text=f"Added {number}.",
            reason="Asked later",
            by=room.ann,
            now=at + timedelta(hours=number),
        )
    return m.Note.everything.get(pk=note.pk)


def record() -> str:
    """Every column of every sealed row, as text; what a signature stands for."""
    found = {}
    for model in SEALED:
        names = [field.column for field in model._meta.concrete_fields]
        with connection.cursor() as cursor:
            columns = ", ".join(f'"{name}"' for name in names)
            cursor.execute(f"SELECT {columns} FROM {model._meta.db_table} ORDER BY 1")
            found[model.__name__] = [[str(cell) for cell in row] for row in cursor.fetchall()]
    booked = m.Appointment.everything.order_by("pk")
    found["Appointment"] = list(
        map(str, booked.values_list("pk", "episode", "client", "staff", "starts_at", "ends_at"))
    )
    return json.dumps(found, sort_keys=True)


def outcome(way: Way, on: Scene) -> Outcome:
    """What comes of a way, found out by looking at the rows and at what the clinic says.

    Everything is undone again. A way past the guard is tried after the guard was taken down.
    """
    before, came = record(), "refused"
    try:
        with transaction.atomic():
            way.attempt(fresh(on))
            connection.check_constraints()
            if record() != before:
                came = "detected" if is_noticed(on, look=way.looks_at_page) else "missed"
            raise Undone
    except Undone:
        return came  # type: ignore[return-value]
    except REFUSALS:
        assert record() == before, f"{way.name}: refused, and changed all the same"
        return "refused"


class Undone(Exception):
    """Takes back what a way did."""


def fresh(on: Scene) -> Scene:
    """The scene read anew, so that no way sees what another left in memory."""
    note, other = (m.Note.everything.get(pk=one.pk) for one in (on.note, on.other))
    return Scene(on.house, note, other)


def is_noticed(on: Scene, *, look: bool) -> bool:
    """Whether the check of the installation names it; with `look` the note's page must too."""
    named = {fault.visit_id for fault in seals.faults()}
    if not named:
        return verify().broken_at is not None
    if not look:
        return bool(named & {str(on.note.visit_id), str(on.other.visit_id)})
    browser = Browser()
    browser.force_login(on.house.owner.user)
    pages = [browser.get(f"/visits/{visit_id}/note/") for visit_id in sorted(named)]
    return all(b"seal--broken" in page.content for page in pages)


def sql(statement: str, *values: Any) -> Callable[[Scene], None]:
    """A statement as a way."""

    def run(on: Scene) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, list(values) or None)

    return run


def columns() -> Iterator[tuple[str, str, str]]:
    """Every column of every sealed table, and an expression that gives it another value."""
    for model in SEALED:
        for field in model._meta.concrete_fields:
            yield model._meta.db_table, field.column, _other(field)


def _other(field: Any) -> str:
    kind = field.get_internal_type()
    if kind == "DateTimeField":
        return (
            "'2020-01-01 00:00:00+00:00'"
            if connection_is_postgresql()
            else "'2020-01-01 00:00:00'"
        )
    if kind == "JSONField":
        return "'{\"x\": 1}'"
    if kind in ("UUIDField", "ForeignKey", "OneToOneField") and field.name != "about":
        other = "01900000-0000-7000-8000-000000000000"
        return f"'{other}'" if connection_is_postgresql() else f"'{other.replace('-', '')}'"
    if "Integer" in kind or "AutoField" in kind or field.name == "about":
        return f"COALESCE({field.column}, 0) + 1"
    return "'right'" if field.name == "kind" else "'x'"


def connection_is_postgresql() -> bool:
    return connection.vendor == "postgresql"
