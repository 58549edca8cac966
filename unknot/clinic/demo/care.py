"""One invented person's care: from the intake to today, as rows in the ledger."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any

from unknot.reasoning import assess

from .. import models as m
from ..access import for_staff
from . import paths
from .arrival import Arrival, Person
from .house import House
from .ledger import Ledger
from .stories import Story
from .times import Times
from .visits import Visits

DISCHARGED_AFTER_DAYS = 12
CLOSING = ("discharged", "referred")


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
        self.visits = Visits(ledger, house, times, today, now, self.counts)

    def live(self, story: Story) -> Person:
        """Everything from the first evening's intake to today and the visits still booked."""
        dice = random.Random(self.dice.random())  # noqa: S311
        person = self.arrival.arrive(story, dice)
        self._measure(person)
        self.visits.course(person)
        self._check_ins(person)
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
        names_of = person.case.answers["activities"]
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

    def _check_ins(self, person: Person) -> None:
        until = self._last_answer(person)
        for day in paths.answered_days(person.story, person.path, person.dice):
            on = person.opened + timedelta(days=day)
            if on > until:
                break
            at = self.house.at(on, time(20, 30)) + timedelta(minutes=person.dice.randint(-80, 70))
            self._check_in(person, day, at)

    def _last_answer(self, person: Person) -> date:
        """People stop answering soon after their course is closed."""
        if person.story.ends not in CLOSING:
            return self.today
        last = self.visits.last_of(person).astimezone(self.house.zone).date()
        return last + timedelta(days=DISCHARGED_AFTER_DAYS)

    def _check_in(self, person: Person, day: int, at: datetime) -> None:
        dice, story = person.dice, person.story
        pain = paths.score(person.path[day])
        in_flare = story.flare_day is not None and 0 <= day - story.flare_day < 3
        check_in = self.ledger.add(
            m.CheckIn,
            at,
            person.actor,
            "check_in.answer",
            episode=person.episode,
            kind="diary",
            answers={
                "pain": pain,
                "sleep": min(10, max(0, round(8 - pain / 2 + dice.gauss(0, 1.2)))),
                "stress": min(10, max(0, round(4 + dice.gauss(0, 1.8)))),
                "load_hours": person.case.answers.get("typing_hours_per_day"),
                "flare": in_flare,
                "home_care_done": dice.random() < 0.6,
            },
            pain=pain,
            at=at,
            zone=self.house.practice.zone,
        )
        self.counts["check_ins"] += 1
        if in_flare and day == story.flare_day:
            self._alert(person, check_in, at)

    def _alert(self, person: Person, check_in: m.CheckIn, at: datetime) -> None:
        recent = self.today - at.astimezone(self.house.zone).date() < timedelta(days=10)
        handled: dict[str, Any] = {}
        if not recent:
            handled = {
                "handled_at": at + timedelta(hours=14),
                "handled_by": person.therapist,
                "handled_words": "Called. Settling; next visit lighter.",
            }
        self.ledger.add(
            m.Alert,
            at,
            person.actor,
            "alert.raise",
            episode=person.episode,
            check_in=check_in,
            rule_id="flare",
            urgency="none",
            words="A flare was reported in a check-in.",
            raised_at=at,
            **handled,
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
