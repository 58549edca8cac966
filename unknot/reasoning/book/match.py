"""Who may take this care: conditions that hold or do not, and no ranking of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Practitioner:
    """What matching knows of a therapist. A licence without an end date is None and counts as
    not shown.
    """

    licence_until: date | None
    skills: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    gender: str = ""
    step_free: bool = False


@dataclass(frozen=True)
class Need:
    """What the plan needs and the client asks for; what is empty is not asked."""

    skills: frozenset[str] = frozenset()
    language: str = ""
    gender: str = ""
    step_free: bool = False


def why_not(who: Practitioner, need: Need, *, on: date) -> tuple[str, ...]:
    """The reasons this therapist cannot take the visit on that day, in words; empty when they
    can.
    """
    reasons: list[str] = []
    if who.licence_until is None:
        reasons.append("no licence on record")
    elif who.licence_until < on:
        reasons.append("licence not valid on that day")
    missing = sorted(need.skills - who.skills)
    if missing:
        reasons.append(f"training the plan needs: {', '.join(missing)}")
    if need.language and need.language not in who.languages:
        reasons.append("language asked for")
    if need.gender and need.gender != who.gender:
        reasons.append("therapist's gender asked for")
    if need.step_free and not who.step_free:
        reasons.append("room without steps asked for")
    return tuple(reasons)
