"""The scales a screening speaks in, and which end of them is worse."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from unknot.knowledge.vocabulary import Confidence, Disposition, Evidence, Urgency

__all__ = [
    "NO_CEILING",
    "Confidence",
    "Disposition",
    "Evidence",
    "Urgency",
    "severity",
    "worst",
]

NO_CEILING = 5
"""Pressure runs from 1 (light contact) to 5 (deep); a ceiling of 5 forbids nothing."""


def severity(member: StrEnum) -> int:
    """How severe within its scale: 0 for the mildest member."""
    members = list(type(member))
    return len(members) - 1 - members.index(member)


S = TypeVar("S", Disposition, Urgency)


def worst(members: Iterable[S]) -> S:
    """The most severe member. Raises ValueError when there is none to compare."""
    return max(members, key=severity)
