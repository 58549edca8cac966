"""The kinds of marks: the words, the letter and the pattern each is known by. Colour says only
how strong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from unknot.reasoning.marks import highest_intensity


@dataclass(frozen=True)
class Kind:
    """One kind of mark. `code` is the letter on the chart; `hint` helps to tell it from its
    neighbours."""

    id: str
    code: str
    label: str
    hint: str
    hatch: str
    """Path data of one tile of its pattern, `tile` user units wide and high, turned by `turn`
    degrees."""
    tile: int = 10
    turn: int = 0
    is_solid: bool = False
    """Whether the tile is filled rather than stroked."""

    @property
    def top(self) -> int:
        """The highest intensity of this kind."""
        return highest_intensity(self.id)


CLIENT: Final = (
    Kind(
        "ache",
        "A",
        "Ache",
        "dull, deep, spread out",
        "M4.5 7a2 2 0 1 0 4 0a2 2 0 1 0-4 0",
        tile=13,
        is_solid=True,
    ),
    Kind("sharp", "S", "Sharp", "stabbing, catching", "M0 5h10", turn=45),
    Kind("burning", "B", "Burning", "hot, raw", "M0 3q2.5-3 5 0t5 0M0 8q2.5-3 5 0t5 0"),
    Kind("tingling", "T", "Tingling", "pins and needles", "M2 2h2M7 7h2", tile=10),
    Kind("numb", "N", "Numb", "less feeling, or none", "M0 0h9v9h-9z", tile=9, turn=45),
    Kind("stiff", "St", "Stiff", "tight, hard to move", "M5 0v10", tile=8),
)

THERAPIST: Final = (
    Kind(
        "trigger_point_active",
        "TA",
        "Trigger point, active",
        "gives the pain the client knows",
        "M1 5h8M5 1v8",
    ),
    Kind(
        "trigger_point_latent",
        "TL",
        "Trigger point, latent",
        "painful only when pressed",
        "M3 5h4M5 3v4",
        tile=12,
    ),
    Kind(
        "taut_band", "TB", "Taut band", "a cord in the muscle", "M0 3h10M0 6h10", tile=12, turn=90
    ),
    Kind("hypertonic", "HT", "Hypertonic", "high resting tension", "M0 5h10", turn=-45),
    Kind("spasm", "SP", "Spasm", "cannot let go", "M0 7l5-5 5 5"),
    Kind("adhesion", "AD", "Adhesion", "layers do not glide", "M0 0l10 10M10 0l-10 10"),
    Kind("swelling", "SW", "Swelling", "", "M2 5a3 3 0 1 0 6 0a3 3 0 1 0-6 0", tile=11),
    Kind(
        "heat",
        "HE",
        "Heat",
        "warmer than around it",
        "M0 3q2.5-3 5 0t5 0M0 8q2.5-3 5 0t5 0",
        turn=90,
    ),
    Kind(
        "tenderness",
        "TE",
        "Tenderness",
        "graded 0 to 4",
        "M3 5a2 2 0 1 0 4 0a2 2 0 1 0-4 0",
        tile=11,
        is_solid=True,
    ),
    Kind("guarding", "GU", "Guarding", "the body protects it", "M0 5h6", tile=9),
    Kind("numbness", "NU", "Numbness", "less feeling on touch", "M0 0h9v9h-9z", tile=9),
)

KINDS: Final = {"client": CLIENT, "therapist": THERAPIST}
BY_ID: Final = {kind.id: kind for kind in (*CLIENT, *THERAPIST)}
