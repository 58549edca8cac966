"""Where in a text a key stands, so that an error can name line and column. For TOML and JSON."""

import json
import re
from collections.abc import Iterator
from typing import Final

_JSON_MARKS: Final = re.compile(r'"mark"\s*:\s*\[')
_BETWEEN: Final = re.compile(r"[\s,]*")


def find(text: str, key: str, mark: int = 0) -> tuple[int, int]:
    """Line and column, from 1, of the key, or of the n-th mark where it has no such key.

    Both are 0 when the key does not stand in the text as one would write it.
    """
    if not key and not mark:
        return 0, 0
    start, end = (0, len(text)) if not mark else _mark(text, mark)
    word = re.escape(key)
    written = re.compile(
        rf'(?:^|(?<=[\s{{,.\[]))["\']?{word}["\']?(?=\s*(?:[.=:]|\]))', re.MULTILINE
    )
    found = written.search(text, start, end) if key else None
    if found is None and not mark:
        return 0, 0
    return at(text, found.start() if found else start)


def at(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of a character."""
    before = text[:offset]
    return before.count("\n") + 1, offset - before.rfind("\n")


def _mark(text: str, number: int) -> tuple[int, int]:
    """Where the n-th mark begins and ends; the whole text when it cannot be found."""
    spans = list(_json_marks(text) if text.lstrip().startswith("{") else _toml_marks(text))
    return spans[number - 1] if number <= len(spans) else (0, len(text))


def _toml_marks(text: str) -> Iterator[tuple[int, int]]:
    starts = [found.start() for found in re.finditer(r"^[ \t]*\[\[mark\]\]", text, re.MULTILINE)]
    yield from zip(starts, [*starts[1:], len(text)], strict=True)


def _json_marks(text: str) -> Iterator[tuple[int, int]]:
    """Each element of the list; the text has been read as JSON before."""
    found = _JSON_MARKS.search(text)
    if found is None:
        return
    decoder, here = json.JSONDecoder(), found.end()
    while True:
        here = _BETWEEN.match(text, here).end()  # type: ignore[union-attr]  # matches anything
        if text[here] == "]":
            return
        _, end = decoder.raw_decode(text, here)
        yield here, end
        here = end
