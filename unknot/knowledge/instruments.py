"""Instruments: what each asks, how it is scored, how large a change must be to matter."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from unknot.knowledge.loader import CitedRecord, Problem

Scoring = Literal["value", "mean", "sum", "sum_prorated", "percent", "mean_0_100", "table"]


@dataclass(frozen=True, kw_only=True)
class Item:
    """One question of an instrument whose wording may be shipped."""

    id: str
    text: str
    low_means: str
    high_means: str


@dataclass(frozen=True, kw_only=True)
class Instrument(CitedRecord):
    """One instrument. Without shipped wording it is scored from answers a licensed practice
    enters.
    """

    TABLE: ClassVar[str] = "instrument"
    name: str
    short: str
    use: Literal["core", "region", "review", "optional", "licensed"]
    tell: str
    scoring: Scoring
    low: float
    high: float
    direction: Literal["lower_better", "higher_better"]
    item_count: int
    least_answered: int
    """Fewest answers that still give a score."""
    item_low: int
    item_high: int
    change_that_matters: float | None = None
    """In points; None when no value is established."""
    change_that_matters_share: float | None = None
    """Share of the value before; either limit suffices where both stand."""
    measurement_error: float | None = None
    """Smallest change, in points, that can be told from noise."""
    reversed_items: tuple[int, ...] = ()
    """Counted from 1."""
    table: tuple[float, ...] = ()
    """Scores by raw sum, from the lowest possible sum on."""
    items: tuple[Item, ...] = ()
    groups: tuple[str, ...] = ()
    licence: str
    wording_shipped: bool = False
    loinc: str = ""
    remembered: str = ""

    def problems(self, knowledge: Any) -> Iterator[Problem]:
        """Wording without a licence for it, or a table of the wrong length."""
        yield from super().problems(knowledge)
        if self.items and not self.wording_shipped:
            yield Problem("items", "ships wording its licence does not allow", "Take it out")
        sums = self.item_count * (self.item_high - self.item_low) + 1
        if self.scoring == "table" and len(self.table) != sums:
            yield Problem("table", f"has not {sums} scores", "Give one for every possible sum")
