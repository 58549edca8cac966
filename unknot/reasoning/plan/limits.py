"""What a screening leaves open to a plan, and the errors of a plan that goes beyond it.

PlanError                 any plan that cannot be
    PlanBreaksScreening   it goes against the screening
    PlanOutOfBounds       its dose lies outside what is practised, or it contradicts itself
    PlanImpossible        nothing can be proposed from what is known
"""

from __future__ import annotations

from dataclasses import dataclass

from unknot.reasoning.screen import Screening

STANDS = ("fired", "cleared")
GENTLE = 2
"""The most pressure in a group that a safety rule calls gentle."""


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
    """What the screening allows. Kept inside every plan, so that it can be checked for ever."""

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

    def ceiling_over(self, groups: tuple[str, ...]) -> int:
        """The most pressure anywhere in these groups: 2 when all of them are gentle ones."""
        if groups and set(groups) <= set(self.gentle_groups):
            return min(GENTLE, self.pressure_ceiling)
        return self.pressure_ceiling

    @classmethod
    def of(cls, screening: Screening) -> Limits:
        """The limits a screening sets."""
        return cls(
            blocked=_blocked(screening),
            excluded_groups=tuple(screening.excluded_groups),
            excluded_regions=tuple(screening.excluded_regions),
            banned_techniques=tuple(screening.banned_techniques),
            pressure_ceiling=screening.pressure_ceiling,
            pain_cap=screening.pain_cap,
            positions_to_avoid=tuple(screening.positions),
            most_minutes=screening.most_minutes,
            gentle_groups=tuple(screening.gentle_groups),
            rules=rules_of(screening),
        )


def rules_of(screening: Screening) -> tuple[str, ...]:
    """Ids of the rules that fired; a clearance lifts the ban, not the care."""
    found = (one for one in screening.findings if one.state in STANDS)
    return tuple(dict.fromkeys(rule for one in found for rule in (one.rule_id, *one.also)))


def _blocked(screening: Screening) -> str:
    if not screening.blocks_booking:
        return ""
    if screening.undecided:
        return "Some safety questions are still open. Ask them first."
    return "The safety check does not allow massage now."
