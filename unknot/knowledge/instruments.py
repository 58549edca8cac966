"""Instruments: what each asks, how it is scored, how large a change must be to matter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal

from unknot.knowledge.loader import CitedRecord, Problem

Scoring = Literal[
    "value",
    "mean",
    "sum",
    "sum_prorated",
    "percent",
    "mean_0_100",
    "table",
    "variants",
    "not_scored",
]
"""`variants`: only its variants have scores. `not_scored`: listed, with no score of ours."""


@dataclass(frozen=True, kw_only=True)
class Option:
    """One answer of an item that words every answer."""

    value: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Item:
    """One question of an instrument: wording that may be shipped, or that a practice imported."""

    id: str
    text: str
    low_means: str
    high_means: str
    options: tuple[Option, ...] = ()
    """Every answer in words; empty where only the two ends have words."""


@dataclass(frozen=True, kw_only=True)
class Recode:
    """An item whose answers count as other numbers: `scores[0]` for an answer of 0, and so on."""

    item: str
    scores: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Variant:
    """One score of an instrument that has several, or the table of another edition.

    Its items and table are its own; all else is the instrument's. Asked for as "OM-PF4.v1.0".
    """

    id: str
    name: str
    item_keys: tuple[str, ...]
    low: float
    high: float
    table: tuple[float, ...]
    standard_errors: tuple[float, ...] = ()
    loinc: str = ""


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
    item_keys: tuple[str, ...] = ()
    """Names of the answers where no wording is shipped; without them "1", "2", ..."""
    item_values: tuple[int, ...] = ()
    """The answers there are, where not every whole number between low and high is one."""
    recodes: tuple[Recode, ...] = ()
    table: tuple[float, ...] = ()
    """Scores by raw sum, from the lowest possible sum on."""
    standard_errors: tuple[float, ...] = ()
    """Of the scores of `table`, in the same order; empty where they are not known."""
    variants: tuple[Variant, ...] = ()
    items: tuple[Item, ...] = ()
    groups: tuple[str, ...] = ()
    licence: str
    wording_shipped: bool = False
    loinc: str = ""
    loinc_more: Mapping[str, str] | None = None
    """Further codes by what they name: a panel, an item."""
    remembered: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """Names of the answers; empty where the client names the items, as in the PSFS."""
        if self.items:
            return tuple(item.id for item in self.items)
        if self.wording_shipped:
            return ()
        return self.item_keys or tuple(str(number) for number in range(1, self.item_count + 1))

    def variant(self, name: str) -> "Instrument | None":
        """The instrument as one of its variants scores it, or None when it has none so named."""
        found = next((one for one in self.variants if one.id == name), None)
        if found is None:
            return None
        count = len(found.item_keys)
        return replace(
            self,
            id=f"{self.id}.{name}",
            short=found.name,
            scoring="table",
            low=found.low,
            high=found.high,
            item_count=count,
            least_answered=count,
            item_keys=found.item_keys,
            table=found.table,
            standard_errors=found.standard_errors,
            variants=(),
            loinc=found.loinc,
        )

    def problems(self, knowledge: Any) -> Iterator[Problem]:
        """Wording without a licence for it, or a table of the wrong length."""
        yield from super().problems(knowledge)
        if self.items and not self.wording_shipped:
            yield Problem("items", "ships wording its licence does not allow", "Take it out")
        if self.item_keys and len(self.item_keys) != self.item_count:
            yield Problem("item_keys", f"are not {self.item_count}", "Name every item once")
        yield from self._table_problems()
        for one in self.variants:
            derived = self.variant(one.id)
            if derived:
                yield from derived._table_problems()

    def _table_problems(self) -> Iterator[Problem]:
        sums = self.item_count * (self.item_high - self.item_low) + 1
        if self.scoring == "table" and len(self.table) != sums:
            yield Problem("table", f"has not {sums} scores", "Give one for every possible sum")
        if self.standard_errors and len(self.standard_errors) != len(self.table):
            yield Problem("standard_errors", "are not one for every score", "Match the table")
        if self.table and (min(self.table), max(self.table)) != (self.low, self.high):
            yield Problem(
                "table", "does not run from low to high", "Correct the table or the range"
            )
