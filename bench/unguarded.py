"""The application without its look at the calendar and without its lock: for the negative
control only.

Every attempt goes straight to the database with the first room, so that what keeps bookings
apart is the constraint, or nothing at all when the race has dropped it.
"""

from __future__ import annotations

from uuid import UUID

from unknot.clinic.asgi import application
from unknot.clinic.book import diary, occupy
from unknot.clinic.book.actions import Slot, visits
from unknot.reasoning.book import Interval


def _first_room(open_diary: diary.Diary, slot: Slot, visit: Interval) -> UUID:
    return next(room for here in open_diary.rooms.values() for room in here)


visits._room = _first_room
occupy.lock = lambda resources: None

__all__ = ["application"]
