"""The note of a visit: written from its taps, edited by its author, signed, sealed, added to.

What is signed is one canonical text: the note's parts, everything tapped, the limits, who signs,
when and with what meaning. Its SHA-256 is kept, and an HMAC of that under a key outside the
database. The database refuses changes of a signed note; `check_seal` shows any that got past it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Final

from unknot.reasoning.treat import note as writer

from ...access import Actor
from ...audit import action, canonical, record, seal
from ...models import Addendum, Note, Staff, Visit
from .. import gather
from ..errors import NoteIsSigned, NoteNotReady

PARTS: Final = ("subjective", "objective", "assessment", "plan", "client_summary")
MEANING: Final = "I treated this client and this note is complete and true."
ADDENDUM_MEANING: Final = "I add this to the note above; the note itself stays as it was signed."
LONGEST_PART: Final = 10_000


@action("note.write")
def write_note(*, visit: Visit, by: Actor, now: datetime) -> Note:
    """The visit's draft, with every part the author has not touched written anew from the taps.

    Raises NoteIsSigned when there is nothing left to write.
    """
    note = Note.everything.filter(visit=visit).first() or Note(visit=visit, edited_at=now)
    if note.state == Note.State.SIGNED:
        raise NoteIsSigned
    note.content = {"parts": current_parts(visit, note), "written": fresh_parts(visit)}
    note.edited_at = now
    note.save()
    record(note, changed=list(PARTS))
    return note


def fresh_parts(visit: Visit) -> dict[str, str]:
    """The parts as the taps alone would write them now; nothing is saved."""
    return asdict(writer.write(gather.visit_record(visit)))


def current_parts(visit: Visit, note: Note | None) -> dict[str, str]:
    """The draft's parts: those the author touched as they are, the others from the taps."""
    fresh = fresh_parts(visit)
    content = note.content if note else {}
    kept, written = content.get("parts", {}), content.get("written", {})
    return {
        part: kept[part] if part in kept and kept[part] != written.get(part) else fresh[part]
        for part in PARTS
    }


@action("note.write")
def edit_note(*, note: Note, parts: Mapping[str, str], by: Actor, now: datetime) -> Note:
    """The draft with these parts as the author wants them. Raises NoteIsSigned."""
    if _locked(note).state == Note.State.SIGNED:
        raise NoteIsSigned
    changed = {part: _clean(parts[part]) for part in PARTS if part in parts}
    parts = current_parts(note.visit, note) | changed
    note.content = {"parts": parts, "written": fresh_parts(note.visit)}
    note.edited_at = now
    note.save(update_fields=["content", "edited_at"])
    record(note, changed=list(changed))
    return note


@action("note.sign")
def sign_note(*, note: Note, by: Actor, now: datetime) -> Note:
    """Seals the note for good. The caller has made sure anew that the author is who they say.

    Raises NoteIsSigned, and NoteNotReady for an unfinished visit, an empty part, or a signer
    who does not treat.
    """
    staff = by.staff
    if _locked(note).state == Note.State.SIGNED:
        raise NoteIsSigned
    if staff is None or not staff.treats:
        raise NoteNotReady("Only somebody who treats can sign a note.")
    if note.visit.finished_at is None:
        raise NoteNotReady("Finish the visit before you sign.")
    empty = [part for part in PARTS if not note.content.get("parts", {}).get(part, "").strip()]
    if empty:
        raise NoteNotReady("Every part needs words, even if they are: nothing to report.")
    note.signed_by, note.signed_name, note.signed_meaning = staff, staff.name, MEANING
    note.signed_at, note.edited_at = now, now
    note.sealed_content = canonical(content_of(note))
    note.digest = digest_of(note.sealed_content)
    note.seal = seal(note.digest)
    note.state = Note.State.SIGNED
    note.save()
    record(note, changed=["state", "signed_by", "signed_at", "seal"])
    return note


