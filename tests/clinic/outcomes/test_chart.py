"""The drawing: every place inside the frame, words that do not collide, silence left empty."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from unknot.clinic.outcomes.chart import NARROW, WIDE, draw, track
from unknot.reasoning.outcomes import Diary, Entry, Session, look

BEGIN = datetime(2026, 3, 2, 20, tzinfo=UTC)


def diary(scores, visits=(), planned=()):
    return Diary(
        tuple(Entry(BEGIN + timedelta(days=day), float(score)) for day, score in scores),
        tuple(Session(BEGIN + timedelta(days=day)) for day in visits),
        planned=tuple(BEGIN + timedelta(days=day) for day in planned),
    )


def drawn(found, size=WIDE):
    visits = [found.day(session.at) for session in found.sessions]
    return draw(look(found), visits, size)


COURSE = diary(
    [(day, 7) for day in range(7)] + [(day, 3) for day in range(7, 42)],
    visits=range(7, 42, 7),
    planned=(45, 70),
)


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_everything_lies_within_the_frame(size):
    chart = drawn(COURSE, size)
    for x in [dot.x for dot in chart.dots] + [tick.x for tick in chart.visits + chart.dates]:
        assert size.left <= x <= size.width - size.right
    for dot in chart.dots:
        assert size.top <= dot.y <= size.height - size.bottom
    assert chart.dates_y < size.height


def test_less_pain_is_lower_and_later_is_further_right():
    chart = drawn(COURSE)
    first, last = chart.dots[0], chart.dots[-1]
    assert last.y > first.y
    assert last.x > first.x
    assert (first.step, last.step) == (7, 3)
    assert first.title.endswith(": 7")


def test_start_and_now_stand_in_the_margins_beside_their_level():
    start, now = drawn(COURSE).endings
    assert (start.number, now.number) == ("7.0", "3.0")
    assert start.x < WIDE.left
    assert now.x > WIDE.width - WIDE.right
    assert (start.anchor, now.anchor) == ("end", "start")
    assert [end.more for end in drawn(COURSE, NARROW).endings] == ["", ""]


def test_the_goal_lies_two_points_below_the_start_and_takes_the_place_of_the_words_there():
    chart = drawn(COURSE)
    assert chart.goal.y == pytest.approx(chart.grid[1].y, abs=1)
    assert chart.grid[1].text == ""
    assert drawn(diary([(day, 9) for day in range(9)], visits=(7,))).grid[1].text == "5"


def test_planned_visits_within_the_time_shown_are_ticks_of_their_own():
    early = replace(COURSE, planned=(BEGIN + timedelta(days=20), BEGIN + timedelta(days=90)))
    kinds = [tick.kind for tick in drawn(early).visits]
    assert kinds.count("done") == 5
    assert kinds.count("planned") == 1


def test_the_line_stops_where_nothing_was_written():
    chart = drawn(diary([(day, 5) for day in (*range(10), *range(60, 70))], visits=(5,)))
    assert len(chart.lines) == len(chart.bands) == 2


def test_a_single_day_draws_a_dot_and_no_line():
    chart = drawn(diary([(0, 5)]))
    assert len(chart.dots) == 1
    assert chart.lines == ()
    assert [end.words for end in chart.endings] == ["in the last"]
    assert chart.goal is None


def test_nothing_written_draws_nothing():
    assert drawn(Diary()) is None
    assert drawn(diary([], visits=(0,))) is None


@pytest.mark.parametrize("days", [1, 13, 40, 100, 200, 400])
@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_dates_are_few_enough_to_read(days, size):
    chart = drawn(diary([(day, 5) for day in range(0, days + 1, 2)]), size)
    assert 1 <= len(chart.dates) <= size.most_dates
    apart = [other.x - one.x for one, other in pairwise(chart.dates)]
    assert all(gap >= 40 for gap in apart)


def test_many_dots_are_smaller():
    few, many = drawn(COURSE), drawn(diary([(day, 5) for day in range(120)]))
    assert many.radius < few.radius


def test_a_track_places_then_and_now():
    found = track(0, 10, 7.3, 4.3)
    assert found.now_x < found.then_x
    assert (found.then, found.now, found.same) == ("7.3", "4.3", False)
    assert track(0, 10, 4.3, 4.4).same
    assert track(0, 10, None, 10).then_x is None
