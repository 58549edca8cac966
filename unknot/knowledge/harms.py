"""What is known of harm after massage: how often, what to watch for, what to do.

The records of `adverse_events` are what a client is asked; these are what they rest on.
"""

from dataclasses import dataclass
from typing import ClassVar

from unknot.knowledge.loader import CitedRecord
from unknot.knowledge.vocabulary import Urgency


@dataclass(frozen=True, kw_only=True)
class Harm(CitedRecord):
    """One kind of harm (or of other effect). `watch` and `act` speak to the therapist."""

    TABLE: ClassVar[str] = "harm"
    name: str
    tell: str
    rate: str
    """What is known of how often; "not known" where nobody counted."""
    watch: str
    act: str
    urgency: Urgency
    """At its worst."""
    remembered: str = ""
