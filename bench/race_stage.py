"""The stage of the booking race, made and read back inside the site's own environment. Prints
JSON.
"""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime, time, timedelta

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from tests.clinic.book.calendar import agreed, ghosts, overlaps, screened
from tests.support.cast import House, client, house
from unknot.clinic.book import actions
from unknot.clinic.book.actions import Slot
from unknot.clinic.models import Appointment, Episode, Staff, WorkingHours
from unknot.reasoning.book import moment, zone_named

EPISODES, DAYS, POOL = 40, 12, 24
OPENS, CLOSES = 8, 20


def make() -> None:
    """Two therapists and two rooms for forty clients on twelve days: crowded on purpose."""
    home = house()
    _work_every_day(home)
    episodes = [home.episode, *(_episode(home, number) for number in range(EPISODES - 1))]
    for episode in episodes:
        screened(home, episode)
    planned = episodes[:20]
    for episode in planned:
        agreed(home, episode, visits=3, per_week=3)
    now = datetime.now(UTC)
    zone = zone_named(home.practice.zone)
    first = (now + timedelta(days=3)).date()
    starts = [
        moment(datetime.combine(first + timedelta(days=number), time(OPENS)), zone)
        for number in range(DAYS)
    ]
    pool = _pool(home, episodes, starts, now)
    print(
        json.dumps(
            {
                "episodes": [str(episode.pk) for episode in episodes],
                "planned": [str(episode.pk) for episode in planned],
                "therapists": [str(home.ann.pk), str(home.ben.pk)],
                "days": [int(start.timestamp()) for start in starts],
                "quarters": (CLOSES - OPENS) * 4 - 5,
                "pool": pool,
                "sessions": [session_of(staff) for staff in (home.desk, home.owner, home.ann)],
                "csrf": secrets.token_hex(16),
            }
        )
    )


def look() -> None:
    """What is there after the race, found by comparing every pair in Python."""
    rows = list(Appointment.everything.values_list("state", "revision"))
    print(
        json.dumps(
            {
                "overlaps": len(overlaps()),
                "ghosts": len(ghosts()),
                "rows": len(rows),
                "cancelled": sum(state == Appointment.State.CANCELLED for state, _ in rows),
                "revisions": sum(revision for _, revision in rows),
            }
        )
    )


def drop_guard() -> None:
    """Take the overlap constraint away: the negative control."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE clinic_occupancy DROP CONSTRAINT occupancy_no_overlap")
        else:
            cursor.execute("DROP TRIGGER occupancy_no_overlap_insert")
            cursor.execute("DROP TRIGGER occupancy_no_overlap_update")


def _work_every_day(home: House) -> None:
    WorkingHours.everything.all().delete()
    WorkingHours.everything.bulk_create(
        WorkingHours(
            staff=staff,
            location=home.location,
            weekday=weekday,
            starts=time(OPENS),
            ends=time(CLOSES),
            valid_from=home.practice.created_at.date(),
        )
        for staff in (home.ann, home.ben)
        for weekday in range(7)
    )
    Staff.everything.update(hands_on_minutes_per_day=1440)


def _episode(home: House, number: int) -> Episode:
    person = client(home.practice, f"Client {number}", f"client{number}@linden.invalid")
    return Episode.everything.create(
        client=person,
        therapist=home.ann,
        complaint="A stiff neck",
        opened_at=home.practice.created_at,
    )


def _pool(
    home: House, episodes: list[Episode], starts: list[datetime], now: datetime
) -> list[str]:
    """Appointments booked before the race, to be moved and cancelled by everybody."""
    made = []
    for number in range(POOL):
        staff, start = (home.ann, home.ben)[number % 2], starts[number // 2 % DAYS]
        appointment = actions.book(
            episode=episodes[number],
            slot=Slot(staff.pk, start + timedelta(hours=2)),
            minutes=60,
            by=home.actor(home.desk),
            now=now,
        )
        made.append(str(appointment.pk))
    return made


def session_of(staff: Staff) -> str:
    """A signed-in session, as the sign-in page leaves it."""
    store = SessionStore()
    store[SESSION_KEY] = str(staff.user.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = staff.user.get_session_auth_hash()
    store.create()
    assert store.session_key
    return store.session_key
