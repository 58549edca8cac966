"""What changed from one text to another, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal


@dataclass(frozen=True)
class Span:
    """A stretch of words that stayed, went, or came."""

    kind: Literal["same", "gone", "new"]
    text: str


def diff(before: str, after: str) -> tuple[Span, ...]:
    """The two texts as one: the stretches that are not "new" give the first, those that are not
    "gone" the second, letter for letter."""
    return tuple(_spans(_words(before), _words(after)))


def _words(text: str) -> list[str]:
    """Words and the blanks between them; joined they are the text again."""
    return re.findall(r"\w+|\s+|[^\w\s]", text)


def _spans(old: list[str], new: list[str]) -> Iterator[Span]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, low, high, start, stop in matcher.get_opcodes():
        gone, came = "".join(old[low:high]), "".join(new[start:stop])
        if tag == "equal":
            yield Span("same", gone)
            continue
        if gone:
            yield Span("gone", gone)
        if came:
            yield Span("new", came)
