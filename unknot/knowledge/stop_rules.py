"""When to measure, review, change, taper and stop."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from unknot.knowledge.loader import CitedRecord


@dataclass(frozen=True, kw_only=True)
class StopRule(CitedRecord):
    """One rule of a course: at which moment, what happens then."""

    TABLE: ClassVar[str] = "stop_rule"
    when: Literal["baseline", "review", "last", "worse", "taper", "maintenance"]
    title: str
    tell: str
    for_client: bool = False
    """Whether the client's plan shows it."""
