"""What can follow a treatment: what the client is asked in the check after it, and what each
answer leads to."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from unknot.knowledge.loader import CitedRecord, Problem
from unknot.knowledge.vocabulary import Urgency


@dataclass(frozen=True, kw_only=True)
class AdverseEvent(CitedRecord):
    """One thing that can follow a treatment.

    `ask` is the sentence the client ticks; it is missing for events that are found from numbers
    (how sore, how long). `tell` says what it may mean, `do` what to do now, both to the client;
    `next_time` tells the therapist what changes. With `alerts` the therapist is asked to answer;
    with `stops` no further visit is given until a person has decided.
    """

    TABLE: ClassVar[str] = "event"
    fact: str
    """The harm, stop rule or safety rule it rests on, such as AE-06."""
    name: str
    ask: str | None = None
    urgency: Urgency
    tell: str
    do: str
    next_time: str
    alerts: bool
    stops: bool

    def problems(self, knowledge: Any) -> Iterator[Problem]:
        """An event that rests on nothing, or an urgent one that nobody would be told about."""
        yield from super().problems(knowledge)
        if not any(
            self.fact in topic
            for topic in (knowledge.harms, knowledge.stop_rules, knowledge.rules)
        ):
            yield Problem("fact", f'"{self.fact}" is no record', "Name a harm, stop rule or rule")
        if self.urgency is not Urgency.NONE and not (self.alerts and self.stops):
            yield Problem(
                "alerts",
                "is false though a clinician should look",
                "Set alerts = true and stops = true, or urgency to none",
            )
