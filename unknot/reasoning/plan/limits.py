"""What a screening leaves open to a plan, and the errors of a plan that goes beyond it.

PlanError                 any plan that cannot be
    PlanBreaksScreening   it goes against the screening
    PlanOutOfBounds       its dose lies outside what is practised, or it contradicts itself
    PlanImpossible        nothing can be proposed from what is known
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from unknot.reasoning.scale import Disposition, Urgency, worst
from unknot.reasoning.screen import Finding, Screening

STANDS = ("fired", "cleared")
GENTLE = 2
"""The most pressure in a group that a safety rule calls gentle."""
FRESH_DAYS = 35
"""A first visit stands at most this long after its screening. The span is that of the first
review (day 28 to 35, STP-02), a line we draw ourselves; every visit screens again besides."""

_BLOCKING = (Disposition.TOTAL_CONTRAINDICATION, Disposition.MEDICAL_CLEARANCE)


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a plan: the field, what to say, and whether safety forbids it."""

    field: str
    says: str
    breaks_screening: bool = False


class PlanError(ValueError):
    """A plan that cannot be. `faults` holds everything wrong with it, `reason` the first."""

    def __init__(self, *faults: Fault) -> None:
        """Build the sentence from the faults; they name techniques and limits, never answers."""
        self.faults = faults
        self.reason = faults[0].says
        super().__init__(" ".join(fault.says for fault in faults))


class PlanBreaksScreening(PlanError):
    """The plan goes against the screening."""


class PlanOutOfBounds(PlanError):
    """The dose lies outside what is practised, or the plan contradicts itself."""


class PlanImpossible(PlanError):
    """Nothing can be proposed from what is known."""


@dataclass(frozen=True)
class Limits:
    """What the screening allows: its own sums, and what each finding that stands says, whichever
    is stricter. A screening whose sums were changed by hand allows no more than its findings do.
    """

    blocked: str = ""
    """Why there may be no treatment now; empty when there may."""
    excluded_groups: tuple[str, ...] = ()
    excluded_regions: tuple[str, ...] = ()
    banned_techniques: tuple[str, ...] = ()
    pressure_ceiling: int = 5
    pain_cap: int = 5
    positions_to_avoid: tuple[str, ...] = ()
    most_minutes: int | None = None
    gentle_groups: tuple[str, ...] = ()
    """Groups where pressure stays at 2 of 5 at most."""
    rules: tuple[str, ...] = ()
    """Rules that fired, cleared ones too; one may forbid a piece of home care."""
    screened_on: date | None = None

    def ceiling_over(self, groups: tuple[str, ...]) -> int:
        """The most pressure anywhere in these groups: 2 when all of them are gentle ones."""
        if groups and set(groups) <= set(self.gentle_groups):
            return min(GENTLE, self.pressure_ceiling)
        return self.pressure_ceiling

    @classmethod
    def of(cls, screening: Screening) -> Limits:
        """The limits a screening sets."""
        stand = [one for one in screening.findings if one.state in STANDS]
        minutes = [one.most_minutes for one in stand] + [screening.most_minutes]
        return cls(
            blocked=_blocked(screening, stand),
            excluded_groups=_union(screening, stand, "excluded_groups"),
            excluded_regions=tuple(screening.excluded_regions),
            banned_techniques=_union(screening, stand, "banned_techniques"),
            pressure_ceiling=min(
                screening.pressure_ceiling, *(one.pressure_ceiling for one in stand), 5
            ),
            pain_cap=min(screening.pain_cap, *(one.pain_cap for one in stand), 10),
            positions_to_avoid=_union(screening, stand, "positions"),
            most_minutes=min((one for one in minutes if one is not None), default=None),
            gentle_groups=_union(screening, stand, "gentle_groups"),
            rules=rules_of(screening),
            screened_on=screening.as_of,
        )


def rules_of(screening: Screening) -> tuple[str, ...]:
    """Ids of the rules that fired; a clearance lifts the ban, not the care."""
    found = (one for one in screening.findings if one.state in STANDS)
    return tuple(dict.fromkeys(rule for one in found for rule in (one.rule_id, *one.also)))


def _blocked(screening: Screening, stand: Iterable[Finding]) -> str:
    """What stands comes before what is open: no answer lifts it, a clinician may."""
    held = [one.disposition for one in stand]
    if worst([screening.so_far, *held]) is Disposition.MEDICAL_CLEARANCE:
        who = "Somebody" if screening.urgency is Urgency.NONE else "A clinician"
        return f"The safety check does not allow massage now. {who} has to agree first."
    open_ones = screening.undecided or screening.missing
    if open_ones and screening.so_far is not Disposition.TOTAL_CONTRAINDICATION:
        return "Some safety questions are still open. Ask them first."
    found = worst([screening.disposition, *held])
    return "The safety check does not allow massage now." if found in _BLOCKING else ""


def _union(screening: Screening, stand: Iterable[Finding], key: str) -> tuple[str, ...]:
    """What the screening sums up under this name and what its findings say, each once."""
    found = (name for one in (screening, *stand) for name in getattr(one, key))
    return tuple(dict.fromkeys(found))
