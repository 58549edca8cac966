"""The cast of the tests: two invented practices, so that one can always fail to see the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from unknot.clinic.access import Actor, for_staff, for_user
from unknot.clinic.models import (
    CareTeam,
    Client,
    Episode,
    Location,
    Practice,
    Room,
    Staff,
    User,
    WorkingHours,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday
TODAY = NOW.date()
PASSWORD = "a quiet room with linen"


@dataclass
class House:
    """One practice and everybody in it. ``ann`` treats ``cora``; ``ben`` treats nobody yet."""

    practice: Practice
    location: Location
    room: Room
    owner: Staff
    ann: Staff
    ben: Staff
    desk: Staff
    cora: Client
    dan: Client
    episode: Episode
    other_episode: Episode
    rooms: list[Room] = field(default_factory=list)

    def actor(self, who: Staff | Client) -> Actor:
        """The actor somebody of the cast is."""
        if isinstance(who, Staff):
            return for_staff(who)
        assert who.user is not None
        return for_user(who.user)


def house(name: str = "Linden", zone: str = "America/New_York") -> House:
    """A practice in the given zone, with hours Monday to Friday 9 to 17 for both therapists."""
    practice = Practice.everything.create(
        name=f"{name} Practice", zone=zone, created_at=NOW, notice_hours=0
    )
    location = Location.everything.create(practice=practice, name=f"{name} House")
    rooms = [Room.everything.create(location=location, name=f"Room {n}") for n in (1, 2)]

    def staff(first: str, role: str, *, treats: bool) -> Staff:
        return Staff.everything.create(
            user=user(f"{first}@{name}.invalid", first.title()),
            practice=practice,
            location=location,
            role=role,
            name=f"{first.title()} {name}",
            treats=treats,
            licence_number=f"LMT-{first}",
            licence_valid_until=date(2030, 1, 1),
            skills=["TEC-SWE", "TEC-DTM", "TEC-TRP", "TEC-MFR"],
        )

    owner = staff("olive", "owner", treats=False)
    ann = staff("ann", "therapist", treats=True)
    ben = staff("ben", "therapist", treats=True)
    desk = staff("fay", "front_desk", treats=False)
    for therapist in (ann, ben):
        for weekday in range(5):
            WorkingHours.everything.create(
                staff=therapist,
                location=location,
                weekday=weekday,
                starts=time(9),
                ends=time(17),
                valid_from=TODAY - timedelta(days=365),
            )
    cora = client(practice, f"Cora {name}", f"cora@{name}.invalid")
    dan = client(practice, f"Dan {name}", f"dan@{name}.invalid")
    CareTeam.everything.create(client=cora, staff=ann, since=NOW)
    return House(
        practice=practice,
        location=location,
        room=rooms[0],
        rooms=rooms,
        owner=owner,
        ann=ann,
        ben=ben,
        desk=desk,
        cora=cora,
        dan=dan,
        episode=Episode.everything.create(
            client=cora,
            therapist=ann,
            main_area="low_back",
            complaint="My low back aches",
            opened_at=NOW,
        ),
        other_episode=Episode.everything.create(
            client=dan,
            therapist=None,
            main_area="neck_upper_back",
            complaint="A stiff neck",
            opened_at=NOW,
        ),
    )


def user(email: str, name: str) -> User:
    """Somebody who can sign in with PASSWORD."""
    return User.objects.create_user(email, PASSWORD, name=name)


def client(practice: Practice, name: str, email: str) -> Client:
    """A client who can sign in."""
    return Client.everything.create(
        practice=practice,
        user=user(email, name),
        name=name,
        email=email,
        born_on=date(1975, 5, 17),
        created_at=NOW,
    )
