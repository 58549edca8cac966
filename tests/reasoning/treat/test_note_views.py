"""The note at a glance, and what changed from one version to the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unknot.reasoning.treat.dial import AreaLog
from unknot.reasoning.treat.note import Response, Treated, VisitRecord
from unknot.reasoning.treat.note_quick import AreaLine, Chip, chips, lines
from unknot.reasoning.treat.word_diff import Span, diff

BACK = Treated("Low back", "Relaxation massage", 2, 10, Response.TENDER)
VISIT = VisitRecord(
    on=date(2026, 3, 2),
    complaint="Low back pain",
    new_since=(),
    pain_before_0_10=6,
    pain_after_0_10=4,
    treated=(BACK, replace(BACK, technique="Stretching", pressure=3, minutes=5)),
    next_on=date(2026, 3, 9),
)


def told(visit: VisitRecord) -> list[tuple[str, str, str]]:
    return [(chip.name, chip.value, chip.tone) for chip in chips(visit)]


def test_the_facts_stand_as_chips() -> None:
    assert told(VISIT) == [
        ("Pain", "6 before, 4 after", "good"),
        ("Hands-on", "15 min", "plain"),
        ("Pressure", "up to 3 of 5", "plain"),
        ("Next", "9 March 2026", "plain"),
    ]


def test_what_is_new_and_what_went_too_far_come_first() -> None:
    log = AreaLog("Low back", 0, 0, 0, 1, 8, 8, 2, None)
    quiet = AreaLog("Neck", 0, 1, 0, 0, None, None, 0, 2)
    visit = replace(VISIT, new_since=("A fall",), dial=(log, quiet, replace(log, area="")))
    assert told(visit)[:2] == [
        ("New", "A fall", "caution"),
        ("Stop or above the limit", "Low back, no area in work", "caution"),
    ]
    assert ("Dial", "pain up to 8", "plain") in told(visit)


@pytest.mark.parametrize(
    ("before", "after", "chip"),
    [
        (None, None, Chip("Pain", "not asked", "caution")),
        (5, None, Chip("Pain", "5 before, not asked after")),
        (None, 5, Chip("Pain", "not asked before, 5 after")),
        (5, 5, Chip("Pain", "5 before, 5 after")),
        (4, 6, Chip("Pain", "4 before, 6 after", "caution")),
    ],
)
def test_pain_is_told_as_it_was_asked(before: int | None, after: int | None, chip: Chip) -> None:
    assert chip in chips(replace(VISIT, pain_before_0_10=before, pain_after_0_10=after))


def test_an_empty_visit_says_what_was_not_asked() -> None:
    empty = VisitRecord(on=date(2026, 3, 2), complaint="Low back pain")
    assert told(empty) == [("New", "not asked", "caution"), ("Pain", "not asked", "caution")]
    assert lines(empty) == ()


def test_a_screening_on_the_day_counts_as_asked() -> None:
    visit = replace(VISIT, new_since=None, screened_on=date(2026, 3, 2))
    assert "New" not in [name for name, _, _ in told(visit)]


def test_each_area_has_one_line() -> None:
    neck = Treated("Neck", "Relaxation massage", 1, 7)
    assert lines(replace(VISIT, treated=(*VISIT.treated, neck))) == (
        AreaLine("Low back", 15, ("Relaxation massage", "Stretching"), 3, "tender"),
        AreaLine("Neck", 7, ("Relaxation massage",), 1, ""),
    )


def test_what_went_and_what_came_stand_beside_each_other() -> None:
    assert diff("Low back eased.", "Low back much eased") == (
        Span("same", "Low back"),
        Span("new", " much"),
        Span("same", " eased"),
        Span("gone", "."),
    )
    assert diff("left", "right") == (Span("gone", "left"), Span("new", "right"))
    assert diff("", "") == ()


def test_a_page_of_the_same_words_over_and_over_is_compared_at_once() -> None:
    """Looking for the longest stretch again and again took minutes, and held the server up."""
    spans = diff("a b " * 2500, "b a " * 2500)
    assert [span.kind for span in spans] == ["gone", "new", "same", "gone", "same"]
    assert len(spans[2].text) == 9996


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_difference_holds_both_texts(before: str, after: str) -> None:
    spans = diff(before, after)
    assert "".join(span.text for span in spans if span.kind != "new") == before
    assert "".join(span.text for span in spans if span.kind != "gone") == after
