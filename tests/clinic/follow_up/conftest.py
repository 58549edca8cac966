"""Fixtures of the stage's tests."""

from __future__ import annotations

import pytest

from tests.support import visits
from tests.support.cast import House


@pytest.fixture
def room(linden: House) -> visits.Room:
    """A visit in session."""
    return visits.begun(linden)


@pytest.fixture
def done(linden: House) -> visits.Room:
    """A finished visit without a note."""
    return visits.finished(linden)
