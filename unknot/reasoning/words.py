"""Words that every page, paper and command says alike: spans of time, pressure, areas."""

from collections.abc import Mapping
from typing import Final

PRESSURE_WORDS: Final[Mapping[int, str]] = {
    1: "light contact",
    2: "light to moderate",
    3: "moderate",
    4: "firm",
    5: "deep",
}
"""The five levels of pressure in words (after Walton's five-level scale, WAL11)."""

AREA_NAMES: Final[Mapping[str, str]] = {
    "neck_upper_back": "Neck and upper back",
    "low_back": "Low back",
    "other": "Somewhere else",
}
"""The main areas of the intake, as headings and choices name them."""

COMPLAINTS: Final[Mapping[str, str]] = {
    "neck_upper_back": "Neck and upper-back pain",
    "low_back": "Low back pain",
    "other": "Pain",
}
"""The same as a complaint in a note."""

_WEEKS_A_YEAR: Final = 52
_WEEKS_A_MONTH: Final = 52 / 12


def span_words(weeks: float) -> str:
    """A length of time as people say it: "3 days", "5 weeks", "4 months", "a year", "2 years".

    Weeks up to a quarter of a year, months up to two years. Nothing is said more exactly than
    people know it.
    """
    if weeks < 1:
        return _counted(max(1, round(weeks * 7)), "day")
    if weeks < _WEEKS_A_YEAR / 4:
        return _counted(round(weeks), "week")
    if weeks >= 2 * _WEEKS_A_YEAR:
        return _counted(round(weeks / _WEEKS_A_YEAR), "year")
    months = round(weeks / _WEEKS_A_MONTH)
    return "a year" if months == 12 else _counted(months, "month")


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
