"""What a signature stands for, and whether what is stored is still what was signed.

What is signed is one canonical text: the note's parts, every version of the draft, everything
tapped, the limits, the consents, who signs, when and with what meaning. Its SHA-256 is kept, and
an HMAC of that under a key outside the database. The database refuses changes of a signed note;
what got past it all the same is found here.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from ..audit import canonical, seal
from ..models import Addendum, AuditRow, Note, NoteVersion, TreatmentEntry, Visit

MEANING: Final = "I treated this client and this note is complete and true."
ADDENDUM_MEANING: Final = "I add this to the note above; the note itself stays as it was signed."
NOT_OURS: Final = "The seal was not made by this practice."


@dataclass(frozen=True)
class Seal:
    """Whether what is shown is what was signed. `broken` names the first thing that is not."""

    broken: str = ""


# --- What is sealed --------------------------------------------------------------------------


def content_of(note: Note, versions: Sequence[str] | None = None) -> dict[str, Any]:
    """Everything the signature stands for, from the rows as they are now.

    `versions` are the digests of the kept versions where those are not stored yet.
    """
    visit = note.visit
    if versions is None:
        versions = [version.digest for version in note.versions.order_by("number")]
    return {
        "schema": note.schema,
        "note": str(note.pk),
        "visit": str(visit.pk),
        "appointment": _appointment(visit),
        "screening": _screening(visit),
        "parts": note.content.get("parts", {}),
        "written": note.content.get("written", {}),
        "consents": note.content.get("consents", []),
        "private": note.private,
        "versions": versions,
        "version": note.version,
        "taps": _taps(visit),
        "edited_at": _instant(note.edited_at),
        "signed_by": str(note.signed_by_id),
        "signed_name": note.signed_name,
        "signed_meaning": note.signed_meaning,
        "signed_at": _instant(note.signed_at),
    }


def _appointment(visit: Visit) -> list[str]:
    booked = visit.appointment
    return [
        str(booked.pk),
        str(booked.episode_id),
        str(booked.client_id),
        str(booked.staff_id),
        _instant(booked.starts_at),
        _instant(booked.ends_at),
        booked.zone,
    ]


def _screening(visit: Visit) -> list[str]:
    screening = visit.screening
    if screening is None:
        return []
    told = canonical([screening.disposition, screening.pressure_ceiling, screening.result])
    return [str(screening.pk), _instant(screening.decided_at), digest_of(told)]


def _taps(visit: Visit) -> dict[str, Any]:
    return {
        "opened_at": _instant(visit.opened_at),
        "started_at": _instant(visit.started_at),
        "finished_at": _instant(visit.finished_at),
        "pain_before": visit.pain_before,
        "pain_after": visit.pain_after,
        "wish": visit.wish_today,
        "new_since": visit.new_since,
        "news": [visit.news_from, visit.news_name, _instant(visit.news_at)],
        "room_words": visit.room_words,
        "planned": [
            [str(p.pk), p.place, p.area, p.technique, p.pressure, p.minutes, _instant(p.made_at)]
            for p in visit.planned.order_by("place", "id")
        ],
        "entries": [_entry(entry) for entry in visit.entries.order_by("recorded_at", "id")],
        "dial": [
            [
                *(e.seq, e.kind, e.pain, e.area, e.pressure, e.pain_cap, _instant(e.at)),
                *(e.pressure_ceiling, e.about_id, str(e.seen_by_id or "")),
            ]
            for e in visit.dial_events.order_by("seq")
        ],
    }


def _entry(entry: TreatmentEntry) -> list[Any]:
    tapped = [entry.area, entry.technique, entry.pressure, entry.minutes, entry.response]
    return [str(entry.pk), *tapped, str(entry.planned_id or ""), _instant(entry.recorded_at)]


def version_content(version: NoteVersion) -> dict[str, Any]:
    """Everything a kept version stands for."""
    return {
        "note": str(version.note_id),
        "number": version.number,
        "parts": version.parts,
        "private": version.private,
        "changed": version.changed,
        "how": version.how,
        "staff": str(version.staff_id or ""),
        "by_name": version.by_name,
        "saved_at": _instant(version.saved_at),
        "previous": version.previous_digest,
    }


def addendum_content(addendum: Addendum) -> dict[str, Any]:
    """Everything an addendum's signature stands for."""
    return {
        "note": str(addendum.note_id),
        "parent": addendum.parent_digest,
        "text": addendum.text,
        "reason": addendum.reason,
        "staff": str(addendum.staff_id),
        "signed_name": addendum.signed_name,
        "signed_meaning": ADDENDUM_MEANING,
        "signed_at": _instant(addendum.signed_at),
    }


