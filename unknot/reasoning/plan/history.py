"""What was tried before: a failed course is not repeated unchanged, and is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from unknot.reasoning.case import Case
from unknot.reasoning.words import span_words

# Four to six visits or five weeks without change are a reason to stop (STP-04).
WEEKS_THAT_TELL = 5
ENOUGH_ENTRIES = 4
"""Treatments with a technique before its responses are read: four visits, as at the review
(STP-02).
"""


@dataclass(frozen=True)
class Response:
    """What a technique did here, counted over treatment entries with a response."""

    technique_id: str
    eased: int = 0
    unchanged: int = 0
    worse: int = 0
    """Guarded, or tender afterwards."""

    @property
    def entries(self) -> int:
        """How often it was tried."""
        return self.eased + self.unchanged + self.worse

    @property
    def helped(self) -> bool:
        """Eased in more than half of enough entries."""
        return self.entries >= ENOUGH_ENTRIES and 2 * self.eased > self.entries

    @property
    def failed(self) -> bool:
        """Eased in none of enough entries."""
        return self.entries >= ENOUGH_ENTRIES and self.eased == 0

    def in_words(self) -> str:
        """The count in a sentence."""
        return f"Eased {self.eased} of {self.entries} times here."


@dataclass(frozen=True)
class PlanHistory:
    """Massage before this plan. `visits_here` counts visits already given in this practice."""

    weeks_before: int = 0
    helped: Literal["", "no", "a_little", "yes"] = ""
    visits_here: int = 0
    helped_by: tuple[str, ...] = ()
    """Ids of techniques that helped, as the client says."""
    not_helped_by: tuple[str, ...] = ()
    responses: tuple[Response, ...] = ()
    """What each technique did here."""

    @property
    def failed(self) -> bool:
        """Whether massage was given long enough to tell, and did not help enough."""
        return self.weeks_before >= WEEKS_THAT_TELL and self.helped in ("no", "a_little")

    def response(self, technique_id: str) -> Response:
        """What this technique did here; nothing counted when it was not tried."""
        found = (one for one in self.responses if one.technique_id == technique_id)
        return next(found, Response(technique_id))


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
        f"Massage elsewhere for {span_words(history.weeks_before)} with {result}. Do not repeat"
        " it unchanged: judge at the review, stop if nothing that matters has changed (STP-04)."
    )


def tell(history: PlanHistory) -> str:
    """The same for the client; empty when nothing failed."""
    if not history.failed:
        return ""
    result = "did not help" if history.helped == "no" else "helped only a little"
    return (
        f"You had massage for {span_words(history.weeks_before)} and it {result}. So this plan is"
        " not more of the same: it has exercise beside it, a fixed review, and it stops if the"
        " review shows no change that matters."
    )
