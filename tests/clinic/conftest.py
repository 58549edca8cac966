"""Fixtures of the clinic's tests."""

from __future__ import annotations

import pytest

from tests.support.cast import House, house


@pytest.fixture
def linden(db: None) -> House:
    """The practice the tests are about."""
    return house("Linden")


@pytest.fixture
def maple(db: None) -> House:
    """Another practice, which must never be seen."""
    return house("Maple", zone="Europe/Berlin")
