"""Reads topic files into frozen records, and refuses anything it does not understand.

A topic is one TOML file of records of one kind: `[[rule]]`, `[[rule]]`, ... The record's dataclass
is the schema: its annotations say which keys exist, which are required (those without a default)
and of which type (see `unknot.knowledge.decode`). An optional `[defaults]` table at the top gives
values shared by all records of the file; a record's own value wins.

    @dataclass(frozen=True, kw_only=True)
    class Technique(CitedRecord):
        TABLE: ClassVar[str] = "technique"
        name: str
        pressure_low: int = between(1, 5)
        after: Annotated[str, Ref("techniques")] | None = None
"""

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from unknot.knowledge.decode import as_table, between, decode
from unknot.knowledge.errors import KnowledgeError, Place
from unknot.knowledge.references import Ref, check_references, reference_topics
from unknot.knowledge.vocabulary import Confidence, Evidence

__all__ = [
    "Change",
    "Citation",
    "CitedRecord",
    "Problem",
    "Record",
    "Ref",
    "between",
    "check_references",
    "digest",
    "read_topic",
    "records_of",
    "reference_topics",
]


@dataclass(frozen=True)
class Problem:
    """What a record's own `problems` found: the key, what is wrong and the cure."""

    key: str
    what: str
    cure: str


@dataclass(frozen=True, kw_only=True)
class Record:
    """One record of a topic. Subclasses set TABLE, the name of its table in the file."""

    TABLE: ClassVar[str] = ""
    id: str

    def problems(self, knowledge: Any) -> Iterable[Problem]:
        """What is wrong with this record beside all others; nothing, unless a subclass looks."""
        return ()


@dataclass(frozen=True, kw_only=True)
class Citation:
    """One place in one source: `{ id = "CHE11", at = "table 2" }`; without `at`, all of it."""

    id: Annotated[str, Ref("sources")]
    at: str = ""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One line of a record's history."""

    on: date
    what: str


@dataclass(frozen=True, kw_only=True)
class CitedRecord(Record):
    """A record that claims something: why, who says so, how sure, since when, until when."""

    because: str
    """For the professional."""
    sources: tuple[Citation, ...]
    evidence: Evidence
    confidence: Confidence
    valid_from: date
    reviewed_on: date
    review_by: date
    change: tuple[Change, ...]
    clinician_review: Literal["pending"]
    """Stays "pending" until a real clinician signs; the program shows it and can list it."""

    @property
    def version(self) -> str:
        """Day of the latest change and how many there were, such as "2026-11-22.1"."""
        return f"{max(entry.on for entry in self.change)}.{len(self.change)}"

    def is_overdue(self, today: date) -> bool:
        """Whether the record should have been looked at again before `today`."""
        return today > self.review_by

    def problems(self, knowledge: Any) -> Iterator[Problem]:
        """Dates that contradict each other."""
        if self.review_by <= self.reviewed_on:
            yield Problem(
                "review_by",
                "is not after reviewed_on",
                "Give the day it must be looked at again",
            )


R = TypeVar("R", bound=Record)


def read_topic(folder: Path, file: str, record: type[R]) -> Mapping[str, R]:
    """All records of one file by id, in the file's order. Raises KnowledgeError."""
    return records_of(read_toml(folder / file, Place(file)), file, record)


def records_of(tables: dict[str, Any], file: str, record: type[R]) -> Mapping[str, R]:
    """All records of one kind in a file's tables, by id, in their order. Raises KnowledgeError."""
    place = Place(file)
    defaults = as_table(tables.pop("defaults", {}), place.under("defaults"))
    raw = tables.pop(record.TABLE, [])
    if not isinstance(raw, list):
        raise KnowledgeError(
            place,
            f"{record.TABLE} is not a list",
            f"Write [[{record.TABLE}]] with two brackets",
        )
    for name in tables:
        raise KnowledgeError(
            place, f"unknown table {name}", f"Use [[{record.TABLE}]] or [defaults]"
        )
    found: dict[str, R] = {}
    for number, entry in enumerate(raw, start=1):
        item = _record(as_table(entry, place), defaults, record, file, number)
        if item.id in found:
            raise KnowledgeError(
                Place(file, item.id, "id"),
                "is used twice",
                "Give every record an id of its own",
            )
        found[item.id] = item
    return MappingProxyType(found)


def read_toml(path: Path, place: Place) -> dict[str, Any]:
    """The file's tables. Raises KnowledgeError when it is missing or not TOML."""
    try:
        return parse_toml(path.read_bytes(), place)
    except FileNotFoundError:
        raise KnowledgeError(
            place, "is missing", "Restore the file or take its topic out of Knowledge"
        ) from None


def parse_toml(content: bytes, place: Place) -> dict[str, Any]:
    """The tables of a file's content. Raises KnowledgeError when it is not TOML."""
    try:
        return tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnowledgeError(place, f"is not TOML ({error})", "Correct that line") from None


def digest(folder: Path, files: Iterable[str]) -> str:
    """Twelve letters that change whenever any of the files changes."""
    whole = hashlib.sha256()
    for file in sorted(files):
        whole.update(file.encode() + b"\0" + (folder / file).read_bytes() + b"\0")
    return whole.hexdigest()[:12]


def _record(
    entry: dict[str, Any],
    defaults: dict[str, Any],
    record: type[R],
    file: str,
    number: int,
) -> R:
    name = entry.get("id", "")
    if not isinstance(name, str) or not name.strip():
        raise KnowledgeError(
            Place(file, f"number {number}"),
            "has no id",
            'Begin the record with id = "..."',
        )
    found: R = decode(defaults | entry, record, Place(file, name))
    return found
