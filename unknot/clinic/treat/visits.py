"""Builds the list of an episode's visits, and the list of notes still to be written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from ..access import Actor, scope
from ..book.day import FORGOTTEN_AFTER
from ..models import Appointment, Episode, Note, Visit
from ..ui import words as ui_words
from ..ui.episode_states import rail_of
from . import words
from .pages import TreatPage, VisitRow

NOT_FINISHED: Final = "Not finished"
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
    state, tone = note_state(visit, now)
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


def note_state(visit: Visit | None, now: datetime) -> tuple[str, str]:
    """The state of a visit's note in words, and its tone."""
    if visit is None:
        return "", "plain"
    if visit.started_at is None:
        return "Not started", "plain"
    if visit.finished_at is None:
        is_over = visit.appointment.ends_at + FORGOTTEN_AFTER < now
        return (NOT_FINISHED, "caution") if is_over else ("In session", "now")
    note = getattr(visit, "note", None)
    if note is not None and note.state == Note.State.SIGNED:
        return "Signed", "good"
    return draft_words(visit, now), "caution"


def draft_words(visit: Visit, now: datetime) -> str:
    """How far an unsigned note has come, and since when when that is more than a day."""
    note = getattr(visit, "note", None)
    if visit.finished_at is None:
        return NOT_FINISHED
    days = (now - visit.finished_at).days
    since = f", {ui_words.count(days, 'day')} old" if days else ""
    return f"{'Needs a note' if note is None else 'Draft'}{since}"


@dataclass(frozen=True)
class NeedsNote:
    """A visit that took place and whose note is not signed; `says` how far it has come,
    `is_late` that it is more than a day old, and `by` whose it is where that is not plain."""

    visit_id: UUID
    who: str
    when: str
    says: str
    is_late: bool
    by: str = ""
    address: str = "note_show"

    @property
    def url(self) -> str:
        """Where the note is written; for a visit nobody finished, where it is finished."""
        return reverse(self.address, args=[self.visit_id])


def needs_note(actor: Actor, now: datetime) -> tuple[NeedsNote, ...]:
    """Every visit whose note this actor may write and nobody has signed, oldest first.

    A visit that was begun and never finished counts an hour after its appointment. A therapist
    sees their own visits, an owner those of the practice.
    """
    forgotten = Q(started_at__isnull=False, appointment__ends_at__lt=now - FORGOTTEN_AFTER)
    visits = (
        scope(Visit, actor, "note.write")
        .filter(Q(finished_at__isnull=False) | forgotten)
        .exclude(note__state=Note.State.SIGNED)
        .select_related("appointment__client", "appointment__staff", "note")
        .order_by("appointment__starts_at")
    )
    if actor.kind == "therapist":
        visits = visits.filter(appointment__staff=actor.staff)
    return tuple(_needs(visit, actor, now) for visit in visits)


def _needs(visit: Visit, actor: Actor, now: datetime) -> NeedsNote:
    ended = visit.finished_at or visit.appointment.ends_at
    return NeedsNote(
        visit_id=visit.pk,
        who=visit.appointment.client.name,
        when=words.instant(visit.appointment.starts_at, visit.appointment.zone),
        says=draft_words(visit, now),
        is_late=now - ended > timedelta(days=1),
        by="" if visit.appointment.staff == actor.staff else visit.appointment.staff.name,
        address="note_show" if visit.finished_at else "visit_room",
    )
