"""What a person wrote down, and when they were treated: the input of ``fit``."""

import math
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


class Kind(StrEnum):
    """How a pain score came about. Kinds are never mixed: each answers another question."""

    DIARY = "diary"  # a day's own score, at home
    BEFORE = "before"  # at the start of a visit
    AFTER = "after"  # at the end of a visit
    RECALLED_WEEK = "recalled_week"  # "on average, in the past week"
    INTAKE = "intake"  # told at intake


@dataclass(frozen=True, order=True)
class Entry:
    """One pain score, 0 to 10, at an instant.

    Raises ValueError when the time has no offset or the value is not a number from 0 to 10.
    """

    at: datetime
    value: float
    kind: str = Kind.DIARY
    instrument: str = "OM-NPRS"

    def __post_init__(self) -> None:
        _need_offset(self.at)
        if not (math.isfinite(self.value) and 0 <= self.value <= 10):
            raise ValueError("A pain score is a number from 0 to 10.")
        if self.kind not in set(Kind):
            raise ValueError(f"Unknown kind {self.kind!r}. Use one of: {', '.join(Kind)}.")


@dataclass(frozen=True, order=True)
class Session:
    """One visit that took place: when it began and the minutes of treatment."""

    at: datetime
    minutes: int = 60

    def __post_init__(self) -> None:
        _need_offset(self.at)


@dataclass(frozen=True)
class Diary:
    """Everything known about one complaint of one person.

    ``entries`` and ``sessions`` may come in any order, with any offsets and with repeats; ``zone``
    (an IANA name) says which calendar day an answer belongs to. ``as_of`` is the day one looks,
    ``None`` for the day of the last entry or visit. ``planned`` are booked visits still to come.
    """

    entries: tuple[Entry, ...] = ()
    sessions: tuple[Session, ...] = ()
    zone: str = "UTC"
    as_of: date | None = None
    planned: tuple[datetime, ...] = ()

    def day(self, at: datetime) -> date:
        """The calendar day of an instant where the person lives."""
        return at.astimezone(ZoneInfo(self.zone)).date()


def _need_offset(at: datetime) -> None:
    if at.utcoffset() is None:
        raise ValueError(f"{at.isoformat()} has no offset from UTC; give one, or name the zone.")
