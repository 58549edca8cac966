"""Sections and screens: the questions somebody is asked, as a form or a phone shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from unknot.knowledge import Knowledge, load
from unknot.knowledge.questions import Question
from unknot.reasoning.case import Case
from unknot.reasoning.interview.asking import Asked, asked, checklist_of
from unknot.reasoning.ternary import undecided


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
    return sections_of(asked(case, known), known)


def sections_of(found: Iterable[Asked], knowledge: Knowledge) -> tuple[Section, ...]:
    """The questions that can matter, by section, in the order they are asked."""
    open_now = [item.question for item in found if item.may is not False]
    return tuple(
        Section(section.id, section.title, section.lede, questions)
        for section in knowledge.sections.values()
        if (questions := tuple(item for item in open_now if item.section == section.id))
    )


def ready(
    section: Section,
    case: Case,
    *,
    answered: frozenset[str] = frozenset(),
    knowledge: Knowledge | None = None,
) -> tuple[Question, ...]:
    """The questions of the section that wait for no other question of the same section.

    For a page that asks a whole section: a follow-up appears once what opens it was answered, or
    is among `answered`, the questions dealt with without an answer.
    """
    asked_by = checklist_of(knowledge or load())
    here = {question.id for question in section.questions}
    dealt = answered | frozenset(case.answers)

    def waits(question: Question) -> bool:
        names = undecided(question.ask_when, case.answers) if question.ask_when else ()
        return any(
            (name if name in here else asked_by.get(name, name)) in here - dealt for name in names
        )

    return tuple(question for question in section.questions if not waits(question))
