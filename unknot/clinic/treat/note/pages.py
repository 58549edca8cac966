"""The data of the note's pages: one record, seen quickly, as SOAP, as a letter, and as it grew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from unknot.reasoning.treat.abbreviations import Piece
from unknot.reasoning.treat.note_quick import AreaLine, Chip
from unknot.reasoning.treat.word_diff import Span

from ..consents import Gap
from ..pages import Choice
from ..room.conflicts import Conflict


@dataclass(frozen=True)
class PartRow:
    """One part of a note: its field, its name, its words whole and in pieces, whom it is for, and
    whether somebody wrote it by hand; `differs` when the taps would write something else."""

    field: str
    name: str
    text: str
    pieces: tuple[Piece, ...]
    for_whom: str
    audience: str
    by_hand: bool = False
    differs: bool = False
    rows: int = 5


@dataclass(frozen=True)
class AddendumRow:
    """Words added later, in order."""

    number: int
    pieces: tuple[Piece, ...]
    reason: str
    signed: str
    broken: str


@dataclass(frozen=True)
class CameAfter:
    """A touch of the client's dial that came after the end of the visit, and when it was made."""

    seq: int
    words: str
    at: str


@dataclass(frozen=True, kw_only=True)
class NoteFrame:
    """What every page of a note says: whose, which visit, in which state, and whether it holds.

    `not_asked` names the pain, "before", "after" or both, that a draft still lacks.
    """

    visit_id: UUID
    now: datetime
    episode: Any
    who: str
    what: str
    view: str
    is_signed: bool
    is_finished: bool
    not_asked: str
    signed: str
    meaning: str
    late: str
    came_after: tuple[CameAfter, ...]
    broken: str
    digest: str
    kept: int
    may_sign: bool
    signer: str
    sign_form: Any
    gaps: tuple[Gap, ...]
    held: tuple[str, ...]
    unclear: tuple[Piece, ...]
    addenda: tuple[AddendumRow, ...]
    addendum_form: Any
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class NotePage(NoteFrame):
    """The note as SOAP: a draft to edit, or what was signed, with its seal checked just now.

    `private` is None for everybody but the therapist of the visit; `private_of` names them when
    there is such a part. `versions` and `shown` tell the server which state of each field the
    page was made from. `not_kept` are parts, by name, that were typed when it was signed already.
    """

    parts: tuple[PartRow, ...]
    private: PartRow | None
    private_of: str
    may_open_private: bool
    private_form: Any
    openings: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    versions: str
    shown: str
    not_kept: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FactRow:
    """One entry of the visit, to correct while the note is a draft; `minutes` as they stand in the
    form."""

    id: UUID
    area: str
    detail: str
    minutes: str
    responses: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class QuickPage(NoteFrame):
    """The note at a glance: chips, one line an area, the parts written by hand; those from the
    taps say the same again and stand behind them."""

    chips: tuple[Chip, ...]
    lines: tuple[AreaLine, ...]
    hand: tuple[PartRow, ...]
    taps: tuple[PartRow, ...]
    facts: tuple[FactRow, ...]
    before: tuple[Choice, ...]
    after: tuple[Choice, ...]
    versions: str
    shown: str


@dataclass(frozen=True)
class ChangedPart:
    """One part as it changed from one version to the next."""

    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class VersionRow:
    """One kept version: when, by whom, how, and what changed since the one before."""

    number: int
    when: str
    who: str
    how: str
    names: str
    parts: tuple[ChangedPart, ...]
    broken: str


@dataclass(frozen=True, kw_only=True)
class VersionsPage(NoteFrame):
    """Every kept version, newest first, or two of them compared."""

    rows: tuple[VersionRow, ...]
    numbers: tuple[Choice, ...]
    others: tuple[Choice, ...]
    compared: tuple[ChangedPart, ...]
    compared_words: str


@dataclass(frozen=True)
class LetterPart:
    """One part of the letter: its heading and its lines."""

    name: str
    lines: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, kw_only=True)
class NoteLetterPage(NoteFrame):
    """The note as a letter to a clinician: only what the client agreed to let them have."""

    practice: str
    practice_lines: tuple[str, ...]
    date: str
    recipient: str
    about: str
    subject: str
    opening: str
    letter_parts: tuple[LetterPart, ...]
    left_out: tuple[str, ...]
    signature: tuple[str, ...]
    consent_url: str
    is_released: bool
    is_final: bool


@dataclass(frozen=True, kw_only=True)
class PrivatePage(NoteFrame):
    """The private part, opened by the owner because the law asks for it."""

    private: str
    reason: str
    form: Any
