"""Rows and their trail, gathered first and stored at once: a year of care in seconds.

Rows made one by one through actions would take minutes. Here every row is made with the day it
belongs to, and each gets its line in the audit trail, chained in order of time, under the action
that would have made it.
"""

from __future__ import annotations

import random
import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Model

from .. import models as m
from ..access import Actor
from ..audit import anchors, chain

RowT = TypeVar("RowT", bound=Model)
Progress = Callable[[str], None]
AT_ONCE = 500

# Parents before children.
ORDER: tuple[type[Model], ...] = (
    m.User,
    m.Practice,
    m.Location,
    m.Room,
    m.Staff,
    m.Bedside,
    m.WorkingHours,
    m.TimeOff,
    m.Client,
    m.AddressChange,
    m.CareTeam,
    m.Episode,
    m.Intake,
    m.Screening,
    m.Clearance,
    m.Preferences,
    m.Override,
    m.Measure,
    m.PlanVersion,
    m.HomeCareDay,
    m.HomeCareStep,
    m.Series,
    m.Appointment,
    m.AskLink,
    m.Occupancy,
    m.Visit,
    m.Consent,  # one that was said aloud belongs to a visit
    m.Assessment,
    m.MotionReading,
    m.TreatmentEntry,
    m.DialEvent,
    m.NoteVersion,  # before the signed note, which takes no more of them
    m.Note,
    m.Addendum,
    m.CheckIn,
    m.Alert,
    m.ReminderPlan,
    m.ReminderChoice,
    m.Outbox,
    m.Reminder,
    m.Decision,
)

SAID: Mapping[type[Model], str] = {
    m.Measure: "scores",
    m.Appointment: "appointments",
    m.Visit: "visits",
    m.TreatmentEntry: "treated areas",
    m.CheckIn: "check-ins",
    m.Note: "notes",
}


class Ledger:
    """Collects rows with their keys and trail; ``store`` writes all of it in one transaction."""

    def __init__(self, seed: int) -> None:
        self.keys = random.Random(f"keys {seed}")  # noqa: S311
        self.rows: dict[type[Model], list[Model]] = defaultdict(list)
        self.trail: list[tuple[datetime, int, Actor, str, Model, list[str]]] = []

    def key(self, at: datetime) -> uuid.UUID:
        """A UUIDv7 of that moment (RFC 9562, 5.7): the same seed and day give the same keys."""
        milliseconds = int(at.timestamp() * 1000)
        noise = self.keys.getrandbits(74)
        number = milliseconds << 80 | 7 << 76 | (noise >> 62) << 64 | 2 << 62 | noise % (1 << 62)
        return uuid.UUID(int=number)

    def add(
        self,
        model: type[RowT],
        at: datetime,
        by: Actor | None = None,
        action: str = "",
        /,
        **fields: Any,
    ) -> RowT:
        """A row of that moment; with ``by`` and ``action`` it also gets its line in the trail."""
        if model is not m.DialEvent:
            fields.setdefault("id", self.key(at))
        row = model(**fields)
        self.rows[model].append(row)
        if by is not None:
            self.note(row, at, by, action, [name for name in fields if name != "id"])
        return row

    def note(
        self, row: Model, at: datetime, by: Actor, action: str, changed: Sequence[str]
    ) -> None:
        """One more line in the trail about a row already added."""
        self.trail.append((at, len(self.trail), by, action, row, list(changed)))

    def store(self, progress: Progress, *then: Callable[[], None]) -> None:
        """Writes every row, parents first, and the trail at last. All or nothing.

        Each ``then`` may add rows that can only be made from those stored before it, such as
        signed notes.
        """
        with transaction.atomic():
            self._write(progress)
            for step in then:
                step()
                self._write(progress)
            progress(f"{len(self.trail)} lines of audit trail")
            self._chain()

    def _write(self, progress: Progress) -> None:
        for model in ORDER:
            rows = self.rows.pop(model, [])
            if len(rows) >= AT_ONCE:
                progress(f"{len(rows)} {SAID.get(model, 'rows')}")
            model._default_manager.bulk_create(rows, batch_size=AT_ONCE)
        if self.rows:
            names = ", ".join(model.__name__ for model in self.rows)
            raise LookupError(f"no place in ORDER for {names}")

    def _chain(self) -> None:
        """The trail in order of time, each line bound to the one before."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [chain._LOCK])
        last = m.AuditRow.everything.order_by("-seq").first()
        seq, mac = (last.seq, last.mac) if last else (0, chain.GENESIS)
        lines = []
        for at, _, by, action, row, changed in sorted(self.trail, key=lambda line: line[:2]):
            seq += 1
            line = m.AuditRow(
                seq=seq,
                at=at,
                practice_id=by.practice.pk if by.practice else None,
                actor_kind=by.kind,
                actor_id=by.id,
                action=action,
                object_type=row._meta.object_name or "",
                object_id=str(row.pk),
                client_id=chain.client_of(row),
                changed=sorted(changed),
                request_id="",
                previous_mac=mac,
            )
            line.mac = mac = chain.mac_of(line)
            lines.append(line)
        m.AuditRow.everything.bulk_create(lines, batch_size=AT_ONCE)
        transaction.on_commit(partial(anchors.write, seq, mac))
