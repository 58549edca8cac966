"""Before a visit: the questions whose answer may have changed since the last time."""

from collections.abc import Collection, Iterator
from datetime import date

from unknot.knowledge import Knowledge, load
from unknot.knowledge.questions import Question
from unknot.reasoning.case import Case
from unknot.reasoning.interview.asking import asked, checklist_of
from unknot.reasoning.interview.checklists import by_itself, only


def rescreen_questions(
    case: Case, *, since: date, knowledge: Knowledge | None = None
) -> tuple[Question, ...]:
    """The questions whose answer may have changed between `since` and the day of the case.

    A checklist is asked for the members that may have changed, and for no other.
    """
    return tuple(_due(case, (case.as_of - since).days, knowledge or load()))


def as_asked(
    names: Collection[str], case: Case, *, knowledge: Knowledge | None = None
) -> tuple[Question, ...]:
    """These questions as they would be asked now: two or more of a checklist on that checklist."""
    known = knowledge or load()
    lists, asked_by = dict[str, Question](), checklist_of(known)
    for name in names:
        checklist = known.questions.get(asked_by.get(name, ""))
        mine = [one for one in names if asked_by.get(one, "") == asked_by.get(name)]
        alone = by_itself(known.questions[name], checklist, case) if checklist else None
        if checklist and not alone and len(mine) > 1:
            lists[checklist.id] = only(checklist, mine)
        else:
            lists[name] = alone or known.questions[name]
    return tuple(lists.values())


def _due(case: Case, days: int, knowledge: Knowledge) -> Iterator[Question]:
    def is_due(question: Question) -> bool:
        after = question.again_after_days
        return after is not None and days >= after

    for item in asked(case, knowledge):
        question = item.question
        if item.may is False:
            continue
        if question.is_checklist:
            due = [name for name in question.members if is_due(knowledge.questions[name])]
            if due:
                yield only(question, due)
        elif is_due(question):
            yield question
