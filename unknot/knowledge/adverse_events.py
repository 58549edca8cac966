"""What can follow a treatment: what the client is asked in the check after it, and what each
answer leads to."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from unknot.knowledge.loader import CitedRecord, Problem
from unknot.knowledge.regions import Group
from unknot.knowledge.vocabulary import Urgency
from unknot.knowledge.when import When

PlanChange = Literal["less_pressure", "adapt", "speak_first", "pause", "stop"]
"""What changes in the plan: one level less pressure at the next visit; what `next_time` says; a
person speaks to the client before the next visit; no visit until a person has decided; no visit
until the client was screened again and a person has decided."""

HOLDS = ("pause", "stop")


@dataclass(frozen=True, kw_only=True)
class AdverseEvent(CitedRecord):
    """One thing that can follow a treatment.

    `ask` is the sentence the client ticks; it is missing for events that are found from numbers
    (how sore, how long) or from what was left out. `tell` says what it may mean, `do` what to do
    now, both to the client; `next_time` tells the therapist what changes. With `alerts` the
    therapist is asked to answer.
    """

    TABLE: ClassVar[str] = "event"
    fact: str
    """The harm, stop rule or safety rule it rests on, such as AE-06."""
    red_flag: str = ""
    """The red flag with the same signs, where there is one."""
    name: str
    ask: str | None = None
    areas: tuple[Group, ...] = ()
    """Between visits it is asked only when one of these is the complaint or was treated; none:
    always. In the check after a visit it is always asked."""
    watch_days: int = 0
    """Asked with every check-in this many days after work on `areas`."""
    asked_when: When | None = None
    """Asked unless the intake says that this is not so; unknown is asked."""
    passes: bool = False
    """Harmless while it passes: past 72 hours it is escalated."""
    urgency: Urgency
    tell: str
    do: str
    next_time: str
    alerts: bool
    plan: tuple[PlanChange, ...] = ()
    """What changes in the plan."""

    @property
    def stops(self) -> bool:
        """Whether no further visit is given until a person has decided."""
        return any(one in HOLDS for one in self.plan)

    @property
    def asks_screening(self) -> bool:
        """Whether the safety questions come again before that decision."""
        return "stop" in self.plan

    def problems(self, knowledge: Any) -> Iterator[Problem]:
        """An event that rests on nothing, or one that holds a visit and that nobody is told."""
        yield from super().problems(knowledge)
        if not any(
            self.fact in topic
            for topic in (knowledge.harms, knowledge.stop_rules, knowledge.rules)
        ):
            yield Problem("fact", f'"{self.fact}" is no record', "Name a harm, stop rule or rule")
        if self.red_flag and self.red_flag not in knowledge.red_flags:
            yield Problem("red_flag", f'"{self.red_flag}" is no red flag', "Name one, or leave it")
        if self.urgency is not Urgency.NONE and not (self.alerts and self.asks_screening):
            yield Problem(
                "alerts",
                "is false, or plan has no stop, though a clinician should look",
                'Set alerts = true and plan = ["stop"], or urgency to none',
            )
        if self.plan and not self.alerts and self.plan != ("less_pressure",):
            yield Problem("alerts", "is false though the plan changes", "Set alerts = true")
