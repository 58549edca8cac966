"""The note as a letter to another clinician: only what the client agreed to let them have."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.urls import reverse

from unknot.reasoning.treat.note import day_words

from ...intake.consent import RELEASE_PARTS, released
from ...models import Client, Consent, Note, Visit
from .. import gather
from .build import Told, cut, frame, is_signed, note_of, texts_of
from .pages import LetterPart, NoteLetterPage

HEADINGS: Final = {
    "subjective": "What the client said",
    "objective": "What was found and done",
    "assessment": "Assessment",
    "plan": "Plan",
}
EVERYTHING: Final = tuple(RELEASE_PARTS)


def allowed(client: Client, *, now: datetime) -> Consent | None:
    """The client's consent to a letter as of now."""
    today = now.astimezone(ZoneInfo(client.practice.zone)).date()
    return released(client, today=today)


def scope_of(consent: Consent | None) -> tuple[str, ...]:
    """The parts the client lets another clinician have; none without a consent."""
    if consent is None:
        return ()
    return tuple(part for part in EVERYTHING if not consent.scope or part in consent.scope)


def page(told: Told) -> NoteLetterPage:
    """The letter: whole once the note is signed and holds; before that, how it would read."""
    visit, note, now = told.visit, note_of(told.visit), datetime.now(UTC)
    appointment = visit.appointment
    client, practice = appointment.client, appointment.client.practice
    consent = allowed(client, now=now)
    scope = scope_of(consent)
    around = frame(told, "letter")
    whole = scope == EVERYTHING
    around["addenda"] = around["addenda"] if whole else ()
    places = practice.locations.order_by("id")
    return NoteLetterPage(
        **around,
        practice=practice.name,
        practice_lines=tuple(place.address for place in places if place.address),
        date=day_words(now.astimezone(ZoneInfo(practice.zone)).date()),
        recipient=consent.recipient if consent else "",
        about=_about(client),
        subject=f"{gather.complaint_of(appointment.episode)}: visit of "
        f"{day_words(gather.local_day(visit))}",
        opening=_opening(client, visit),
        letter_parts=_parts(visit, note, scope),
        left_out=_left_out(scope, has_addenda=not whole and _has_addenda(note)),
        signature=_signature(note, visit),
        consent_url=reverse("intake_consent", args=[appointment.episode_id, "release"]),
        is_released=consent is not None,
        is_final=consent is not None and is_signed(note) and not around["broken"],
    )


def _about(client: Client) -> str:
    born = f", born {day_words(client.born_on)}" if client.born_on else ""
    return f"{client.name}{born}"


def _opening(client: Client, visit: Visit) -> str:
    number = gather.number_of(visit)
    return (
        f"This is the report of visit {number} of massage therapy with {client.name}, who agreed "
        "to it being sent to you. It names no diagnosis of ours."
    )


def _parts(visit: Visit, note: Note | None, scope: tuple[str, ...]) -> tuple[LetterPart, ...]:
    texts = texts_of(visit, note)
    return tuple(
        LetterPart(
            HEADINGS[part],
            tuple(cut(line, visit) for line in texts[part].splitlines() if line.strip()),
        )
        for part in scope
    )


def _left_out(scope: tuple[str, ...], *, has_addenda: bool) -> tuple[str, ...]:
    """The headings the client did not agree to, and the addenda, which may speak of any part."""
    missing = tuple(HEADINGS[part] for part in EVERYTHING if part not in scope)
    return (*missing, "Addenda") if has_addenda else missing


def _has_addenda(note: Note | None) -> bool:
    return note is not None and note.addenda.exists()


def _signature(note: Note | None, visit: Visit) -> tuple[str, ...]:
    staff = note.signed_by if note and note.signed_by else visit.appointment.staff
    licence = f"Licence {staff.licence_number}" if staff.licence_number else ""
    name = note.signed_name if note and note.signed_name else staff.name
    return tuple(filter(None, (name, licence)))
