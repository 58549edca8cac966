"""Answers of an earlier day, as they stand later: what time alone has changed.

Twelve weeks of pregnancy in June are thirty-four in November, and a blood pressure of then is no
reading of now. What may have changed otherwise is asked again; see the interview.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from unknot.knowledge import Knowledge, load
from unknot.reasoning.case import Answer, Case
from unknot.reasoning.dates import (
    DUE,
    PREGNANCY_DAYS,
    PRESSURE,
    PRESSURE_DAY,
    PRESSURE_DAYS,
    WEEKS,
    day_of,
    weeks_pregnant,
)

PAIN: Final = "pain_weeks"
AGE: Final = "age_years"
PREGNANT: Final = "pregnant"


def aged(case: Case, on: date, *, knowledge: Knowledge | None = None) -> Case:
    """The case as of `on`. Weeks and years have passed; a pregnancy beyond its last week, and a
    blood pressure that is older than it may be, are unknown again. An earlier day changes nothing
    but the day.

    A week of pregnancy becomes a due date and a reading gets its day, so that no time is lost
    however often the answers are confirmed in between; weeks of pain count whole ones only.
    """
    days = (on - case.as_of).days
    if days <= 0:
        return Case(case.answers, on, case.marks)
    known = knowledge or load()
    changes = {
        **_passed(case, PAIN, days // 7, known),
        **_passed(case, AGE, days // 365, known),
        **_pregnancy(case, on, known),
        **_pressure(case, on),
    }
    return Case(case.with_answers(**changes).answers, on, case.marks)


def answered_anew(case: Case, answers: Mapping[str, Answer | None]) -> Case:
    """The aged case before these answers are put over it: a day that told how old an answer was
    goes where the answer is given anew.
    """
    if answers.get("bp_systolic") is not None:
        case = case.with_answers(**{PRESSURE_DAY: None})
    weeks = answers.get(WEEKS)
    if weeks is not None and weeks != case.answer(WEEKS):
        case = case.with_answers(**{DUE: None})
    return case


def _passed(case: Case, name: str, more: int, knowledge: Knowledge) -> dict[str, Answer | None]:
    """The number with what has been added since; beyond its end it stays there."""
    said, high = case.answer(name), knowledge.questions[name].high
    if isinstance(said, bool) or not isinstance(said, int | float) or high is None:
        return {}
    return {name: min(said + more, high)}


def _pregnancy(case: Case, on: date, knowledge: Knowledge) -> dict[str, Answer | None]:
    """The week by the due date, or by the week it was; past the last one nobody knows."""
    said, due = case.answer(WEEKS), day_of(case.answer(DUE))
    if due is None:
        if isinstance(said, bool) or not isinstance(said, int | float):
            return {}
        due = case.as_of + timedelta(days=PREGNANCY_DAYS - int(said * 7))
    weeks, high = weeks_pregnant(due, on), knowledge.questions[WEEKS].high
    if high is not None and weeks > high:
        return dict.fromkeys((PREGNANT, WEEKS, DUE))
    return {WEEKS: weeks, DUE: due} if said is not None else {}


def _pressure(case: Case, on: date) -> dict[str, Answer | None]:
    """A reading keeps its day, at the latest the day it was told; too old, it goes with it."""
    if not any(name in case.answers for name in PRESSURE):
        return {}
    day = day_of(case.answer(PRESSURE_DAY)) or case.as_of
    if (on - day).days <= PRESSURE_DAYS:
        return {PRESSURE_DAY: day}
    return dict.fromkeys((*PRESSURE, PRESSURE_DAY))
