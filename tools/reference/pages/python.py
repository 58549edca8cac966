"""The names of `import unknot`, from their own signatures and docstrings."""

import ast
from collections.abc import Iterator
from typing import Any

import unknot
from tools.reference.source import definition, fields_of, signature, words
from tools.reference.text import wrapped
from unknot.knowledge import Knowledge

TITLE = "Python"
ABOUT = (
    "every name of `import unknot`: what comes back, in which units, what is missing or raised."
)
SOURCE = "signatures and docstrings"

GROUPS = {
    "A case": ("read_case", "write_case", "Case", "Mark", "CaseError"),
    "What to ask": ("next_questions",),
    "Screening": ("screen", "Screening", "Finding"),
    "Assessment": (
        "rank", "Ranked", "score", "Score", "change", "Change", "read_instrument",
        "with_instrument", "ScoreError",
    ),
    "Plan": ("plan", "Plan", "PlanError"),
    "Outcomes": ("read_diary", "fit", "verdict", "Verdict", "DiaryError"),
    "Why": ("explain", "Explanation", "in_words", "to_dict", "from_dict", "StoredError"),
    "What is known": (
        "load_knowledge", "Knowledge", "claims", "with_practice_rules", "KnowledgeError",
    ),
}  # fmt: skip
"""Every public name, under the heading one would look for it."""


def body(knowledge: Knowledge) -> Iterator[str]:
    """The names by group; values with their fields."""
    yield from wrapped(
        "Everything is typed (`py.typed`) and frozen: nothing that is given in is changed, and a "
        "result cannot be. Names are loaded when they are first used. `knowledge=` may stand "
        "everywhere for other knowledge than the one shipped."
    )
    yield ""
    for title, names in GROUPS.items():
        yield f"## {title}"
        yield ""
        for name in names:
            yield from _entry(name, getattr(unknot, name))


def _entry(name: str, thing: Any) -> Iterator[str]:
    node = definition(thing)
    yield f"### `{name}`"
    yield ""
    if isinstance(node, ast.FunctionDef):
        yield from ("```", *_broken(signature(name, node)), "```", "")
    for paragraph in words(node):
        yield from (*wrapped(paragraph), "")
    if isinstance(node, ast.ClassDef):
        rows = list(fields_of(node))
        for row in rows:
            kind = f" `{row.kind}`" if row.kind else ""
            about = f": {row.about}" if row.about else ""
            yield from wrapped(f"- `{row.name}`{kind}{about}", "  ")
        if rows:
            yield ""


def _broken(call: str) -> list[str]:
    """The call on one line, or an argument a line where it is long."""
    if len(call) <= 88:
        return [call]
    begin, _, rest = call.partition("(")
    inner, _, end = rest.rpartition(")")
    return [f"{begin}(", *(f"    {part}," for part in _split(inner)), f"){end}"]


def _split(arguments: str) -> Iterator[str]:
    """Arguments, split at commas that stand in no bracket."""
    depth, begin = 0, 0
    for at, letter in enumerate(arguments):
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "," and depth == 0:
            yield arguments[begin:at].strip()
            begin = at + 1
    yield arguments[begin:].strip()
