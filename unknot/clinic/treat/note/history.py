"""The versions of a draft: what each changed, and any two of them side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from unknot.reasoning.treat.word_diff import diff

from ...models import NoteVersion, Visit
from ...ui.words import listed
from .. import words
from ..actions import notes
from ..pages import Choice
from . import seals
from .build import Told, frame, note_of
from .pages import ChangedPart, VersionRow, VersionsPage

Kept = tuple[NoteVersion, seals.Seal]


def page(told: Told, one: int | None, other: int | None) -> VersionsPage:
    """Every kept version, newest first; with two numbers, what lies between those two.

    The private part is shown to the therapist of the visit only.
    """
    note, visit = note_of(told.visit), told.visit
    kept = seals.check_versions(note) if note else ()
    shown = readable(told)
    texts = [_texts(version, shown) for version, _ in kept]
    numbers = [version.number for version, _ in kept]
    low, high = _chosen(numbers, one, other)
    is_chosen = one is not None and other is not None and bool(numbers)
    return VersionsPage(
        **frame(told, "versions"),
        rows=tuple(
            reversed([_row(kept, number, texts, visit, shown) for number in range(len(kept))])
        ),
        numbers=tuple(Choice(str(n), f"Version {n}", n == low) for n in numbers),
        others=tuple(Choice(str(n), f"Version {n}", n == high) for n in numbers),
        compared=_changed(texts[numbers.index(low)], texts[numbers.index(high)])
        if is_chosen
        else (),
        compared_words=f"From version {low} to version {high}" if is_chosen else "",
    )


def readable(told: Told) -> tuple[str, ...]:
    """The parts this person may read."""
    mine = notes.may_read_private(told.request.actor.staff, told.visit)
    return notes.PARTS if mine else notes.WRITTEN


def _chosen(numbers: Sequence[int], one: int | None, other: int | None) -> tuple[int, int]:
    """Two of the numbers, the lower first; the last two where none is asked for or known."""
    if not numbers:
        return 0, 0
    last, before = numbers[-1], numbers[max(0, len(numbers) - 2)]
    low = one if one is not None and one in numbers else before
    high = other if other is not None and other in numbers else last
    return (low, high) if low <= high else (high, low)


def _texts(version: NoteVersion, shown: Sequence[str]) -> dict[str, str]:
    told = {**version.parts, notes.PRIVATE: version.private}
    return {part: str(told.get(part, "")) for part in shown}


def _row(
    kept: Sequence[Kept],
    place: int,
    texts: Sequence[Mapping[str, str]],
    visit: Visit,
    shown: Sequence[str],
) -> VersionRow:
    version, seal = kept[place]
    before = texts[place - 1] if place else {}
    names = [_short(part) for part in version.changed if part in shown]
    return VersionRow(
        number=version.number,
        when=words.instant(version.saved_at, visit.appointment.zone),
        who=version.by_name,
        how=NoteVersion.How(version.how).label,
        names=listed(names) or "the private part",
        parts=_changed(before, texts[place]),
        broken=seal.broken,
    )


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[ChangedPart, ...]:
    return tuple(
        ChangedPart(_short(part), diff(before.get(part, ""), text))
        for part, text in after.items()
        if before.get(part, "") != text
    )


def _short(part: str) -> str:
    return words.PART_NAMES[part].split(":")[0]
