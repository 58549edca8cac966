"""Reads topic files into frozen records, and refuses anything it does not understand.

A topic is one TOML file of records of one kind: `[[rule]]`, `[[rule]]`, ... The record's dataclass is the schema: its
annotations say which keys exist, which are required (those without a default) and of which type. An optional
`[defaults]` table at the top gives values shared by all records of the file; a record's own value wins.

    @dataclass(frozen=True, kw_only=True)
    class Technique(CitedRecord):
        TABLE: ClassVar[str] = "technique"
        name: str
        pressure_low: int = between(1, 5)
        after: Annotated[str, Ref("techniques")] | None = None

Types understood: str, int, float, bool, date, a StrEnum, a Literal of strings, `X | None`, `tuple[X, ...]`,
`Mapping[str, X]`, another dataclass, `Annotated[str, Ref(topic)]` (must be the id of a record of that topic) and any
class with a `from_toml(value, place)` class method, which then checks its own references. A required text may not be blank, a required list not empty.
"""

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType, NoneType, UnionType
from typing import (
    Annotated,
    Any,
    ClassVar,
    Literal,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from unknot.knowledge.errors import KnowledgeError, Place
from unknot.knowledge.vocabulary import Confidence, Evidence

# --- What a record is ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ref:
    """Marks a text as the id of a record of another topic: `Annotated[str, Ref("sources")]`."""

    topic: str


@dataclass(frozen=True)
class Problem:
    """What a record's own `problems` found: the key, what is wrong and the cure."""

    key: str
    what: str
    cure: str


def between(low: float, high: float, **more: Any) -> Any:
    """A number field that must lie in low..high, ends included; `default=` makes it optional."""
    return field(metadata={"between": (low, high)}, **more)


@dataclass(frozen=True, kw_only=True)
class Record:
    """One record of a topic. Subclasses set TABLE, the name of its table in the file."""

    TABLE: ClassVar[str] = ""
    id: str

    def problems(self, knowledge: Any) -> Iterable[Problem]:
        """What is wrong with this record beside all the others; nothing, unless a subclass looks."""
        return ()


@dataclass(frozen=True, kw_only=True)
class Citation:
    """One place in one source: `{ id = "CHE11", at = "table 2" }`. `at` is empty when the whole source is meant."""

    id: Annotated[str, Ref("sources")]
    at: str = ""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One line of a record's history."""

    on: date
    what: str


@dataclass(frozen=True, kw_only=True)
class CitedRecord(Record):
    """A record that claims something: says why, who says so, how sure, since when and until when."""

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


# --- Reading a file --------------------------------------------------------------------------------------------------


R = TypeVar("R", bound=Record)


def read_topic(folder: Path, file: str, record: type[R]) -> Mapping[str, R]:
    """All records of one file by id, in the file's order. Raises KnowledgeError."""
    place = Place(file)
    tables = read_toml(folder / file, place)
    defaults = _table(tables.pop("defaults", {}), place.under("defaults"))
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
        item = _record(_table(entry, place), defaults, record, file, number)
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
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise KnowledgeError(
            place, "is missing", "Restore the file or take its topic out of Knowledge"
        ) from None
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


def _table(value: Any, place: Place) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(place, value, "a table of keys and values")
    return value


# --- From TOML values to typed ones ----------------------------------------------------------------------------------


def decode(value: Any, kind: Any, place: Place) -> Any:
    """The value as `kind`, or KnowledgeError. See the module's docstring for the kinds understood."""
    origin = get_origin(kind)
    if origin is Annotated:
        return decode(value, get_args(kind)[0], place)
    if origin in (Union, UnionType):
        return decode(value, _without_none(kind), place)
    if origin is Literal:
        return _one_of(value, [str(word) for word in get_args(kind)], place)
    if origin is tuple:
        return _list(value, get_args(kind)[0], place)
    if origin in (Mapping, dict):
        table = _table(value, place)
        return MappingProxyType(
            {key: decode(table[key], get_args(kind)[1], place.under(key)) for key in table}
        )
    if hasattr(kind, "from_toml"):
        return kind.from_toml(value, place)
    if is_dataclass(kind):
        return _dataclass(_table(value, place), kind, place)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(_one_of(value, [member.value for member in kind], place))
    return _scalar(value, kind, place)


_SCALARS: Mapping[type, tuple[tuple[type, ...], str]] = {
    bool: ((bool,), "true or false"),
    int: ((int,), "a whole number"),
    float: ((int, float), "a number"),
    date: ((date,), "a date such as 2026-11-22, without quotes"),
    str: ((str,), "text in quotes"),
}


def _scalar(value: Any, kind: Any, place: Place) -> Any:
    allowed, name = _SCALARS[kind]
    if type(value) not in allowed:
        raise _wrong(place, value, name)
    if kind is float:
        return float(value)
    if kind is str and not value.strip():
        raise KnowledgeError(
            place, "is blank", "Write the text, or leave the key out if it is optional"
        )
    return value


def _list(value: Any, kind: Any, place: Place) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise _wrong(place, value, "a list in square brackets")
    if not value:
        raise KnowledgeError(
            place,
            "is empty",
            "Name at least one, or leave the key out if it is optional",
        )
    return tuple(decode(item, kind, place.under(number)) for number, item in enumerate(value))


def _one_of(value: Any, words: list[str], place: Place) -> str:
    if not isinstance(value, str):
        raise _wrong(place, value, "text in quotes")
    if value not in words:
        raise KnowledgeError(
            place,
            f'"{value}" is not one of its words',
            f"Use one of: {', '.join(words)}",
        )
    return value


def _dataclass(table: dict[str, Any], kind: Any, place: Place) -> Any:
    kinds = _kinds(kind)
    known = {item.name: item for item in fields(kind) if item.init}
    for key in table:
        if key not in known:
            raise KnowledgeError(
                place.under(key), "is not a key of this record", _suggest(key, known)
            )
    values: dict[str, Any] = {}
    for name, item in known.items():
        if name in table:
            values[name] = decode(table[name], kinds[name], place.under(name))
            _check_range(values[name], item.metadata.get("between"), place.under(name))
        elif item.default is MISSING and item.default_factory is MISSING:
            raise KnowledgeError(
                place.under(name), "is missing", f"Add {name} = ... to the record"
            )
    return kind(**values)


def _check_range(value: Any, limits: tuple[float, float] | None, place: Place) -> None:
    if limits and value is not None and not limits[0] <= value <= limits[1]:
        raise KnowledgeError(place, f"{value} is out of range", f"Use {limits[0]} to {limits[1]}")


def _suggest(key: str, known: Iterable[str]) -> str:
    close = get_close_matches(key, list(known), n=1)
    return f"Did you mean {close[0]}" if close else f"Known keys: {', '.join(known)}"


def _wrong(place: Place, value: Any, expected: str) -> KnowledgeError:
    return KnowledgeError(
        place,
        f"is {_NAMES.get(type(value), type(value).__name__)}",
        f"Write {expected}",
    )


_NAMES: Mapping[type, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number with a fraction",
    str: "text in quotes",
    list: "a list",
    dict: "a table",
    date: "a date",
}


def _without_none(kind: Any) -> Any:
    return next(part for part in get_args(kind) if part is not NoneType)


def _kinds(kind: Any) -> Mapping[str, Any]:
    return _hints(kind)


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind, include_extras=True)


