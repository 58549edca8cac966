"""The case tables of the tests, as a therapist reads them."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.reference.text import plain, row, wrapped
from unknot.knowledge import Knowledge
from unknot.knowledge.safety import SafetyRecord

TITLE = "Cases"
ABOUT = "every rule and red flag with its cases, and whole people: who, what is expected, why."
SOURCE = "tests/cases"

FOLDER = Path(__file__).parents[3] / "tests" / "cases"
KINDS = {
    "fires": "Fires",
    "does_not": "Does not fire",
    "boundary": "At the boundary",
    "missing": "An answer is missing",
}


def body(knowledge: Knowledge) -> Iterator[str]:
    """Rules with their four kinds of case, then the vignettes."""
    tables = [tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml"))]
    entries = [entry for table in tables for entry in _entries(table)]
    ruled = [entry for entry in entries if "rule" in entry]
    people = [entry for entry in entries if "rule" not in entry]
    records = {**knowledge.red_flags, **knowledge.rules}
    yield from wrapped(
        "The tests hold each of these. A case begins from a person of `tests/cases/people.toml`, "
        "who is well but for the pain they come with, and changes some answers. "
        f"{len(ruled)} cases of {len(records)} rules and red flags, {len(people)} whole people."
    )
    yield ""
    for record in records.values():
        own = [entry for entry in ruled if entry["rule"] == record.id]
        yield from _record(record, own, knowledge)
    yield f"## Whole people ({len(people)})"
    yield ""
    for entry in people:
        yield from _person(entry, knowledge)


def _entries(table: dict[str, Any]) -> list[dict[str, Any]]:
    found = table.get("case", [])
    return found if isinstance(found, list) else []


def _record(
    record: SafetyRecord, own: list[dict[str, Any]], knowledge: Knowledge
) -> Iterator[str]:
    yield f"### {record.id}: {record.title}"
    yield ""
    for kind, title in KINDS.items():
        for entry in own:
            if entry.get("kind") == kind:
                yield from wrapped(f"- **{title}:** {_case(entry, knowledge)}", "  ")
    yield ""


def _case(entry: dict[str, Any], knowledge: Knowledge) -> str:
    parts = [entry["name"], _given(entry, knowledge)]
    return f"{'; '.join(part for part in parts if part)} → {_expected(entry)}"


def _given(entry: dict[str, Any], knowledge: Knowledge) -> str:
    said = [f"`{key}` {_value(key, v, knowledge)}" for key, v in entry.get("given", {}).items()]
    if entry.get("drawn"):
        said.append("drawn: " + ", ".join(plain(mark["region"]) for mark in entry["drawn"]))
    said += [f"`{key}` not asked" for key in entry.get("not_asked", ())]
    return ", ".join(said)


def _value(key: str, value: Any, knowledge: Knowledge) -> str:
    question = knowledge.questions.get(key)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " and ".join(f"“{question.words(str(v)) if question else v}”" for v in value)
    if isinstance(value, str) and question:
        return f"“{question.words(value)}”"
    return f"{value} {question.unit if question else ''}".strip()


def _expected(entry: dict[str, Any]) -> str:
    expect = entry.get("expect", {})
    words = [plain(str(expect[key])) for key in ("disposition", "urgency") if key in expect]
    if "fires" in expect:
        words.append("it fires" if expect["fires"] else "it does not fire")
    if expect.get("missing"):
        words.append("still to ask: " + ", ".join(f"`{name}`" for name in expect["missing"]))
    said = ("disposition", "urgency", "missing", "fires")
    others = {key: value for key, value in expect.items() if key not in said}
    words += [
        f"{plain(key)} {_plain(value)}" for key, value in others.items() if value not in ([], "")
    ]
    return "; ".join(words) or "nothing of it"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _person(entry: dict[str, Any], knowledge: Knowledge) -> Iterator[str]:
    name = entry.get("name", "")
    yield f"### {name[:1].upper()}{name[1:]}"
    yield ""
    if entry.get("person"):
        yield from row("Begins from", plain(entry["person"]))
    if given := _given(entry, knowledge):
        yield from wrapped(f"- **Answers:** {given}", "  ")
    yield from wrapped(f"- **Expected:** {_expected(entry)}", "  ")
    if plan := entry.get("plan"):
        said = ", ".join(f"{plain(key)} {_plain(value)}" for key, value in plan.items())
        yield from wrapped(f"- **Plan:** {said}", "  ")
    if entry.get("why"):
        yield from wrapped(f"- **Why:** {entry['why']}", "  ")
    if entry.get("sources"):
        yield from wrapped(f"- **Sources:** {', '.join(entry['sources'])}", "  ")
    yield ""
