"""A whole person seen from the front."""

from __future__ import annotations

from tools.home_care.ink import Layer, arrow, at, blob, line, reach
from tools.home_care.parts import face_front


def stands_in_front(x: float, ground: float) -> str:
    """Somebody who stands facing us and lifts one leg to the side."""
    hip, top = ground - 80, ground - 122
    legs, arms, neck = Layer(), Layer(), Layer()
    legs.add(line((x - 6, hip), (x - 7, ground - 5)), 11)
    legs.add(line((x - 8, ground - 5), (x - 12, ground - 4)), 7)
    knee = reach((x + 6, hip), -62, 38)
    ankle = reach(knee, -62, 34)
    legs.add(line((x + 6, hip), knee, ankle), 11)
    legs.add(line(ankle, reach(ankle, -40, 8)), 7)
    for side in (-1, 1):
        elbow = (x + side * 21, top + 28)
        arms.add(line((x + side * 14, top + 4), elbow, (x + side * 17, hip + 6)), 7)
        arms.add(line((x + side * 14, top + 4), (x + side * 19, top + 18)), 8.4, "shirt")
    neck.add(line((x, top - 12), (x, top)), 8)
    body = (
        f"M{at((x - 12, hip + 3))}L{at((x - 12, hip - 16))}Q{at((x - 19, top + 8))} "
        f"{at((x - 14, top))}Q{at((x, top - 5))} {at((x + 14, top))}"
        f"Q{at((x + 19, top + 8))} {at((x + 12, hip - 16))}L{at((x + 12, hip + 3))}Z"
    )
    return (
        legs.svg()
        + arms.svg()
        + neck.svg()
        + blob(body, "shirt")
        + face_front((x, top - 18), 10.5)
        + arrow([(x + 36, ground - 12), (x + 58, ground - 34)], -6)
    )
