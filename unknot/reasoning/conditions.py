"""Conditions of rules and questions, in words a therapist can read."""

from collections.abc import Callable, Mapping
from typing import Final

from unknot.knowledge.questions import Question
from unknot.knowledge.when import Group, Test, When

_OPERATORS: Final = {
    "at_least": "at least",
    "at_most": "at most",
    "above": "above",
    "below": "below",
}


def by_id(question: Question) -> str:
    """The id of a question as code, for the reference."""
    return f"`{question.id}`"


def by_words(question: Question) -> str:
    """The question as it is asked, for a page; its id where nobody is asked it."""
    return f"“{question.text}”" if question.text else question.id.replace("_", " ")


def in_words(
    when: When,
    questions: Mapping[str, Question],
    name: Callable[[Question], str] = by_id,
) -> str:
    """The condition as one sentence without a full stop; `name` says how a question is named."""
    return _part(when.root, questions, name, outermost=True)


def _part(
    part: Test | Group,
    questions: Mapping[str, Question],
    name: Callable[[Question], str],
    *,
    outermost: bool,
) -> str:
    if isinstance(part, Test):
        question = questions[part.question]
        return f"{name(question)}{_test(part, question)}"
    inner = [_part(item, questions, name, outermost=False) for item in part.parts]
    if part.negated:
        return f"none of ({'; '.join(inner)})"
    if len(inner) == 1:
        return inner[0]
    if part.least == len(inner):
        text = " and ".join(inner)
    elif part.least == 1:
        text = " or ".join(inner)
    else:
        return f"at least {part.least} of ({'; '.join(inner)})"
    return text if outermost else f"({text})"


def _test(test: Test, question: Question) -> str:
    if test.operator in _OPERATORS:
        return f" {_OPERATORS[test.operator]} {test.values[0]} {question.unit}".rstrip()
    if question.kind == "yes_no":
        return f" {'yes' if test.values[0] else 'no'}"
    return f": {' or '.join(f'“{question.words(str(word))}”' for word in test.values)}"
