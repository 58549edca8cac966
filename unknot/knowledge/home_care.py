"""Home care: what a person can do between visits."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from unknot.knowledge.loader import CitedRecord


@dataclass(frozen=True, kw_only=True)
class HomeCare(CitedRecord):
    """One thing to do at home: how, how much, and when to stop."""

    TABLE: ClassVar[str] = "home_care"
    name: str
    groups: tuple[str, ...]
    kind: Literal[
        "move",
        "strength",
        "relax",
        "rest",
        "warmth",
        "cold",
        "self_massage",
        "aftercare",
        "avoid",
    ]
    tell: str
    dose: str
    stop: str
    not_with: tuple[str, ...] = ()
    """Screening rules that forbid it."""
    remembered: str = ""
