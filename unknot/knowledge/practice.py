"""A practice's own rules: more of them, and shipped ones made stricter, never laxer.

    [[rule]]                      # a rule of its own, written as in rules.toml
    id = "PR-001"
    ...

    [[stricter]]                  # a shipped rule or red flag, tightened
    record = "SR-005"
    on = 2026-11-22
    because = "Our table cannot be lowered far enough."
    pressure_ceiling = 1

What a `[[stricter]]` names is added to what the shipped record says, or replaces a number or a
word by a stricter one; anything milder is refused with the file, the record, the key and the cure.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Final

from unknot.knowledge.decode import as_table, between, decode
from unknot.knowledge.errors import KnowledgeError, Place
from unknot.knowledge.loader import Change, parse_toml, records_of
from unknot.knowledge.red_flags import RedFlag
from unknot.knowledge.references import Ref, check_references
from unknot.knowledge.rules import Rule
from unknot.knowledge.safety import Position
from unknot.knowledge.vocabulary import Disposition, Urgency
from unknot.knowledge.when import Group, When

if TYPE_CHECKING:
    from unknot.knowledge import Knowledge


@dataclass(frozen=True, kw_only=True)
class Stricter:
    """One shipped record made stricter; what is missing stays as it is."""

    record: str
    on: date
    because: str
    """Why, for the professional; it is added to the record's own reason."""
    also_when: When | None = None
    """A further condition on which the record fires too."""
    disposition: Disposition | None = None
    urgency: Urgency | None = None
    pressure_ceiling: int | None = between(1, 5, default=None)
    pain_cap: int | None = between(0, 10, default=None)
    most_minutes: int | None = between(1, 240, default=None)
    clearance_days: int | None = between(0, 3650, default=None)
    overridable: bool | None = None
    exclude_groups: tuple[str, ...] = ()
    ban_techniques: tuple[Annotated[str, Ref("techniques")], ...] = ()
    avoid_positions: tuple[Position, ...] = ()


_LISTS: Final = ("exclude_groups", "ban_techniques", "avoid_positions")
_SEVERITY: Final = {
    word: -place for words in (Disposition, Urgency) for place, word in enumerate(words)
}
_FOREVER: Final = 10**6
"""Stands for "no limit" where limits are compared."""


def _lower(old: Any, new: Any) -> bool:
    return bool((new or _FOREVER) <= (old or _FOREVER))


_NOT_MILDER: Final[Mapping[str, tuple[Callable[[Any, Any], bool], str]]] = {
    "disposition": (lambda old, new: _SEVERITY[new] >= _SEVERITY[old], "the same or a stricter"),
    "urgency": (lambda old, new: _SEVERITY[new] >= _SEVERITY[old], "the same or a sooner"),
    "pressure_ceiling": (lambda old, new: new <= old, "the same or a lower"),
    "pain_cap": (lambda old, new: new <= old, "the same or a lower"),
    "most_minutes": (_lower, "the same or fewer"),
    "clearance_days": (lambda old, new: new <= old, "the same or fewer"),
    "overridable": (lambda old, new: old or not new, "the same, or false"),
}
"""By key: whether the new value is as strict as the old one, and what would be."""


def with_practice_rules(
    knowledge: "Knowledge", text: str, *, file: str = "practice rules"
) -> "Knowledge":
    """The same knowledge with a practice's own rules in it, under a version of its own.

    `text` is TOML; `file` is how errors name it. Raises KnowledgeError, which names file, record,
    key and cure, for a text that is not understood, an id that is taken, and anything that would
    be milder than what is shipped.
    """
    tables = parse_toml(text.encode(), Place(file))
    found = knowledge
    for wish in _wishes(tables.pop("stricter", []), file):
        found = _with(found, _tightened(wish, found, file))
    own = records_of(tables, file, Rule)
    for name, rule in own.items():
        if name in found.rules or name in found.red_flags:
            cure = "Give it an id of its own, or tighten the shipped one with [[stricter]]"
            raise KnowledgeError(Place(file, name, "id"), "is taken", cure)
        if rule.when is None:
            cure = "Write when = { ... }: only shipped rules say what red flags mean"
            raise KnowledgeError(Place(file, name, "when"), "is missing", cure)
        found = _with(found, rule)
    _check(found, knowledge, file)
    mark = hashlib.sha256(text.encode()).hexdigest()[:6]
    return replace(found, version=f"{knowledge.version}+{mark}")


def _wishes(value: Any, file: str) -> Iterator[Stricter]:
    if not isinstance(value, list):
        raise KnowledgeError(Place(file), "stricter is not a list", "Write [[stricter]]")
    for number, one in enumerate(value, start=1):
        table = as_table(one, Place(file, f"stricter {number}"))
        yield decode(table, Stricter, Place(file, f"stricter {number}"))


def _with(knowledge: "Knowledge", record: Rule | RedFlag) -> "Knowledge":
    """The knowledge with this record in the place of the one of its id."""
    if isinstance(record, Rule):
        return replace(knowledge, rules=MappingProxyType({**knowledge.rules, record.id: record}))
    red_flags = MappingProxyType({**knowledge.red_flags, record.id: record})
    return replace(knowledge, red_flags=red_flags)


def _check(found: "Knowledge", shipped: "Knowledge", file: str) -> None:
    """References and contradictions of what is new."""
    known = (*shipped.rules.values(), *shipped.red_flags.values())
    topics = {item.name: getattr(found, item.name) for item in fields(found) if item.metadata}
    for record in (*found.rules.values(), *found.red_flags.values()):
        if any(record is one for one in known):
            continue
        check_references({record.id: record}, file, topics)
        for problem in record.problems(found):
            raise KnowledgeError(Place(file, record.id, problem.key), problem.what, problem.cure)


def _tightened(wish: Stricter, knowledge: "Knowledge", file: str) -> Rule | RedFlag:
    """The shipped record with what the practice wants of it."""
    record = knowledge.rules.get(wish.record) or knowledge.red_flags.get(wish.record)
    if record is None:
        cure = "Name a safety rule or a red flag, such as SR-005"
        raise KnowledgeError(Place(file, wish.record, "record"), "is no shipped record", cure)
    changes = dict(_changes(wish, record, file))
    if wish.also_when:
        if record.when is None:
            cure = "Write a rule of your own"
            place = Place(file, record.id, "also_when")
            raise KnowledgeError(place, "widens a record without a condition", cure)
        changes["when"] = When(Group(1, (record.when.root, wish.also_when.root)))
    return replace(
        record,
        **changes,
        because=f"{record.because} This practice: {wish.because}",
        change=(*record.change, Change(on=wish.on, what=f"Made stricter here: {wish.because}")),
    )


def _changes(wish: Stricter, record: Rule | RedFlag, file: str) -> Iterator[tuple[str, Any]]:
    """Each key that is given, with its new value; refused where that would be milder."""
    for key in (*_NOT_MILDER, *_LISTS):
        given = getattr(wish, key)
        if given is None or given == ():
            continue
        place = Place(file, record.id, key)
        if not hasattr(record, key):
            cure = "Tighten its urgency, or write a rule of your own"
            raise KnowledgeError(place, "is nothing a red flag has", cure)
        old = getattr(record, key)
        if key in _LISTS:
            yield key, tuple(dict.fromkeys((*old, *given)))
            continue
        is_kept, what = _NOT_MILDER[key]
        if not is_kept(old, given):
            raise KnowledgeError(
                place, "would be milder than what is shipped", f"Use {what} value"
            )
        yield key, given
