"""What a plan does not promise, and why it says so."""

from dataclasses import dataclass
from typing import ClassVar

from unknot.knowledge.loader import CitedRecord


@dataclass(frozen=True, kw_only=True)
class NotPromised(CitedRecord):
    """One limit of the evidence, in words a client can use."""

    TABLE: ClassVar[str] = "not_promised"
    title: str
    tell: str
    conditions: tuple[str, ...]
    """Conditions whose plans say it; "any" means all, "load" plans of people with a heavy daily
    load.
    """
