"""Three-valued logic: true, false, and unknown for what was not asked or not answered (Kleene).

False and unknown is false; true or unknown is true: so nobody is asked what cannot matter, and
what is unknown never passes for no. None stands for unknown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from unknot.knowledge.when import Group, Test, When

Ternary: TypeAlias = bool | None
"""True, False, or None for unknown."""


@dataclass(frozen=True)
class Partly:
    """An answer to a question of several choices of which a part is not known yet."""

    known: tuple[str, ...]
    """Choices that are certainly true."""
    open: tuple[str, ...]
    """Choices that may be true; every other choice is certainly not."""


def at_least(count: int, values: Iterable[Ternary]) -> Ternary:
    """Whether at least `count` of the values are true; unknown while the unknown ones could
    still decide it.
    """
    known = list(values)
    true = sum(value is True for value in known)
    if true >= count:
        return True
    return None if true + sum(value is None for value in known) >= count else False


def negate(value: Ternary) -> Ternary:
    """Not; unknown stays unknown."""
    return None if value is None else not value


def holds(when: When | None, answers: Mapping[str, object]) -> Ternary:
    """Whether the condition is true of the answers.

    A missing condition always holds; a missing answer is unknown.
    """
    return True if when is None else _decide(when.root, answers)


def undecided(when: When, answers: Mapping[str, object]) -> tuple[str, ...]:
    """The unanswered questions the condition still waits for; none once it is true or false."""
    if holds(when, answers) is not None:
        return ()
    return tuple(name for name in _open(when.root, answers))


def _decide(part: Test | Group, answers: Mapping[str, object]) -> Ternary:
    if isinstance(part, Group):
        value = at_least(part.least, (_decide(inner, answers) for inner in part.parts))
        return negate(value) if part.negated else value
    return _compare(part, answers.get(part.question))


def _open(part: Test | Group, answers: Mapping[str, object]) -> Iterable[str]:
    if _decide(part, answers) is not None:
        return {}
    if isinstance(part, Test):
        return {part.question: None}
    return {name: None for inner in part.parts for name in _open(inner, answers)}


def _compare(test: Test, answer: object) -> Ternary:
    if answer is None:
        return None
    if isinstance(answer, tuple):
        return any(value in answer for value in test.values)
    if isinstance(answer, Partly):
        known = any(value in answer.known for value in test.values)
        return known or (None if any(value in answer.open for value in test.values) else False)
    if test.operator in ("is", "any_of"):
        return any(type(answer) is type(value) and answer == value for value in test.values)
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        return None
    limit = float(test.values[0])
    return {
        "at_least": answer >= limit,
        "at_most": answer <= limit,
        "above": answer > limit,
        "below": answer < limit,
    }[test.operator]
