"""Builds the note's pages from the stored rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from unknot.knowledge import load
from unknot.reasoning.treat import abbreviations, note_quick
from unknot.reasoning.treat.abbreviations import Piece
from unknot.reasoning.treat.note import Response

from ...access import Request
from ...access.policy import relation
from ...models import Note, TreatmentEntry, Visit
from ...people import reauth
from ...ui import words as ui_words
from ...ui.episode_states import rail_of
from .. import consents, gather, words
from ..actions import merge, notes
from ..areas import name_of
from ..dial import log as dial_log
from ..forms import AddendumForm, PrivateForm, SignForm
from ..pages import Choice
from ..plain import names_of
from ..room import conflicts
from . import merge as note_merge
from . import seals
from .pages import AddendumRow, CameAfter, FactRow, NotePage, PartRow, QuickPage

LATE_AFTER: Final = timedelta(days=1)
"""A note signed later than this after its visit says both times."""
AUDIENCES: Final = {
    "client_summary": ("client", "The client reads this."),
    "subjective": ("team", "For professionals."),
    "objective": ("team", "For professionals."),
    "assessment": ("team", "For professionals."),
    "plan": ("team", "For professionals."),
    "private": (
        "alone",
        "For you alone: never in a letter, never on the client's pages, not in their download. "
        "Where the law asks for the whole record, the owner can open it with a reason, and that "
        "is kept.",
    ),
}


@dataclass(frozen=True)
class Told:
    """What a request wants to see of a visit's note, and what a form before has to say; `typed`
    are the parts of one that was refused, as they stood in it, and `not_kept` those of one that
    came when the note was signed already."""

    request: Request
    visit: Visit
    sign_form: SignForm | None = None
    addendum_form: AddendumForm | None = None
    problem: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    not_kept: Mapping[str, str] = field(default_factory=dict)


def note_of(visit: Visit) -> Note | None:
    """The visit's note, if there is one."""
    return getattr(visit, "note", None)


def frame(told: Told, view: str) -> dict[str, Any]:
    """The fields every page of a note has."""
    visit, actor, note = told.visit, told.request.actor, note_of(told.visit)
    signed = is_signed(note)
    seal = seals.check_seal(note) if note else gone(visit)
    proof, now = reauth.proof_for(told.request), datetime.now(UTC)
    appointment = visit.appointment
    return {
        "visit_id": visit.pk,
        "now": now,
        "episode": rail_of(appointment.episode, "treat"),
        "who": words.called(appointment.client),
        "what": f"{gather.complaint_of(appointment.episode)}, visit {gather.number_of(visit)}, "
        f"{words.instant(appointment.starts_at, appointment.zone)}",
        "view": view,
        "is_signed": signed,
        "is_finished": visit.finished_at is not None,
        "not_asked": "" if signed else _not_asked(visit),
        "signed": signed_words(note, visit) if note and signed else "",
        "meaning": note.signed_meaning if note else "",
        "late": late_words(visit, note, now),
        "came_after": () if signed else _came_after(visit),
        "broken": seal.broken,
        "digest": note.digest if note else "",
        "kept": note.version if note else 0,
        "may_sign": relation(actor, "note.sign") is not None and notes.may_sign(actor.staff),
        "signer": actor.name,
        "sign_form": told.sign_form or SignForm(proof),
        "gaps": () if signed else consents.missing(visit, now),
        "held": _held(visit, note, now),
        "unclear": _unclear(visit, note),
        "addenda": _addenda(note, visit) if note and signed else (),
        "addendum_form": told.addendum_form or AddendumForm(proof),
        "problem": told.problem,
    }


def _came_after(visit: Visit) -> tuple[CameAfter, ...]:
    """What the client's phone sent only after the end, until somebody marks it as seen."""
    zone = visit.appointment.zone
    return tuple(
        CameAfter(
            seq=one.seq,
            words=dial_log.with_area(
                dial_log.told(one).say, name_of(one.area) if one.area else ""
            ),
            at=words.instant(one.at, zone),
        )
        for one in dial_log.unseen_after_end(visit)
    )


def _not_asked(visit: Visit) -> str:
    """Which pain of a finished visit nobody has entered, in words; "" when none is missing."""
    if visit.finished_at is None:
        return ""
    pains = {"before": visit.pain_before, "after": visit.pain_after}
    missing = [when for when, pain in pains.items() if pain is None]
    return " and ".join(missing)


