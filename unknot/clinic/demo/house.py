"""The house: one practice, two locations, six rooms, six therapists, a front desk, an owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from .. import models as m
from ..access import Actor, for_staff, system
from .ledger import Ledger
from .names import email

PRACTICE = "Linden Massage Therapy"
ZONE = "America/New_York"
OPEN_TIME, CLOSE_TIME = time(8, 30), time(18, 30)
YEARS_BACK = 2

# Name, licence, skills, languages, weekdays worked (Monday 0), location.
THERAPISTS: tuple[tuple[str, list[str], list[str], tuple[int, ...], int], ...] = (
    ("Rowan Lindenfield", ["prenatal"], ["en", "es"], (0, 1, 2, 3, 6), 0),
    ("Thea Harbourwell", ["oncology"], ["en"], (1, 2, 3, 4, 5), 0),
    ("Orrin Saffrongate", [], ["en", "fr"], (0, 2, 4, 5, 6), 0),
    ("Linnea Umberdale", ["intraoral"], ["en", "pl"], (0, 1, 3, 4, 6), 1),
    ("Cosmo Millstead", ["prenatal"], ["en", "pt"], (0, 1, 2, 4, 5), 1),
    ("Verbena Woolcroft", [], ["en", "es"], (2, 3, 4, 5, 6), 1),
)
OWNER, DESK = "Rosemary Quillmere", "Basil Cottonwick"
LOCATIONS = (
    ("Harbour Street", "12 Harbour Street, first floor", True),
    ("Mill Lane", "3 Mill Lane, ground floor", True),
)


@dataclass(frozen=True)
class House:
    """The practice with everyone who works in it; room ``i`` is where therapist ``i`` treats."""

    practice: m.Practice
    owner: m.Staff
    desk: m.Staff
    therapists: tuple[m.Staff, ...]
    rooms: tuple[m.Room, ...]
    weekdays: tuple[tuple[int, ...], ...]

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the practice."""
        return ZoneInfo(self.practice.zone)

    def at(self, day: date, clock: time) -> datetime:
        """That wall time at the practice, as an instant in UTC."""
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def index(self, therapist: m.Staff) -> int:
        """The therapist's place in ``therapists``."""
        return next(i for i, one in enumerate(self.therapists) if one.pk == therapist.pk)


def build(ledger: Ledger, today: date, password_hash: str) -> House:
    """Adds the practice, its rooms, its people and their hours to the ledger."""
    started = today - timedelta(days=365 * YEARS_BACK)
    opened = datetime.combine(started, time(9), ZoneInfo(ZONE)).astimezone(UTC)
    practice = ledger.add(
        m.Practice,
        opened,
        name=PRACTICE,
        zone=ZONE,
        country="US",
        emergency_number="911",
        price_60_minutes_cents=9500,
        is_demo=True,
        created_at=opened,
    )
    by = system(practice)
    ledger.note(practice, opened, by, "practice.make", ["name", "zone", "country"])
    ledger.note(practice, opened, by, "demo.load", ["is_demo"])
    places = [
        ledger.add(
            m.Location, opened, practice=practice, name=name, address=address, step_free=free
        )
        for name, address, free in LOCATIONS
    ]
    staff = _Staff(ledger, practice, places, opened, password_hash, by)
    owner = staff.add(OWNER, "owner", 0, treats=False)
    desk = staff.add(DESK, "front_desk", 0, treats=False)
    therapists, rooms = [], []
    for number, (name, skills, languages, weekdays, place) in enumerate(THERAPISTS):
        room = ledger.add(m.Room, opened, location=places[place], name=f"Room {number % 3 + 1}")
        therapist = staff.add(
            name,
            "therapist",
            place,
            treats=True,
            skills=skills,
            languages=languages,
            licence_number=f"DEMO-{1041 + 37 * number}",
            licence_valid_until=date(today.year + 1 + number % 2, 1 + number * 2, 28),
        )
        _hours(ledger, therapist, places[place], weekdays, opened, for_staff(owner))
        therapists.append(therapist)
        rooms.append(room)
    _bedside(ledger, rooms[0], owner, opened, today)
    return House(
        practice, owner, desk, tuple(therapists), tuple(rooms), tuple(row[3] for row in THERAPISTS)
    )


def _bedside(ledger: Ledger, room: m.Room, owner: m.Staff, at: datetime, today: date) -> None:
    """A tablet left in one room, asleep since yesterday; no device holds its token."""
    seen = datetime.combine(today - timedelta(days=1), time(17), UTC)
    ledger.add(
        m.Bedside,
        at,
        for_staff(owner),
        "bedside.manage",
        room=room,
        code_hash="none: this code is used up",
        code_until=at,
        token_hash="none: no device holds it",  # noqa: S106  # of no token
        made_by=owner,
        made_at=at,
        paired_at=at,
        seen_at=seen,
        expires_at=seen + timedelta(days=150),
    )


class _Staff:
    """Adds members of staff, each with a sign-in."""

    def __init__(
        self,
        ledger: Ledger,
        practice: m.Practice,
        places: list[m.Location],
        at: datetime,
        password_hash: str,
        by: Actor,
    ) -> None:
        self.ledger, self.practice, self.places, self.at = ledger, practice, places, at
        self.password_hash, self.by = password_hash, by

    def add(self, name: str, role: str, place: int, **fields: Any) -> m.Staff:
        user = self.ledger.add(
            m.User, self.at, email=email(name), name=name, password=self.password_hash
        )
        return self.ledger.add(
            m.Staff,
            self.at,
            self.by,
            "staff.add",
            practice=self.practice,
            user=user,
            location=self.places[place],
            role=role,
            name=name,
            **fields,
        )


def _hours(
    ledger: Ledger,
    therapist: m.Staff,
    location: m.Location,
    weekdays: tuple[int, ...],
    opened: datetime,
    by: Actor,
) -> None:
    for weekday in weekdays:
        ledger.add(
            m.WorkingHours,
            opened,
            staff=therapist,
            location=location,
            weekday=weekday,
            starts=OPEN_TIME,
            ends=CLOSE_TIME,
            valid_from=opened.date(),
        )
    ledger.note(therapist, opened, by, "staff.change", ["working_hours"])
