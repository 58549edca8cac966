"""Open times: inside the hours, outside what is taken, within notice, limit and rooms."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.book.test_wall import ZONES
from unknot.reasoning.book import (
    DailyLimit,
    Hours,
    Interval,
    Shift,
    free_times,
    opening,
    room_for,
    wall_time,
    zone_named,
)

LONDON = zone_named("Europe/London")
MONDAY = date(2026, 11, 2)
MORNING = Hours((Shift(0, time(9), time(12)),))
DAY = Interval(datetime(2026, 11, 2, tzinfo=UTC), datetime(2026, 11, 3, tzinfo=UTC))
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def utc(hour: int, minute: int = 0) -> datetime:
    return datetime.combine(MONDAY, time(hour, minute), tzinfo=UTC)


def free(
    busy: Sequence[Interval] = (),
    *,
    notice: timedelta = timedelta(0),
    now: datetime = LONG_AGO,
    limit: DailyLimit | None = None,
    rooms: Mapping[str, Sequence[Interval]] | None = None,
    between: Interval = DAY,
) -> list[str]:
    """Starts of an hour's visit with a quarter of turnover on a morning, every half hour."""
    times = free_times(
        hours=MORNING,
        busy=busy,
        minutes=60,
        buffer_minutes=15,
        between=between,
        zone=LONDON,
        notice=notice,
        now=now,
        step_minutes=30,
        limit=limit,
        rooms=rooms,
    )
    return [f"{at:%H:%M}" for at in times]


def test_a_free_morning_is_offered_until_the_turnover_no_longer_fits() -> None:
    assert free() == ["09:00", "09:30", "10:00", "10:30"]


def test_it_offers_nothing_over_what_is_taken() -> None:
    assert free([Interval(utc(10), utc(11))]) == []
    assert free([Interval(utc(10, 15), utc(10, 30))]) == ["09:00", "10:30"]


def test_a_start_is_on_the_clock_even_when_the_gap_is_not() -> None:
    assert free([Interval(utc(9), utc(9, 10))]) == ["09:30", "10:00", "10:30"]


def test_it_keeps_the_notice() -> None:
    assert free(now=utc(8), notice=timedelta(hours=2)) == ["10:00", "10:30"]
    assert free(now=utc(8), notice=timedelta(hours=2, minutes=1)) == ["10:30"]


def test_it_stays_inside_the_window_asked_for() -> None:
    assert free(between=Interval(utc(9, 30), utc(11))) == ["09:30"]


def test_it_keeps_the_daily_limit_of_hands_on_minutes() -> None:
    assert free(limit=DailyLimit(300, {MONDAY: 240})) == [
        "09:00",
        "09:30",
        "10:00",
        "10:30",
    ]
    assert free(limit=DailyLimit(300, {MONDAY: 241})) == []
    assert free(limit=DailyLimit(59)) == []


def test_one_room_must_be_free_for_the_whole_visit() -> None:
    first, second = [Interval(utc(9), utc(10))], [Interval(utc(11), utc(12))]
    assert free(rooms={"one": first, "two": second}) == [
        "09:00",
        "09:30",
        "10:00",
        "10:30",
    ]
    assert free(rooms={"one": first + second}) == []
    assert free(rooms={"two": second}) == ["09:00", "09:30"]
    assert free(rooms={}) == []


def test_it_names_the_first_room_that_is_free() -> None:
    rooms = {"one": [Interval(utc(9), utc(10))], "two": []}
    assert room_for(Interval(utc(9), utc(10)), rooms) == "two"
    assert room_for(Interval(utc(10), utc(11)), rooms) == "one"
    assert room_for(Interval(utc(9), utc(10)), {"one": rooms["one"]}) is None


@st.composite
def days_with_visits(draw: st.DrawFn) -> tuple[str, Interval, list[Interval], int, int]:
    name = draw(st.sampled_from(ZONES))
    start = datetime.combine(
        draw(st.dates(date(2010, 1, 1), date(2033, 1, 1))), time(0), tzinfo=UTC
    )
    taken = draw(st.lists(st.tuples(st.integers(0, 2000), st.integers(1, 180)), max_size=8))
    busy = [
        Interval(start + timedelta(minutes=begin), start + timedelta(minutes=begin + length))
        for begin, length in taken
    ]
    length, turnover = draw(st.integers(15, 120)), draw(st.integers(0, 30))
    return name, Interval(start, start + timedelta(days=2)), busy, length, turnover


@settings(max_examples=150, deadline=None)
@given(days_with_visits())
def test_no_offer_ever_overlaps_what_is_taken_or_leaves_the_hours(
    drawn: tuple[str, Interval, list[Interval], int, int],
) -> None:
    name, between, busy, minutes, turnover = drawn
    zone = zone_named(name)
    hours = Hours(tuple(Shift(weekday, time(0, 30), time(0)) for weekday in range(7)))
    times = free_times(
        hours=hours,
        busy=busy,
        minutes=minutes,
        buffer_minutes=turnover,
        between=between,
        zone=zone,
        notice=timedelta(0),
        now=between.start,
    )
    open_ = opening(hours, between=between, zone=zone)
    assert list(times) == sorted(set(times))
    for at in times:
        visit = Interval(at, at + timedelta(minutes=minutes + turnover))
        assert not any(visit.overlaps(taken) for taken in busy)
        assert any(stretch.holds(visit) for stretch in open_)
        assert wall_time(at, zone).minute % 15 == 0
