"""The figures as published: what a page shows and a file holds until the next ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from unknot.reasoning.outcomes.pool.averages import Average

from .report import Report


@dataclass(frozen=True)
class Published:
    """The report, what a visit does on average, and how many courses stand behind it all.

    ``effective`` is how many trials of stage 2 count; ``averages`` is empty below ten people.
    """

    on: date
    report: Report
    counted: int
    without_start: int
    without_fit: int
    averages: tuple[Average, ...]
    effective: float
