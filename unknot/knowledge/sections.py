"""The sections of the interview, in the order they are asked."""

from dataclasses import dataclass
from typing import ClassVar

from unknot.knowledge.loader import Record


@dataclass(frozen=True, kw_only=True)
class Section(Record):
    """A calm heading with the questions that belong under it."""

    TABLE: ClassVar[str] = "section"
    title: str
    lede: str
    """One short sentence under the heading."""
    staff: bool = False
    """Filled in by staff, never asked of the client."""
