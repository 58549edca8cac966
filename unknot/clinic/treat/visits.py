"""Builds the list of an episode's visits, and the list of notes still to be written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.urls import reverse

from ..access import Actor, scope
from ..models import Appointment, Episode, Note, Visit
from ..ui.episode_states import rail_of
from . import words
from .pages import TreatPage, VisitRow

OPENS_BEFORE: Final = timedelta(hours=12)
"""A visit can be opened this long before its appointment, for the brief and the questions."""


def page(episode: Episode, now: datetime) -> TreatPage:
    """The visits done, newest first, and those to come."""
    booked = episode.appointments.exclude(state=Appointment.State.CANCELLED)
    appointments = booked.select_related("visit__note", "staff").order_by("starts_at")
    done = [one for one in appointments if _visit(one) is not None]
    to_come = [one for one in appointments if _visit(one) is None and one.ends_at > now]
    return TreatPage(
        episode=rail_of(episode, "treat"),
        who=words.called(episode.client),
        visits=tuple(_row(one, now) for one in reversed(done)),
        to_come=tuple(_row(one, now) for one in to_come),
    )


def _visit(appointment: Appointment) -> Visit | None:
    return getattr(appointment, "visit", None)


def _row(appointment: Appointment, now: datetime) -> VisitRow:
    visit = _visit(appointment)
    state, tone = note_state(visit)
    return VisitRow(
        id=visit.pk if visit else None,
        appointment_id=appointment.pk,
        day=words.instant(appointment.starts_at, appointment.zone),
        detail=_detail(appointment, visit),
        note_state=state,
        tone=tone,
        can_open=appointment.state == Appointment.State.BOOKED
        and appointment.starts_at - OPENS_BEFORE <= now,
    )


def _detail(appointment: Appointment, visit: Visit | None) -> str:
    parts = [f"with {appointment.staff.name}"]
    if visit and visit.pain_before is not None and visit.pain_after is not None:
        parts.append(f"pain {visit.pain_before} before, {visit.pain_after} after")
    if appointment.is_review:
        parts.append("review visit")
    return ", ".join(parts)


def note_state(visit: Visit | None) -> tuple[str, str]:
    """The state of a visit's note in words, and its tone."""
    if visit is None:
        return "", "plain"
    if visit.started_at is None:
        return "Not started", "plain"
    if visit.finished_at is None:
        return "In session", "now"
    note = getattr(visit, "note", None)
    if note is not None and note.state == Note.State.SIGNED:
        return "Signed", "good"
    return "Needs a note", "caution"


@dataclass(frozen=True)
class NeedsNote:
    """A finished visit whose note is not signed."""

    visit_id: UUID
    who: str
    when: str

    @property
    def url(self) -> str:
        """Where the note is written."""
        return reverse("note_show", args=[self.visit_id])


def needs_note(actor: Actor, *, limit: int = 20) -> tuple[NeedsNote, ...]:
    """Visits whose note this actor may write and nobody has signed, oldest first.

    A therapist sees their own visits, an owner those of the practice.
    """
    visits = (
        scope(Visit, actor, "note.write")
        .filter(finished_at__isnull=False)
        .exclude(note__state=Note.State.SIGNED)
        .select_related("appointment__client")
        .order_by("finished_at")
    )
    if actor.kind == "therapist":
        visits = visits.filter(appointment__staff=actor.staff)
    return tuple(
        NeedsNote(
            visit_id=visit.pk,
            who=visit.appointment.client.name,
            when=words.instant(visit.appointment.starts_at, visit.appointment.zone),
        )
        for visit in visits[:limit]
    )
