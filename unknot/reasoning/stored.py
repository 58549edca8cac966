"""Results as plain JSON and back: what is kept, so that it can be read and explained later.

kept = stored.to_dict(result)        {"schema": "unknot-score-1", ...}
stored.from_dict(kept) == result

StoredError    what was given is not a result of this program, or of a schema it cannot read
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import (
    Any,
    Final,
    Literal,
    TypeAlias,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from unknot.reasoning import plan as plans
from unknot.reasoning.assess import Change, Ranked, Score
from unknot.reasoning.outcomes import Reading, Verdict
from unknot.reasoning.outcomes.pool.alike import Borrowed
from unknot.reasoning.outcomes.programme.published import Published
from unknot.reasoning.outcomes.report import plain
from unknot.reasoning.plan import Plan
from unknot.reasoning.screen import Screening

Result: TypeAlias = Screening | Plan | Score | Change | Ranked | Verdict | Reading
Kept = TypeVar("Kept", Borrowed, Published)

SCHEMAS: Final[Mapping[str, type[Any]]] = {
    "unknot-score-1": Score,
    "unknot-change-1": Change,
    "unknot-ranked-1": Ranked,
    "unknot-verdict-2": Verdict,
    "unknot-reading-1": Reading,
}
"""Schemas of what has no snapshot of its own."""
POOLED: Final[Mapping[str, type[Any]]] = {
    "unknot-borrowed-1": Borrowed,
    "unknot-programme-1": Published,
}
"""Schemas of what many people say together; no rule explains these."""


class StoredError(ValueError):
    """What was given is no result that can be read; the words name the schema, never a value."""


def to_dict(result: Result | Borrowed | Published) -> dict[str, Any]:
    """The result in JSON's own types, with its schema; unknown is null. Raises nothing."""
    if isinstance(result, Screening):
        return result.to_dict()
    if isinstance(result, Plan):
        return plans.to_dict(result, whole=True)
    known = {**SCHEMAS, **POOLED}
    schema = next(name for name, kind in known.items() if isinstance(result, kind))
    return {"schema": schema, **plain(result)}


def from_dict(kept: Mapping[str, Any]) -> Result:
    """The result that was kept; keys beside those of the result are passed over.

    Raises StoredError, and PlanError for a plan that may not be.
    """
    schema = kept.get("schema")
    try:
        if isinstance(schema, str) and schema.startswith("unknot-screening-"):
            return Screening.from_dict(kept)
        if isinstance(schema, str) and schema.startswith("unknot-plan-"):
            return plans.from_dict(kept)
        if not isinstance(schema, str) or schema not in SCHEMAS:
            known = ", ".join(("unknot-screening-2", "unknot-plan-2", *SCHEMAS))
            raise StoredError(f"This is no result with one of the schemas: {known}.")
        result: Result = _whole(kept, SCHEMAS[schema])
    except plans.PlanError:
        raise
    except StoredError:
        raise
    except (KeyError, TypeError, AttributeError, ValueError):
        raise StoredError(
            f"This is no whole result of schema {schema}: a part is missing or of another kind."
        ) from None
    return result


def pooled_from_dict(kept: Mapping[str, Any], kind: type[Kept]) -> Kept:
    """The same for one of ``POOLED``. Raises StoredError."""
    try:
        if POOLED.get(kept.get("schema", "")) is kind:
            found: Kept = _whole(kept, kind)
            return found
    except (KeyError, TypeError, AttributeError, ValueError):
        pass
    raise StoredError("This is no whole result of many people: it is worked out again by itself.")


def _whole(kept: Mapping[str, Any], kind: type[Any]) -> Any:
    own = {item.name for item in fields(kind)}
    return _read({key: kept[key] for key in kept if key in own}, kind)


def _read(value: Any, kind: Any) -> Any:
    """The value as `kind` says. Raises ValueError or TypeError when it is not."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return None if value is None else _read(value, _without_none(kind))
    if origin is tuple:
        return _tuple(value, get_args(kind))
    if origin is Literal:
        return _checked(value, value in get_args(kind))
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{key: _read(item, hints[key]) for key, item in value.items()})
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    if kind is float:
        return _checked(value, type(value) in (int, float))
    return _checked(value, type(value) is kind)


def _tuple(value: Any, kinds: tuple[Any, ...]) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise TypeError
    if kinds[-1] is Ellipsis:
        return tuple(_read(item, kinds[0]) for item in value)
    return tuple(_read(item, kind) for item, kind in zip(value, kinds, strict=True))


def _checked(value: Any, fits: bool) -> Any:
    if not fits:
        raise TypeError
    return value


def _without_none(kind: Any) -> Any:
    return next(part for part in get_args(kind) if part is not type(None))


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)
