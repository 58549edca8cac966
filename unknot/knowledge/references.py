"""References between topics: an id that must be the id of a record somewhere else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from unknot.knowledge.decode import kinds_of, without_none
from unknot.knowledge.errors import KnowledgeError, Place


@dataclass(frozen=True)
class Ref:
    """Marks a text as the id of a record of another topic: `Annotated[str, Ref("sources")]`."""

    topic: str


def check_references(
    topic: Mapping[str, Any], file: str, topics: Mapping[str, Mapping[str, Any]]
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
        return frozenset().union(*(reference_topics(part) for part in kinds_of(kind).values()))
    return frozenset().union(*(reference_topics(part) for part in get_args(kind)))


def _references(value: Any, kind: Any, place: Place) -> Iterator[tuple[Place, str, str]]:
    """Every reference inside the value: where it stands, the topic it points to, the id."""
    if value is None:
        return
    if get_origin(kind) is Annotated:
        for mark in get_args(kind)[1:]:
            if isinstance(mark, Ref):
                yield place, mark.topic, value
        return
    for part, part_kind, part_place in _parts(value, kind, place):
        yield from _references(part, part_kind, part_place)


def _parts(value: Any, kind: Any, place: Place) -> Iterator[tuple[Any, Any, Place]]:
    """What the value is made of, each with its kind and place; nothing for a plain value."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        yield value, without_none(kind), place
    elif origin is tuple:
        for number, item in enumerate(value):
            yield item, get_args(kind)[0], place.under(number)
    elif origin in (Mapping, dict):
        for key, item in value.items():
            yield item, get_args(kind)[1], place.under(key)
    elif is_dataclass(kind) and not hasattr(kind, "from_toml"):
        for name, part_kind in kinds_of(kind).items():
            if name in {item.name for item in fields(kind)}:
                yield getattr(value, name), part_kind, place.under(name)
