"""Intervals are half-open, and taking some from others loses and invents no moment."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unknot.reasoning.book import Interval, merged, without

START = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


def span(start: int, end: int) -> Interval:
    return Interval(START + timedelta(minutes=start), START + timedelta(minutes=end))


some_spans = st.lists(
    st.tuples(st.integers(0, 120), st.integers(1, 60)).map(
        lambda pair: span(pair[0], pair[0] + pair[1])
    ),
    max_size=8,
)


def minutes_in(intervals: object) -> set[int]:
    """The minutes since START that lie in some interval, counted one by one."""
    return {
        minute
        for interval in intervals  # type: ignore[attr-defined]
        for minute in range(
            int((interval.start - START).total_seconds()) // 60,
            int((interval.end - START).total_seconds()) // 60,
        )
    }


def test_it_refuses_a_moment_without_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Interval(datetime(2026, 11, 2, 8, 0), START)
    with pytest.raises(ValueError, match="time zone"):
        Interval(START, datetime(2026, 11, 2, 9, 0))


def test_it_refuses_an_interval_that_ends_when_it_starts() -> None:
    with pytest.raises(ValueError, match="end after it starts"):
        Interval(START, START)


def test_two_that_touch_do_not_overlap() -> None:
    assert not span(0, 60).overlaps(span(60, 90))
    assert not span(60, 90).overlaps(span(0, 60))
    assert span(0, 61).overlaps(span(60, 90))
    assert span(0, 60).meets(span(60, 90)) is None
    assert span(0, 60).meets(span(30, 90)) == span(30, 60)


def test_it_holds_itself_and_what_lies_inside() -> None:
    assert span(0, 60).holds(span(0, 60))
    assert not span(0, 60).holds(span(0, 61))
    assert span(0, 90).minutes == 90


def test_it_cuts_a_break_out_of_a_day() -> None:
    assert without([span(0, 100)], [span(40, 60)]) == (span(0, 40), span(60, 100))
    assert without([span(0, 100)], [span(0, 100)]) == ()
    assert without([span(0, 10), span(20, 30)], [span(5, 25), span(200, 210)]) == (
        span(0, 5),
        span(25, 30),
    )


@given(some_spans)
def test_merging_keeps_every_minute_and_leaves_gaps(spans: list[Interval]) -> None:
    joined = merged(spans)
    assert minutes_in(joined) == minutes_in(spans)
    assert all(a.end < b.start for a, b in itertools.pairwise(joined))


@given(some_spans, some_spans)
def test_taking_away_leaves_exactly_the_rest(open_: list[Interval], taken: list[Interval]) -> None:
    left = without(open_, taken)
    assert minutes_in(left) == minutes_in(open_) - minutes_in(taken)
    assert not any(a.overlaps(b) for a in left for b in taken)
