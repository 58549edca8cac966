"""What was tried before: a failed course is not repeated unchanged, and is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from unknot.reasoning.case import Case

# Four to six visits or five weeks without change are a reason to stop (STP-04).
WEEKS_THAT_TELL = 5


@dataclass(frozen=True)
class PlanHistory:
    """Massage before this plan. `visits_here` counts visits already given in this practice."""

    weeks_before: int = 0
    helped: Literal["", "no", "a_little", "yes"] = ""
    visits_here: int = 0
    helped_by: tuple[str, ...] = ()
    """Ids of techniques that helped."""
    not_helped_by: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether massage was given long enough to tell, and did not help enough."""
        return self.weeks_before >= WEEKS_THAT_TELL and self.helped in ("no", "a_little")


def read_history(case: Case) -> PlanHistory:
    """What the client said about earlier massage."""
    weeks = case.answer("massage_before_weeks")
    helped = case.answer("massage_before_helped")
    return PlanHistory(
        weeks_before=int(weeks) if isinstance(weeks, int | float) else 0,
        helped=helped if helped in ("no", "a_little", "yes") else "",  # type: ignore[arg-type]
    )


def note(history: PlanHistory) -> str:
    """For the therapist's brief; empty when nothing failed."""
    if not history.failed:
        return ""
    result = "no help" if history.helped == "no" else "little help"
    return (
        f"Massage elsewhere for {span(history.weeks_before)} with {result}. Do not repeat it"
        " unchanged: judge at the review, stop if nothing that matters has changed (STP-04)."
    )


def tell(history: PlanHistory) -> str:
    """The same for the client; empty when nothing failed."""
    if not history.failed:
        return ""
    result = "did not help" if history.helped == "no" else "helped only a little"
    return (
        f"You had massage for {span(history.weeks_before)} and it {result}. So this plan is not"
        " more of the same: it has exercise beside it, a fixed review, and it stops if the review"
        " shows no change that matters."
    )


def span(weeks: int) -> str:
    """A length of time as people say it: "5 weeks", "4 months", "2 years"."""
    if weeks >= 100:
        return f"{round(weeks / 52)} years"
    if weeks >= 52:
        return "a year" if weeks < 65 else f"{round(weeks / 4.345)} months"
    if weeks >= 13:
        return f"{round(weeks / 4.345)} months"
    return f"{weeks} week" if weeks == 1 else f"{weeks} weeks"
