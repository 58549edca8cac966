"""Which questions a person is asked, in which order, and about how long that still takes.

A question is asked while it can still matter: it is left out only when its condition is
certainly false. What is left out counts as "no" (`settled`); what was asked and not answered
stays unknown and never counts as "no".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from unknot.knowledge import Knowledge, load
from unknot.knowledge.questions import Choice, Question
from unknot.reasoning.medicine_facts import READING, summary
from unknot.reasoning.ternary import Ternary, holds, undecided

if TYPE_CHECKING:
    from unknot.reasoning.case import Case

__all__ = [
    "MARKS",
    "Choice",
    "Question",
    "Screen",
    "Section",
    "asks",
    "minutes_left",
    "next_screen",
    "next_section",
    "ready",
    "rescreen_questions",
    "sections",
    "settled",
    "without_closed",
]

MARKS: Final = "marks"
"""The one question whose answer is the marks of the case, not an entry of its answers."""


@dataclass(frozen=True)
class Screen:
    """One decision on a phone:

    usually one question, sometimes two or three that are one thought.
    """

    id: str
    questions: tuple[Question, ...]

    @property
    def title(self) -> str:
        """The heading: what its questions have in common, or the only question itself."""
        alone = self.questions[0].text if len(self.questions) == 1 else ""
        return alone or self.questions[0].screen_title


@dataclass(frozen=True)
class Section:
    """A calm heading and the questions that matter now, in order."""

    id: str
    title: str
    lede: str
    questions: tuple[Question, ...]

    @property
    def screens(self) -> tuple[Screen, ...]:
        """The questions by screen, in the order of each screen's first question."""
        found: dict[str, list[Question]] = {}
        for question in self.questions:
            found.setdefault(question.screen or question.id, []).append(question)
        return tuple(Screen(name, tuple(asked)) for name, asked in found.items())


def sections(case: Case, *, knowledge: Knowledge | None = None) -> tuple[Section, ...]:
    """Every section with a question that can matter, as far as the answers tell now."""
    known = knowledge or load()
    open_now = [question for question, may in _asked(case, known) if may is not False]
    return tuple(
        Section(section.id, section.title, section.lede, questions)
        for section in known.sections.values()
        if (questions := tuple(item for item in open_now if item.section == section.id))
    )


def next_section(
    case: Case, *, answered: frozenset[str] = frozenset(), knowledge: Knowledge | None = None
) -> Section | None:
    """The first section with something left to ask, or None at the end.

    `answered` names questions dealt with without an answer: not sure, or passed over.
    """
    for section in sections(case, knowledge=knowledge):
        if any(_is_left(question, case, answered) for question in section.questions):
            return section
    return None


def next_screen(
    case: Case, *, answered: frozenset[str] = frozenset(), knowledge: Knowledge | None = None
) -> Screen | None:
    """The first screen with something left to ask, or None at the end; `answered` as in
    next_section.
    """
    section = next_section(case, answered=answered, knowledge=knowledge)
    for screen in section.screens if section else ():
        if any(_is_left(question, case, answered) for question in screen.questions):
            return screen
    return None


def ready(
    section: Section, case: Case, *, answered: frozenset[str] = frozenset()
) -> tuple[Question, ...]:
    """The questions of the section that wait for no other question of the same section.

    For a page that asks a whole section: a follow-up appears once what opens it was answered, or
    is among `answered`, the questions dealt with without an answer.
    """
    here = {question.id for question in section.questions}
    dealt = answered | frozenset(case.answers)
    return tuple(
        question
        for question in section.questions
        if question.ask_when is None
        or here.isdisjoint(set(undecided(question.ask_when, case.answers)) - dealt)
    )


def minutes_left(
    case: Case, *, answered: frozenset[str] = frozenset(), knowledge: Knowledge | None = None
) -> int:
    """Minutes the open questions still take, rounded up; 0 when none is left.

    A question that may yet fall away counts a third.
    """
    seconds = sum(
        question.seconds if may else question.seconds / 3
        for question, may in _asked(case, knowledge or load())
        if may is not False and _is_left(question, case, answered)
    )
    return -int(-seconds // 60)


def rescreen_questions(
    case: Case, *, since: date, knowledge: Knowledge | None = None
) -> tuple[Question, ...]:
    """The questions whose answer may have changed between `since` and the day of the case."""
    days = (case.as_of - since).days
    return tuple(
        question
        for question, may in _asked(case, knowledge or load())
        if may is not False
        and question.again_after_days is not None
        and days >= question.again_after_days
    )


def asks(question: Question, case: Case, *, knowledge: Knowledge | None = None) -> Ternary:
    """Whether the question can matter: True, False, or None while that is not known."""
    return holds(question.ask_when, settled(case, knowledge=knowledge))


def settled(case: Case, *, knowledge: Knowledge | None = None) -> Mapping[str, object]:
    """The answers, and a "no" for every question that is left out because it cannot matter.

    "No" is False for yes or no, and nothing chosen for the others. An answer that was given
    stands, even to a question that would not be asked today.
    """
    known = knowledge or load()
    names = {READING: summary(case.answers, known)}
    answers: dict[str, object] = {**case.answers, **names}
    for question in _for_client(known.questions.values()):
        if question.id not in answers and holds(question.ask_when, answers) is False:
            answers[question.id] = False if question.kind == "yes_no" else ()
    return answers


def without_closed(case: Case, *, knowledge: Knowledge | None = None) -> Case:
    """The case without answers to questions that its other answers have closed.

    Somebody who corrects an earlier answer leaves no stale answer behind it.
    """
    known = knowledge or load()
    for question in _for_client(known.questions.values()):
        if question.id in case.answers and asks(question, case, knowledge=known) is False:
            case = case.with_answers(**{question.id: None})
    return case


def _asked(case: Case, knowledge: Knowledge) -> Iterator[tuple[Question, Ternary]]:
    answers = settled(case, knowledge=knowledge)
    for question in _for_client(knowledge.questions.values()):
        yield question, holds(question.ask_when, answers)


def _for_client(questions: Iterable[Question]) -> Iterator[Question]:
    return (question for question in questions if not question.staff)


def _is_left(question: Question, case: Case, answered: frozenset[str]) -> bool:
    if question.id == MARKS and case.marks:
        return False
    return question.id not in case.answers and question.id not in answered
