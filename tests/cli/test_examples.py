"""The example files do what their README says."""

from pathlib import Path

import pytest

from unknot.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("typist_numb_fingers", 3),
        ("typist_cleared", 0),
        ("low_back_two_years", 0),
        ("emergency_saddle_numb", 4),
    ],
)
def test_a_case_is_screened_as_its_readme_says(name, code, capsys):
    assert main(["screen", str(EXAMPLES / f"{name}.toml")]) == code
    assert capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("diary_one_week", "Too early to tell."),
        ("diary_ten_weeks", "You are better, but not in step with the visits."),
    ],
)
def test_a_diary_is_answered_as_its_readme_says(name, begins, capsys):
    assert main(["outcomes", str(EXAMPLES / f"{name}.csv")]) == 0
    assert capsys.readouterr().out.startswith(begins)


def test_the_readme_names_every_example():
    told = (EXAMPLES / "README.md").read_text("utf-8")
    files = [path.name for path in EXAMPLES.iterdir() if path.name != "README.md"]
    assert [name for name in files if f"`{name}`" not in told] == []
