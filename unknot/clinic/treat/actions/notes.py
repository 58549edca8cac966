"""The note of a visit: written from its taps, edited by its author, signed, sealed, added to.

Every version of the draft is kept. Signing seals the note (see `seals`); from then on it only
takes addenda.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Final

from unknot.reasoning.treat import note as writer

from ...access import Actor
from ...audit import action, record
from ...models import Addendum, Note, NoteVersion, Staff, Visit
from .. import consents, gather
from ..dial.log import unseen_after_end
from ..errors import NoteIsSigned, NoteNotReady
from ..note import seals
from ..note.seals import MEANING
from ..words import LONGEST_PART, PART_NAMES
from .merge import hold

WRITTEN: Final = ("subjective", "objective", "assessment", "plan", "client_summary")
"""The parts the taps write. Each needs words before the note is signed."""
PRIVATE: Final = "private"
CAME_AFTER: Final = (
    "The client’s dial sent something after the end of the visit. Read it above, and mark it as"
    " seen, before you sign."
)
PARTS: Final = (*WRITTEN, PRIVATE)


@action("note.write")
def write_note(*, visit: Visit, by: Actor, now: datetime, anew: Collection[str] = ()) -> Note:
    """The visit's draft, with every part the author has not touched written anew from the taps,
    and the parts in `anew` too, whoever wrote them; what they said stays in the versions.

    Raises NoteIsSigned when there is nothing left to write.
    """
    hold(visit)
    note = _locked(visit) or Note(visit=visit, edited_at=now)
    if note.state == Note.State.SIGNED:
        raise NoteIsSigned("This note is signed. Add an addendum instead.")
    fresh = fresh_parts(visit)
    parts = {part: fresh[part] if part in anew else text for part, text in _current(note, fresh)}
    _keep(note, parts, fresh, note.private, how=NoteVersion.How.TAPS, by=by, now=now)
    return note


def fresh_parts(visit: Visit) -> dict[str, str]:
    """The parts as the taps alone would write them now; nothing is saved."""
    return asdict(writer.write(gather.visit_record(visit)))


def current_parts(visit: Visit, note: Note | None) -> dict[str, str]:
    """The draft's written parts: those the author touched as they are, others from the taps."""
    return dict(_current(note, fresh_parts(visit)))


def _current(note: Note | None, fresh: Mapping[str, str]) -> list[tuple[str, str]]:
    touched = by_hand(note)
    kept = note.content.get("parts", {}) if note else {}
    return [(part, kept[part] if part in touched else fresh[part]) for part in WRITTEN]


def by_hand(note: Note | None) -> frozenset[str]:
    """The written parts that are not as the taps wrote them at the time."""
    content = note.content if note else {}
    parts, written = content.get("parts", {}), content.get("written", {})
    return frozenset(part for part in parts if parts[part] != written.get(part))


@action("note.write")
def edit_note(*, note: Note, parts: Mapping[str, str], by: Actor, now: datetime) -> Note:
    """The draft with these parts as the author wants them, as one more version.

    A part sent back just as the taps wrote it when the author saw it is not an edit: it goes on
    following the taps. The private part is kept only for whoever may read it. Raises
    NoteIsSigned.
    """
    stored = _locked(note.visit)
    if stored is None or stored.state == Note.State.SIGNED:
        raise NoteIsSigned("This note is signed. Add an addendum instead.")
    fresh, shown = fresh_parts(note.visit), stored.content.get("written", {})
    current = dict(_current(stored, fresh))
    for part in WRITTEN:
        text = _clean(parts.get(part, current[part]))
        if part in by_hand(stored) or text != shown.get(part):
            current[part] = text
    private = stored.private
    if PRIVATE in parts and may_read_private(by.staff, note.visit):
        private = _clean(parts[PRIVATE])
    _keep(stored, current, fresh, private, how=NoteVersion.How.HAND, by=by, now=now)
    note.refresh_from_db()
    return note


def _keep(
    note: Note,
    parts: dict[str, str],
    fresh: dict[str, str],
    private: str,
    *,
    how: str,
    by: Actor,
    now: datetime,
) -> None:
    """Stores the draft, and a version of it unless its words are those of the last one."""
    before = note.content.get("parts", {}) | {PRIVATE: note.private}
    after = parts | {PRIVATE: private}
    changed = [part for part in PARTS if after.get(part) != before.get(part)]
    note.content = {"parts": parts, "written": fresh}
    note.private, note.edited_at = private, now
    if changed:
        note.version += 1
    note.save()
    if changed:
        add_version(note, changed, how=how, by=by, now=now)
    record(note, changed=changed)


def add_version(note: Note, changed: list[str], *, how: str, by: Actor, now: datetime) -> None:
    """Keeps the draft as it is now, bound to the version before."""
    last = note.versions.order_by("-number").first()
    version = NoteVersion(
        note=note,
        number=note.version,
        parts=note.content["parts"],
        private=note.private,
        changed=changed,
        how=how,
        staff=by.staff,
        by_name=by.name,
        saved_at=now,
        previous_digest=last.digest if last else "",
    )
    seals.close(version)
    version.save(force_insert=True)


