"""Home care as records: amounts that the dose names, and words of a step that name each amount."""

from dataclasses import replace

import pytest

from unknot.knowledge import load
from unknot.knowledge.home_care import Amount, HomeCare

KNOWN = load()
NODS = KNOWN.home_care["HC-01"]


def _problems(item: HomeCare) -> list[str]:
    return [problem.what for problem in item.problems(KNOWN)]


def test_every_record_names_its_amounts_in_its_dose() -> None:
    assert [_problems(item) for item in KNOWN.home_care.values() if _problems(item)] == []


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"at_a_step": "{rounds} rounds"}, "does not name each amount once"),
        ({"amounts": (Amount(of="rounds", low=3, high=3),), "at_a_step": "{rounds}"}, "no room"),
        ({"amounts": (Amount(of="rounds", low=2, high=4),), "at_a_step": "{rounds}"}, "an end"),
    ],
)
def test_amounts_that_do_not_fit_the_dose_are_refused(
    changed: dict[str, object], what: str
) -> None:
    assert any(what in said for said in _problems(replace(NODS, **changed)))


def test_once_needs_no_figure_in_the_dose() -> None:
    once = Amount(of="rounds", low=1, high=3)
    assert _problems(replace(NODS, amounts=(once,), at_a_step="{rounds} rounds")) == []


def test_pain_limits_are_those_of_the_sources() -> None:
    caps = {item.id: item.pain_cap for item in KNOWN.home_care.values() if item.pain_cap != 5}
    assert caps == {"HC-03": 3, "HC-10": 3, "HC-19": 0}
