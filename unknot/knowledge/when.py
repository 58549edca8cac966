"""Conditions on answers, as data: a closed, typed handful of operators and no code in strings.

    { question = "age_years", at_least = 50 }
    { question = "numb_areas", any_of = ["hands_both", "little_fingers_both"] }
    { all = [ ... ] }    { any = [ ... ] }    { none = [ ... ] }    { at_least = 2, of = [ ... ] }

`is` and `any_of` on a question of several choices ask whether one of them was chosen.
Conditions are read here and decided in `unknot.reasoning.ternary`, where an answer that was
not given is unknown and never counts as no.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, cast

from unknot.knowledge.errors import KnowledgeError, Place

Value = bool | int | float | str
Operator = Literal["is", "any_of", "at_least", "at_most", "below", "above"]

_COMPARING = ("at_least", "at_most", "below", "above")


@dataclass(frozen=True)
class Test:
    """One question compared with one value, or with any of several."""

    __test__ = False

    question: str
    operator: Operator
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Group:
    """At least `least` of the parts are true; negated: fewer than that."""

    least: int
    parts: tuple["Test | Group", ...]
    negated: bool = False


@dataclass(frozen=True)
class When:
    """A whole condition."""

    root: Test | Group

    @classmethod
    def from_toml(cls, value: Any, place: Place) -> "When":
        """The condition written in the file, or KnowledgeError."""
        return cls(_read(value, place))

    def reads(self) -> tuple[tuple[str, tuple[Value, ...]], ...]:
        """Every question read and the values it is compared with (none where it is compared by
        size).
        """
        return tuple(_reads(self.root))

    @property
    def tests(self) -> tuple[Test, ...]:
        """Every comparison, in the order they are read."""
        return tuple(_tests(self.root))

    @property
    def questions(self) -> tuple[str, ...]:
        """Ids of the questions read, each once, in the order they are read."""
        return tuple(dict.fromkeys(name for name, _ in self.reads()))


def _tests(part: Test | Group) -> Iterator[Test]:
    if isinstance(part, Test):
        yield part
    else:
        for inner in part.parts:
            yield from _tests(inner)


def _reads(part: Test | Group) -> Iterator[tuple[str, tuple[Value, ...]]]:
    if isinstance(part, Test):
        yield part.question, () if part.operator in _COMPARING else part.values
    else:
        for inner in part.parts:
            yield from _reads(inner)


def _read(value: Any, place: Place) -> Test | Group:
    if not isinstance(value, dict):
        raise KnowledgeError(
            place,
            "is not a condition",
            'Write { question = "...", is = ... } or { all = [ ... ] }',
        )
    keys = set(value)
    if "question" in keys and len(keys) == 2:
        return _test(value, place)
    if keys == {"at_least", "of"}:
        return Group(_count(value["at_least"], place), _parts(value["of"], place.under("of")))
    if keys == {"all"}:
        parts = _parts(value["all"], place.under("all"))
        return Group(len(parts), parts)
    if keys == {"any"}:
        return Group(1, _parts(value["any"], place.under("any")))
    if keys == {"none"}:
        return Group(1, _parts(value["none"], place.under("none")), negated=True)
    raise KnowledgeError(
        place,
        f"is not a condition one knows ({', '.join(sorted(keys)) or 'empty'})",
        "Use question with one operator, or one of: all, any, none, at_least with of",
    )


def _parts(value: Any, place: Place) -> tuple[Test | Group, ...]:
    if not isinstance(value, list) or not value:
        raise KnowledgeError(place, "is not a list of conditions", "Write [ { ... }, { ... } ]")
    return tuple(_read(part, place.under(number)) for number, part in enumerate(value))


def _count(value: Any, place: Place) -> int:
    if type(value) is not int or value < 1:
        raise KnowledgeError(
            place.under("at_least"), "is not a count", "Write a whole number from 1"
        )
    return value


def _test(value: dict[str, Any], place: Place) -> Test:
    name, operator = value["question"], next(key for key in value if key != "question")
    if not isinstance(name, str):
        raise KnowledgeError(
            place.under("question"),
            "is not text",
            "Write the id of a question in quotes",
        )
    wanted = value[operator]
    if operator in _COMPARING:
        if type(wanted) not in (int, float):
            raise KnowledgeError(
                place.under(operator),
                "is not a number",
                "Write a number without quotes",
            )
        return Test(name, cast("Operator", operator), (wanted,))
    if operator == "is":
        if type(wanted) not in (bool, str, int):
            raise KnowledgeError(
                place.under("is"),
                "is not an answer",
                "Write true, false, a choice or a number",
            )
        return Test(name, "is", (wanted,))
    if operator == "any_of":
        if (
            not isinstance(wanted, list)
            or not wanted
            or not all(isinstance(item, str) for item in wanted)
        ):
            raise KnowledgeError(
                place.under("any_of"),
                "is not a list of choices",
                'Write ["...", "..."]',
            )
        return Test(name, "any_of", tuple(wanted))
    raise KnowledgeError(
        place,
        f"has no operator {operator}",
        f"Use one of: is, any_of, {', '.join(_COMPARING)}",
    )
