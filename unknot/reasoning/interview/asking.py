"""Which questions can matter at all for somebody, and what stays unsaid because they cannot.

A question is left out only when its condition is certainly false. What is left out counts as "no"
(`settled`); what was asked and not answered stays unknown and never counts as "no".
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from unknot.knowledge import Knowledge, load
from unknot.knowledge.questions import Question
from unknot.reasoning.case import Case
from unknot.reasoning.interview.checklists import by_itself, shown
from unknot.reasoning.medicine_facts import READING, summary
from unknot.reasoning.screen.facts import gather
from unknot.reasoning.screen.program import Program, program
from unknot.reasoning.ternary import Ternary, holds
from unknot.reasoning.truth import Facts

MARKS: Final = "marks"
"""The one question whose answer is the marks of the case, not an entry of its answers."""


@dataclass(frozen=True)
class Asked:
    """A question as it would be asked now."""

    question: Question
    may: Ternary
    """Whether it can matter: True, False, or None while that is not known."""
    begun: bool = False
    """Whether an answer has opened it: the rest of something somebody began to tell."""


def asks(question: Question, case: Case, *, knowledge: Knowledge | None = None) -> Ternary:
    """Whether the question can matter: True, False, or None while that is not known."""
    ready = program(knowledge or load())
    facts = gather(case, ready).facts
    if question.is_checklist:
        return bool(shown(question, facts, ready).members)
    return _may(question, facts, ready)


def settled(case: Case, *, knowledge: Knowledge | None = None) -> Mapping[str, object]:
    """The answers, and a "no" for every question that is left out because it cannot matter.

    "No" is False for yes or no, and nothing chosen for the others. An answer that was given
    stands, even to a question that would not be asked today.
    """
    known = knowledge or load()
    answers: dict[str, object] = {**case.answers, READING: summary(case.answers, known)}
    for question in known.questions.values():
        if question.staff or question.id in answers:
            continue
        if holds(question.ask_when, answers) is False:
            answers[question.id] = False if question.kind == "yes_no" else ()
    return answers


def without_closed(case: Case, *, knowledge: Knowledge | None = None) -> Case:
    """The case without answers to questions that its other answers have closed.

    Somebody who corrects an earlier answer leaves no stale answer behind it.
    """
    known = knowledge or load()
    for question in known.questions.values():
        if question.id in case.answers and asks(question, case, knowledge=known) is False:
            case = case.with_answers(**{question.id: None})
    return case


def asked(case: Case, knowledge: Knowledge, *, facts: Facts | None = None) -> tuple[Asked, ...]:
    """Every question a client may be asked, as it would be asked now.

    Members of a checklist are asked by it, and by themselves only where it does not settle them.
    `facts` are those of the case, where somebody has gathered them already.
    """
    ready, of = program(knowledge), checklist_of(knowledge)
    facts = facts or gather(case, ready).facts
    lists = {
        name: shown(knowledge.questions[name], facts, ready) for name in dict.fromkeys(of.values())
    }
    found = []
    for question in knowledge.questions.values():
        if question.staff:
            continue
        if question.is_checklist:
            found.append(Asked(lists[question.id], bool(lists[question.id].members)))
        elif question.id not in of:
            may = _may(question, facts, ready)
            found.append(Asked(question, may, begun=may is True and question.ask_when is not None))
        elif alone := by_itself(question, lists[of[question.id]], case):
            found.append(Asked(alone, _may(question, facts, ready), begun=True))
    return tuple(found)


def is_left(
    question: Question,
    case: Case,
    *,
    answered: Collection[str] = frozenset(),
    knowledge: Knowledge | None = None,
) -> bool:
    """Whether the question, as it would be asked now, is still to be asked.

    `answered` names questions dealt with without an answer: not sure, or passed over.
    """
    if question.id in answered or (question.id == MARKS and case.marks):
        return False
    if not question.is_checklist:
        return question.id not in case.answers
    questions = (knowledge or load()).questions
    return not all(
        name in case.answers or by_itself(questions[name], question, case)
        for name in question.members
    )


@lru_cache(maxsize=8)
def checklist_of(knowledge: Knowledge) -> Mapping[str, str]:
    """By question: the checklist that asks it."""
    return {
        name: checklist.id
        for checklist in knowledge.questions.values()
        for name in checklist.members
    }


def _may(question: Question, facts: Facts, ready: Program) -> Ternary:
    when = ready.asked_when.get(question.id)
    return True if when is None else when.holds(facts)
