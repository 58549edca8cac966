"""What a finding turns on: the smallest difference in the answers that would have undone it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from typing import Any, Final

from unknot.knowledge.questions import NONE, Question
from unknot.knowledge.when import When
from unknot.reasoning.grounds import Fact
from unknot.reasoning.ternary import holds

MOST_TOGETHER: Final = 2
"""How many answers are changed at once before it is only said that several count together."""


def turns_on(
    when: When,
    answers: Mapping[str, Any],
    facts: Mapping[str, Fact],
    questions: Mapping[str, Question],
) -> tuple[str, ...]:
    """The smallest sets of answers of which another would undo the condition, one a line.

    Answers that were not given stay unknown. Empty when the condition does not hold of them.
    """
    if holds(when, answers) is not True:
        return ()
    read = [name for name in when.questions if name in answers and name in facts]
    for size in range(1, MOST_TOGETHER + 1):
        found = [
            names
            for names in combinations(read, size)
            if any(
                holds(when, {**answers, **dict(zip(names, others, strict=True))}) is not True
                for others in product(*(_others(questions[n], when, answers[n]) for n in names))
            )
        ]
        if found:
            return tuple(_line(names, facts) for names in found)
    return ("several of its answers count together; another one alone would not undo it.",)


def _others(question: Question, when: When, answer: Any) -> tuple[Any, ...]:
    """Answers the person could have given instead, enough to try each side of each limit."""
    if question.kind == "yes_no":
        return (not answer,)
    if question.kind == "several":
        return tuple(_fewer(answer))
    if question.choices and isinstance(answer, str):
        return tuple(name for name in question.choice_ids if name != answer)
    return tuple(dict.fromkeys(_numbers(question, when)))


def _fewer(answer: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The same list with one thing less, and with nothing in it."""
    for name in answer:
        left = tuple(one for one in answer if one != name)
        yield left or (NONE,)
    yield (NONE,)


def _numbers(question: Question, when: When) -> Iterator[float]:
    for test in when.tests:
        if test.question == question.id and isinstance(test.values[0], int | float):
            yield from (test.values[0] - 1, test.values[0], test.values[0] + 1)


def _line(names: tuple[str, ...], facts: Mapping[str, Fact]) -> str:
    said = " and ".join(
        f"“{facts[name].asked}” were not “{facts[name].answered}”" for name in names
    )
    return f"it would not count if the answer to {said}."
