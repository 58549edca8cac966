"""Drawings of what is worn, laid on, or done with any part: a splint, a stretch, a cold pack."""

from __future__ import annotations

from tools.home_care.ink import (
    Layer,
    Point,
    arrow,
    at,
    blob,
    line,
    reach,
    stroke,
)
from tools.home_care.parts import floor
from tools.home_care.upright import GROUND, seat, seated


def splint() -> str:
    """A forearm that lies on a pillow, its wrist held straight."""
    arm, thumb = Layer(), Layer()
    arm.add(line((40, 96), (176, 94)), 24)
    arm.add(line((176, 94), (210, 95)), 23)
    arm.add(line((204, 95), (234, 96), (250, 101)), 19)
    thumb.add(line((184, 88), (204, 72), (222, 70)), 9)
    sleeve = Layer()
    sleeve.add(line((20, 96), (58, 96)), 27, "shirt")
    shell = (
        f"M{at((94, 81))}L{at((196, 80))}Q{at((202, 94))} {at((196, 108))}"
        f"L{at((94, 111))}Q{at((88, 96))} {at((94, 81))}Z"
    )
    between = line((222, 92), (240, 94), (256, 99)) + line((220, 99), (238, 101), (252, 106))
    straps = line((112, 81), (112, 111)) + line((146, 81), (146, 110))
    straps += line((178, 81), (178, 109))
    pillow = (
        f"M{at((14, 116))}Q{at((130, 106))} {at((262, 116))}Q{at((280, 130))} {at((262, 142))}"
        f"Q{at((130, 150))} {at((14, 142))}Q{at((0, 130))} {at((14, 116))}Z"
    )
    return (
        blob(pillow, "paper", "thing")
        + arm.svg()
        + stroke(between, 1.6)
        + thumb.svg()
        + sleeve.svg()
        + blob(shell, "shirt", "clay", 3)
        + stroke(straps, 4, "clay")
        + moon((262, 40))
    )


def moon(centre: Point) -> str:
    """A waning moon: at night."""
    x, y = centre
    shape = f"M{at((x + 4, y - 20))}A20 20 0 1 0 {at((x + 18, y + 10))}"
    shape += f"A17 17 0 0 1 {at((x + 4, y - 20))}Z"
    return blob(shape, "shirt", "clay")


def easy_stretch() -> str:
    """Sitting, one leg straight, leaning forwards from the hip."""
    upright = seated(70, arm=(-74, -30), leg=(-27, -28, 58), far_leg=(0, -90, 0))
    leaning = seated(
        240, torso=52, head=60, arm=(-58, -34), leg=(-27, -28, 58), far_leg=(0, -90, 0)
    )
    return (
        floor(20, 330, GROUND)
        + seat(70)
        + upright.svg()
        + seat(240)
        + leaning.svg()
        + arrow([(262, 46), (300, 58)], 4)
    )


def cold() -> str:
    """A cold pack folded into a cloth, and laid on a knee."""
    cloth = f"M{at((28, 76))}L{at((122, 66))}L{at((132, 132))}L{at((36, 142))}Z"
    pack = f"M{at((44, 60))}L{at((110, 53))}L{at((116, 100))}L{at((50, 107))}Z"
    fold = f"M{at((32, 100))}L{at((126, 90))}L{at((132, 132))}L{at((36, 142))}Z"
    person = seated(242, arm=(-104, -62))
    knee = person.knee()
    wrapped = Layer()
    wrapped.add(line((knee[0] - 13, knee[1] - 9), (knee[0] + 5, knee[1] - 9)), 9, "shirt")
    return (
        blob(cloth, "paper")
        + blob(pack, "shirt", "clay", 2.6)
        + flake((80, 77), 12)
        + blob(fold, "paper")
        + stroke(line((42, 112), (124, 103)) + line((44, 126), (126, 117)), 1.4, "ghost")
        + arrow([(144, 104), (172, 104)])
        + floor(190, 320, GROUND)
        + seat(242)
        + person.svg()
        + wrapped.svg("clay")
        + flake((knee[0] - 3, knee[1] - 32), 9)
    )


def flake(centre: Point, size: float) -> str:
    """Cold, as on a thermostat."""
    made = "".join(
        line(reach(centre, turn, size), reach(centre, turn + 180, size)) for turn in (30, 90, 150)
    )
    return stroke(made, 2.4, "clay")
