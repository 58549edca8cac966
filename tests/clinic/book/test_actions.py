"""Booking one visit: all or nothing, and never twice."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import IntegrityError

from tests.clinic.book.calendar import (
    at,
    book,
    ghosts,
    overlaps,
)
from tests.support.cast import House
from unknot.clinic.audit import ActionNotAudited
from unknot.clinic.book import actions
from unknot.clinic.book.occupy import TimeTaken
from unknot.clinic.models import (
    Appointment,
    AuditRow,
    Occupancy,
)

pytestmark = pytest.mark.django_db


def test_a_booked_visit_holds_therapist_room_and_client_until_the_turnover_is_over(
    home: House,
) -> None:
    visit = book(home)
    held = Occupancy.everything.filter(appointment=visit)
    assert set(held.values_list("resource_id", flat=True)) == {
        home.ann.pk,
        visit.room_id,
        home.cora.pk,
    }
    assert {row.ends_at - row.starts_at for row in held} == {timedelta(minutes=70)}
    assert (visit.wall_start.hour, visit.zone) == (10, "America/New_York")


def test_the_trail_names_the_visit_in_the_same_transaction(home: House) -> None:
    visit = book(home)
    row = AuditRow.everything.filter(action="book.appointment").get()
    assert row.object_id == str(visit.pk)
    assert row.client_id == home.cora.pk
    with (
        patch.object(actions.visits, "record"),
        pytest.raises(ActionNotAudited),
    ):
        book(home, 14)
    assert Appointment.everything.count() == 1


def test_a_taken_therapist_is_refused_and_nothing_is_left_behind(home: House) -> None:
    book(home)
    before = AuditRow.everything.count()
    for hour, minute in ((10, 0), (9, 30), (11, 0), (11, 5)):
        with pytest.raises(TimeTaken):
            book(home, hour, minute, other=True)
    assert Appointment.everything.count() == 1
    assert AuditRow.everything.count() == before
    book(home, 11, 10, other=True)
    assert overlaps() == ghosts() == []


def test_one_client_cannot_be_in_two_rooms(home: House) -> None:
    book(home)
    with pytest.raises(TimeTaken):
        book(home, 10, who=home.ben)


def test_when_every_room_is_taken_a_free_therapist_does_not_help(home: House) -> None:
    home.rooms[1].delete()
    book(home)
    with pytest.raises(TimeTaken):
        book(home, 10, who=home.ben, other=True)


def test_the_database_refuses_what_the_look_before_did_not_see(home: House) -> None:
    """The look is switched off: only the constraint is left, and it holds."""
    first = book(home)
    with (
        patch.object(actions.visits, "_room", return_value=first.room_id),
        pytest.raises(TimeTaken),
    ):
        book(home, 10, 30, other=True)
    assert Appointment.everything.count() == 1


def test_an_occupancy_longer_than_a_day_is_refused_by_the_database(home: House) -> None:
    visit = book(home)
    with pytest.raises(IntegrityError):
        Occupancy.everything.create(
            kind="room",
            resource_id=home.rooms[1].pk,
            starts_at=at(12),
            ends_at=at(13) + timedelta(days=1),
            appointment=visit,
        )
