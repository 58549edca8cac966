"""The colours keep their contrast in every theme: reading 7:1, other text 4.5:1, shapes 3:1."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.support.colour import contrast, luminance, themes

THEMES = themes()
SURFACES = ("surface", "raised", "sunken")
READING = [(ink, paper) for ink in ("ink", "ink-soft") for paper in SURFACES] + [
    ("ink", f"{role}-wash") for role in ("accent", "clay", "good", "caution", "stop")
]
OTHER = (
    [(role, paper) for role in ("accent", "clay", "good", "caution", "stop") for paper in SURFACES]
    + [(role, f"{role}-wash") for role in ("accent", "clay", "good", "caution", "stop")]
    + [("ink-soft", f"{role}-wash") for role in ("accent", "clay", "good", "caution", "stop")]
    + [("on-accent", "accent"), ("on-accent", "accent-hover"), ("on-stop", "stop-fill")]
)
SHAPES = [(role, paper) for role in ("line-strong", "focus") for paper in SURFACES]


def _cases(pairs: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    return [(theme, *pair) for theme in THEMES for pair in pairs]


@pytest.mark.parametrize(("theme", "front", "back"), _cases(READING))
def test_reading_text_has_seven_to_one(theme: str, front: str, back: str) -> None:
    assert contrast(THEMES[theme][front], THEMES[theme][back]) >= 7


@pytest.mark.parametrize(("theme", "front", "back"), _cases(OTHER))
def test_other_text_has_four_and_a_half_to_one(theme: str, front: str, back: str) -> None:
    assert contrast(THEMES[theme][front], THEMES[theme][back]) >= 4.5


@pytest.mark.parametrize(("theme", "front", "back"), _cases(SHAPES))
def test_borders_of_controls_and_focus_rings_have_three_to_one(
    theme: str, front: str, back: str
) -> None:
    assert contrast(THEMES[theme][front], THEMES[theme][back]) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_the_pain_ramp_is_ordered_in_greyscale(theme: str) -> None:
    ramp = [luminance(THEMES[theme][f"pain-{step}"]) for step in range(11)]
    falling = [before > after for before, after in pairwise(ramp)]
    assert all(falling) or not any(falling)
    assert contrast(THEMES[theme]["pain-0"], THEMES[theme]["pain-10"]) >= 5


def test_night_is_the_same_whether_chosen_or_asked_for_by_the_device() -> None:
    assert THEMES["night"] == THEMES["night by device"]


def test_every_theme_names_every_colour() -> None:
    assert {frozenset(colours) for colours in THEMES.values()} == {frozenset(THEMES["day"])}


def test_a_weak_pair_would_be_caught() -> None:
    assert contrast(THEMES["day"]["line"], THEMES["day"]["surface"]) < 4.5
