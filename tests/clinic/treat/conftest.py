"""Fixtures of the stage's tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.support import visits
from tests.support.cast import House
from tests.support.devices import Device


@pytest.fixture
def room(linden: House) -> visits.Room:
    """A visit in session."""
    return visits.begun(linden)


@pytest.fixture
def done(linden: House) -> visits.Room:
    """A finished visit without a note."""
    return visits.finished(linden)


@pytest.fixture
def session(linden: House) -> visits.Room:
    """A visit that began an hour ago by the clock on the wall."""
    room = visits.begun(linden)
    room.visit.started_at = datetime.now(UTC) - timedelta(hours=1)
    room.visit.save(update_fields=["started_at"])
    linden.episode.screenings.update(decided_at=datetime.now(UTC))
    return room


@pytest.fixture
def tablet(session: visits.Room) -> Device:
    return Device(session, "tablet")


@pytest.fixture
def phone(session: visits.Room) -> Device:
    return Device(session, "phone")
