"""Many conditions decided at once: each comparison of the knowledge is one bit of a whole number.

    board = Board(whens, questions)
    facts = board.read(answers)
    board[when].holds(facts)

What `unknot.reasoning.ternary` decides one condition at a time is decided here for hundreds, from
one reading of the answers. Both must always agree; the tests compare them. Words: a *bit* stands
for one comparison, such as "age_years at least 50"; *true* are the bits that hold, *unknown* those
whose answer is missing; the rest is false.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from operator import ge, gt, le, lt
from typing import Final

from unknot.knowledge.questions import Question
from unknot.knowledge.when import Group, Test, When
from unknot.reasoning.ternary import Partly, Ternary

_SIZES: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "at_least": ge,
    "at_most": le,
    "above": gt,
    "below": lt,
}


class Facts:
    """What is known of one person: answers, and the bits they make true or leave unknown."""

    __slots__ = ("answers", "lit", "true", "unknown")

    def __init__(self, answers: dict[str, object], true: int, unknown: int) -> None:
        self.answers, self.true, self.unknown = answers, true, unknown
        self.lit = true | unknown
        """Bits that are not false."""


@dataclass(frozen=True, eq=False)
class Part:
    """A comparison or a group of them: at least `least` of its bits and inner parts are true."""

    least: int
    mask: int
    inner: tuple["Part", ...] = ()
    negated: bool = False

    def holds(self, true: int, unknown: int) -> Ternary:
        """True, false, or None while the unknown bits could still decide it."""
        sure, maybe = (true & self.mask).bit_count(), (unknown & self.mask).bit_count()
        for part in self.inner:
            value = part.holds(true, unknown)
            sure += value is True
            maybe += value is None
        if sure >= self.least:
            return not self.negated
        return None if sure + maybe >= self.least else self.negated

    def waits_for(self, true: int, unknown: int) -> int:
        """The unknown bits it still waits for; none once it is decided."""
        if self.holds(true, unknown) is not None:
            return 0
        found = unknown & self.mask
        for part in self.inner:
            found |= part.waits_for(true, unknown)
        return found


@dataclass(frozen=True, eq=False)
class Condition:
    """A whole condition, ready to be decided."""

    part: Part
    bits: int
    """Every bit it reads."""
    names: tuple[tuple[int, str], ...]
    """Its bits with their questions, in the order they are read."""
    otherwise: Ternary
    """What it is when none of its bits is true or unknown."""

    def holds(self, facts: Facts) -> Ternary:
        """True, false or unknown of these facts."""
        if not facts.lit & self.bits:
            return self.otherwise
        return self.part.holds(facts.true, facts.unknown)

    def undecided(self, facts: Facts) -> tuple[str, ...]:
        """The unanswered questions it still waits for; none once it is true or false."""
        if not facts.unknown & self.bits:
            return ()
        open_bits = self.part.waits_for(facts.true, facts.unknown)
        return tuple(dict.fromkeys(name for bit, name in self.names if bit & open_bits))


@dataclass(frozen=True, eq=False)
class Sheet:
    """All comparisons with the answer to one question."""

    every: int = 0
    """Every bit of the question."""
    by_value: Mapping[tuple[type, object], int] = field(default_factory=dict)
    """The bits that an answer makes true, for `is` and `any_of`."""
    by_size: tuple[tuple[Callable[[float, float], bool], float, int], ...] = ()
    sizes: int = 0
    """Every bit that compares by size."""

    def __post_init__(self) -> None:
        """Remember what common answers come to; true is not 1 here."""
        object.__setattr__(self, "read", lru_cache(maxsize=512, typed=True)(self.read))

    def read(self, answer: object) -> tuple[int, int]:
        """The bits that the answer makes true, and those it leaves unknown."""
        if isinstance(answer, tuple):
            return self._any(answer), 0
        if isinstance(answer, Partly):
            true = self._any(answer.known)
            return true, self._any(answer.open) & ~true
        true = self.by_value.get((type(answer), answer), 0)
        if not self.by_size:
            return true, 0
        if isinstance(answer, bool) or not isinstance(answer, int | float):
            return true, self.sizes
        for compare, limit, bit in self.by_size:
            if compare(answer, limit):
                true |= bit
        return true, 0

    def _any(self, answers: Iterable[str]) -> int:
        true = 0
        for answer in answers:
            true |= self.by_value.get((str, answer), 0)
        return true


_EMPTY: Final = Sheet()


class Board:
    """Every comparison of many conditions, numbered once, and those conditions made ready."""

    def __init__(self, whens: Iterable[When], questions: Iterable[Question]) -> None:
        """`questions` in the order in which what they leave out is settled."""
        asked = tuple(questions)
        every = (*whens, *(question.ask_when for question in asked if question.ask_when))
        tests = {_key(test): test for when in every for test in when.tests}
        self._bits = {key: 1 << place for place, key in enumerate(tests)}
        self._ready = {id(when): self._condition(when) for when in every}
        self._whens = every  # kept alive, so that no other condition can take over an id
        self._sheets = {
            name: self._sheet([test for test in tests.values() if test.question == name])
            for name in {test.question for test in tests.values()}
        }
        self._all = (1 << len(self._bits)) - 1
        self._unasked = tuple(
            (question.id, self[question.ask_when], False if question.kind == "yes_no" else ())
            for question in asked
            if question.ask_when
        )

    def __getitem__(self, when: When) -> Condition:
        """The condition made ready. Raises KeyError for one this board was not made with."""
        return self._ready[id(when)]

    def read(self, answers: Mapping[str, object]) -> Facts:
        """The facts of these answers, with a "no" for every question that cannot matter.

        An empty list is no answer. "No" is False for yes or no, nothing chosen for the others;
        what certainly follows from other answers stands even then.
        """
        given: dict[str, object] = {}
        true, answered, still = 0, 0, 0
        for name, answer in answers.items():
            if answer is None or answer == ():
                continue
            given[name] = answer
            if sheet := self._sheets.get(name):
                more, open_bits = sheet.read(answer)
                true |= more
                answered |= sheet.every
                still |= open_bits
        return self._settled(Facts(given, true, self._all & ~answered | still))

    def _settled(self, facts: Facts) -> Facts:
        for name, condition, no in self._unasked:
            given = facts.answers.get(name)
            if given is not None and not isinstance(given, Partly):
                continue
            if condition.holds(facts) is False:
                sheet = self._sheets.get(name, _EMPTY)
                answer = no if given is None else given.known
                facts.answers[name] = answer
                facts.true = facts.true & ~sheet.every | sheet.read(answer)[0]
                facts.unknown &= ~sheet.every
                facts.lit = facts.true | facts.unknown
        return facts

    def _condition(self, when: When) -> Condition:
        root = when.root
        part = Part(1, self._bits[_key(root)]) if isinstance(root, Test) else self._group(root)
        names = tuple((self._bits[_key(test)], test.question) for test in when.tests)
        bits = sum({bit for bit, _ in names})
        return Condition(part, bits, names, part.holds(0, 0))

    def _group(self, group: Group) -> Part:
        mask, inner = 0, list[Part]()
        for part in group.parts:
            if isinstance(part, Group):
                inner.append(self._group(part))
            elif mask & (bit := self._bits[_key(part)]):
                inner.append(Part(1, bit))  # the same comparison twice counts twice
            else:
                mask |= bit
        return Part(group.least, mask, tuple(inner), group.negated)

    def _sheet(self, tests: Iterable[Test]) -> Sheet:
        by_value: dict[tuple[type, object], int] = {}
        by_size: list[tuple[Callable[[float, float], bool], float, int]] = []
        every = 0
        for test in tests:
            bit = self._bits[_key(test)]
            every |= bit
            if compare := _SIZES.get(test.operator):
                by_size.append((compare, float(test.values[0]), bit))
                continue
            for value in test.values:
                typed = (type(value), value)
                by_value[typed] = by_value.get(typed, 0) | bit
        return Sheet(every, by_value, tuple(by_size), sum(bit for *_, bit in by_size))


def _key(test: Test) -> tuple[object, ...]:
    """What makes a comparison the same as another; true is not 1 here."""
    return (test.question, test.operator, *((type(value), value) for value in test.values))
