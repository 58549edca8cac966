"""A series keeps weekday, time, spacing and therapist where it can, and says where it cannot."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unknot.reasoning.book import (
    Change,
    Opening,
    Unplaced,
    gaps_for,
    moment,
    place_series,
    slack_days,
    wall_time,
    zone_named,
)

LONDON = zone_named("Europe/London")
MONDAY = date(2026, 11, 2)


def opening(day: int, hour: int = 10, therapist: str = "ana") -> Opening:
    """An opening that many days after the first Monday, at that hour of the wall clock."""
    return Opening(moment(wall(day, hour), LONDON), therapist)


def wall(day: int, hour: int = 10) -> datetime:
    return datetime.combine(MONDAY + timedelta(days=day), time(hour))


FIRST = opening(0)


def test_it_keeps_weekday_and_time_when_they_are_free() -> None:
    free = [opening(day, hour) for day in range(1, 30) for hour in (9, 10, 11)]
    placed = place_series(first=FIRST, count=4, every_days=7, free=free, zone=LONDON)
    assert [wall_time(at, LONDON) for at in placed.times] == [
        wall(0),
        wall(7),
        wall(14),
        wall(21),
    ]
    assert placed.changed == ()
    assert placed.complete


def test_it_keeps_the_wall_time_when_the_clocks_change() -> None:
    first = Opening(datetime(2026, 10, 19, 9, tzinfo=UTC), "ana")
    free = [Opening(datetime(2026, 10, 26, hour, tzinfo=UTC), "ana") for hour in (9, 10, 11)]
    placed = place_series(first=first, count=2, every_days=7, free=free, zone=LONDON)
    assert placed.times[1] == datetime(2026, 10, 26, 10, tzinfo=UTC)
    assert placed.changed == ()


def test_it_gives_up_the_time_before_the_day_before_the_therapist() -> None:
    asked = wall(7)
    by_time = [opening(7, 15), opening(8, 10), opening(7, 10, "bo")]
    assert place_series(first=FIRST, count=2, every_days=7, free=by_time, zone=LONDON).changed == (
        Change(
            2,
            asked,
            wall(7, 15),
            other_day=False,
            other_time=True,
            other_therapist=False,
        ),
    )
    assert place_series(
        first=FIRST, count=2, every_days=7, free=by_time[1:], zone=LONDON
    ).changed == (
        Change(
            2,
            asked,
            wall(8, 10),
            other_day=True,
            other_time=False,
            other_therapist=False,
        ),
    )
    assert place_series(
        first=FIRST, count=2, every_days=7, free=by_time[2:], zone=LONDON
    ).changed == (
        Change(
            2,
            asked,
            wall(7, 10),
            other_day=False,
            other_time=False,
            other_therapist=True,
        ),
    )


def test_it_says_what_it_could_not_place_and_goes_on() -> None:
    placed = place_series(first=FIRST, count=3, every_days=7, free=[opening(14)], zone=LONDON)
    assert placed.times == (FIRST.at, opening(14).at)
    assert placed.unplaced == (Unplaced(2, wall(7), needs_therapist=False),)
    assert not placed.complete


def test_the_review_is_with_the_same_therapist_or_not_at_all() -> None:
    free = [opening(7, 10, "bo"), opening(14, 10, "bo"), opening(14, 18, "ana")]
    placed = place_series(
        first=FIRST,
        count=3,
        every_days=7,
        free=free,
        zone=LONDON,
        same_therapist_at=frozenset({2, 3}),
    )
    assert placed.unplaced == (Unplaced(2, wall(7), needs_therapist=True),)
    assert placed.visits == ((1, FIRST), (3, opening(14, 18, "ana")))


def test_a_visit_that_strayed_moves_the_window_of_the_next() -> None:
    free = [opening(9), opening(12), opening(14)]
    placed = place_series(first=FIRST, count=3, every_days=7, free=free, zone=LONDON)
    assert [wall_time(at, LONDON) for at in placed.times] == [
        wall(0),
        wall(9),
        wall(14),
    ]


def test_twice_a_week_alternates_three_and_four_days() -> None:
    assert gaps_for(1) == (7,)
    assert gaps_for(2) == (3, 4)
    assert gaps_for(3) == (2, 2, 3)
    free = [opening(day) for day in range(1, 30)]
    placed = place_series(first=FIRST, count=5, every_days=gaps_for(2), free=free, zone=LONDON)
    assert [wall_time(at, LONDON) for at in placed.times] == [
        wall(0),
        wall(3),
        wall(7),
        wall(10),
        wall(14),
    ]


@pytest.mark.parametrize("per_week", [0, 8])
def test_it_refuses_a_number_of_visits_no_week_holds(per_week: int) -> None:
    with pytest.raises(ValueError, match="1 to 7"):
        gaps_for(per_week)


@pytest.mark.parametrize(("count", "every"), [(0, 7), (3, 0), (3, ())])
def test_it_refuses_a_series_without_visits_or_days(
    count: int, every: int | tuple[int, ...]
) -> None:
    with pytest.raises(ValueError, match="at least one"):
        place_series(first=FIRST, count=count, every_days=every, free=[], zone=LONDON)


def test_the_slack_never_lets_two_visits_meet() -> None:
    assert [slack_days(gap) for gap in (1, 2, 3, 4, 7, 14)] == [0, 1, 1, 1, 2, 4]


openings = st.lists(
    st.builds(
        opening,
        st.integers(1, 70),
        st.integers(8, 19),
        st.sampled_from(["ana", "bo", "cy"]),
    ),
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(
    openings,
    st.integers(1, 9),
    st.sampled_from([7, 14, (3, 4), (2, 2, 3)]),
    st.sets(st.integers(2, 9)),
)
def test_a_placed_series_keeps_its_spacing_and_uses_only_what_is_free(
    free: list[Opening], count: int, every: int | tuple[int, ...], reviews: set[int]
) -> None:
    placed = place_series(
        first=FIRST,
        count=count,
        every_days=every,
        free=free,
        zone=LONDON,
        same_therapist_at=frozenset(reviews),
    )
    gaps = (every,) if isinstance(every, int) else every
    assert {number for number, _ in placed.visits} | {
        lost.number for lost in placed.unplaced
    } == set(range(1, count + 1))
    assert all(visit in free for number, visit in placed.visits if number > 1)
    assert all(visit.therapist == "ana" for number, visit in placed.visits if number in reviews)
    for (number, before), (following, after) in pairwise(placed.visits):
        days = (wall_time(after.at, LONDON).date() - wall_time(before.at, LONDON).date()).days
        gap = gaps[(following - 2) % len(gaps)]
        assert days >= 1
        if following == number + 1:
            assert abs(days - gap) <= slack_days(gap)
    changed = {change.number for change in placed.changed}
    for number, visit in placed.visits:
        assert (number in changed) == (
            visit.therapist != "ana"
            or wall_time(visit.at, LONDON)
            != wall(sum(gaps[i % len(gaps)] for i in range(number - 1)))
        )