@action("note.add")
def add_addendum(*, note: Note, text: str, reason: str, by: Actor, now: datetime) -> Addendum:
    """Words added to a signed note, bound to the hash of what they add to.

    Raises NoteNotReady when the note is a draft, its seal is broken, or words are missing.
    """
    staff, text, reason = by.staff, _clean(text), reason.strip()[:200]
    if note.state != Note.State.SIGNED:
        raise NoteNotReady("The note is not signed yet. Edit it instead.")
    if staff is None or not text or not reason:
        raise NoteNotReady("Say what you add, and why.")
    if check_seal(note).broken:
        raise NoteNotReady("The seal of this note is broken. Nothing can be added to it.")
    addendum = Addendum(
        note=note,
        text=text,
        reason=reason,
        staff=staff,
        signed_name=staff.name,
        signed_at=now,
        parent_digest=_last_digest(note),
    )
    addendum.digest = digest_of(canonical(addendum_content(addendum)))
    addendum.seal = seal(addendum.digest)
    addendum.save(force_insert=True)
    record(addendum, changed=["text", "reason", "seal"])
    return addendum


# --- What is sealed --------------------------------------------------------------------------


def content_of(note: Note) -> dict[str, Any]:
    """Everything the signature stands for, from the rows as they are now."""
    visit = note.visit
    appointment = visit.appointment
    return {
        "schema": note.schema,
        "visit": str(visit.pk),
        "episode": str(appointment.episode_id),
        "client": str(appointment.client_id),
        "screening": str(visit.screening_id or ""),
        "parts": note.content.get("parts", {}),
        "taps": _taps(visit),
        "signed_by": str(note.signed_by_id),
        "signed_name": note.signed_name,
        "signed_meaning": note.signed_meaning,
        "signed_at": _instant(note.signed_at),
    }


def _taps(visit: Visit) -> dict[str, Any]:
    return {
        "started_at": _instant(visit.started_at),
        "finished_at": _instant(visit.finished_at),
        "pain_before": visit.pain_before,
        "pain_after": visit.pain_after,
        "wish": visit.wish_today,
        "new_since": visit.new_since,
        "entries": [
            [str(e.pk), e.area, e.technique, e.pressure, e.minutes, e.response]
            for e in visit.entries.order_by("recorded_at", "id")
        ],
        "dial": [
            [e.seq, e.kind, e.pain, e.area, e.pressure, e.pain_cap, _instant(e.at)]
            for e in visit.dial_events.order_by("seq")
        ],
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


@dataclass(frozen=True)
class Seal:
    """Whether what is shown is what was signed. `broken` names the first thing that is not."""

    broken: str = ""


def check_seal(note: Note) -> Seal:
    """Compares a signed note with its seal: the key's mark, the text, and every row behind it."""
    if not hmac.compare_digest(note.seal.encode(), seal(note.digest).encode()):
        return Seal("The seal was not made by this practice.")
    if not hmac.compare_digest(note.digest.encode(), digest_of(note.sealed_content).encode()):
        return Seal("The signed text was changed.")
    signed, now = json.loads(note.sealed_content), json.loads(canonical(content_of(note)))
    changed = sorted(key for key in {*signed, *now} if signed.get(key) != now.get(key))
    return Seal(f"Changed after signing: {', '.join(changed)}." if changed else "")


def check_addenda(note: Note) -> tuple[tuple[Addendum, Seal], ...]:
    """Each addendum with its seal, in order; one taken out breaks the one after it."""
    parent, found = note.digest, []
    for addendum in note.addenda.order_by("signed_at", "id"):
        found.append((addendum, _check_addendum(addendum, parent)))
        parent = addendum.digest
    return tuple(found)


def _check_addendum(addendum: Addendum, parent: str) -> Seal:
    if not hmac.compare_digest(addendum.seal.encode(), seal(addendum.digest).encode()):
        return Seal("The seal was not made by this practice.")
    if addendum.digest != digest_of(canonical(addendum_content(addendum))):
        return Seal("This addendum was changed after signing.")
    return Seal("" if addendum.parent_digest == parent else "An addendum before this is missing.")


def _last_digest(note: Note) -> str:
    last = note.addenda.order_by("-signed_at", "-id").first()
    return last.digest if last else note.digest


def _instant(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else ""


def _clean(text: str) -> str:
    """Line ends as on every machine, no blanks around, at most LONGEST_PART letters."""
    return text.replace("\r\n", "\n").strip()[:LONGEST_PART]


def _locked(note: Note) -> Note:
    """The note as it is in the database now, held until the end of the transaction."""
    return Note.everything.select_for_update(of=("self",)).get(pk=note.pk)


def may_sign(staff: Staff | None) -> bool:
    """Whether this person can put their name under a note."""
    return staff is not None and staff.treats
