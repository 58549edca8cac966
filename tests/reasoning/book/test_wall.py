"""Wall times that never happen or happen twice are said, not guessed."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unknot.reasoning.book import (
    DoubleWallTime,
    MissingWallTime,
    UnknownZone,
    moment,
    wall_time,
    zone_named,
)
from unknot.reasoning.book.wall import closes_at, moments, opens_at

LONDON = zone_named("Europe/London")
SPRING = date(2026, 3, 29)  # 01:00 becomes 02:00
AUTUMN = date(2026, 10, 25)  # 02:00 becomes 01:00

# Zones with an hour, half an hour, two hours, a jump at midnight, a day left out, and none at all.
ZONES = (
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "Antarctica/Troll",
    "America/Santiago",
    "Africa/Cairo",
    "Asia/Beirut",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "UTC",
)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute))


def test_an_ordinary_time_has_one_moment() -> None:
    assert moment(at(date(2026, 7, 1), 9), LONDON) == datetime(2026, 7, 1, 8, tzinfo=UTC)


def test_it_refuses_a_time_the_clock_skips() -> None:
    with pytest.raises(MissingWallTime, match="skips this time"):
        moment(at(SPRING, 1, 30), LONDON)


def test_it_asks_which_of_two() -> None:
    early, late = (
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    )
    with pytest.raises(DoubleWallTime, match="happens twice") as raised:
        moment(at(AUTUMN, 1, 30), LONDON)
    assert raised.value.choices == (early, late)
    assert moment(at(AUTUMN, 1, 30), LONDON, later=False) == early
    assert moment(at(AUTUMN, 1, 30), LONDON, later=True) == late


@pytest.mark.parametrize(
    "name", ["Europe", "../../etc/passwd", "", "Mars/Olympus", "europe/london\0"]
)
def test_it_refuses_a_name_that_is_no_zone(name: str) -> None:
    with pytest.raises(UnknownZone, match="Europe/London"):
        zone_named(name)


def test_hours_that_begin_or_end_in_a_skipped_time_meet_at_the_jump() -> None:
    jump = datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert opens_at(at(SPRING, 1, 30), LONDON) == jump
    assert closes_at(at(SPRING, 1, 1), LONDON) == jump
    assert opens_at(at(SPRING, 1, 0), LONDON) == jump


def test_hours_in_a_double_time_are_as_short_as_they_can_be() -> None:
    assert opens_at(at(AUTUMN, 1, 30), LONDON) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert closes_at(at(AUTUMN, 1, 30), LONDON) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_day_left_out_of_the_calendar_has_no_moments() -> None:
    apia = zone_named("Pacific/Apia")
    skipped = date(2011, 12, 30)
    assert moments(at(skipped, 12), apia) == ()
    assert opens_at(at(skipped, 9), apia) == closes_at(at(skipped, 17), apia)


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2010, 1, 1), datetime(2034, 1, 1)).map(
        lambda d: d.replace(second=0, microsecond=0)
    ),
)
def test_every_moment_found_reads_the_wall_time_asked(name: str, wall: datetime) -> None:
    zone = zone_named(name)
    found = moments(wall, zone)
    assert len(found) <= 2
    assert all(wall_time(at_, zone) == wall for at_ in found)
    assert opens_at(wall, zone) >= closes_at(wall, zone)


@settings(max_examples=60)
@given(st.sampled_from(ZONES), st.integers(0, 24 * 365 * 24))
def test_no_hour_of_the_world_is_lost(name: str, hours: int) -> None:
    """Walking the moments one by one agrees with asking the wall time for its moments."""
    zone = zone_named(name)
    instant = datetime(2010, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    assert instant in moments(wall_time(instant, zone), zone)
