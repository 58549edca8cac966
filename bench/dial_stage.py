"""The stage of the dial's measurement, made inside the site's own environment. Prints JSON."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from bench.race_stage import session_of
from tests.support.cast import House, house
from tests.support.records import booked, screened
from tests.support.visits import RESULT
from unknot.clinic import models as m
from unknot.clinic.treat.actions import dial_link

AREAS = ("neck_back_left", "low_back_right", "shoulder_top_left", "mid_back_right")


def make(sessions: int) -> None:
    """As many visits in session, each of its own client, each with an open dial and an area."""
    home, now = house(), datetime.now(UTC)
    owner = home.actor(home.owner)
    found: list[dict[str, Any]] = []
    for number in range(sessions):
        visit = _visit(home, number, now)
        link = dial_link.open_dial(visit=visit, by=owner, now=now)
        found.append({"visit": str(visit.pk), "token": dial_link.token_of(link)})
    print("STAGE" + json.dumps({"sessions": found, "therapist": session_of(home.owner)}))


def _visit(home: House, number: int, now: datetime) -> m.Visit:
    person = m.Client.everything.create(
        practice=home.practice,
        name=f"Client {number}",
        email=f"client{number}@linden.invalid",
        born_on=date(1975, 5, 17),
        created_at=now,
    )  # without a sign-in: hashing 150 passwords takes longer than the rest
    episode = m.Episode.everything.create(
        client=person, therapist=home.ann, complaint="A stiff neck", opened_at=now
    )
    screened(episode, now, result=RESULT, disposition="adapt", pressure_ceiling=3)
    return m.Visit.everything.create(
        appointment=booked(home, episode, now),
        opened_at=now,
        started_at=now,
        area_in_work=AREAS[number % len(AREAS)],
        technique_in_work="TEC-SWE",
        pressure_in_work=2,
        work_since=now,
    )


def count() -> None:
    """How many lines are in the log."""
    print(f"COUNT{m.DialEvent.everything.count()}")
