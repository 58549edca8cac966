"""What changed from one text to another, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal


@dataclass(frozen=True)
class Span:
    """A stretch of words that stayed, went, or came."""

    kind: Literal["same", "gone", "new"]
    text: str


def diff(before: str, after: str) -> tuple[Span, ...]:
    """The two texts as one: the stretches that are not "new" give the first, those that are not
    "gone" the second, letter for letter."""
    spans = _spans(_words(before), _words(after))
    joined = (
        Span(kind, "".join(one.text for one in run))
        for kind, run in groupby(spans, key=lambda one: one.kind)
    )
    return tuple(joined)


def _words(text: str) -> list[str]:
    """Words and marks, each with the blanks before it; joined they are the text again."""
    return re.findall(r"\s*\w+|\s*[^\w\s]|\s+", text)


def _spans(old: list[str], new: list[str]) -> Iterator[Span]:
    low = start = 0
    for here, there in (*_kept(old, new), (len(old), len(new))):
        yield from _span("gone", old[low:here])
        yield from _span("new", new[start:there])
        yield from _span("same", old[here : here + 1])
        low, start = here + 1, there + 1


def _span(kind: Literal["same", "gone", "new"], words: list[str]) -> Iterator[Span]:
    if words:
        yield Span(kind, "".join(words))


def _kept(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Where the words of a longest common subsequence stand, in the old text and in the new.

    Bit-parallel (Hyyrö 2004, "Bit-parallel LCS-length computation revisited"), so that a page of
    the same words over and over takes milliseconds: one addition of a long number for each word.
    """
    rows = _rows(old, new)
    here, there = len(old), len(new)
    kept: list[tuple[int, int]] = []
    while here and there:
        if rows[there - 1] >> (here - 1) & 1:
            here -= 1
            continue
        there -= 1
        if not there or rows[there - 1] >> (here - 1) & 1:
            here -= 1
            kept.append((here, there))
    return kept[::-1]


def _rows(old: list[str], new: list[str]) -> list[int]:
    """For each word of the new text, a bit for each of the old: 0 where the longest common
    subsequence of all up to here grows by that word."""
    places: dict[str, int] = {}
    for number, word in enumerate(old):
        places[word] = places.get(word, 0) | 1 << number
    row = every = (1 << len(old)) - 1
    rows = []
    for word in new:
        matched = row & places.get(word, 0)
        row = (row + matched | row - matched) & every
        rows.append(row)
    return rows
