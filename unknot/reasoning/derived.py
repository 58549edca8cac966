"""Answers that follow from other answers: from the names of medicines, and from days.

Nobody has to say twice what they have said once: who names Xarelto takes a blood thinner, and who
knows the due date knows the week. What follows is kept apart from what was said, with its reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from unknot.knowledge import Knowledge
from unknot.knowledge.questions import NONE, Question
from unknot.reasoning.ternary import Partly

Fact: TypeAlias = tuple[str, str | None]
"""A question and one of its choices; no choice for the yes of a question of yes or no."""


@dataclass(frozen=True)
class Because:
    """Why an answer counts as it does: the answers it follows from, and in words."""

    questions: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Derived:
    """What counts instead of what was said, and why."""

    answers: Mapping[str, object] = field(default_factory=dict)
    """By question; None takes an answer away, so that it is unknown."""
    because: Mapping[str, Because] = field(default_factory=dict)
    """By question."""
    ask: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By question that was answered and is unknown all the same: the questions that settle it."""


NOTHING: Final = Derived()
"""Nothing follows."""


def with_facts(
    question: Question,
    said: object,
    sure: Iterable[str | None],
    may_be: Iterable[str | None],
) -> object:
    """The answer, once these choices are certainly true and those may be; None when unknown.

    Nothing that was said is ever taken back here: "none of these" gives way, a choice does not.
    """
    if question.kind == "yes_no":
        if said is True or None in set(sure):
            return True
        return None if None in set(may_be) else said
    chosen = (said,) if isinstance(said, str) else said if isinstance(said, tuple) else ()
    known = tuple(dict.fromkeys(str(one) for one in (*chosen, *sure) if one not in (NONE, None)))
    others = question.choice_ids if said is None else tuple(one for one in may_be if one)
    still = tuple(one for one in others if one not in (*known, NONE))
    if still:
        return Partly(known, still)
    return known or (NONE,)


def together(parts: Iterable[Derived]) -> Derived:
    """All of them; where two speak about one question, the later one counts."""
    answers: dict[str, object] = {}
    because: dict[str, Because] = {}
    ask: dict[str, tuple[str, ...]] = {}
    for part in parts:
        answers.update(part.answers)
        because.update(part.because)
        ask.update(part.ask)
    return Derived(answers, because, ask)


def over(said: Mapping[str, object], derived: Derived) -> Mapping[str, object]:
    """The answers with what follows from them in place."""
    return {**said, **derived.answers} if derived.answers else said


def of_facts(
    said: Mapping[str, object],
    sure: Mapping[Fact, Because],
    may_be: Mapping[Fact, tuple[Because, tuple[str, ...]]],
    knowledge: Knowledge,
) -> Derived:
    """What these facts make of the answers; facts that may be carry the questions that settle
    them.
    """
    answers: dict[str, object] = {}
    because: dict[str, Because] = {}
    ask: dict[str, tuple[str, ...]] = {}
    for name in dict.fromkeys(name for name, _ in (*sure, *may_be)):
        question = knowledge.questions[name]
        known = [choice for about, choice in sure if about == name]
        maybe = [choice for about, choice in may_be if about == name]
        answer = with_facts(question, said.get(name), known, maybe)
        if answer == said.get(name):
            continue
        answers[name] = answer
        reasons = [sure[name, choice] for choice in known]
        reasons += [may_be[name, choice][0] for choice in maybe]
        because[name] = _joined(reasons)
        if maybe and said.get(name) is not None:
            ask[name] = tuple(
                dict.fromkeys(item for choice in maybe for item in may_be[name, choice][1])
            )
    return Derived(answers, because, ask)


def _joined(reasons: Iterable[Because]) -> Because:
    every = list(dict.fromkeys(reasons))
    questions = dict.fromkeys(name for reason in every for name in reason.questions)
    return Because(tuple(questions), "; ".join(dict.fromkeys(reason.words for reason in every)))
