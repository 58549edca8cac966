"""A house whose two episodes may be booked, and a course of four weekly visits."""

from __future__ import annotations

import pytest

from tests.clinic.book.calendar import (
    agreed,
    screened,
    weekly,
)
from tests.support.cast import NOW, House, house
from unknot.clinic.book import actions
from unknot.clinic.models import (
    Appointment,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> House:
    made = house()
    screened(made)
    screened(made, made.other_episode)
    return made


@pytest.fixture
def course(home: House) -> list[Appointment]:
    series = actions.book_series(
        episode=home.episode,
        plan=agreed(home),
        slots=weekly(home.ann, 4),
        by=home.actor(home.desk),
        now=NOW,
    )
    return list(series.appointments.order_by("number"))
