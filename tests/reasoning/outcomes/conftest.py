"""Small invented diaries for the tests of the outcomes."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from bench import outcomes_people as people
from unknot.reasoning.outcomes import Diary, Entry, Session

BEGIN = datetime(2026, 3, 2, 20, tzinfo=UTC)
SWING = (0.0, 1.0, -1.0, 0.0, 1.0, -1.0, 0.0)


class Make:
    """Makes entries, visits and whole courses, counted in days from a Monday evening."""

    def at(self, day: float) -> datetime:
        return BEGIN + timedelta(days=day)

    def on_scale(self, value: float) -> float:
        return min(10.0, max(0.0, value))

    def daily(
        self, values: Sequence[float], first_day: int = 0, kind: str = "diary"
    ) -> tuple[Entry, ...]:
        return tuple(
            Entry(self.at(first_day + i), float(value), kind) for i, value in enumerate(values)
        )

    def weekly(self, visits: int, first_day: float = 6.5) -> tuple[Session, ...]:
        return tuple(Session(self.at(first_day + 7 * week)) for week in range(visits))

    def paired(
        self, visits: int, before: float, after: float, first_day: float = 6.5
    ) -> tuple[Entry, ...]:
        entries: list[Entry] = []
        for week in range(visits):
            entries.append(Entry(self.at(first_day + 7 * week), before, "before"))
            entries.append(Entry(self.at(first_day + 7 * week + 0.05), after, "after"))
        return tuple(entries)

    def course(
        self, before: float, after: float, *, visits: int = 5, wobble: float = 0.5, days: int = 0
    ) -> Diary:
        """A week of answers, then weekly visits and answers around ``after`` for ``days``."""
        start = [self.on_scale(before + wobble * step) for step in SWING]
        rest = [
            self.on_scale(after + wobble * SWING[day % 7]) for day in range(days or 7 * visits)
        ]
        return Diary(self.daily(start) + self.daily(rest, 7), self.weekly(visits))


@pytest.fixture
def make() -> Make:
    return Make()


@pytest.fixture
def helped() -> Callable[[float], Diary]:
    """Ten weekly visits with a carry-over of ``delta`` points that fades over five days."""

    def diary(delta: float, seed: int = 1) -> Diary:
        truth = people.Truth(level=6, recovery=1, delta=delta, tau=5, sd_days=0.6)
        course = people.Course(14, 10, answered=0.9)
        return people.person(truth, course, np.random.default_rng(seed)).diary

    return diary


@pytest.fixture
def faded() -> Diary:
    """Pain that fell by four points in ten weeks, visits or not."""
    truth = people.Truth(level=3, recovery=5, sd_days=0.6, tau_recovery=25)
    course = people.Course(7, 9, answered=0.9)
    return people.person(truth, course, np.random.default_rng(3)).diary
