"""What to ask a person now, for whoever keeps the interview elsewhere."""

from unknot.knowledge import Knowledge
from unknot.knowledge.questions import Question
from unknot.reasoning.case import Case
from unknot.reasoning.interview import is_left, next_step


def next_questions(
    case: Case,
    *,
    answered: frozenset[str] = frozenset(),
    knowledge: Knowledge | None = None,
) -> tuple[Question, ...]:
    """The question to ask now, or the few that are one thought; empty once no answer can
    change the result of a screening any more.

    `answered` names questions dealt with without an answer: not sure, or passed over. They stay
    unknown, and unknown never counts as "no". Raises nothing.
    """
    step = next_step(case, answered=answered, knowledge=knowledge)
    asked = step.screen.questions if step else ()
    return tuple(
        question
        for question in asked
        if is_left(question, case, answered=answered, knowledge=knowledge)
    )
