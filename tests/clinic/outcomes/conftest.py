"""A course of visits that helped, and the address of its answer."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.support.cast import NOW
from tests.support.scores import check_in, score, visit


@pytest.fixture
def course(linden):
    """Five visits; pain from 7 to 3; daily life easier."""
    for day in range(42):
        check_in(linden.episode, day, 7 if day < 7 else 3)
    for number in range(1, 6):
        visit(linden, number)
    score(linden.episode, "OM-PEG", 0, 7)
    score(linden.episode, "OM-PEG", 28, 3)
    score(linden.episode, "OM-PSFS", 28, 6)
    return linden


@pytest.fixture
def later(time_machine):
    time_machine.move_to(NOW + timedelta(days=42), tick=False)


@pytest.fixture
def address(linden):
    return reverse("outcomes_show", args=[linden.episode.pk])
