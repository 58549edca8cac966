"""What people say about massage for pain, and what is known of each sentence."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Literal

from unknot.knowledge.loader import CitedRecord

ClaimKind = Literal[
    "mechanism",
    "benefit",
    "technique_indication",
    "contraindication",
    "dosing",
    "preparation",
    "in_session",
    "aftercare",
    "outcome_measure",
    "referral",
    "therapist_selection",
    "cost",
]


class ClaimVerdict(StrEnum):
    """How a claim stands against what has been studied, best supported first."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    """True within limits that `tell` names."""
    CONTESTED = "contested"
    """Sources disagree, or the claim leaves out what decides it."""
    PRACTICE_CONVENTION = "practice_convention"
    """A custom or a definition: nothing to prove or disprove it."""
    NOT_SUPPORTED = "not_supported"


@dataclass(frozen=True, kw_only=True)
class Claim(CitedRecord):
    """One sentence people say, in our own words, with its verdict."""

    TABLE: ClassVar[str] = "claim"
    claim: str
    kind: ClaimKind
    verdict: ClaimVerdict
    tell: str
    """What is known of it, for anyone."""
    remembered: str = ""
    """What in it is kept from memory, never shown to a client as certain."""
