"""What a visit is held to: the lowest ceiling anybody said."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support import visits
from tests.support.cast import NOW, House
from unknot.clinic.models import CheckIn, Screening
from unknot.clinic.treat import limits

pytestmark = pytest.mark.django_db


def _decided_later(house: House, **result: Any) -> None:
    since = visits.screen(house, **result)
    Screening.everything.filter(pk=since.pk).update(decided_at=NOW + timedelta(minutes=1))


def test_the_ceiling_is_the_lowest_of_screening_plan_and_the_check_after_a_visit(
    done: visits.Room,
) -> None:
    house = done.house
    assert limits.ceiling(house.episode).pressure_ceiling == 3
    agreed = house.episode.plans.get()
    agreed.content = {**agreed.content, "pressure_ceiling": 2}
    agreed.save()
    assert limits.ceiling(house.episode).pressure_ceiling == 2
    CheckIn.everything.create(
        episode=house.episode,
        visit=done.visit,
        kind="soreness",
        answers={},
        at=NOW + timedelta(hours=30),
        zone="UTC",
        pressure_cap=1,
    )
    assert limits.ceiling(house.episode).pressure_ceiling == 1
    _decided_later(house, pressure_ceiling=0)
    assert limits.ceiling(house.episode).pressure_ceiling == 0


def test_without_a_word_the_deepest_is_allowed_and_gentle_groups_stay_gentle(
    linden: House,
) -> None:
    assert limits.ceiling(linden.episode).pressure_ceiling == 5
    _decided_later(linden, pressure_ceiling=4, gentle_groups=["neck"])
    assert limits.ceiling(linden.episode).ceiling_for("neck") == 2
    assert limits.ceiling(linden.episode).ceiling_for("low_back") == 4


def test_what_a_tap_is_held_to_is_what_the_room_shows_at_fewer_questions(
    room: visits.Room,
) -> None:
    for result in ({}, {"pressure_ceiling": 2, "pain_cap": 3, "gentle_groups": ["neck"]}):
        _decided_later(room.house, **result)
        with CaptureQueriesContext(connection) as few:
            held_to = limits.ceiling(room.house.episode)
        with CaptureQueriesContext(connection) as all_of_them:
            shown = limits.read(room.house.episode)
        for technique, area in (("TEC-SWE", "neck"), ("TEC-MFR", "low_back"), ("", "")):
            assert held_to.cap(technique, area) == shown.cap(technique, area)
        assert len(few) == 3 < len(all_of_them)