@action("note.sign")
def sign_note(
    *, note: Note, by: Actor, now: datetime, read: Mapping[str, str] | None = None
) -> Note:
    """Seals the note for good. The caller has made sure anew that the author is who they say.

    The parts nobody wrote by hand are sealed as the taps write them now; `read` are the parts as
    the author has them before their eyes. Raises NoteIsSigned, and NoteNotReady for an unfinished
    visit, an empty part, a part that says something else than was read, a consent that was not
    there, a draft whose versions were changed, or a signer who does not treat. The visit is held
    meanwhile, as by every tap: what is being written is in before it is sealed.
    """
    hold(note.visit)
    staff, stored = by.staff, _locked(note.visit)
    if stored is None or stored.state == Note.State.SIGNED:
        raise NoteIsSigned("This note is signed. Add an addendum instead.")
    if staff is None or not staff.treats:
        raise NoteNotReady("Only somebody who treats can sign a note.")
    _follow_taps(stored, by, now)
    note.refresh_from_db()
    _ready(note, staff, now)
    _as_read(note, read or {}, staff)
    note.content["consents"] = consents.snapshot(note.visit, now)
    note.signed_by, note.signed_name, note.signed_meaning = staff, staff.name, MEANING
    note.signed_at, note.edited_at = now, now
    seals.close_note(note)
    note.save()
    record(note, changed=["state", "signed_by", "signed_at", "seal"])
    record(note.visit, changed=["note"])
    return note


def _follow_taps(note: Note, by: Actor, now: datetime) -> None:
    """The draft as its page shows it: what was tapped since it was kept is in its words."""
    fresh = fresh_parts(note.visit)
    parts = dict(_current(note, fresh))
    if parts != note.content.get("parts"):
        _keep(note, parts, fresh, note.private, how=NoteVersion.How.TAPS, by=by, now=now)


def _as_read(note: Note, read: Mapping[str, str], staff: Staff) -> None:
    """Raises NoteNotReady for a part that says something else than its author has read."""
    says = dict(note.content["parts"])
    if may_read_private(staff, note.visit):
        says[PRIVATE] = note.private
    other = [part for part in says if part in read and _clean(read[part]) != _clean(says[part])]
    if other:
        names = ", ".join(PART_NAMES[part].split(":")[0] for part in other)
        raise NoteNotReady(f"Changed since you read it: {names}. Read it again, then sign.")


def _ready(note: Note, staff: Staff, now: datetime) -> None:
    """Raises NoteNotReady for the first thing a signature needs and that is missing. Two versions
    of the private part hold up only the one person who can choose between them."""
    if note.visit.finished_at is None:
        raise NoteNotReady("Finish the visit before you sign.")
    if any(not note.content.get("parts", {}).get(part, "").strip() for part in WRITTEN):
        raise NoteNotReady("Every part needs words, even if they are: nothing to report.")
    waiting = note.visit.changes.filter(state="open")
    if not may_read_private(staff, note.visit):
        waiting = waiting.exclude(field=f"note_{PRIVATE}")
    if waiting.exists():
        in_note = waiting.filter(field__startswith="note_").exists()
        where = "above the note" if in_note else "in the session room"
        raise NoteNotReady(f"Two devices gave two answers. Choose between them first, {where}.")
    gaps = consents.missing(note.visit, now)
    if gaps:
        raise NoteNotReady(" ".join(gap.words for gap in gaps))
    if unseen_after_end(note.visit):
        raise NoteNotReady(CAME_AFTER)
    kept = seals.check_versions(note)
    if any(one.broken for _, one in kept) or len(kept) != note.version:
        raise NoteNotReady("A version of this draft was changed or is missing. Tell the owner.")
    if seals.check_seal(note).broken:
        raise NoteNotReady("This note was signed before. Tell the owner.")


@action("note.add")
def add_addendum(*, note: Note, text: str, reason: str, by: Actor, now: datetime) -> Addendum:
    """Words added to a signed note, bound to the hash of what they add to.

    Raises NoteNotReady when the note is a draft, a seal is broken, or words are missing.
    """
    staff, text, reason = by.staff, _clean(text), reason.strip()[:200]
    if note.state != Note.State.SIGNED:
        raise NoteNotReady("The note is not signed yet. Edit it instead.")
    if staff is None or not text or not reason:
        raise NoteNotReady("Say what you add, and why.")
    _locked(note.visit)
    if seals.check_seal(note).broken or any(one.broken for _, one in seals.check_addenda(note)):
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
    seals.close(addendum)
    addendum.save(force_insert=True)
    record(addendum, changed=["text", "reason", "seal"])
    record(note, changed=["addenda"])
    return addendum


def _last_digest(note: Note) -> str:
    added = seals.in_order(note)
    return added[-1].digest if added else note.digest


def _clean(text: str) -> str:
    """Line ends as on every machine, no blanks around, at most LONGEST_PART letters."""
    return text.replace("\r\n", "\n").replace("\0", "").strip()[:LONGEST_PART]


def _locked(visit: Visit) -> Note | None:
    """The visit's note as it is in the database now, held until the end of the transaction."""
    return Note.everything.select_for_update(of=("self",)).filter(visit=visit).first()


def may_sign(staff: Staff | None) -> bool:
    """Whether this person can put their name under a note."""
    return staff is not None and staff.treats


def may_read_private(staff: Staff | None, visit: Visit) -> bool:
    """Whether this person may read the private part: only the therapist of the visit."""
    return staff is not None and staff.pk == visit.appointment.staff_id
