"""Values are said in plain words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from unknot.clinic.ui import words

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
NEW_YORK = "America/New_York"


def test_days_carry_the_year_only_when_it_is_another() -> None:
    assert words.day(date(2026, 11, 24), today=TODAY) == "Tuesday 24 November"
    assert words.day(date(2027, 1, 5), today=TODAY) == "Tuesday 5 January 2027"
    assert words.short_day(date(2026, 11, 3), today=TODAY) == "3 Nov"
    assert words.short_day(date(2025, 11, 3), today=TODAY) == "3 Nov 2025"


def test_a_late_evening_belongs_to_the_day_of_the_practice() -> None:
    late = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
    assert words.local_day(late, NEW_YORK) == TODAY
    assert words.local_day(late, "UTC") == date(2026, 11, 23)


def test_times_are_the_wall_time_of_the_practice() -> None:
    assert words.clock(NOW, NEW_YORK) == "10:00 am"
    assert words.clock(NOW + timedelta(hours=2), NEW_YORK) == "12 noon"
    assert words.clock(NOW + timedelta(hours=4, minutes=5), NEW_YORK) == "2:05 pm"
    assert words.clock(datetime(2026, 11, 22, 5, 30, tzinfo=UTC), NEW_YORK) == "12:30 am"


def test_a_moment_near_now_is_today_or_tomorrow() -> None:
    assert words.when(NOW, NEW_YORK, now=NOW) == "Today at 10:00 am"
    assert words.when(NOW + timedelta(days=1), NEW_YORK, now=NOW) == "Tomorrow at 10:00 am"
    late = words.when(NOW + timedelta(days=9), NEW_YORK, now=NOW)
    assert late == "Tuesday 1 December at 10:00 am"


def test_in_a_list_a_moment_is_short() -> None:
    assert words.short_when(NOW, NEW_YORK, now=NOW) == "Today, 10:00 am"
    late = words.short_when(NOW + timedelta(days=9), NEW_YORK, now=NOW)
    assert late == "Tue 1 Dec, 10:00 am"


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "today"), (1, "yesterday"), (5, "5 days ago"), (21, "3 weeks ago"), (100, "3 months ago"),
     (800, "2 years ago"), (-2, "on 24 Nov")],
)  # fmt: skip
def test_how_long_ago(days: int, said: str) -> None:
    assert words.ago(TODAY - timedelta(days=days), today=TODAY) == said


def test_lengths_money_and_counts() -> None:
    assert words.span(45) == "45 minutes"
    assert words.span(60) == "1 hour"
    assert words.span(90) == "1 hour 30 minutes"
    assert words.span(0) == "0 minutes"
    assert words.money(9000) == "$90"
    assert words.money(108000) == "$1,080"
    assert words.money(-8750, "EUR") == "−€87.50"
    assert words.money(9000, "SEK") == "90 SEK"
    assert words.count(1, "visit") == "1 visit"
    assert words.count(3, "entry", "entries") == "3 entries"
    assert words.spelled(3) == "three"
    assert words.spelled(12) == "12"


def test_lists_and_sentences() -> None:
    assert words.listed([]) == ""
    assert words.listed(["neck"]) == "neck"
    assert words.listed(["neck", "jaw", "low back"], "or") == "neck, jaw or low back"
    assert words.sentence("two marks") == "Two marks."
    assert words.sentence("Is it safe?") == "Is it safe?"
    assert words.sentence(" ") == ""
