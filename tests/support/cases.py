"""Cases a therapist can read: people, what differs, and what the screening must say."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from unknot.knowledge import Knowledge, load
from unknot.knowledge.questions import NONE, Question
from unknot.knowledge.safety import SafetyRecord
from unknot.reasoning.case import Answer, Case, read_case, write_case
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


KINDS = ("fires", "does_not", "boundary", "missing")
"""What every rule and red flag must show."""


def screened(entry: dict[str, Any]) -> Case:
    """The case of one entry of the tables."""
    return case_of(
        entry["person"], entry.get("given", {}), entry.get("not_asked", ()), entry.get("drawn", ())
    )


def records() -> dict[str, SafetyRecord]:
    """Every red flag and rule by id, in the order of the files."""
    return {**load().red_flags, **load().rules}


def lacking() -> dict[str, list[str]]:
    """For each rule and red flag the kinds of case it lacks; empty when it has all four."""
    shown: dict[str, set[str]] = {name: set() for name in records()}
    for entry in written("red_flags", "rules"):
        shown[entry["rule"]].add(entry["kind"])
    return {name: [kind for kind in KINDS if kind not in shown[name]] for name in shown}


def conditions(record: SafetyRecord, knowledge: Knowledge) -> list[SafetyRecord]:
    """The records whose conditions decide whether this one fires: itself, the one that says the
    same, or, for a rule about red flags, all of those.
    """
    if record.when:
        return [record]
    same = getattr(record, "same_as", None)
    if same:
        return [{**knowledge.red_flags, **knowledge.rules}[same]]
    return list(knowledge.red_flags.values())


def questions_of(record: SafetyRecord) -> tuple[str, ...]:
    """Every question that the conditions of a record read, each once."""
    whens = [record.when, *(worse.when for worse in record.worse_when)]
    return tuple(dict.fromkeys(name for when in whens if when for name in when.questions))


def one_answer_away(case: Case, names: Iterable[str]) -> Iterator[Case]:
    """Every case that differs in one answer to one of these questions that offer choices."""
    for name in names:
        said = case.answer(name)
        for other in _others(load().questions[name], said):
            yield case.with_answers(**{name: other})


def _others(question: Question, said: Answer | None) -> Iterator[Answer]:
    if question.kind == "yes_no":
        yield said is not True
    elif question.kind == "choice":
        yield from (choice for choice in question.choice_ids if choice != said)
    elif question.kind == "several":
        kept = tuple(one for one in said if one != NONE) if isinstance(said, tuple) else ()
        for choice in question.choice_ids:
            if choice != NONE and choice not in kept:
                yield (choice,)
                yield (*kept, choice)
        yield (NONE,)
