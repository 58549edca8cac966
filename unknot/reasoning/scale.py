"""The scales a screening speaks in, and which end of them is worse."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final, TypeVar

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


_SEVERITY: Final[Mapping[StrEnum, int]] = {
    member: len(scale) - 1 - number
    for scale in (Disposition, Urgency)
    for number, member in enumerate(scale)
}


def severity(member: Disposition | Urgency) -> int:
    """How severe within its scale: 0 for the mildest member."""
    return _SEVERITY[member]


S = TypeVar("S", Disposition, Urgency)


def worst(members: Iterable[S]) -> S:
    """The most severe member. Raises ValueError when there is none to compare."""
    return max(members, key=severity)
