"""What an entry of a visit should say, when it is corrected from the note."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Correction:
    """Whole minutes, and how the area answered ("" for not tapped)."""

    minutes: int
    response: str
