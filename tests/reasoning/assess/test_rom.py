"""Range of motion: nothing below the measuring error is called a change."""

import pytest

from unknot.reasoning.assess import rom


def test_a_change_within_the_error_is_no_change() -> None:
    found = rom.compare("neck_rotation", 55, 64)
    assert (found.change, found.error, found.verdict) == (9, 10, "no clear change")
    assert found.says == "+9 degrees: too small to tell from measuring error (10)."


@pytest.mark.parametrize(
    ("now", "verdict"), [(65, "more"), (45, "less"), (64.9, "no clear change")]
)
def test_a_change_counts_from_the_error_on(now: float, verdict: str) -> None:
    assert rom.compare("neck_rotation", 55, now).verdict == verdict


def test_another_examiner_needs_a_larger_change() -> None:
    assert rom.compare("knee_flexion", 120, 127).verdict == "more"
    assert rom.compare("knee_flexion", 120, 127, same_examiner=False).verdict == "no clear change"


def test_one_reading_is_not_compared() -> None:
    assert rom.compare("neck_rotation", None, 60).says == "One reading so far."
    assert rom.compare("neck_rotation", 60, None).verdict == "not known"


def test_the_normal_band_follows_age_and_sex_and_says_it_is_recalled() -> None:
    found = rom.compare("hip_flexion", 100, 110, age=51, sex="male")
    assert found.normal is not None
    assert found.normal.mean == 127.2
    assert "recalled figure" in found.normal_says


@pytest.mark.parametrize(("age", "sex"), [(None, "male"), (75, "male"), (51, "other")])
def test_no_norm_is_made_up_where_nobody_measured(age: int | None, sex: str) -> None:
    assert rom.compare("hip_flexion", 100, 110, age=age, sex=sex).normal is None


def test_a_textbook_maximum_is_not_called_a_norm() -> None:
    says = rom.compare("neck_rotation", 55, 60, age=80, sex="female").normal_says
    assert says == ("Textbooks quote up to 60 degrees (recalled figure); not a norm for an age.")


def test_a_motion_without_any_figure_says_so() -> None:
    assert rom.compare("jaw_opening", 30, 42).normal_says == "No norm is known for this motion."


def test_a_band_of_read_figures_is_not_called_recalled() -> None:
    motion = rom.find("hip_flexion")
    assert motion.remembered, "all bands of this release are recalled; say so until re-read"


@pytest.mark.parametrize("reading", [-31, 221])
def test_an_impossible_reading_is_refused(reading: float) -> None:
    with pytest.raises(rom.RangeError, match="enter -30 to 220 degrees"):
        rom.compare("neck_rotation", reading, 50)


def test_an_unknown_motion_names_those_there_are() -> None:
    with pytest.raises(rom.RangeError, match="neck_rotation"):
        rom.compare("tail_wag", 1, 2)
