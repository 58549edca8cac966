"""Home care: what a person can do between visits, and by how much it may grow."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter
from typing import Annotated, Any, ClassVar, Literal

from unknot.knowledge.loader import CitedRecord, Problem, Ref, between


@dataclass(frozen=True, kw_only=True)
class Amount:
    """One figure of a dose that has room: from `low` up to `high`, both from the dose itself."""

    of: Literal["rounds", "times", "hold", "breaths", "minutes", "a_day", "days"]
    """Of what: rounds, times in a round, seconds held, breaths, minutes, times a day, days a week.
    """
    low: int
    high: int


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
    amounts: tuple[Amount, ...] = ()
    """What of the dose may grow, in the order in which it grows; none: the dose stays as it is."""
    at_a_step: str = ""
    """The dose with each amount as a place to fill: "{rounds} rounds of {times}"."""
    days_a_week: int = between(1, 7, default=7)
    """How often the dose asks for it, the lower end of a range."""
    pain_cap: int = between(0, 10, default=5)
    """Most pain, 0-10, while doing it."""
    picture: str = ""
    """What its drawing shows, from start to end, in words that suffice without it; empty: none."""
    not_with: tuple[Annotated[str, Ref("rules")], ...] = ()
    """Screening rules that forbid it."""
    remembered: str = ""

    @property
    def dose_in_words(self) -> str:
        """The dose as a person may see it: what no trial gave, or memory did, says so."""
        return self.marked(self.dose)

    def marked(self, dose: str) -> str:
        """These words of a dose, with what they rest on where that is no trial."""
        if self.remembered:
            return f"{dose} (kept from memory, not yet checked)"
        if any(source.id == "CONV" for source in self.sources):
            return f"{dose} (usual practice, not tested)"
        return dose

    def problems(self, knowledge: Any) -> Iterator[Problem]:
        """Amounts that the dose does not name, or that the words of a step leave out."""
        yield from super().problems(knowledge)
        asked = {name for _, name, _, _ in Formatter().parse(self.at_a_step) if name}
        if asked != {one.of for one in self.amounts}:
            yield Problem(
                "at_a_step",
                "does not name each amount once",
                "Write each as {rounds}, {times} ...",
            )
        figures = {int(figure) for figure in re.findall(r"\d+", self.dose)}
        for one in self.amounts:
            if not one.low < one.high:
                yield Problem("amounts", f"{one.of} has no room", "Let high be above low")
            if not {one.low, one.high} - {1} <= figures:
                yield Problem(
                    "amounts", f"{one.of} has an end the dose does not name", "Use its figures"
                )
