"""Which questions a person is asked, in which order, and about how long that still takes.

    next_step(case)       the next screen of the self-check, or None once nothing can change it
    sections(case)        the whole intake, section by section, without what cannot matter
    rescreen_questions(case, since=day)   before a visit: only what can have changed since

A question is asked while it can still matter: it is left out only when its condition is
certainly false, and the interview stops once no open question can change the result.
"""

from unknot.knowledge.questions import Choice, Question
from unknot.reasoning.interview.again import as_asked, rescreen_questions
from unknot.reasoning.interview.asking import (
    MARKS,
    Asked,
    asked,
    asks,
    checklist_of,
    is_left,
    settled,
    without_closed,
)
from unknot.reasoning.interview.checklists import said_last, settle, ticks
from unknot.reasoning.interview.choose import Step, intake_minutes, minutes_left, needed, next_step
from unknot.reasoning.interview.screens import Screen, Section, ready, sections

__all__ = [
    "MARKS",
    "Asked",
    "Choice",
    "Question",
    "Screen",
    "Section",
    "Step",
    "as_asked",
    "asked",
    "asks",
    "checklist_of",
    "intake_minutes",
    "is_left",
    "minutes_left",
    "needed",
    "next_step",
    "ready",
    "rescreen_questions",
    "said_last",
    "sections",
    "settle",
    "settled",
    "ticks",
    "without_closed",
]
