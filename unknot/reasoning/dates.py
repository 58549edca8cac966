"""Answers that follow from days: weeks of pregnancy, and what happened within so many weeks.

A day that is known says more than a band, because it can be counted again at every visit: a due
date gives the week on any day, and an operation leaves "the last six weeks" by itself.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Final

from unknot.knowledge import Knowledge
from unknot.knowledge.questions import NONE, Question, Tells
from unknot.reasoning.derived import NOTHING, Because, Derived, with_facts
from unknot.reasoning.ternary import Partly

PREGNANCY_DAYS: Final = 280
"""Days from the beginning of the last period to the due date, as due dates are reckoned."""
DUE: Final = "due_date"
WEEKS: Final = "gestation_weeks"
PRESSURE_DAY: Final = "bp_on"
PRESSURE: Final = ("bp_known", "bp_systolic", "bp_diastolic")
PRESSURE_DAYS: Final = 30
"""How long a blood pressure reading counts: the last month, a practice convention."""


def weeks_pregnant(due: date, on: date) -> int:
    """Whole weeks of pregnancy on a day, by the due date; may be negative or beyond any birth."""
    return (PREGNANCY_DAYS - (due - on).days) // 7


def within(event: date, on: date, *, days: int | None = None, months: int | None = None) -> bool:
    """Whether the event, not after `on`, lies less than so many days or months back."""
    if event > on:
        return False
    if days is not None:
        return (on - event).days < days
    return on < months_after(event, months or 0)


def months_after(day: date, months: int) -> date:
    """The same day of a later month; its last day where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def day_of(value: object) -> date | None:
    """A day, also where it was stored as text; None for anything else."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def derive(said: Mapping[str, object], on: date, knowledge: Knowledge) -> Derived:
    """The answers that follow from days, on one day."""
    if said.keys().isdisjoint(_days(knowledge)):
        return NOTHING
    answers: dict[str, object] = {}
    because: dict[str, Because] = {}
    for name, answer, reason in (*_pregnancy(said, on, knowledge), *_pressure(said, on)):
        answers[name], because[name] = answer, reason
    for name, answer, reason in _bands(said, on, knowledge):
        answers[name], because[name] = answer, reason
    return Derived(answers, because)


def _pregnancy(
    said: Mapping[str, object], on: date, knowledge: Knowledge
) -> Iterator[tuple[str, object, Because]]:
    """The week by the due date; unknown where no pregnancy has that week."""
    due = day_of(said.get(DUE))
    if due is None:
        return
    weeks, question = weeks_pregnant(due, on), knowledge.questions[WEEKS]
    assert question.low is not None
    assert question.high is not None
    possible = question.low <= weeks <= question.high
    if (answer := weeks if possible else None) != said.get(WEEKS):
        yield WEEKS, answer, Because((DUE,), f"the due date: {words(due)}")


def _pressure(said: Mapping[str, object], on: date) -> Iterator[tuple[str, object, Because]]:
    """A reading of long ago, or of a day to come, is no reading."""
    day = day_of(said.get(PRESSURE_DAY))
    if day is None or 0 <= (on - day).days <= PRESSURE_DAYS:
        return
    for name in PRESSURE:
        if name in said:
            yield name, None, Because((PRESSURE_DAY,), f"the reading is of {words(day)}")


def _bands(
    said: Mapping[str, object], on: date, knowledge: Knowledge
) -> Iterator[tuple[str, object, Because]]:
    """What a day says about the bands of other questions; several days may speak about one."""
    now = dict(said)
    for dated in _dated(knowledge):
        day = day_of(said.get(dated.id))
        for tells in dated.tells if day else ():
            assert day is not None
            question = knowledge.questions[tells.question]
            answer = _band(now.get(question.id), question, tells, day, on)
            if answer != now.get(question.id):
                now[question.id] = answer
                reason = Because((dated.id,), f"{dated.short or dated.text}: {words(day)}")
                yield question.id, answer, reason


@lru_cache(maxsize=8)
def _days(knowledge: Knowledge) -> frozenset[str]:
    """Ids of the questions for a day."""
    return frozenset(item.id for item in knowledge.questions.values() if item.kind == "date")


@lru_cache(maxsize=8)
def _dated(knowledge: Knowledge) -> tuple[Question, ...]:
    """The questions for a day that tells about other questions."""
    return tuple(question for question in knowledge.questions.values() if question.tells)


def _band(said: object, question: Question, tells: Tells, day: date, on: date) -> object:
    """The answer once the day has spoken."""
    if within(day, on, days=tells.within_days, months=tells.within_months):
        if question.kind == "choice":
            return _one(said, question, tells.choice)
        return with_facts(question, said, [tells.choice], [])
    if not tells.ends or day > on:
        return said
    if question.kind == "choice":
        return NONE
    if isinstance(said, tuple):
        return tuple(one for one in said if one != tells.choice) or (NONE,)
    return said


def _one(said: object, question: Question, choice: str) -> object:
    """Of a single choice: the day says that one of the bands is true, not which of them."""
    if isinstance(said, str) and said != NONE:
        return said
    others = tuple(one for one in question.choice_ids if one not in (NONE, choice))
    return Partly((choice,), others)


def words(day: date) -> str:
    """The day in words."""
    return f"{day.day} {day:%B %Y}"
