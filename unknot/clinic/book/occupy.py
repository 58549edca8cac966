"""Taking and giving back the therapist, the room and the client of an appointment.

The database refuses an overlap whatever happens here. The lock taken first only gives order: on
PostgreSQL two bookings of one therapist wait for each other instead of failing, and always in
the same order, so that they never wait in a circle. SQLite has one writer at a time and needs
none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from unknot.clinic.models import Appointment, Occupancy
from unknot.reasoning.book import Interval

GUARD = "occupancy_no_overlap"


class TimeTaken(Exception):
    """Somebody else has the therapist, every room, or the client at that time."""


def lock(resources: Iterable[UUID]) -> None:
    """Wait until nobody else is booking any of these, in one fixed order; held until the
    transaction ends.
    """
    if connection.vendor != "postgresql":
        return
    numbers = sorted({_lock_number(resource) for resource in resources})
    with connection.cursor() as cursor:
        for number in numbers:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def claim(appointments: Iterable[Appointment], *, turnover: timedelta) -> None:
    """Occupy therapist, room and client of each appointment until its turnover is over.

    What the appointments occupied before is given back first, so several may change places. Raises
    TimeTaken, and then none of them is claimed.
    """
    chosen = list(appointments)
    with _mapped():
        release(chosen)
        Occupancy.everything.bulk_create(
            sorted(
                (row for appointment in chosen for row in _rows(appointment, turnover)),
                key=lambda row: (row.resource_id, row.starts_at),
            )
        )


def release(appointments: Iterable[Appointment]) -> None:
    """Give back what these appointments occupy; rows stay as inactive."""
    Occupancy.everything.filter(appointment__in=list(appointments), active=True).update(
        active=False
    )


def taken(
    resources: Iterable[UUID], between: Interval, *, but: Iterable[Appointment] = ()
) -> dict[UUID, list[Interval]]:
    """What is occupied in that stretch, by resource; `but` leaves out appointments about to
    move.
    """
    found: dict[UUID, list[Interval]] = {resource: [] for resource in resources}
    rows = (
        Occupancy.everything.filter(
            resource_id__in=list(found),
            active=True,
            starts_at__lt=between.end,
            starts_at__gt=between.start - timedelta(days=1),
            ends_at__gt=between.start,
        )
        .exclude(appointment__in=[appointment.pk for appointment in but])
        .values_list("resource_id", "starts_at", "ends_at")
    )
    for resource, starts_at, ends_at in rows:
        found[resource].append(Interval(starts_at, ends_at))
    return found


def _rows(appointment: Appointment, turnover: timedelta) -> Iterator[Occupancy]:
    held = (
        (Occupancy.Kind.STAFF, appointment.staff_id),
        (Occupancy.Kind.ROOM, appointment.room_id),
        (Occupancy.Kind.CLIENT, appointment.client_id),
    )
    for kind, resource in held:
        yield Occupancy(
            kind=kind,
            resource_id=resource,
            starts_at=appointment.starts_at,
            ends_at=appointment.ends_at + turnover,
            appointment=appointment,
        )


def _lock_number(resource: UUID) -> int:
    """A signed 64-bit number of its own for every resource; chance meetings only make two wait."""
    digest = hashlib.blake2b(resource.bytes, digest_size=8, person=b"unknot-book").digest()
    return int.from_bytes(digest, "big", signed=True)


@contextmanager
def _mapped() -> Iterator[None]:
    """Tell the overlap constraint from every other fault, and leave the transaction usable."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as fault:
        if GUARD in str(fault):
            raise TimeTaken from fault
        raise
