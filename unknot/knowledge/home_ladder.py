"""The rules by which a piece of home care grows, stays, shrinks or ends."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from unknot.knowledge.loader import CitedRecord


@dataclass(frozen=True, kw_only=True)
class LadderRule(CitedRecord):
    """One rule of the ladder: what it leads to, and what the client reads."""

    TABLE: ClassVar[str] = "ladder"
    outcome: Literal["stop", "swap", "down", "stay", "up"]
    title: str
    """When it applies, for the professional."""
    tell: str
    no_figure: str = ""
    """What in it no source gives a figure for."""
