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


class Reminders:
    """Writes one person's choices after the other into the ledger."""

    def __init__(self, ledger: Ledger, house: House, today: date) -> None:
        self.ledger, self.house, self.today = ledger, house, today

    def choose(self, person: Person) -> None:
        """The plan and its choices, made on the evening after the episode was opened."""
        dice = random.Random(f"reminders {person.client.pk}")  # noqa: S311
        at = self.house.at(person.opened + timedelta(days=1), time(20, 40))
        if dice.random() > CHOOSING or person.client.email == "" or at.date() >= self.today:
            return
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
