"""Days, times and numbers in words, as the practice's people say them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from unknot.clinic.models import Appointment
from unknot.clinic.ui import words
from unknot.reasoning.book import Change, Unplaced

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
STATES = {
    Appointment.State.BOOKED: "Booked",
    Appointment.State.DONE: "Done",
    Appointment.State.NO_SHOW: "Did not come",
    Appointment.State.CANCELLED: "Cancelled",
}


def clock(wall: datetime) -> str:
    """A wall time as the other pages write it: 9:30 am."""
    return words.clock(wall.replace(tzinfo=UTC), "UTC")


def day(on: date) -> str:
    """Tuesday 3 November, without the year: the calendar shows which."""
    return words.day(on, today=on)


def short_day(on: date) -> str:
    """Tue 3 Nov."""
    return f"{on:%a} {words.short_day(on, today=on)}"


def month_day(on: date) -> str:
    """3 November."""
    return f"{on.day} {on:%B}"


def count(number: int, one: str) -> str:
    """One visit, two visits, 12 visits."""
    return f"{words.spelled(number)} {one if number == 1 else one + 's'}"


def capital(words: str) -> str:
    """The words with a capital first letter and the rest as it was."""
    return words[:1].upper() + words[1:]


def every(gaps: Sequence[int]) -> str:
    """How often, in words: once a week, twice a week, every two weeks."""
    per_week: dict[tuple[int, ...], str] = {(7,): "once a week", (14,): "every two weeks"}
    if tuple(gaps) in per_week:
        return per_week[tuple(gaps)]
    return {2: "twice a week", 3: "three times a week"}.get(len(gaps), "several times a week")


def change(made: Change, therapist: str) -> str:
    """What had to give for one visit, in words."""
    parts = []
    if made.other_day:
        parts.append(f"{DAYS[made.got.weekday()]} instead of {DAYS[made.asked.weekday()]}")
    if made.other_time:
        parts.append(f"{clock(made.got)} instead of {clock(made.asked)}")
    if made.other_therapist:
        parts.append(f"with {therapist}")
    return ", ".join(parts)


def unplaced(lost: Unplaced, before: int = 0) -> str:
    """Which visit found no time, and why; `before` counts the visits before the first placed."""
    why = (
        "the review is with the same therapist, who is not free"
        if lost.needs_therapist
        else ("nothing is free")
    )
    return f"Visit {lost.number + before}, around {short_day(lost.asked.date())}: {why}"
