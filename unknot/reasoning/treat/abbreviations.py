"""Short forms written out: for print, for letters and for what a client reads.

A short form counts only as a word of its own, in its own capitals where those matter, and never
inside a name that is to be kept. One with several meanings stays as it was written, and is marked.
Writing out twice changes nothing more, and numbers are never touched.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from unknot.knowledge.abbreviations import Abbreviation

MOST_ROUNDS = 8
"""Far more than a chain of short forms needs; an end, should one ever stand for itself."""
_BEFORE = r"(?<![\w@'’.\-])(?<!\b\w/)"
_AFTER = r"(?![\w@'’])(?![.\-]\w)(?!/\w\b)"
"""A word of its own: not in a compound, an address, a fraction or another short form."""


@dataclass(frozen=True)
class Piece:
    """A stretch of text. `says` is what a short form stands for, or what it may stand for."""

    text: str
    kind: Literal["plain", "short", "unclear"] = "plain"
    says: str = ""


@dataclass(frozen=True)
class _Table:
    pattern: re.Pattern[str]
    pieces: Mapping[str, Piece]


def pieces(
    text: str, known: Iterable[Abbreviation], *, keep: Iterable[str] = ()
) -> tuple[Piece, ...]:
    """The text in order as plain stretches, short forms and unclear ones.

    `keep` are names of people: a short form that is part of one stays as it is.
    """
    table, kept = _table(tuple(known)), _spans_of(text, keep)
    return tuple(_cut(text, table, kept))


def expand(text: str, known: Iterable[Abbreviation], *, keep: Iterable[str] = ()) -> str:
    """The text with every clear short form written out; a sentence keeps its capital.

    One written out may leave its neighbour as a word of its own (LBP/c/o), so that is looked for
    again.
    """
    known, keep = tuple(known), tuple(keep)
    for _ in range(MOST_ROUNDS):
        found = pieces(text, known, keep=keep)
        if all(piece.kind != "short" for piece in found):
            break
        text = "".join(piece.says if piece.kind == "short" else piece.text for piece in found)
    return text


def unclear(
    text: str, known: Iterable[Abbreviation], *, keep: Iterable[str] = ()
) -> tuple[Piece, ...]:
    """The short forms that may mean several things, each once, in the order of the text."""
    found = pieces(text, known, keep=keep)
    return tuple(dict.fromkeys(piece for piece in found if piece.kind == "unclear"))


def _cut(text: str, table: _Table, kept: list[tuple[int, int]]) -> Iterator[Piece]:
    end = 0
    for match in table.pattern.finditer(text):
        if any(match.start() < stop and start < match.end() for start, stop in kept):
            continue
        if match.start() > end:
            yield Piece(text[end : match.start()])
        piece = table.pieces[match.lastgroup or ""]
        says = _capital(piece.says, text, match.start()) if piece.kind == "short" else piece.says
        yield Piece(match.group(), piece.kind, says)
        end = match.end()
    if end < len(text):
        yield Piece(text[end:])


def _capital(says: str, text: str, at: int) -> str:
    """With a capital where a sentence or a line begins."""
    while at and text[at - 1] in " \t":
        at -= 1
    begins = not at or text[at - 1] in ".?\n"
    return says[:1].upper() + says[1:] if begins else says


def _spans_of(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """Where one of these names, or a word of it, stands in the text."""
    words = {word for name in names for word in (name, *re.split(r"[\s\-]+", name)) if word}
    return [
        match.span()
        for word in words
        for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text)
    ]


@lru_cache(maxsize=4)
def _table(known: tuple[Abbreviation, ...]) -> _Table:
    """One pattern for all short forms, the longest first, and what each stands for."""
    forms: list[tuple[str, bool, Piece]] = []
    for one in known:
        any_case = one.case == "any"
        if one.long:
            forms.append((one.short, any_case, Piece(one.short, "short", one.long)))
        else:
            says = " or ".join(one.meanings)
            forms.append((one.short, any_case, Piece(one.short, "unclear", says)))
        if one.plural:
            plural = f"{one.short}s"
            forms.append((plural, any_case, Piece(plural, "short", one.plural)))
    forms.sort(key=lambda form: -len(form[0]))
    words: dict[bool, list[str]] = {True: [], False: []}
    for number, (short, any_case, _) in enumerate(forms):
        words[short[0].isalnum()].append(f"{_one(short, any_case=any_case)}(?P<a{number}>)")
    # What must stand before is asked once for all of them, not once for each.
    begins = {True: _BEFORE, False: r"(?<![\w(])"}
    tried = [f"{begins[which]}(?:{'|'.join(some)})" for which, some in words.items() if some]
    pattern = re.compile("|".join(tried) or r"(?!)")
    return _Table(pattern, {f"a{number}": form[2] for number, form in enumerate(forms)})


def _one(short: str, *, any_case: bool) -> str:
    written = re.escape(short)
    if any_case:  # its first letter apart: then most places are passed over at a glance
        first = re.escape(short[0].lower() + short[0].upper())
        written = f"[{first}](?i:{re.escape(short[1:])})"
    after = _AFTER if short[-1].isalnum() else r"(?!\w)"
    return f"{written}{after}"
