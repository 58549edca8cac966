"""Working hours: breaks, special days, time away, and days of 23 and 25 hours."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.book.test_wall import ZONES
from unknot.reasoning.book import (
    Hours,
    HoursError,
    Interval,
    Shift,
    SpecialDay,
    opening,
    wall_time,
    zone_named,
)

LONDON = zone_named("Europe/London")
MONDAY = date(2026, 11, 2)


def whole(day: date, days: int = 1) -> Interval:
    """That many days and a margin around them, wide enough for every zone."""
    start = datetime.combine(day, time(0), tzinfo=UTC)
    return Interval(start - timedelta(hours=14), start + timedelta(days=days, hours=14))


def utc(hour: int, minute: int = 0, day: date = MONDAY) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=UTC)


def test_a_shift_is_worked_on_its_weekday_only() -> None:
    hours = Hours(shifts=(Shift(0, time(9), time(17)),))
    assert opening(hours, between=whole(MONDAY, 6), zone=LONDON) == (Interval(utc(9), utc(17)),)


def test_a_shift_holds_from_its_first_to_its_last_day() -> None:
    ended = Shift(0, time(9), time(17), until=MONDAY - timedelta(days=1))
    later = Shift(0, time(9), time(17), since=MONDAY + timedelta(days=1))
    bounded = Shift(0, time(9), time(17), since=MONDAY, until=MONDAY)
    assert not ended.holds_on(MONDAY)
    assert not later.holds_on(MONDAY)
    assert bounded.holds_on(MONDAY)


def test_breaks_and_time_away_are_taken_out() -> None:
    hours = Hours(
        shifts=(Shift(0, time(9), time(17)),),
        breaks=(Shift(0, time(12), time(13)), Shift(1, time(9), time(10))),
        away=(Interval(utc(16), utc(16, 30)),),
    )
    assert opening(hours, between=whole(MONDAY), zone=LONDON) == (
        Interval(utc(9), utc(12)),
        Interval(utc(13), utc(16)),
        Interval(utc(16, 30), utc(17)),
    )


def test_a_special_day_replaces_the_weekly_hours() -> None:
    weekly = (Shift(0, time(9), time(17)),)
    closed = Hours(weekly, special_days={MONDAY: SpecialDay()})
    short = Hours(weekly, special_days={MONDAY: SpecialDay(((time(10), time(11)),))})
    assert opening(closed, between=whole(MONDAY), zone=LONDON) == ()
    assert opening(short, between=whole(MONDAY), zone=LONDON) == (Interval(utc(10), utc(11)),)


def test_closing_at_midnight_is_the_end_of_the_day() -> None:
    hours = Hours((Shift(0, time(22), time(0)), Shift(1, time(0), time(1))))
    tuesday = MONDAY + timedelta(days=1)
    assert opening(hours, between=whole(MONDAY, 2), zone=LONDON) == (
        Interval(utc(22), utc(1, day=tuesday)),
    )


def test_only_what_lies_between_is_given() -> None:
    hours = Hours((Shift(0, time(9), time(17)),))
    assert opening(hours, between=Interval(utc(16), utc(20)), zone=LONDON) == (
        Interval(utc(16), utc(17)),
    )


def test_a_night_in_spring_is_an_hour_short_and_in_autumn_an_hour_long() -> None:
    hours = Hours((Shift(6, time(0), time(6)),))
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    assert opening(hours, between=whole(spring), zone=LONDON)[0].minutes == 5 * 60
    assert opening(hours, between=whole(autumn), zone=LONDON)[0].minutes == 7 * 60


def test_a_shift_inside_the_skipped_hour_is_not_worked() -> None:
    hours = Hours((Shift(6, time(1, 10), time(1, 50)),))
    assert opening(hours, between=whole(date(2026, 3, 29)), zone=LONDON) == ()


def test_a_break_that_ends_in_a_double_time_is_kept_to_its_later_end() -> None:
    hours = Hours((Shift(6, time(0), time(4)),), breaks=(Shift(6, time(1), time(1, 30)),))
    autumn = date(2026, 10, 25)
    assert opening(hours, between=whole(autumn), zone=LONDON) == (
        Interval(
            datetime(2026, 10, 24, 23, tzinfo=UTC),
            datetime(2026, 10, 25, 0, tzinfo=UTC),
        ),
        Interval(
            datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
            datetime(2026, 10, 25, 4, tzinfo=UTC),
        ),
    )


@pytest.mark.parametrize("weekday", [-1, 7])
def test_it_refuses_a_weekday_that_is_none(weekday: int) -> None:
    with pytest.raises(HoursError, match="weekday"):
        Shift(weekday, time(9), time(17))


def test_it_refuses_hours_that_close_before_they_open() -> None:
    with pytest.raises(HoursError, match="close after they open"):
        Shift(0, time(17), time(9))
    with pytest.raises(HoursError, match="close after they open"):
        SpecialDay(((time(9), time(9)),))


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.dates(date(2010, 1, 1), date(2033, 12, 1)),
    st.integers(0, 22),
    st.integers(1, 24),
)
def test_nobody_works_outside_the_wall_times_written(
    name: str, day: date, opens: int, closes: int
) -> None:
    """Minute by minute in every kind of zone: each open moment reads a time inside the shift."""
    if closes <= opens:
        closes = opens + 1
    zone = zone_named(name)
    end = time(0) if closes == 24 else time(closes)
    hours = Hours(tuple(Shift(weekday, time(opens), end) for weekday in range(7)))
    for interval in opening(hours, between=whole(day), zone=zone):
        inside = interval.start
        while inside < interval.end:
            assert (
                opens * 60
                <= wall_time(inside, zone).hour * 60 + wall_time(inside, zone).minute
                < closes * 60
            )
            inside += timedelta(minutes=10)
