"""Drawings seen close by: head and neck, shoulders, hand, foot."""

from __future__ import annotations

from tools.home_care.figure import profile
from tools.home_care.ink import (
    Layer,
    Point,
    arc,
    arrow,
    at,
    blob,
    dashed,
    line,
    reach,
    stroke,
    turning,
)
from tools.home_care.parts import (
    bust_front,
    bust_side,
    face_front,
    floor,
    foot,
    hand_shape,
    towel,
    wall,
)


def chin_nods() -> str:
    start, end = (95.0, 58.0), (255.0, 58.0)
    return (
        bust_side((start[0], start[1] + 20))
        + profile(start, 92, 1, 27)
        + bust_side((end[0], end[1] + 20))
        + profile((end[0] - 2, end[1] + 1), 76, 1, 27)
        + turning((end[0] - 6, end[1]), 48, 2, -42)
    )


def band() -> str:
    """Four directions: forwards and backwards from the side, then each way from the front."""
    return (
        band_from_the_side(112, 1)
        + band_from_the_side(282, -1)
        + f'<g transform="translate(0 146)">{band_from_the_front(112, 1)}'
        + f"{band_from_the_front(282, -1)}</g>"
    )


def band_from_the_side(x: float, way: int) -> str:
    """Pressing forwards (1) or backwards (-1) against a band fixed to the wall beyond."""
    skull, fixed = (x, 60.0), x - 90 * way
    touched = reach(skull, 22, 27) if way > 0 else reach(skull, 168, 29)
    near = (x - 28 * way, 54.0 if way > 0 else 50.0)
    strap = line((fixed, 56), near) + f"Q{at((x, 62 if way > 0 else 56))} {at(touched)}"
    return (
        wall(fixed, 30, 84, -way)
        + bust_side((x, 80))
        + profile(skull, 88, 1, 27)
        + stroke(strap, 4, "clay")
        + arrow([(x + 42 * way, 46), (x + 66 * way, 46)])
    )


def band_from_the_front(x: float, way: int) -> str:
    """Pressing to the right (1) or the left (-1) against a band fixed at the other side."""
    fixed = x - 90 * way
    strap = line((fixed, 56), (x - 26 * way, 52)) + f"Q{at((x, 58))} {at((x + 25 * way, 50))}"
    return (
        wall(fixed, 30, 84, -way)
        + bust_front((x, 88))
        + face_front((x, 60), 26)
        + stroke(strap, 4, "clay")
        + arrow([(x + 40 * way, 48), (x + 64 * way, 48)])
    )


def turns_and_tilts() -> str:
    left, right = (95.0, 62.0), (262.0, 62.0)
    ghost = dashed(arc(right, 30, 60, 210))
    return (
        bust_front((left[0], left[1] + 29))
        + face_front(left, 26, turn=0.8)
        + turning((left[0], left[1] - 6), 46, 130, 50)
        + bust_front((right[0], right[1] + 29))
        + ghost
        + face_front((right[0] + 9, right[1] + 3), 26, tilt=24)
        + turning((right[0], right[1] + 26), 76, 92, 60)
    )


def blades() -> str:
    return (
        back(95, apart=27, drop=0, elbow=54)
        + back(270, apart=14, drop=9, elbow=43)
        + dashed(blade_bones(270, 27, 0))
        + arrow([(240, 134), (256, 142)])
        + arrow([(300, 134), (284, 142)])
    )


