"""What invented people tell of their home care, and the steps the rules then take."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Final

from unknot.knowledge import load
from unknot.knowledge.home_care import HomeCare
from unknot.reasoning.follow_up.waiting import look_by
from unknot.reasoning.home import (
    After,
    Day,
    Done,
    During,
    NextDay,
    Outcome,
    Rung,
    Step,
    judge,
)
from unknot.reasoning.scale import Urgency

from .. import models as m
from .arrival import Person
from .check_ins import CLOSING
from .house import House
from .ledger import Ledger

EVENING: Final = time(20, 40)
DAYS: Final = 12
TELLS: Final = 0.75
TOO_MUCH: Final = 0.03
TOO_MUCH_AT_ONCE: Final = 0.003
TOMORROW: Final = timedelta(days=1)


class HomeCareDays:
    """Writes the last two weeks of one person after the other into the ledger."""

    def __init__(self, ledger: Ledger, house: House, today: date) -> None:
        self.ledger, self.house, self.today = ledger, house, today

    def tell(self, person: Person) -> None:
        """The days before today; nothing of today, so that a visitor can tap it."""
        if person.planned is None or person.plan is None or person.story.ends in CLOSING:
            return
        known = load().home_care
        for item in person.planned.home_care:
            dice = random.Random(f"home {person.episode.pk} {item.id}")  # noqa: S311
            self._item(person, known[item.id], dice)

    def _item(self, person: Person, item: HomeCare, dice: random.Random) -> None:
        agreed = person.plan.agreed_at if person.plan else None
        begun = agreed.astimezone(self.house.zone).date() if agreed else self.today
        rung, told = Rung(0, begun), list[Day]()
        for ago in range(DAYS, 0, -1):
            day = self.today - timedelta(days=ago)
            if day <= begun or dice.random() > TELLS:
                continue
            told.append(self._day(person, item, rung, day, dice))
            step = judge(item, rung, told, today=day + TOMORROW)
            if step.outcome is Outcome.STAY or day + TOMORROW >= self.today:
                continue
            self._step(person, item, step, day + TOMORROW)
            if step.needs_therapist:
                return
            rung = Rung(step.to, day + 2 * TOMORROW)

    def _day(
        self, person: Person, item: HomeCare, rung: Rung, on: date, dice: random.Random
    ) -> Day:
        done = dice.choices((Done.DONE, Done.PARTLY, Done.NOT_TODAY), (6, 2, 2))[0]
        day = Day(on, done)
        if day.was_done:
            during = dice.choices((During.NONE, During.WITHIN), (4, 1))[0]
            if dice.random() < (TOO_MUCH if rung.step else TOO_MUCH_AT_ONCE):
                during = During.OVER
            last = on + TOMORROW == self.today
            day = replace(
                day, during=during, after=After.NO_MORE, next_day=None if last else NextDay.SETTLED
            )
        at = self.house.at(on, EVENING) + timedelta(minutes=dice.randint(-60, 50))
        self.ledger.add(
            m.HomeCareDay,
            at,
            person.actor,
            "home_care.tell",
            episode=person.episode,
            item=item.id,
            on=on,
            step=rung.step,
            done=str(done),
            during=str(day.during or ""),
            after=str(day.after or ""),
            next_day=str(day.next_day or ""),
            told_at=at,
        )
        return day

    def _step(self, person: Person, item: HomeCare, step: Step, on: date) -> None:
        at = self.house.at(on, EVENING)
        self.ledger.add(
            m.HomeCareStep,
            at,
            person.actor,
            "home_care.tell",
            episode=person.episode,
            item=item.id,
            step=step.to,
            since=on + TOMORROW,
            outcome=str(step.outcome),
            rule_id=step.rule.id,
            waits=step.needs_therapist,
            decided_at=at,
        )
        if step.needs_therapist:
            self.ledger.add(
                m.Alert,
                at,
                person.actor,
                "home_care.tell",
                episode=person.episode,
                rule_id=step.rule.id,
                urgency="none",
                words=f"Home care, {item.name.lower()}: too much on the lowest step. "
                "Speak with the client.",
                raised_at=at,
                look_by=look_by(at, Urgency.NONE),
            )
