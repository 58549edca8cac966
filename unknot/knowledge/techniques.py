"""Hands-on techniques: what each is, how firm, how long, and what is known about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from unknot.knowledge.loader import CitedRecord, Problem, between


@dataclass(frozen=True, kw_only=True)
class Technique(CitedRecord):
    """One technique. Pressure is the five-step scale, 1 light contact to 5 deep."""

    TABLE: ClassVar[str] = "technique"
    name: str
    tell: str
    """For the client: what it is and what it feels like."""
    pressure_low: int = between(1, 5)
    pressure_high: int = between(1, 5)
    pain_cap: int = between(0, 10)
    """Most pain, 0-10, a client should feel during it."""
    minutes_low: int = between(1, 90)
    minutes_high: int = between(1, 90)
    seconds_low: int = 0
    seconds_high: int = 0
    """How long one spot or area is held or worked; 0 where nothing is said."""
    most_minutes_an_area: int = 0
    """0: no limit but the visit's."""
    groups: tuple[str, ...]
    """Parts of the body it is meant for; "any" means all."""
    cautions: tuple[str, ...]
    needs_skill: str = ""
    """Training a therapist must hold; empty when the basic training suffices."""
    firm: bool = False
    """Not the first choice when somebody is sensitive."""
    gentle: bool = False

    def suits(self, group: str) -> bool:
        """Whether the technique is meant for this part of the body."""
        return "any" in self.groups or group in self.groups

    def problems(self, knowledge: Any) -> Iterator[Problem]:
        """Ranges the wrong way round."""
        yield from super().problems(knowledge)
        if self.pressure_low > self.pressure_high:
            yield Problem("pressure_low", "is above pressure_high", "Swap them")
        if self.minutes_low > self.minutes_high:
            yield Problem("minutes_low", "is above minutes_high", "Swap them")
        if self.seconds_low > self.seconds_high:
            yield Problem("seconds_low", "is above seconds_high", "Swap them")
