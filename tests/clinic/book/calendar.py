"""Help for the tests of booking: a plan that is agreed, a slot on a day, what overlaps."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from tests.support.cast import NOW, House
from unknot.clinic.book import actions
from unknot.clinic.book.actions import Slot
from unknot.clinic.models import (
    Appointment,
    Episode,
    Intake,
    Occupancy,
    PlanVersion,
    Screening,
    Staff,
)
from unknot.reasoning.book import moment, zone_named
from unknot.reasoning.case import Case
from unknot.reasoning.screen import decide

MONDAY = date(2026, 3, 9)  # the week after NOW; the clocks in New York changed the day before


def at(
    hour: int, minute: int = 0, *, day: date = MONDAY, zone: str = "America/New_York"
) -> datetime:
    """That wall time at the practice as a moment."""
    return moment(datetime.combine(day, time(hour, minute)), zone_named(zone))


def slot(staff: Staff, when: datetime, number: int = 1, *, review: bool = False) -> Slot:
    return Slot(staff.pk, when, number, review)


def screened(house: House, episode: Episode | None = None, *, blocks: bool = False) -> Screening:
    """A screening of the episode: proceed, or not."""
    episode = episode or house.episode
    version = episode.intakes.count() + 1
    intake = Intake.everything.create(
        episode=episode, version=version, as_of=NOW.date(), saved_at=NOW, completed_at=NOW
    )
    return Screening.everything.create(
        episode=episode,
        intake=intake,
        result=nothing_answered() if blocks else {},
        disposition="medical_clearance" if blocks else "proceed",
        urgency="gp_soon" if blocks else "none",
        pressure_ceiling=5,
        blocks_booking=blocks,
        knowledge_version="test",
        decided_at=NOW + timedelta(minutes=version),
    )


def agreed(
    house: House,
    episode: Episode | None = None,
    *,
    visits: int = 4,
    per_week: int = 1,
    **content: Any,
) -> PlanVersion:
    """An agreed plan of 60-minute visits, reviewed after the second and at the end."""
    episode = episode or house.episode
    screening = episode.screenings.order_by("-decided_at").first() or screened(house, episode)
    return PlanVersion.everything.create(
        episode=episode,
        screening=screening,
        number=episode.plans.count() + 1,
        content={
            "dose": {"minutes": 60, "per_week": per_week, "weeks": visits, "visits": visits},
            "review_after_visit": 2,
            **content,
        },
        state=PlanVersion.State.AGREED,
        made_by=house.ann,
        made_at=NOW,
        agreed_name="Cora",
        agreed_at=NOW,
    )


def weekly(staff: Staff, count: int, hour: int = 10) -> list[Slot]:
    """That many slots, a week apart, with the second and the last as reviews."""
    return [
        slot(
            staff,
            at(hour, day=MONDAY + timedelta(weeks=number - 1)),
            number,
            review=number in (2, count),
        )
        for number in range(1, count + 1)
    ]


def overlaps() -> list[tuple[UUID, UUID]]:
    """Pairs of active occupancies of one resource that share a moment, found without the
    database.
    """
    rows = list(Occupancy.everything.filter(active=True).order_by("resource_id", "starts_at"))
    return [
        (first.pk, second.pk)
        for place, first in enumerate(rows)
        for second in rows[place + 1 :]
        if first.resource_id == second.resource_id
        and first.starts_at < second.ends_at
        and second.starts_at < first.ends_at
    ]


def ghosts() -> list[UUID]:
    """Booked appointments that do not hold exactly their therapist, room and client."""
    wrong = []
    for row in Appointment.everything.exclude(state="cancelled"):
        held = set(row.occupancy.filter(active=True).values_list("resource_id", flat=True))
        if held != {row.staff_id, row.room_id, row.client_id}:
            wrong.append(row.pk)
    for row in Appointment.everything.filter(state="cancelled"):
        if row.occupancy.filter(active=True).exists():
            wrong.append(row.pk)
    return wrong


def nothing_answered() -> dict[str, Any]:
    """What the safety rules say when nothing was answered: unknown never passes."""
    return decide(Case(answers={}, marks=(), as_of=NOW.date())).to_dict()


def book(
    home: House, hour: int = 10, minute: int = 0, *, who: object = None, other: bool = False
) -> Appointment:
    """A visit of an hour on the Monday, booked by the desk."""
    staff = who or home.ann
    return actions.book(
        episode=home.other_episode if other else home.episode,
        slot=slot(staff, at(hour, minute)),  # type: ignore[arg-type]
        minutes=60,
        by=home.actor(home.desk),
        now=NOW,
    )
