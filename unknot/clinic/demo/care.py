"""One invented person's care: from the intake to today, as rows in the ledger."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime, time, timedelta

from unknot.reasoning import assess

from .. import models as m
from ..access import for_staff
from . import paths
from .arrival import Arrival, Person
from .check_ins import CLOSING, CheckIns
from .home import HomeCareDays
from .house import House
from .ledger import Ledger
from .reminders import Reminders
from .stories import Story
from .times import Times
from .visits import Visits

DISCHARGED_AFTER_DAYS = 12


class Care:
    """Writes people's care into the ledger, one person after the other."""

    def __init__(
        self,
        ledger: Ledger,
        house: House,
        times: Times,
        today: date,
        now: datetime | None,
        dice: random.Random,
        password_hash: str,
    ) -> None:
        self.ledger, self.house, self.today, self.dice = ledger, house, today, dice
        self.counts: Counter[str] = Counter()
        self.arrival = Arrival(ledger, house, today, password_hash)
        self.visits = Visits(self.arrival, times, now, self.counts)
        self.check_ins = CheckIns(ledger, house, today, self.visits, self.counts)
        self.home = HomeCareDays(ledger, house, today)
        self.reminders = Reminders(ledger, house, today)

    def live(self, story: Story) -> Person:
        """Everything from the first evening's intake to today and the visits still booked."""
        dice = random.Random(self.dice.random())  # noqa: S311
        person = self.arrival.arrive(story, dice)
        self._measure(person)
        self.visits.course(person)
        self.check_ins.answer(person)
        self.home.tell(person)
        self.reminders.choose(person)
        self._end(person)
        return person

    def _measure(self, person: Person) -> None:
        """PEG and PSFS at the start, and again every four weeks while the course runs."""
        weeks = 0 if person.story.weeks_ago < 4 else min(12, person.story.weeks_ago)
        for week in range(0, weeks + 1, 4):
            at = self.house.at(person.opened + timedelta(weeks=week), time(20, 5))
            share = min(1.0, week / 10)
            pain = person.pain(at.date())
            self._scores(
                person, at, (pain + person.story.start) / 2, share * person.story.function
            )

    def _scores(self, person: Person, at: datetime, pain: float, easier: float) -> None:
        dice = person.dice
        start = person.story.start
        now = pain * (1 - easier) + max(0.0, start * 0.45) * easier
        peg = [paths.score(value + dice.uniform(-1, 1)) for value in (pain, now, now)]
        hard = [paths.score(2.5 + 5.5 * easier + dice.uniform(-1.2, 1.2)) for _ in range(3)]
        activities = person.case.answers["activities"]
        names_of = activities if isinstance(activities, tuple) else ()
        self._score(person, at, "OM-PEG", dict(zip(PEG, peg, strict=True)))
        self._score(person, at, "OM-PSFS", dict(zip(names_of, hard, strict=False)))

    def _score(self, person: Person, at: datetime, instrument: str, found: dict[str, int]) -> None:
        value = assess.score(instrument, found).value
        self.ledger.add(
            m.Measure,
            at,
            person.actor,
            "measure.record",
            episode=person.episode,
            instrument=instrument,
            answers=found,
            value=value,
            taken_at=at,
        )

    def _end(self, person: Person) -> None:
        """Discharge or referral, decided some days after the last visit."""
        story = person.story
        if story.ends not in CLOSING:
            return
        latest = self.house.at(self.today - timedelta(days=1), time(18))
        at = min(latest, self.visits.last_of(person) + timedelta(days=2))
        by = for_staff(person.therapist)
        referred = story.ends == "referred"
        kind = "refer" if referred else ("discharge" if story.kind != "good" else "taper")
        self.ledger.add(
            m.Decision,
            at,
            by,
            "outcomes.decide",
            episode=person.episode,
            kind=kind,
            proposed="refer" if referred else kind,
            reason=REASONS[kind],
            staff=person.therapist,
            decided_at=at,
        )
        closed = at if referred else min(latest, at + timedelta(days=DISCHARGED_AFTER_DAYS))
        person.episode.state = story.ends
        person.episode.closed_at = closed
        self.ledger.note(person.episode, closed, by, "episode.close", ["state", "closed_at"])


PEG = ("average", "enjoyment", "activity")
REASONS = {
    "refer": "Two points worse for more than three days. Letter to the family doctor written.",
    "discharge": "Course complete. Goes on with exercise at home, may come back any time.",
    "taper": "Goal reached at two reviews. Every two weeks, then once a month, then stop.",
}
