"""One invented person's care: from the intake to today, as rows in the ledger."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from .. import models as m
from ..access import Actor, for_staff
from . import answers, names, paths
from .house import House
from .ledger import Ledger
from .stories import NECK, Story
from .times import Times
from .visits import Visits

INTAKE_CLOCK = time(19, 40)
FIRST_VISIT_DAY = 7
DISCHARGED_AFTER_DAYS = 10


@dataclass(frozen=True)
class Person:
    """A client with an open episode and the dice of their own course."""

    story: Story
    client: m.Client
    episode: m.Episode
    therapist: m.Staff
    intake: m.Intake
    opened: date
    actor: Actor
    path: tuple[float, ...]
    dice: random.Random

    def pain(self, day: date) -> float:
        """Pain on a day of the course; days outside take the nearest."""
        return self.path[min(len(self.path) - 1, max(0, (day - self.opened).days))]


class Care:
    """Writes people's care into the ledger, one person after the other."""

    def __init__(
        self,
        ledger: Ledger,
        house: House,
        times: Times,
        today: date,
        dice: random.Random,
        password_hash: str,
    ) -> None:
        self.ledger, self.house, self.times, self.today = ledger, house, times, today
        self.dice, self.password_hash = dice, password_hash
        self.taken_names: set[str] = set()
        self.counts: Counter[str] = Counter()
        self.visits = Visits(ledger, house, times, today, self.counts)

    def live(self, story: Story) -> Person:
        """Everything from the first evening's intake to today and the visits still booked."""
        dice = random.Random(self.dice.random())  # noqa: S311
        person = self._arrive(story, dice)
        self._measure(person)
        self.visits.course(person)
        self._check_ins(person)
        self._end(person)
        return person

    def _arrive(self, story: Story, dice: random.Random) -> Person:
        opened = self.today - timedelta(days=_days_ago(story, dice))
        at = self.house.at(opened, INTAKE_CLOCK) + timedelta(minutes=dice.randint(-90, 90))
        client = self._client(story, dice, at)
        therapist = self.house.therapists[self.counts["clients"] % len(self.house.therapists)]
        self.counts["clients"] += 1
        actor = Actor(kind="client", user=client.user, practice=self.house.practice, client=client)
        episode = self.ledger.add(
            m.Episode,
            at,
            actor,
            "episode.open",
            client=client,
            therapist=therapist,
            main_area=story.area,
            complaint=story.complaint or _complaint(story),
            opened_at=at,
        )
        self.ledger.add(m.CareTeam, at, client=client, staff=therapist, since=at)
        self.ledger.note(client, at, for_staff(self.house.desk), "client.care", ["care_team"])
        days = max(1, (self.today - opened).days)
        return Person(
            story,
            client,
            episode,
            therapist,
            self._intake(story, dice, episode, actor, at),
            opened,
            actor,
            paths.pain_path(story, days, dice),
            dice,
        )

    def _client(self, story: Story, dice: random.Random, at: datetime) -> m.Client:
        name = story.name or names.invent(dice, self.taken_names)
        self.taken_names.add(name)
        sex = story.sex or dice.choice(("female", "female", "male"))
        age = story.age or dice.choice((dice.randint(22, 48), dice.randint(35, 74)))
        address = names.email(name)
        user = self.ledger.add(m.User, at, email=address, name=name, password=self.password_hash)
        born = date(self.today.year - age - 1, dice.randint(1, 12), dice.randint(1, 28))
        return self.ledger.add(
            m.Client,
            at,
            for_staff(self.house.desk),
            "client.add",
            practice=self.house.practice,
            user=user,
            name=name,
            called=name.split(maxsplit=1)[0].split("-")[0],
            email=address,
            phone=f"555-01{dice.randint(0, 99):02}",
            born_on=born if age else None,
            sex=sex,
            figure=sex if sex in ("female", "male") else "neutral",
            created_at=at,
        )

    def _intake(
        self, story: Story, dice: random.Random, episode: m.Episode, actor: Actor, at: datetime
    ) -> m.Intake:
        client = episode.client
        age = story.age or self.today.year - (client.born_on or self.today).year - 1
        told = answers.answers(story, dice, age=age, sex=client.sex)
        return self.ledger.add(
            m.Intake,
            at,
            actor,
            "intake.answer",
            episode=episode,
            version=1,
            answers=told,
            marks=answers.marks(story, dice),
            as_of=at.astimezone(self.house.zone).date(),
            sections_done=[],
            saved_at=at,
            completed_at=at,
        )

    def _measure(self, person: Person) -> None:
        """PEG and PSFS at the start, and again every four weeks while the course runs."""
        weeks = 0 if person.story.weeks_ago < 4 else min(12, person.story.weeks_ago)
        for week in range(0, weeks + 1, 4):
            at = self.house.at(person.opened + timedelta(weeks=week), time(20, 5))
            share = min(1.0, week / 10)
            pain = person.pain(at.date())
            self._scores(person, at, pain, share * person.story.function)

    def _scores(self, person: Person, at: datetime, pain: float, easier: float) -> None:
        dice = person.dice
        start = person.story.start
        now = pain * (1 - easier) + max(0.0, start * 0.45) * easier
        peg = [paths.score(value + dice.uniform(-1, 1)) for value in (pain, now, now)]
        hard = [paths.score(2.5 + 5.5 * easier + dice.uniform(-1.2, 1.2)) for _ in range(3)]
        names_of = person.intake.answers["activities"]
        self._score(person, at, "OM-PEG", {f"peg_{i + 1}": one for i, one in enumerate(peg)})
        self._score(person, at, "OM-PSFS", dict(zip(names_of, hard, strict=False)))

    def _score(self, person: Person, at: datetime, instrument: str, found: dict[str, int]) -> None:
        value = round(sum(found.values()) / len(found), 2)
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
        for day in paths.answered_days(person.story, person.path, person.dice):
            on = person.opened + timedelta(days=day)
            at = self.house.at(on, time(20, 30)) + timedelta(minutes=person.dice.randint(-80, 70))
            self._check_in(person, day, at)

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
                "load_hours": person.intake.answers.get("typing_hours_per_day"),
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
        if story.ends not in ("discharged", "referred"):
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


REASONS = {
    "refer": "Two points worse for more than three days. Letter to the family doctor written.",
    "discharge": "Course complete. Goes on with exercise at home, may come back any time.",
    "taper": "Goal reached at two reviews. Every two weeks, then once a month, then stop.",
}


def _days_ago(story: Story, dice: random.Random) -> int:
    """When the course opened; a week of scores and no visit is exactly a week."""
    return 7 if story.kind == "week" else 7 * story.weeks_ago + dice.randint(1, 7)


def _complaint(story: Story) -> str:
    return "Neck and upper-back pain" if story.area == NECK else "Low back pain"