def is_signed(note: Note | None) -> bool:
    """Whether there is a note and it is signed."""
    return note is not None and note.state == Note.State.SIGNED


def gone(visit: Visit) -> seals.Seal:
    """Words when the trail tells of a signed note and there is none."""
    signed = seals.was_signed(visit.pk)
    return seals.Seal("The signed note of this visit is missing." if signed else "")


def texts_of(visit: Visit, note: Note | None) -> dict[str, str]:
    """The written parts as they stand: signed, or as the taps and their author have them."""
    if note is not None and is_signed(note):
        return {part: note.content.get("parts", {}).get(part, "") for part in notes.WRITTEN}
    return notes.current_parts(visit, note)


def cut(text: str, visit: Visit) -> tuple[Piece, ...]:
    """The text with its short forms marked; names of people stay whole."""
    return abbreviations.pieces(text, load().abbreviations.values(), keep=names_of(visit))


def part_rows(visit: Visit, note: Note | None, parts: Iterable[str]) -> tuple[PartRow, ...]:
    """These written parts in order."""
    texts, signed = texts_of(visit, note), is_signed(note)
    fresh = {} if signed else notes.fresh_parts(visit)
    hand = notes.by_hand(note)
    return tuple(
        _part(
            visit,
            part,
            texts.get(part, ""),
            by_hand=part in hand,
            differs=not signed and part in hand and texts.get(part) != fresh[part],
        )
        for part in parts
    )


def _part(
    visit: Visit, part: str, text: str, *, by_hand: bool = False, differs: bool = False
) -> PartRow:
    audience, for_whom = AUDIENCES[part]
    name = words.PART_NAMES[part]
    pieces = cut(text, visit)
    return PartRow(part, name, text, pieces, for_whom, audience, by_hand, differs)


def soap(told: Told) -> NotePage:
    """The note as SOAP, with the client's and the private part apart."""
    visit, note, actor = told.visit, note_of(told.visit), told.request.actor
    is_mine = notes.may_read_private(actor.staff, visit)
    parts = part_rows(visit, note, notes.WRITTEN)
    private = _part(visit, notes.PRIVATE, note.private if note else "")
    return NotePage(
        **frame(told, "soap"),
        parts=tuple(_as_typed(row, told) for row in parts),
        private=_as_typed(private, told) if is_mine else None,
        not_kept=_not_kept((*parts, *((private,) if is_mine else ())), told),
        private_of=visit.appointment.staff.name if private.text and not is_mine else "",
        may_open_private=relation(actor, "note.open_private") is not None,
        private_form=PrivateForm(),
        openings=_openings(note, visit) if note and is_mine else (),
        conflicts=() if is_signed(note) else conflicts.of_note(visit, actor),
        versions=json.dumps(merge.versions(visit)),
        shown=note_merge.shown_marks(
            {row.field: row.text for row in (*parts, *((private,) if is_mine else ()))}
        ),
    )


def _as_typed(row: PartRow, told: Told) -> PartRow:
    return replace(row, text=told.typed.get(row.field, row.text))


def _not_kept(rows: Iterable[PartRow], told: Told) -> tuple[tuple[str, str], ...]:
    """By name, the words typed for a note that was signed meanwhile, where it says other ones."""
    typed = [(row, told.not_kept.get(row.field, "").strip()) for row in rows]
    return tuple((row.name, text) for row, text in typed if text not in ("", row.text.strip()))


def _openings(note: Note, visit: Visit) -> tuple[str, ...]:
    zone = visit.appointment.zone
    return tuple(
        f"Opened by {one.by_name}, {words.instant(one.opened_at, zone)}. Why: {one.reason}"
        for one in note.openings.all()
    )


def quick(told: Told) -> QuickPage:
    """The note at a glance, from the same rows and the same words."""
    visit, note = told.visit, note_of(told.visit)
    record, parts = gather.visit_record(visit), part_rows(visit, note, notes.WRITTEN)
    if is_signed(note):
        record = replace(
            record, next_on=None
        )  # the booking of today, not of the day it was signed
    open_ = not is_signed(note) and visit.finished_at is not None
    entries = list(visit.entries.all())
    shown = _pains_shown(visit) | {
        name: text for entry in entries for name, text in _fields(entry).items()
    }
    typed = {**shown, **told.typed}
    return QuickPage(
        **frame(told, "quick"),
        chips=note_quick.chips(record),
        lines=note_quick.lines(record),
        hand=tuple(row for row in parts if row.by_hand),
        taps=tuple(row for row in parts if not row.by_hand),
        facts=tuple(_fact(entry, typed) for entry in entries) if open_ else (),
        before=_pains(visit.pain_before, typed["pain_before"]) if open_ else (),
        after=_pains(visit.pain_after, typed["pain_after"]) if open_ else (),
        versions=json.dumps(merge.versions(visit)),
        shown=json.dumps(shown),
    )