# --- References between topics ---------------------------------------------------------------------------------------


def check_references(
    topic: Mapping[str, Record], file: str, topics: Mapping[str, Mapping[str, Record]]
) -> None:
    """Raises KnowledgeError for the first id that names no record of the topic it points to."""
    for record in topic.values():
        for place, target, name in _references(record, type(record), Place(file, record.id)):
            known = topics.get(target)
            if known is not None and name not in known:
                close = get_close_matches(name, list(known), n=1)
                cure = (
                    f"Did you mean {close[0]}"
                    if close
                    else f"Add it to {target}.toml or correct it here"
                )
                raise KnowledgeError(place, f'"{name}" is not among the {target}', cure)


def reference_topics(kind: Any) -> frozenset[str]:
    """Names of the topics that records of this kind point to."""
    if get_origin(kind) is Annotated:
        return frozenset(mark.topic for mark in get_args(kind)[1:] if isinstance(mark, Ref))
    if hasattr(kind, "from_toml"):
        return frozenset()
    if is_dataclass(kind):
        return frozenset().union(*(reference_topics(part) for part in _kinds(kind).values()))
    return frozenset().union(*(reference_topics(part) for part in get_args(kind)))


def _references(value: Any, kind: Any, place: Place) -> Iterator[tuple[Place, str, str]]:
    """Every reference inside the value: where it stands, the topic it points to, the id it names."""
    origin = get_origin(kind)
    if value is None:
        return
    if origin is Annotated:
        for mark in get_args(kind)[1:]:
            if isinstance(mark, Ref):
                yield place, mark.topic, value
    elif origin in (Union, UnionType):
        yield from _references(value, _without_none(kind), place)
    elif origin is tuple:
        for number, item in enumerate(value):
            yield from _references(item, get_args(kind)[0], place.under(number))
    elif origin in (Mapping, dict):
        for key, item in value.items():
            yield from _references(item, get_args(kind)[1], place.under(key))
    elif is_dataclass(kind) and not hasattr(kind, "from_toml"):
        for item in fields(kind):
            yield from _references(
                getattr(value, item.name),
                _kinds(kind)[item.name],
                place.under(item.name),
            )
