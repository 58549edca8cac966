"""Doses: minutes, visits a week and weeks, each with the trial it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from unknot.knowledge.loader import CitedRecord, Problem, Ref, between


@dataclass(frozen=True, kw_only=True)
class DoseRecord(CitedRecord):
    """One regimen and what its trial found."""

    TABLE: ClassVar[str] = "dose"
    name: str
    tell: str
    """What the trial found, for the client."""
    does_not_promise: str
    conditions: tuple[Annotated[str, Ref("conditions")], ...] = ()
    """None: no condition's own, as the envelope."""
    role: Literal["course", "alternative", "booster", "short", "custom", "envelope"]
    minutes: int = between(10, 90)
    per_week: int = between(1, 3)
    weeks: int = between(1, 12)
    visits: int = between(1, 36)
    review_weeks: tuple[int, ...]
    """Weeks after the first visit at which progress is judged."""
    minutes_span: tuple[int, ...] = ()
    """Shortest and longest visit, where the regimen is a span; `minutes` is what is planned."""
    per_week_span: tuple[int, ...] = ()
    weeks_span: tuple[int, ...] = ()
    alternative: Annotated[str, Ref("doses")] | None = None
    people: int = 0
    """In the trial; 0 where there is none or the number is not known."""
    age_low: int = 0
    age_high: int = 0
    """Ages the trial took; 0 where they are not known."""
    chronic_only: bool = False
    """Whether the trial took only pain of more than three months."""
    remembered: str = ""
    """Figures kept from memory, never shown to a client as certain."""

    @property
    def shortest_minutes(self) -> int:
        """The shortest visit of the regimen."""
        return min((*self.minutes_span, self.minutes))

    def problems(self, knowledge: Any) -> Iterator[Problem]:
        """A number of visits that does not follow, or a review outside the course."""
        yield from super().problems(knowledge)
        if self.visits != self.per_week * self.weeks:
            yield Problem("visits", "is not per_week times weeks", "Correct one of the three")
        if max(self.review_weeks) > self.weeks:
            yield Problem("review_weeks", "has a review after the last week", "Move it inside")
        for key in ("minutes_span", "per_week_span", "weeks_span"):
            span: tuple[int, ...] = getattr(self, key)
            if span and (len(span) != 2 or span[0] >= span[1]):
                yield Problem(key, "is no span", "Write [shortest, longest]")
        if not self.conditions and self.role != "envelope":
            yield Problem("conditions", "is missing", "Name the conditions it is for")