def digest_of(text: str) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def close_note(note: Note, versions: Sequence[str] | None = None) -> None:
    """Puts the seal on a note that carries its signature; nothing is saved."""
    note.sealed_content = canonical(content_of(note, versions))
    note.digest = digest_of(note.sealed_content)
    note.seal = seal(note.digest)
    note.state = Note.State.SIGNED


def close(row: NoteVersion | Addendum) -> None:
    """Puts the seal on a version or an addendum; nothing is saved."""
    row.digest = digest_of(canonical(_content(row)))
    row.seal = seal(row.digest)


def _content(row: NoteVersion | Addendum) -> dict[str, Any]:
    return version_content(row) if isinstance(row, NoteVersion) else addendum_content(row)


# --- Whether it holds ------------------------------------------------------------------------


def check_seal(note: Note) -> Seal:
    """Compares a signed note with its seal: the key's mark, the text, every row behind it, the
    versions of its draft, and what the audit trail tells of it."""
    if note.state != Note.State.SIGNED:
        signed = was_signed(note.visit_id)
        return Seal("This note was signed, and is a draft again." if signed else "")
    if not _is_ours(note.seal, note.digest):
        return Seal(NOT_OURS)
    if not hmac.compare_digest(note.digest.encode(), digest_of(note.sealed_content).encode()):
        return Seal("The signed text was changed.")
    signed, now = json.loads(note.sealed_content), json.loads(canonical(content_of(note)))
    changed = sorted(key for key in {*signed, *now} if signed.get(key) != now.get(key))
    if changed:
        return Seal(f"Changed after signing: {', '.join(changed)}.")
    broken = next((one.broken for _, one in check_versions(note) if one.broken), "")
    return Seal(broken or _missing_addenda(note))


def check_versions(note: Note) -> tuple[tuple[NoteVersion, Seal], ...]:
    """Each version of the draft with its seal, in order; one taken out breaks the one after."""
    parent, found = "", []
    for number, version in enumerate(note.versions.order_by("number"), start=1):
        found.append((version, _check_version(version, number, parent)))
        parent = version.digest
    return tuple(found)


def _check_version(version: NoteVersion, number: int, parent: str) -> Seal:
    if not _is_ours(version.seal, version.digest):
        return Seal(f"Version {version.number} of the draft was not made by this practice.")
    if version.digest != digest_of(canonical(version_content(version))):
        return Seal(f"Version {version.number} of the draft was changed.")
    whole = version.number == number and version.previous_digest == parent
    return Seal("" if whole else f"A version of the draft before {version.number} is missing.")


def check_addenda(note: Note) -> tuple[tuple[Addendum, Seal], ...]:
    """Each addendum with its seal, in order; one taken out breaks the one after it."""
    parent, found = note.digest, []
    for addendum in note.addenda.order_by("signed_at", "id"):
        found.append((addendum, _check_addendum(addendum, parent)))
        parent = addendum.digest
    return tuple(found)


def _check_addendum(addendum: Addendum, parent: str) -> Seal:
    if not _is_ours(addendum.seal, addendum.digest):
        return Seal(NOT_OURS)
    if addendum.digest != digest_of(canonical(addendum_content(addendum))):
        return Seal("This addendum was changed after signing.")
    return Seal("" if addendum.parent_digest == parent else "An addendum before this is missing.")


def _missing_addenda(note: Note) -> str:
    """Words when the trail tells of more addenda than there are: the last was taken away."""
    told = _trail("note.add", "Note", note.pk).count()
    return "An addendum to this note is missing." if told > note.addenda.count() else ""


def was_signed(visit_id: UUID) -> bool:
    """Whether the audit trail tells that the note of this visit was signed."""
    return _trail("note.sign", "Visit", visit_id).exists()


def _trail(action: str, kind: str, key: UUID) -> QuerySet[AuditRow]:
    return AuditRow.everything.filter(object_id=str(key), object_type=kind, action=action)


def _is_ours(mark: str, digest: str) -> bool:
    return hmac.compare_digest(mark.encode(), seal(digest).encode())


# --- All of them -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Fault:
    """A note that is not what was signed; `visit_id` leads to its page."""

    visit_id: str
    says: str


def faults() -> Iterator[Fault]:
    """Every visit whose note, addenda or draft's versions are not what they were, one at a time.

    Reads every note of the installation: some minutes for a hundred thousand.
    """
    told = AuditRow.everything.filter(action="note.sign", object_type="Visit")
    signed = set(told.values_list("object_id", flat=True))
    notes = Note.everything.select_related("visit__appointment", "visit__screening")
    for note in notes.order_by("pk").iterator(chunk_size=500):
        signed.discard(str(note.visit_id))
        says = check_seal(note).broken or next(
            (one.broken for _, one in check_addenda(note) if one.broken), ""
        )
        if says:
            yield Fault(str(note.visit_id), says)
    for visit_id in sorted(signed):
        yield Fault(visit_id, "The signed note of this visit is missing.")


def _instant(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else ""
