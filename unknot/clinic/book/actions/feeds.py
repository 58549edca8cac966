"""A therapist's calendar under a secret address: only the token's hash is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from unknot.clinic.access import Actor, new_token, token_hash
from unknot.clinic.audit import action, record
from unknot.clinic.book.feed import Event
from unknot.clinic.models import Appointment, CalendarFeed, Staff

PAST_DAYS = 31
AHEAD_DAYS = 366


@action("calendar.feed_make")
def make_feed(*, staff: Staff, by: Actor, now: datetime) -> str:
    """The token of a new address; every address made before stops working."""
    staff.calendar_feeds.filter(revoked_at__isnull=True).update(revoked_at=now)
    token = new_token()
    made = CalendarFeed.everything.create(
        staff=staff, token_hash=token_hash(token), created_at=now
    )
    record(made, changed=["token_hash"])
    return token


def feed_of(hashed: str) -> CalendarFeed | None:
    """The feed with that token's hash, while it holds and its therapist works here."""
    return (
        CalendarFeed.everything.select_related("staff")
        .filter(token_hash=hashed, revoked_at__isnull=True, staff__active=True)
        .first()
    )


def events_of(staff: Staff, now: datetime) -> list[Event]:
    """The therapist's times from a month ago to a year ahead: when and where, not who or why."""
    visits = (
        staff.appointments.filter(
            starts_at__gte=now - timedelta(days=PAST_DAYS),
            starts_at__lt=now + timedelta(days=AHEAD_DAYS),
        )
        .select_related("room__location")
        .order_by("starts_at")
    )
    return [
        Event(
            uid=f"{visit.pk}@unknot",
            starts_at=visit.starts_at,
            ends_at=visit.ends_at,
            summary="Booked",
            location=f"{visit.room.location.name}, {visit.room.name}",
            revision=visit.revision,
            cancelled=visit.state == Appointment.State.CANCELLED,
        )
        for visit in visits
    ]
