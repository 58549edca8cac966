"""Tenderness from one day to another: shown in grades, never called real."""

from __future__ import annotations

from unknot.reasoning.assess import tenderness
from unknot.reasoning.marks import Mark


def tender(region: str, grade: int | None) -> Mark:
    return Mark(region, "tenderness", grade, layer="therapist")


def test_a_change_is_said_in_grades_and_not_judged() -> None:
    before = (tender("calf_left", 3), tender("neck_back_left", 1), tender("heel_left", 2))
    now = (tender("calf_left", 1), tender("neck_back_left", 2), tender("heel_left", 2))
    assert [(one.region, one.says) for one in tenderness.compare(before, now)] == [
        ("heel_left", "The same grade."),
        ("neck_back_left", "1 grade more, not counted as worse."),
        ("calf_left", "2 grades less, not counted as better."),
    ]


def test_a_region_marked_on_one_day_only_is_no_change() -> None:
    found = tenderness.compare((tender("calf_left", 3),), (tender("heel_left", 0),))
    assert [(one.before, one.now, one.says) for one in found] == [
        (None, 0, "Marked for the first time."),
        (3, None, "Not marked this time."),
    ]


def test_the_highest_grade_counts_and_a_mark_without_one_is_passed_over() -> None:
    marks = (tender("calf_left", 1), tender("calf_left", 4), tender("heel_left", None))
    other = Mark("toes_left", "swelling", 4, layer="therapist")
    (one,) = tenderness.compare((), (*marks, other))
    assert (one.region, one.now) == ("calf_left", 4)
    assert "measuring error" in tenderness.CAUTION
