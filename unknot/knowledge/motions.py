"""Ranges of motion: highest values people quote, normal bands, and measurement error."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from unknot.knowledge.loader import CitedRecord


@dataclass(frozen=True, kw_only=True)
class NormalBand:
    """What healthy people of one sex and age reach. `low` and `high` bound the mean (95 %), not
    the people.
    """

    sex: Literal["female", "male"]
    age_low: int
    age_high: int
    mean: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class Motion(CitedRecord):
    """One motion of one joint."""

    TABLE: ClassVar[str] = "motion"
    joint: str
    name: str
    tell: str
    """How it is done."""
    both_sides: bool = False
    usual: bool = True
    """Whether the assessment form offers it by itself; the others would make it long."""
    groups: tuple[str, ...]
    unit: Literal["degrees", "millimetres"]
    regulation_maximum: float | None = None
    textbook_maximum: float | None = None
    """Quoted maxima, not norms for an age."""
    error_same_examiner: float
    error_other_examiner: float
    """A smaller change must not be called a change."""
    normal: tuple[NormalBand, ...] = ()
    remembered: str = ""
