"""Words said alike everywhere: spans of time, pressure, areas."""

from __future__ import annotations

import pytest

from unknot.knowledge import load
from unknot.reasoning.words import AREA_NAMES, COMPLAINTS, PRESSURE_WORDS, span_words


@pytest.mark.parametrize(
    ("weeks", "words"),
    [
        (0, "1 day"),
        (0.5, "4 days"),
        (1, "1 week"),
        (12, "12 weeks"),
        (13, "3 months"),
        (50, "a year"),
        (52, "a year"),
        (70, "16 months"),
        (103, "24 months"),
        (104, "2 years"),
        (150, "3 years"),
    ],
)
def test_a_length_of_time_is_said_as_people_say_it(weeks: float, words: str) -> None:
    assert span_words(weeks) == words


def test_every_pressure_has_one_name() -> None:
    assert sorted(PRESSURE_WORDS) == [1, 2, 3, 4, 5]
    assert len(set(PRESSURE_WORDS.values())) == 5


def test_every_main_area_of_the_intake_has_a_name_and_a_complaint() -> None:
    asked = set(load().questions["main_area"].choice_ids)
    assert asked == set(AREA_NAMES) == set(COMPLAINTS)
