"""Numbers with a unit, as people write them: "2 years" for a question that counts weeks.

    in_unit("2 years", "weeks") == 104

A year counts as 52 weeks and a month as a twelfth of that, as everywhere in this program.
"""

import re
from collections.abc import Mapping
from typing import Final

_WEEKS: Final[Mapping[str, float]] = {
    "days": 1 / 7,
    "weeks": 1,
    "months": 52 / 12,
    "years": 52,
}
FACTORS: Final[Mapping[str, Mapping[str, float]]] = {
    "weeks": _WEEKS,
    "weeks of pregnancy": {"days": 1 / 7, "weeks": 1, "weeks of pregnancy": 1},
    "years": {"months": 1 / 12, "years": 1},
    "days": {"days": 1, "weeks": 7},
    "hours a day": {"minutes": 1 / 60, "hours": 1, "hours a day": 1},
    "mmHg": {"mmHg": 1, "kPa": 7.50062},
    "kg": {"kg": 1, "lb": 0.45359237, "st": 6.35029318},
    "cm": {"mm": 0.1, "cm": 1, "m": 100, "in": 2.54, "ft": 30.48},
    "of 10": {"of 10": 1, "/10": 1},
}
"""By the unit of a question: units an answer may be given in, and what one of them makes."""

_NUMBER: Final = re.compile(r"\s*(-?\d{1,12}(?:[.,]\d{1,12})?)\s*([^\d\s].*?)\s*", re.ASCII)
_DIGITS: Final = 6


def accepted(unit: str) -> tuple[str, ...]:
    """The units a number may be written with where the question has this one."""
    return tuple(FACTORS.get(unit, {unit: 1} if unit else {}))


def in_unit(text: str, unit: str) -> int | float | None:
    """The number the text stands for, in the question's own unit; None when it is not one.

    One without a unit is not taken: a number stands without quotes.
    """
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    factor = _factor(found[2], unit)
    if factor is None:
        return None
    value = round(float(found[1].replace(",", ".")) * factor, _DIGITS)
    return int(value) if value == int(value) else value


def _factor(word: str, unit: str) -> float | None:
    """How many of `unit` one `word` makes; singular and plural, capitals or not."""
    factors = FACTORS.get(unit, {unit: 1.0} if unit else {})
    known = {name.casefold(): factor for name, factor in factors.items()}
    said = word.casefold()
    return known.get(said, known.get(f"{said}s"))
