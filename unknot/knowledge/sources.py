"""The bibliography: every source a record may cite."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from unknot.knowledge.loader import Record


class SourceStatus(StrEnum):
    """How the source came into this file."""

    READ = "read"
    """The record, abstract or text was seen while the entry was written."""
    FROM_MEMORY = "from_memory"
    """To be confirmed before a figure of it is shown as settled."""
    CONVENTION = "convention"
    """Not a publication: professional practice without direct evidence."""


@dataclass(frozen=True, kw_only=True)
class Source(Record):
    """One publication. Identifiers stand only where they are known; some have no year."""

    TABLE: ClassVar[str] = "source"
    authors: str
    about: str
    place: str
    """Journal, publisher or body, with volume and pages where they are known."""
    year: int | None = None
    doi: str | None = None
    pmid: str | None = None
    pmc: str | None = None
    isbn: str | None = None
    web: str | None = None
    """Address without the scheme, shown as text; the program never requests it."""
    status: SourceStatus

    @property
    def short(self) -> str:
        """Authors and year, for the end of a sentence."""
        return f"{self.authors}, {self.year}" if self.year else self.authors
