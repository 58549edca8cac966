"""What a screening says, frozen, and how it is kept: as a snapshot that explains itself later."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final, Literal, TypeAlias

from unknot.reasoning.case import Answer
from unknot.reasoning.grounds import Fact, Source
from unknot.reasoning.scale import Disposition, Urgency

SCHEMA: Final = "unknot-screening-2"
READ: Final = ("unknot-screening-1", SCHEMA)
"""Schemas that can be read; the first had neither facts in words, nor conditions, nor whole
citations.
"""
GENTLE: Final = 2
"""The most pressure in a gentle group: light to moderate on the five-level scale."""

State: TypeAlias = Literal["fired", "unknown", "cleared", "set_aside"]


@dataclass(frozen=True)
class Finding:
    """One rule or red flag that fired, may still fire, was cleared by a clinician or set aside.

    For an unknown finding, disposition and urgency are the worst it could still turn out to be,
    and `waits_for` names the questions that would tell.
    """

    rule_id: str
    version: str
    state: State
    disposition: Disposition
    urgency: Urgency
    title: str
    tell: str
    because: str
    do: str
    tell_doctor: str
    adapt: str
    facts_read: tuple[tuple[str, Answer | None], ...]
    sources: tuple[Source, ...]
    evidence: str
    confidence: str
    clinician_review: str
    review_by: date
    is_overdue: bool
    """Whether the rule itself should have been reviewed before the day of the case."""
    overridable: bool
    is_red_flag: bool = False
    also: tuple[str, ...] = ()
    """Ids of rules that say the same or gave this finding its disposition."""
    waits_for: tuple[str, ...] = ()
    cleared_on: date | None = None
    pressure_ceiling: int = 5
    pain_cap: int = 5
    most_minutes: int | None = None
    excluded_groups: tuple[str, ...] = ()
    gentle_groups: tuple[str, ...] = ()
    banned_techniques: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    fires_when: str = ""
    """The condition in words, as it stood that day."""
    facts: tuple[Fact, ...] = ()
    """The facts read, in the words they were asked and answered in."""


@dataclass(frozen=True)
class Screening:
    """The result of one screening.

    `so_far` is the worst of what fired; `could_be` counts what is unknown too; `disposition` is
    what to act on: the worst of what fired, and at least medical clearance while undecided.
    """

    disposition: Disposition
    so_far: Disposition
    could_be: Disposition
    urgency: Urgency
    undecided: bool
    """An answer is missing that could still change the result: nothing may be booked."""
    missing: tuple[str, ...]
    """Ids of the questions that could still change it, in the order they are asked."""
    headline: str
    say: str
    findings: tuple[Finding, ...]
    """What fired, worst first; then what is still unknown."""
    pressure_ceiling: int
    """1 to 5; 5 forbids nothing."""
    pain_cap: int
    most_minutes: int | None
    excluded_groups: tuple[str, ...]
    excluded_regions: tuple[str, ...]
    gentle_groups: tuple[str, ...]
    """Groups with a ceiling of their own, 2 of 5."""
    banned_techniques: tuple[str, ...]
    positions: tuple[str, ...]
    """Positions to avoid."""
    as_of: date
    knowledge_version: str

    @property
    def blocks_booking(self) -> bool:
        """Whether no treatment may be booked on this screening."""
        return self.disposition in (
            Disposition.TOTAL_CONTRAINDICATION,
            Disposition.MEDICAL_CLEARANCE,
        )

    @property
    def is_emergency(self) -> bool:
        """Whether the person needs emergency care now."""
        return self.urgency is Urgency.EMERGENCY_NOW

    def ceiling_for(self, group: str) -> int:
        """The most pressure allowed on a group of regions; 0 where it is left out."""
        if group in self.excluded_groups:
            return 0
        gentle = GENTLE if group in self.gentle_groups else self.pressure_ceiling
        return min(self.pressure_ceiling, gentle)

    def finding(self, rule_id: str) -> Finding | None:
        """The finding of one rule, or None when it neither fired nor could."""
        return next((f for f in self.findings if rule_id in (f.rule_id, *f.also)), None)

    def to_dict(self) -> dict[str, Any]:
        """A JSON-safe snapshot that `from_dict` reads back to an equal screening."""
        return {"schema": SCHEMA, **_plain(self)}

    @staticmethod
    def from_dict(snapshot: Mapping[str, Any]) -> "Screening":
        """The screening of a snapshot. Raises ValueError when it is not one."""
        try:
            return _screening(snapshot)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("not a screening snapshot") from error


# --- Snapshots ---------------------------------------------------------------------------------


def _plain(value: Any) -> Any:
    if isinstance(value, Screening | Finding | Source | Fact):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return value


def _screening(snapshot: Mapping[str, Any]) -> Screening:
    if snapshot["schema"] not in READ:
        raise ValueError(f"not a snapshot of schema {SCHEMA}")
    values = {key: _frozen(value) for key, value in snapshot.items() if key != "schema"}
    values["disposition"] = Disposition(values["disposition"])
    values["so_far"] = Disposition(values["so_far"])
    values["could_be"] = Disposition(values["could_be"])
    values["urgency"] = Urgency(values["urgency"])
    values["findings"] = tuple(_finding(item) for item in snapshot["findings"])
    return Screening(**values)


def _finding(snapshot: Mapping[str, Any]) -> Finding:
    values = {key: _frozen(value) for key, value in snapshot.items()}
    values["disposition"] = Disposition(values["disposition"])
    values["urgency"] = Urgency(values["urgency"])
    values["sources"] = tuple(Source(**item) for item in snapshot["sources"])
    values["facts"] = tuple(_fact(item) for item in snapshot.get("facts", ()))
    return Finding(**values)


def _fact(snapshot: Mapping[str, Any]) -> Fact:
    return Fact(**{key: _frozen(value) for key, value in snapshot.items()})


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, Mapping) and set(value) == {"date"}:
        return date.fromisoformat(value["date"])
    return value
