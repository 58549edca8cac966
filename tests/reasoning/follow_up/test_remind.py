"""Reminders: at the hour chosen, through changes of the clock, and never a chase."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unknot.reasoning.follow_up.remind import (
    GRACE,
    History,
    after_quiet,
    before_visit,
    due_on,
    in_quiet,
    is_time,
    moment_of,
)

NEW_YORK = ZoneInfo("America/New_York")
DAY = date(2026, 11, 20)


def sent_on(days: int, *, every: int = 1, answer_on: int | None = None) -> list[tuple[int, str]]:
    """The days (from 0) on which something goes out, to somebody who answers on one day at
    most.
    """
    history, out = History(), []
    for number in range(days):
        today = DAY + timedelta(days=number)
        word = due_on(today, every, history)
        if word:
            out.append((number, word))
            history = History(today, history.last_answer, history.unanswered + 1)
        if number == answer_on:
            history = History(history.last_sent, today, 0)
    return out


def test_who_never_answers_hears_less_and_less_and_then_nothing() -> None:
    assert sent_on(120) == [
        (0, "usual"),
        (1, "usual"),
        (2, "usual"),
        (5, "last"),
        (12, "usual"),
        (19, "usual"),
        (26, "usual"),
    ]


def test_one_answer_begins_anew() -> None:
    assert [day for day, _ in sent_on(9, answer_on=5)] == [0, 1, 2, 5, 6, 7, 8]


def test_every_third_day_is_every_third_day() -> None:
    assert [day for day, _ in sent_on(8, every=3)] == [0, 3, 6]


def test_who_has_answered_today_is_not_reminded_today() -> None:
    assert due_on(DAY, 1, History(last_answer=DAY)) == ""


def test_the_pause_before_the_kind_word_holds_for_slow_reminders_too() -> None:
    history = History(last_sent=DAY - timedelta(days=2), unanswered=3)
    assert due_on(DAY, 1, history) == ""


def test_a_chosen_hour_stays_the_hour_when_the_clock_changes() -> None:
    at = time(20)
    before, after = (moment_of(date(2026, 3, day), at, NEW_YORK) for day in (7, 8))
    assert (before.hour, after.hour) == (1, 0)  # UTC, an hour less apart
    assert after - before == timedelta(hours=23)


def test_an_hour_the_clock_skips_is_the_moment_of_the_jump() -> None:
    assert moment_of(date(2026, 3, 8), time(2, 30), NEW_YORK) == datetime(
        2026, 3, 8, 7, tzinfo=UTC
    )


def test_an_hour_that_comes_twice_is_the_first_of_them() -> None:
    assert moment_of(date(2026, 11, 1), time(1, 30), NEW_YORK) == datetime(
        2026, 11, 1, 5, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [(time(20, 59), False), (time(21), True), (time(3), True), (time(8), False)],
)
def test_quiet_hours_go_over_midnight(clock: time, quiet: bool) -> None:
    assert in_quiet(clock, time(21), time(8)) is quiet


def test_quiet_hours_within_a_day_and_none_at_all() -> None:
    assert in_quiet(time(13), time(12), time(14))
    assert not in_quiet(time(14), time(12), time(14))
    assert not in_quiet(time(3), time(8), time(8))


@pytest.mark.parametrize(
    ("at", "sent"),
    [
        ("2026-11-20T15:00", "2026-11-20T15:00"),  # 10:00 there
        ("2026-11-21T03:00", "2026-11-21T13:00"),  # 22:00, until 8 the next day
        ("2026-11-21T10:00", "2026-11-21T13:00"),  # 5:00, until 8 the same day
    ],
)
def test_a_message_waits_for_the_end_of_the_quiet_hours(at: str, sent: str) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    found = after_quiet(moment, time(21), time(8), NEW_YORK)
    assert found == datetime.fromisoformat(sent).replace(tzinfo=UTC)


def test_quiet_hours_within_a_day_end_the_same_day() -> None:
    noon = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
    assert after_quiet(noon, time(12), time(14), NEW_YORK) == datetime(
        2026, 11, 20, 19, tzinfo=UTC
    )


def test_a_reminder_goes_out_at_its_time_and_not_long_after() -> None:
    due = datetime(2026, 11, 20, 20, tzinfo=UTC)
    assert not is_time(due, due - timedelta(seconds=1))
    assert is_time(due, due)
    assert not is_time(due, due + GRACE)


@given(
    starts_at=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
    days_before=st.integers(0, 2),
    hour=st.integers(6, 22),
)
def test_a_visit_is_told_before_it_begins_at_the_hour_chosen(
    starts_at: datetime, days_before: int, hour: int
) -> None:
    at = before_visit(starts_at, days_before, time(hour), NEW_YORK)
    assert at < starts_at
    assert at.astimezone(NEW_YORK).hour == hour
    ahead = starts_at.astimezone(NEW_YORK).date() - at.astimezone(NEW_YORK).date()
    assert ahead.days in {days_before, max(days_before, 1)}
