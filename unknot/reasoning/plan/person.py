"""What a plan takes from the person: how sensitive, which pressure, which load, which goals."""

from __future__ import annotations

from unknot.reasoning.case import Case
from unknot.reasoning.plan.techniques import FIRM, Person

STRONG_PAIN = 7
"""From 7 of 10 on, light work comes first (rule d of the techniques)."""
OLD_AGE = 75
HEAVY_HOURS = 4
"""Half a working day of one load: a line we draw ourselves, to ask about it in the check-ins."""
LOADS = {
    "typing_hours_per_day": "typing",
    "lifting_hours_per_day": "lifting",
    "standing_hours_per_day": "standing",
}
WIDESPREAD = ("SR-066",)
PREGNANT = ("SR-016", "SR-017")


def sensitive(case: Case, fired: frozenset[str]) -> str:
    """Why light work comes first, as the end of a sentence; empty when nothing asks for it."""
    if fired.intersection(WIDESPREAD):
        return "while much of the body is tender"
    if fired.intersection(PREGNANT):
        return "in pregnancy"
    pain = [case.answer(key) for key in ("pain_now", "pain_average")]
    if any(isinstance(one, int | float) and one >= STRONG_PAIN for one in pain):
        return "while the pain is strong"
    age = case.answer("age_years")
    if isinstance(age, int | float) and age >= OLD_AGE:
        return f"from the age of {OLD_AGE}"
    return ""


def wish(case: Case, wish_pressure: int | None) -> int | None:
    """The pressure the person likes, 1 to 5, or None when nobody said."""
    said = case.answer("pressure_wish") if wish_pressure is None else wish_pressure
    return int(said) if isinstance(said, int | float) else None


def start(person: Person, ceiling: int) -> int:
    """Where pressure begins: 2 when sensitive, at most 3 at a first visit, else as wished."""
    if person.sensitive:
        return min(2, ceiling)
    wished = person.wish_pressure or 3
    return min(wished, 3 if person.first_visit else FIRM + 1, ceiling)


def goals(case: Case) -> tuple[str, ...]:
    """The person's own activities and goal, in their words."""
    activities = case.answer("activities")
    lines = activities.splitlines() if isinstance(activities, str) else activities
    own = [str(line).strip() for line in lines] if isinstance(lines, list | tuple) else []
    goal = case.answer("goals")
    return tuple(line for line in (*own, str(goal or "").strip()) if line)


def heavy_load(case: Case) -> tuple[str, float] | None:
    """The heaviest load of a working day as a word and its hours, or None below half a day."""
    hours = {
        word: float(answer)
        for key, word in LOADS.items()
        if isinstance(answer := case.answer(key), int | float)
    }
    heavy = {word: amount for word, amount in hours.items() if amount >= HEAVY_HOURS}
    return max(heavy.items(), key=lambda entry: entry[1]) if heavy else None
