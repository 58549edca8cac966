"""Tenderness by hand, graded 0 to 4, from one day to another.

A change is shown in grades and never called real: no error of measurement is known for it, and
examiners agree poorly on what they feel (LUC09).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from unknot.reasoning.marks import Mark

CAUTION = (
    "Tenderness by hand has no known measuring error, and examiners agree poorly. A change of"
    " grade is shown, not counted as better or worse."
)


@dataclass(frozen=True)
class Tender:
    """One region on two days. A grade is None where tenderness was not marked that day."""

    region: str
    before: int | None
    now: int | None
    says: str


def compare(before: Iterable[Mark], now: Iterable[Mark]) -> tuple[Tender, ...]:
    """Every region with a grade on either day, by the grade of now, highest first.

    The highest grade of a region counts; marks without a grade are passed over.
    """
    first, last = _grades(before), _grades(now)
    regions = sorted({*first, *last}, key=lambda name: (-last.get(name, -1), name))
    return tuple(_tender(name, first.get(name), last.get(name)) for name in regions)


def _grades(marks: Iterable[Mark]) -> dict[str, int]:
    found: dict[str, int] = {}
    for mark in marks:
        if mark.kind == "tenderness" and mark.intensity is not None:
            found[mark.region] = max(mark.intensity, found.get(mark.region, 0))
    return found


def _tender(region: str, before: int | None, now: int | None) -> Tender:
    if before is None:
        return Tender(region, before, now, "Marked for the first time.")
    if now is None:
        return Tender(region, before, now, "Not marked this time.")
    if before == now:
        return Tender(region, before, now, "The same grade.")
    steps = abs(now - before)
    word = "grade" if steps == 1 else "grades"
    way, not_called = ("less", "better") if now < before else ("more", "worse")
    return Tender(region, before, now, f"{steps} {word} {way}, not counted as {not_called}.")
