"""Sixteen people book the same crowded days at once against a started server: nobody is booked
twice.
"""

from __future__ import annotations

import os

import pytest

from bench.booking_race import race

pytestmark = pytest.mark.race

ATTEMPTS = int(os.environ.get("UNKNOT_RACE_ATTEMPTS", "400"))


def test_sixteen_clients_on_overlapping_times_book_nobody_twice() -> None:
    result = race(ATTEMPTS)
    assert result.wrong == []
    assert result.accepted > 20
    assert result.refused > 20


def test_the_constraint_alone_keeps_them_apart() -> None:
    """The server does not look at the calendar before it writes."""
    result = race(ATTEMPTS // 2, without=["look"], seed=2)
    assert result.overlaps == 0
    assert result.wrong == []


def test_without_the_constraint_the_race_finds_overlaps() -> None:
    """The negative control: this race can fail."""
    result = race(ATTEMPTS // 4, without=["look", "constraint"], seed=3)
    assert result.overlaps > 0
