"""Conditions of rules and questions, in words."""

from collections.abc import Mapping

from unknot.knowledge.questions import Question
from unknot.knowledge.when import Group, Test, When

_OPERATORS = {"at_least": "at least", "at_most": "at most", "above": "above", "below": "below"}


def in_words(when: When, questions: Mapping[str, Question]) -> str:
    """The condition as one sentence without a full stop."""
    return _part(when.root, questions, outermost=True)


def _part(part: Test | Group, questions: Mapping[str, Question], *, outermost: bool) -> str:
    if isinstance(part, Test):
        return _test(part, questions[part.question])
    inner = [_part(item, questions, outermost=False) for item in part.parts]
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
    name = f"`{test.question}`"
    if test.operator in _OPERATORS:
        return f"{name} {_OPERATORS[test.operator]} {test.values[0]} {question.unit}".rstrip()
    if question.kind == "yes_no":
        return f"{name} {'yes' if test.values[0] else 'no'}"
    return f"{name}: {' or '.join(f'“{question.words(str(word))}”' for word in test.values)}"
