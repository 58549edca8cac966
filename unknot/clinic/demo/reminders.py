"""What invented people chose to be reminded of. No message ever goes out to them."""

from __future__ import annotations

import random
from datetime import date, time, timedelta
from typing import Final

from .. import models as m
from .arrival import Person
from .house import House
from .ledger import Ledger

Kind = m.ReminderChoice.Kind
CHOOSING: Final = 0.6
"""The share of people who looked at their reminders at all."""
CHECK_IN_HOURS: Final = (8, 19, 20, 20)
PAUSED: Final = 0.08
STOPPED: Final = 0.05
MESSAGES: Final = 24
FAILED: Final = {3: ("address", 8), 11: ("line", 2)}
"""By number of the message: why it did not get through, and how often it was tried."""
WAITS: Final = 5


class Reminders:
    """Writes one person's choices after the other into the ledger."""

    def __init__(self, ledger: Ledger, house: House, today: date) -> None:
        self.ledger, self.house, self.today = ledger, house, today
        self.chosen: list[m.Client] = []

    def choose(self, person: Person) -> None:
        """The plan and its choices, made on the evening after the episode was opened."""
        dice = random.Random(f"reminders {person.client.pk}")  # noqa: S311
        at = self.house.at(person.opened + timedelta(days=1), time(20, 40))
        if dice.random() > CHOOSING or person.client.email == "" or at.date() >= self.today:
            return
        self.chosen.append(person.client)
        plan = self.ledger.add(
            m.ReminderPlan,
            at,
            person.actor,
            "reminder.choose",
            client=person.client,
            zone=self.house.practice.zone,
            paused_until=self.today + timedelta(days=9) if dice.random() < PAUSED else None,
            stopped_at=at + timedelta(days=20) if dice.random() < STOPPED else None,
            made_at=at,
        )
        chosen = {
            Kind.CHECK_IN: (
                m.Channel.EMAIL,
                time(dice.choice(CHECK_IN_HOURS)),
                dice.choice((1, 2)),
            ),
            Kind.AFTER_VISIT: (m.Channel.EMAIL, time(18), 1),
            Kind.APPOINTMENT: (m.Channel.EMAIL, time(18), 1),
            Kind.HOME_CARE: (m.Channel.EMAIL if dice.random() < 0.3 else "", time(9), 2),
        }
        for kind, (channel, hour, days) in chosen.items():
            self.ledger.add(
                m.ReminderChoice,
                at,
                plan=plan,
                kind=kind,
                channel=channel,
                at=hour,
                every_days=days,
            )

    def write(self) -> None:
        """The messages of the last days, for the owner's page: some went out, two did not get
        through, one waits until the morning."""
        for number, client in enumerate(self.chosen[:MESSAGES]):
            made = self.house.at(self.today - timedelta(days=1 + number % 9), time(18))
            failed = FAILED.get(number, ("", 1))
            waits = number == WAITS
            self.ledger.add(
                m.Outbox,
                made,
                practice=self.house.practice,
                to=client.email,
                subject="A message from your practice",
                body="",
                made_at=made,
                due_at=self.house.at(self.today + timedelta(days=1), time(8)) if waits else made,
                sent_at=None if waits or failed[0] else made + timedelta(minutes=2),
                attempts=0 if waits else failed[1],
                problem=failed[0],
            )
