"""Drawings of people who stand, walk or sit."""

from __future__ import annotations

from tools.home_care.figure import Side
from tools.home_care.front import stands_in_front
from tools.home_care.ink import Layer, Point, arc, arrow, line, reach, stroke, turning
from tools.home_care.lying import MAT, kneeling
from tools.home_care.parts import ball, chair, floor, mat, wall, waves

GROUND = 168.0


def walker(x: float, *, belly: float = 0) -> str:
    """Somebody who walks to the right."""
    return Side(
        (x, GROUND - 78),
        torso=87,
        head=90,
        arm=(-66, -48),
        far_arm=(-116, -96),
        leg=(-66, -74, 6),
        far_leg=(-104, -128, -54),
        belly=belly,
    ).svg()


def seated(x: float, **more: object) -> Side:
    """Somebody who sits upright on a chair, facing right."""
    angles: dict[str, object] = {"arm": (-62, -14), "leg": (0, -90, 0), **more}
    return Side((x, GROUND - 42), **angles)  # type: ignore[arg-type]


def seat(x: float) -> str:
    """The chair under somebody who sits at x."""
    return chair((x, GROUND - 32), GROUND)


def walk() -> str:
    return floor(60, 290, GROUND) + walker(160) + arrow([(214, 88), (262, 88)])


def sit_to_stand() -> str:
    standing = Side((205, GROUND - 80), arm=(-84, -70), leg=(-90, -90, 0))
    straight = seated(300, leg=(0, -2, 80), arm=(-80, -30))
    return (
        floor(10, 490, GROUND)
        + seat(60)
        + seated(60, torso=72, head=84).svg()
        + arrow([(118, 96), (156, 62)], 6)
        + seat(188)
        + standing.svg()
        + seat(300)
        + straight.svg()
        + turning((336, GROUND - 44), 46, -56, -22)
        + stands_in_front(428, GROUND)
    )


def calf_stretch() -> str:
    straight = Side(
        (72, GROUND - 74),
        torso=80,
        head=88,
        arm=(2, 12, 80),
        far_arm=(-4, 6, 80),
        leg=(-113, -113, 0),
        far_leg=(-52, -104, 0),
    )
    bent = Side(
        (262, GROUND - 72),
        torso=82,
        head=88,
        arm=(2, 12, 80),
        far_arm=(-4, 6, 80),
        leg=(-92, -126, 0),
        far_leg=(-46, -100, 0),
    )
    return (
        floor(10, 150, GROUND)
        + wall(133, 30, GROUND, 1)
        + straight.svg()
        + arrow([(24, GROUND - 40), (24, GROUND - 14)])
        + floor(200, 340, GROUND)
        + wall(322, 30, GROUND, 1)
        + bent.svg()
        + arrow([(222, GROUND - 40), (222, GROUND - 14)])
    )


def ball_at_the_wall() -> str:
    person = Side(
        (132, GROUND - 74),
        torso=96,
        head=90,
        arm=(-84, -60),
        leg=(-68, -98, 0),
        far_leg=(-64, -96, 0),
    )
    return (
        floor(70, 230, GROUND)
        + wall(100, 24, GROUND, -1)
        + person.svg()
        + ball((107.5, GROUND - 108), 6.5)
        + arrow([(170, GROUND - 108), (148, GROUND - 108)])
    )


def doorway() -> str:
    post = stroke(line((120, 14), (120, GROUND)), 7, "thing")
    person = Side(
        (128, GROUND - 78),
        torso=82,
        head=88,
        arm=(196, 92, 90),
        arm_seen=0.55,
        leg=(-62, -84, 0),
        far_leg=(-108, -112, -12),
    )
    return floor(50, 250, GROUND) + post + person.svg() + arrow([(160, 66), (192, 66)])


def warmth() -> str:
    person = seated(150, arm=(-64, -10))
    wrap = Layer()
    low = reach(person.hip, 90, 5)
    wrap.add(line((low[0] - 9, low[1]), (low[0] - 9, low[1] - 16)), 9, "shirt")
    return (
        floor(80, 250, GROUND)
        + seat(150)
        + person.svg()
        + wrap.svg("clay")
        + waves((106, GROUND - 46), 3, 8)
    )


def aerobic() -> str:
    return floor(20, 390, GROUND) + walker(80) + arrow([(132, 84), (166, 84)]) + cyclist(290)


def cyclist(x: float) -> str:
    """Somebody on a bicycle, facing right."""
    wheel = 25.0
    left, right = (x - 44, GROUND - wheel), (x + 48, GROUND - wheel)
    crank, saddle = (x - 2, GROUND - wheel - 2), (x - 16, GROUND - 74)
    rider = Side(
        (x - 16, GROUND - 84),
        torso=62,
        head=78,
        arm=(-42, -22),
        leg=(-22, -106, 0),
        far_leg=(-62, -104, 0),
    )
    bar = rider.hand()
    bike = stroke(arc(left, wheel, 0, 180) + arc(left, wheel, 180, 360), 2.6, "thing")
    bike += stroke(arc(right, wheel, 0, 180) + arc(right, wheel, 180, 360), 2.6, "thing")
    steer = (bar[0] - 6, bar[1] + 20)
    frame = line(left, saddle, crank, left) + line(saddle, steer, crank)
    frame += line((bar[0] + 4, bar[1] + 4), steer, right)
    return bike + stroke(frame, 3, "thing") + rider.svg()


def pregnancy() -> str:
    return (
        floor(10, 130, GROUND)
        + walker(62, belly=7)
        + mat(146, 270, MAT + 32)
        + lower(202, bend=0)
        + mat(296, 420, MAT + 32)
        + lower(352, bend=7)
        + turning((356, 122), 34, 150, 100)
    )


def lower(x: float, *, bend: float) -> str:
    """On hands and knees with a belly, set down to the ground of people who stand."""
    return f'<g transform="translate(0 32)">{kneeling(x, bend=bend, head=6, belly=13)}</g>'


def slow_breathing() -> str:
    made = floor(20, 360, GROUND)
    for x, out in ((90, False), (260, True)):
        person = seated(x, arm=(-114, 6))
        made += seat(x) + person.svg()
        mouth = reach(person.skull, -14, 18)
        far: Point = (mouth[0] + (46 if out else 26), mouth[1] + 4)
        made += arrow([mouth, far]) if out else arrow([far, mouth])
    return made
