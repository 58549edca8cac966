"""Cases a therapist can read: people, what differs, and what the screening must say."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from unknot.reasoning.case import Case, read_case, write_case
from unknot.reasoning.marks import Mark

FOLDER = Path(__file__).parents[1] / "cases"
TODAY = date(2026, 11, 22)


def people() -> dict[str, dict[str, Any]]:
    """Every person of people.toml with all their answers, as written in a case."""
    raw = tomllib.loads((FOLDER / "people.toml").read_text("utf-8"))
    found: dict[str, dict[str, Any]] = {}
    for name, answers in raw.items():
        whole = {**found.get(answers.get("like", ""), {}), **answers}
        unasked = {"like", "never_asked", *answers.get("never_asked", ())}
        found[name] = {key: value for key, value in whole.items() if key not in unasked}
    return found


PEOPLE = people()


def case_of(
    person: str,
    given: dict[str, Any],
    not_asked: Collection[str] = (),
    drawn: Iterable[dict[str, Any]] = (),
) -> Case:
    """The case of a person with other answers, read through the same reader as any case."""
    answers = {**PEOPLE[person], **given}
    frozen = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in answers.items()
        if key not in not_asked
    }
    marks = tuple(Mark(**mark) for mark in drawn)
    return read_case(write_case(Case(frozen, TODAY, marks)))


def written(*stems: str) -> Iterator[dict[str, Any]]:
    """Every case of the files, with the file it stands in."""
    for path in sorted(FOLDER.glob("*.toml")):
        if path.stem.startswith(stems):
            for entry in tomllib.loads(path.read_text("utf-8")).get("case", ()):
                yield {"file": path.name, **entry}
