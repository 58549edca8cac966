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

from django.db.models import Model, QuerySet

from ...audit import canonical, seal
from ...models import Addendum, AuditRow, Note, NoteVersion, Visit

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
        "note": _columns(note, "sealed_content", "digest", "seal"),
        "versions": list(versions),
        "appointment": _appointment(visit),
        "screening": _screening(visit),
        "visit": _columns(visit),
        "planned": [_columns(row) for row in visit.planned.order_by("place", "id")],
        "entries": [_columns(row) for row in visit.entries.order_by("recorded_at", "id")],
        "dial": [_columns(row) for row in visit.dial_events.order_by("seq")],
    }


def _columns(row: Model, *without: str) -> dict[str, Any]:
    """Every column of a row by name, as canonical JSON can hold it."""
    fields = (field for field in row._meta.concrete_fields if field.name not in without)
    return {field.name: _plain(field.value_from_object(row)) for field in fields}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return _instant(value)
    return str(value) if isinstance(value, UUID) else value


def _appointment(visit: Visit) -> list[str]:
    """Whose visit it was, with whom and when; what else a booking says may change later."""
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


def version_content(version: NoteVersion) -> dict[str, Any]:
    """Everything a kept version stands for, the digest of the one before it included."""
    return _columns(version, "digest", "seal")


def addendum_content(addendum: Addendum) -> dict[str, Any]:
    """Everything an addendum's signature stands for, the digest before it included."""
    return _columns(addendum, "digest", "seal") | {"signed_meaning": ADDENDUM_MEANING}


def digest_of(text: str) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def close_note(note: Note, versions: Sequence[str] | None = None) -> None:
    """Puts the seal on a note that carries its signature; nothing is saved."""
    note.state = Note.State.SIGNED
    note.sealed_content = canonical(content_of(note, versions))
    note.digest = digest_of(note.sealed_content)
    note.seal = seal(note.digest)


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
    changed = sorted(_changed(signed, now))
    if changed:
        return Seal(f"Changed after signing: {', '.join(changed)}.")
    broken = next((one.broken for _, one in check_versions(note) if one.broken), "")
    return Seal(broken or _missing_addenda(note))


def _changed(signed: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    """What differs, by name; of the note itself each column, of the rest each kind of row. A
    column that came to a table after the signing is no difference."""
    for name, was in signed["note"].items():
        if now["note"].get(name) != was:
            yield name
    for name, was in signed.items():
        if name != "note" and not _fits(was, now.get(name)):
            yield name


def _fits(was: Any, is_now: Any) -> bool:
    if isinstance(was, dict) and isinstance(is_now, dict):
        return all(name in is_now and is_now[name] == value for name, value in was.items())
    if isinstance(was, list) and isinstance(is_now, list) and len(was) == len(is_now):
        return all(map(_fits, was, is_now))
    return bool(was == is_now)


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
    for addendum in in_order(note):
        found.append((addendum, _check_addendum(addendum, parent)))
        parent = addendum.digest
    return tuple(found)


def in_order(note: Note) -> list[Addendum]:
    """The addenda in the order they were added, each after the one it is bound to. A clock that
    was set back does not turn them round; what is bound to none of them comes last."""
    left = list(note.addenda.order_by("signed_at", "id"))
    parent, ordered = note.digest, []
    while bound := next((one for one in left if one.parent_digest == parent), None):
        left.remove(bound)
        ordered.append(bound)
        parent = bound.digest
    return [*ordered, *left]


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
