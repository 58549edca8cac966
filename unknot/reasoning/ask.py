"""What to ask a person now, for whoever keeps the interview elsewhere."""

from unknot.knowledge import Knowledge
from unknot.knowledge.questions import Question
from unknot.reasoning.case import Case
from unknot.reasoning.interview import next_screen


def next_questions(
    case: Case,
    *,
    answered: frozenset[str] = frozenset(),
    knowledge: Knowledge | None = None,
) -> tuple[Question, ...]:
    """The question to ask now, or the few that are one thought; empty when none can matter.

    `answered` names questions dealt with without an answer: not sure, or passed over. They stay
    unknown, and unknown never counts as "no". Raises nothing.
    """
    screen = next_screen(case, answered=answered, knowledge=knowledge)
    asked = screen.questions if screen else ()
    return tuple(q for q in asked if q.id not in case.answers and q.id not in answered)
