"""The dose: from the trial that fits, or a short course that says no trial does."""

from __future__ import annotations

from unknot.knowledge import Knowledge
from unknot.knowledge.conditions import Condition
from unknot.knowledge.doses import DoseRecord
from unknot.reasoning.case import Case
from unknot.reasoning.plan.model import Dose, TaperStep
from unknot.reasoning.words import span_words

CHRONIC_WEEKS = 13
"""Pain of more than three months counts as long-lasting (ICD11P); the course trials took it."""

_TIMES = {1: "once a week", 2: "twice a week", 3: "three times a week"}


def record_for(condition: Condition, case: Case, knowledge: Knowledge) -> DoseRecord:
    """The regimen that fits: the trial's for long-lasting pain, else the short course.

    Pain of unknown length counts as new, because the trials did not take new pain.
    """
    course = knowledge.doses[condition.dose]
    if course.chronic_only and condition.short_dose and not is_chronic(case):
        return knowledge.doses[condition.short_dose]
    return course


def is_chronic(case: Case) -> bool:
    """Whether the pain has lasted more than three months; False when nobody said."""
    weeks = case.answer("pain_weeks")
    return isinstance(weeks, int | float) and weeks >= CHRONIC_WEEKS


def dose_from(record: DoseRecord, case: Case, most_minutes: int | None) -> Dose:
    """The dose of a record, no longer a visit than the screening allows."""
    minutes = record.minutes if most_minutes is None else min(record.minutes, most_minutes)
    return Dose(
        minutes=minutes,
        per_week=record.per_week,
        weeks=record.weeks,
        visits=record.visits,
        dose_id=record.id,
        source=record.sources[0].id,
        says=in_words(minutes, record.per_week, record.weeks),
        found=record.tell,
        fits=_fits(record, case),
        certain=record.confidence == "high",
        least_minutes=record.shortest_minutes,
    )


def in_words(minutes: int, per_week: int, weeks: int) -> str:
    """The dose in one line."""
    week = "week" if weeks == 1 else "weeks"
    times = _TIMES.get(per_week, f"{per_week} times a week")
    return f"{minutes} minutes, {times}, for {weeks} {week}"


def age_caution(record: DoseRecord, case: Case) -> str:
    """What to say when the person is not of an age the trial took, or nothing."""
    age = case.answer("age_years")
    if not record.age_high or not isinstance(age, int | float):
        return ""
    if record.age_low <= age <= record.age_high:
        return ""
    return (
        f"The trial took people aged {record.age_low} to {record.age_high}. Its result is less"
        " sure for you."
    )


def taper(condition: Condition, record: DoseRecord, knowledge: Knowledge) -> tuple[TaperStep, ...]:
    """The way out once it works (STP-07, STP-08): fewer and fewer, then none."""
    steps = []
    if record.per_week > 1:
        steps.append(_weekly(condition, knowledge))
    steps.append(
        TaperStep("Every other week", 14, 2, 4, "Two to four visits, to see if the gain holds.")
    )
    steps.append(
        TaperStep("Once a month", 28, 0, 0, "Only if you want it. Looked at every three months.")
    )
    steps.append(TaperStep("Stop", 0, 0, 0, "Come back if the pain does."))
    return tuple(steps)


def _weekly(condition: Condition, knowledge: Knowledge) -> TaperStep:
    booster = next(
        (
            dose
            for dose in knowledge.doses.values()
            if dose.role == "booster" and condition.id in dose.conditions
        ),
        None,
    )
    if booster is None:
        return TaperStep("Once a week", 7, 2, 4, "Two to four visits.")
    return TaperStep(
        "Once a week",
        7,
        2,
        booster.visits,
        f"Up to {booster.visits} visits, only if the first weeks helped. {booster.tell}",
    )


def _fits(record: DoseRecord, case: Case) -> str:
    weeks = case.answer("pain_weeks")
    if record.role == "short":
        return "Your pain is new, and the trials of whole courses took long-lasting pain."
    if record.role == "custom":
        return "It is a custom and not a tested regimen, so the review matters all the more."
    if record.chronic_only and isinstance(weeks, int | float):
        length = span_words(weeks)
        return f"You have had this pain for {length}; the trial took long-lasting pain too."
    return "This is the regimen that was tested for this pain."
