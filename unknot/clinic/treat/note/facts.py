"""What the facts of a visit should say, when they are corrected from its note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

LONGEST_ENTRY_MINUTES: Final = 120


@dataclass(frozen=True)
class Correction:
    """Whole minutes, and how the area answered ("" for not tapped); None is left as it is."""

    minutes: int | None = None
    response: str | None = None


@dataclass(frozen=True)
class Facts:
    """What was touched: "pain_before" or "pain_after" 0-10, None for not asked, and entries by
    their key."""

    pains: Mapping[str, int | None] = field(default_factory=dict)
    entries: Mapping[UUID, Correction] = field(default_factory=dict)