def back(x: float, *, apart: float, drop: float, elbow: float) -> str:
    """Head, shoulders and back from behind; the shoulder blades stand `apart` from the spine."""
    y = 62.0
    arms = Layer()
    for side in (-1, 1):
        arms.add(line((x + side * 36, y + 12), (x + side * elbow, y + 62)), 13)
        arms.add(line((x + side * 36, y + 12), (x + side * (elbow - 6), y + 40)), 13.5, "shirt")
    body = (
        f"M{at((x - 30, y + 104))}L{at((x - 31, y + 52))}"
        f"Q{at((x - 44, y + 18))} {at((x - 36, y + 6))}"
        f"Q{at((x - 14, y + 1))} {at((x - 8, y - 6))}L{at((x + 8, y - 6))}"
        f"Q{at((x + 14, y + 1))} {at((x + 36, y + 6))}"
        f"Q{at((x + 44, y + 18))} {at((x + 31, y + 52))}"
        f"L{at((x + 30, y + 104))}"
    )
    neck = Layer()
    neck.add(line((x, y - 22), (x, y)), 14)
    skull = (
        f"M{at((x - 17, y - 36))}Q{at((x - 18, y - 58))} {at((x, y - 58))}"
        f"Q{at((x + 18, y - 58))} {at((x + 17, y - 36))}Q{at((x + 14, y - 16))} {at((x, y - 16))}"
        f"Q{at((x - 14, y - 16))} {at((x - 17, y - 36))}Z"
    )
    return (
        arms.svg()
        + neck.svg()
        + blob(body, "shirt")
        + blob(skull, "ink")
        + stroke(line((x, y + 4), (x, y + 96)), 1.4, "ghost")
        + stroke(blade_bones(x, apart, drop), 2.2)
    )


def blade_bones(x: float, apart: float, drop: float) -> str:
    """Both shoulder blades, this far from the spine and this much lower than at rest."""
    y, made = 62 + drop, ""
    for side in (-1, 1):
        inner = (x + side * (apart - 9), y + 22)
        outer = (x + side * (apart + 10), y + 20)
        tip = (x + side * (apart - 4), y + 54)
        made += f"M{at(inner)}Q{at((x + side * apart, y + 15))} {at(outer)}"
        made += f"Q{at((x + side * (apart + 4), y + 42))} {at(tip)}"
        made += f"Q{at((x + side * (apart - 12), y + 40))} {at(inner)}Z"
    return made


def jaw() -> str:
    shut, opened = (95.0, 64.0), (255.0, 64.0)
    return (
        bust_side((shut[0], shut[1] + 24))
        + profile(shut, 90, 1, 32)
        + bust_side((opened[0], opened[1] + 24))
        + profile(opened, 90, 1, 32, jaw=13)
        + turning((opened[0], opened[1]), 46, -24, -52)
    )


def glides() -> str:
    shapes: tuple[tuple[float, float, float], ...] = (
        (90, 90, 90),
        (90, 0, -80),
        (0, -95, -180),
        (0, 0, 0),
        (0, -92, -92),
    )
    made = ""
    for nth, shape in enumerate(shapes):
        x = 40.0 + nth * 74
        made += hand_shape((x, 118), shape)
        if nth:
            made += arrow([(x - 30, 104), (x - 17, 104)])
    return made


def sole_stretch() -> str:
    rest, pulled = (120.0, 130.0), (300.0, 130.0)
    return (
        foot(rest, 0, 84, 4)
        + pulling_hand(reach(pulled, 66, 15))
        + foot(pulled, 0, 84, 66)
        + turning(pulled, 62, 2, 40)
    )


def pulling_hand(tip: Point) -> str:
    """A hand whose fingers lie under the toes and pull them up and back."""
    hand = Layer()
    knuckle = (tip[0] + 10, tip[1] - 10)
    hand.add(line((tip[0] + 7, tip[1] + 10), knuckle), 9)
    hand.add(line(knuckle, (knuckle[0] + 8, knuckle[1] - 14)), 15)
    hand.add(line((knuckle[0] + 8, knuckle[1] - 14), (knuckle[0] + 34, knuckle[1] - 48)), 14)
    return hand.svg()


def heel_raise() -> str:
    ground = 140.0
    low, high = (120.0, ground - 12), (300.0, ground - 12)
    return (
        floor(40, 170, ground)
        + towel((low[0] + 12, ground - 9), 8)
        + foot((low[0], ground - 9), 0, 88, 34)
        + floor(220, 350, ground)
        + towel((high[0] + 12, ground - 9), 8)
        + foot((high[0], ground - 11), 30, 80, 30)
        + arrow([(242, ground - 8), (242, ground - 36)])
    )
