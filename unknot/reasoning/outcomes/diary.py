"""What a person wrote down, and when they were treated: the input of ``fit``."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


class Kind(StrEnum):
    """How a score came about. Kinds are never mixed: each answers another question."""

    DIARY = "diary"  # a day's own score, at home
    BEFORE = "before"  # at the start of a visit
    AFTER = "after"  # at the end of a visit
    RECALLED_WEEK = "recalled_week"  # "on average, in the past week"
    INTAKE = "intake"  # told at intake, from memory


@dataclass(frozen=True)
class Scale:
    """How an instrument is read: its ends, its smallest step, and which way is better."""

    low: float
    high: float
    step: float  # answers are rounded to this
    higher_is_better: bool = False
    answer_sd: float = 0.35  # prior median of the answer noise, in points of 0 to 10

    def to_points(self, value: float) -> float:
        """The value on 0 to 10, less is better."""
        share = (value - self.low) / (self.high - self.low)
        return 10 * (1 - share if self.higher_is_better else share)


# The knowledge records of the instruments hold scoring and sources; here is only what a model of
# answers needs. PEG and PSFS are means of three items; a T score is a scaled sum.
SCALES: Mapping[str, Scale] = {
    "OM-NPRS": Scale(0, 10, 1),
    "OM-VAS": Scale(0, 100, 1, answer_sd=0.4),
    "OM-PEG": Scale(0, 10, 1 / 3, answer_sd=0.5),
    "OM-PSFS": Scale(0, 10, 1 / 3, higher_is_better=True, answer_sd=0.6),
    "OM-PI4": Scale(20, 80, 1, answer_sd=0.5),
    "OM-SD4": Scale(20, 80, 1, answer_sd=0.5),
    "OM-PF4": Scale(20, 80, 1, higher_is_better=True, answer_sd=0.5),
}
PAIN = "OM-NPRS"


@dataclass(frozen=True, order=True)
class Entry:
    """One answer at an instant, in the instrument's own units.

    ``prompted`` says whether a reminder at a fixed time asked for it; None is not known. Raises
    ValueError when the time has no offset, the instrument is not known, or the value is not a
    number on its scale.
    """

    at: datetime
    value: float
    kind: str = Kind.DIARY
    instrument: str = PAIN
    region: str = ""
    prompted: bool | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        _need_offset(self.at)
        scale = SCALES.get(self.instrument)
        if scale is None:
            known = ", ".join(SCALES)
            raise ValueError(f"Unknown instrument {self.instrument!r}. Use one of: {known}.")
        if not (math.isfinite(self.value) and scale.low <= self.value <= scale.high):
            raise ValueError(f"A score is a number from {scale.low:g} to {scale.high:g}.")
        if self.kind not in set(Kind):
            raise ValueError(f"Unknown kind {self.kind!r}. Use one of: {', '.join(Kind)}.")

    @property
    def points(self) -> float:
        """The answer on 0 to 10, less is better."""
        return SCALES[self.instrument].to_points(self.value)


@dataclass(frozen=True, order=True)
class Session:
    """One visit that took place: when it began, its minutes, and what was mainly done.

    ``elsewhere`` marks massage given by somebody else: it gets an effect of its own.
    """

    at: datetime
    minutes: int = 60
    technique: str = ""
    elsewhere: bool = False

    def __post_init__(self) -> None:
        _need_offset(self.at)


@dataclass(frozen=True, order=True)
class Factor:
    """What else a day held: ``sleep`` (hours of the night before) or ``sleep_quality`` (0 to 10),
    ``stress`` (0 to 10), ``workload`` (hours)."""

    on: date
    name: str
    value: float


@dataclass(frozen=True)
class Diary:
    """Everything known about one complaint of one person.

    ``entries`` and ``sessions`` may come in any order, with any offsets and with repeats; ``zone``
    (an IANA name) says which calendar day an answer belongs to. ``as_of`` is the day one looks,
    ``None`` for the day of the last entry or visit. ``planned`` are booked visits still to come.

    ``pain_weeks`` is how long the pain had lasted at the first answer (None: not known).
    ``worthwhile`` is the average relief the client says would be worth it, in points.
    ``elsewhere`` is whether there is massage elsewhere; None is never asked. ``medicine`` holds
    the days a medicine changed. ``randomised`` says that chance chose the days of visits.
    """

    entries: tuple[Entry, ...] = ()
    sessions: tuple[Session, ...] = ()
    zone: str = "UTC"
    as_of: date | None = None
    planned: tuple[datetime, ...] = ()
    factors: tuple[Factor, ...] = ()
    medicine: tuple[date, ...] = ()
    pain_weeks: float | None = None
    worthwhile: float = 1.0
    elsewhere: bool | None = None
    randomised: bool = False

    def day(self, at: datetime) -> date:
        """The calendar day of an instant where the person lives."""
        return at.astimezone(ZoneInfo(self.zone)).date()

    def of(self, instrument: str, region: str) -> "Diary":
        """The same diary with only the answers of one instrument and one region."""
        chosen = tuple(
            entry
            for entry in self.entries
            if entry.instrument == instrument and entry.region == region
        )
        return Diary(**{**vars(self), "entries": chosen})

    def series(self) -> tuple[tuple[str, str], ...]:
        """Every (instrument, region) with an answer, in order; each is fitted separately."""
        return tuple(sorted({(entry.instrument, entry.region) for entry in self.entries}))


def _need_offset(at: datetime) -> None:
    if at.utcoffset() is None:
        raise ValueError(f"{at.isoformat()} has no offset from UTC; give one, or name the zone.")
