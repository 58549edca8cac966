"""Turns TOML values into typed ones, by the annotations of a dataclass.

Types understood: str, int, float, bool, date, a StrEnum, a Literal of strings, `X | None`,
`tuple[X, ...]`, `Mapping[str, X]`, another dataclass, `Annotated[str, Ref(topic)]` and any class
with a `from_toml(value, place)` class method. A required text may not be blank, a required list
not empty.
"""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, field, fields, is_dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from unknot.knowledge.errors import KnowledgeError, Place


def between(low: float, high: float, **more: Any) -> Any:
    """A number field that must lie in low..high, ends included; `default=` makes it optional."""
    return field(metadata={"between": (low, high)}, **more)


def decode(value: Any, kind: Any, place: Place) -> Any:
    """The value as `kind`, or KnowledgeError. The module's docstring names the kinds."""
    origin = get_origin(kind)
    if origin is Annotated:
        return decode(value, get_args(kind)[0], place)
    if origin in (Union, UnionType):
        return decode(value, without_none(kind), place)
    if origin is Literal:
        return _one_of(value, [str(word) for word in get_args(kind)], place)
    if origin is tuple:
        return _list(value, get_args(kind)[0], place)
    if origin in (Mapping, dict):
        table = as_table(value, place)
        return MappingProxyType(
            {key: decode(table[key], get_args(kind)[1], place.under(key)) for key in table}
        )
    if hasattr(kind, "from_toml"):
        return kind.from_toml(value, place)
    if is_dataclass(kind):
        return _dataclass(as_table(value, place), kind, place)
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
        raise wrong_type(place, value, name)
    if kind is float:
        return float(value)
    if kind is str and not value.strip():
        raise KnowledgeError(
            place, "is blank", "Write the text, or leave the key out if it is optional"
        )
    return value


def _list(value: Any, kind: Any, place: Place) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise wrong_type(place, value, "a list in square brackets")
    if not value:
        raise KnowledgeError(
            place,
            "is empty",
            "Name at least one, or leave the key out if it is optional",
        )
    return tuple(decode(item, kind, place.under(number)) for number, item in enumerate(value))


def _one_of(value: Any, words: list[str], place: Place) -> str:
    if not isinstance(value, str):
        raise wrong_type(place, value, "text in quotes")
    if value not in words:
        raise KnowledgeError(
            place,
            f'"{value}" is not one of its words',
            f"Use one of: {', '.join(words)}",
        )
    return value


def _dataclass(table: dict[str, Any], kind: Any, place: Place) -> Any:
    kinds = kinds_of(kind)
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


def wrong_type(place: Place, value: Any, expected: str) -> KnowledgeError:
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


def without_none(kind: Any) -> Any:
    return next(part for part in get_args(kind) if part is not NoneType)


def kinds_of(kind: Any) -> Mapping[str, Any]:
    return _hints(kind)


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind, include_extras=True)


def as_table(value: Any, place: Place) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise wrong_type(place, value, "a table of keys and values")
    return value