def _pains_shown(visit: Visit) -> dict[str, str]:
    pains = {"pain_before": visit.pain_before, "pain_after": visit.pain_after}
    return {name: "" if pain is None else str(pain) for name, pain in pains.items()}


def _fields(entry: TreatmentEntry) -> dict[str, str]:
    """What the form's fields about an entry hold, by their names."""
    return {
        f"minutes-{entry.pk}": str(entry.minutes),
        f"response-{entry.pk}": entry.response,
    }


def _fact(entry: TreatmentEntry, typed: Mapping[str, str]) -> FactRow:
    """One entry of the form, with what was typed into it."""
    chosen = typed[f"response-{entry.pk}"]
    answers = [Choice("", "Not tapped", chosen == "")]
    answers += [Choice(str(one), words.RESPONSE_CHIPS[one], chosen == one) for one in Response]
    minutes, detail = typed[f"minutes-{entry.pk}"], words.entry_detail(entry)
    return FactRow(entry.pk, name_of(entry.area), detail, minutes, tuple(answers))


def _pains(now: int | None, typed: str) -> tuple[Choice, ...]:
    asked = tuple(Choice(str(pain), str(pain), str(pain) == typed) for pain in range(11))
    return asked if now is not None else (Choice("", "Not asked", typed == ""), *asked)


def signed_words(note: Note, visit: Visit) -> str:
    """Who signed, and when on the clock of the place."""
    assert note.signed_at is not None
    return f"{note.signed_name}, {words.instant(note.signed_at, visit.appointment.zone)}"


def late_words(visit: Visit, note: Note | None, now: datetime) -> str:
    """Both times of a late entry: when the visit ended, and when the note was first written and
    signed. Empty for a note in time."""
    ended = visit.finished_at
    if ended is None:
        return ""
    signed_at = note.signed_at if note else None
    if (signed_at or now) - ended <= LATE_AFTER:
        return ""
    zone = visit.appointment.zone
    said = [f"the visit ended on {words.instant(ended, zone)}"]
    first = note.versions.order_by("number").first() if note else None
    if first is not None:
        said.append(f"the note was begun on {words.instant(first.saved_at, zone)}")
    if signed_at is not None:
        said.append(f"it was signed on {words.instant(signed_at, zone)}")
        return f"Late entry: {'; '.join(said)}."
    return f"{ui_words.sentence('; '.join(said))} A note signed now is marked as a late entry."


def _held(visit: Visit, note: Note | None, now: datetime) -> tuple[str, ...]:
    """The consents in words: as the signed note kept them, else as they stand."""
    if note is not None and is_signed(note):
        kept = note.content.get("consents", [])
    else:
        kept = consents.snapshot(visit, now)
    return tuple(_held_words(one) for one in kept)


def _held_words(kept: Mapping[str, Any]) -> str:
    late = ", put on record after the visit" if kept["late"] else ""
    withdrawn = kept.get("withdrawn", "")
    ended = f"; {withdrawn}" if withdrawn else ""
    if kept.get("spoken"):
        return f"{kept['name']}: asked by {kept['signed_name']} at {kept['spoken']}{ended}"
    return f"{kept['name']}: signed on {kept['signed_on']}{late}{ended}"


def _unclear(visit: Visit, note: Note | None) -> tuple[Piece, ...]:
    found = (piece for text in texts_of(visit, note).values() for piece in cut(text, visit))
    return tuple(dict.fromkeys(piece for piece in found if piece.kind == "unclear"))


def _addenda(note: Note, visit: Visit) -> tuple[AddendumRow, ...]:
    return tuple(
        AddendumRow(
            number=number,
            pieces=cut(addendum.text, visit),
            reason=addendum.reason,
            signed=f"{addendum.signed_name}, "
            f"{words.instant(addendum.signed_at, visit.appointment.zone)}",
            broken=seal.broken,
        )
        for number, (addendum, seal) in enumerate(seals.check_addenda(note), start=1)
    )
