"""Drawings of people who lie, or kneel on hands and knees."""

from __future__ import annotations

from tools.home_care.figure import Side
from tools.home_care.ink import Layer, arrow, at, blob, disc, line, reach, turning
from tools.home_care.parts import face_front, mat, towel

MAT = 130.0
"""The top of the mat; what lies on it stands above."""


def kneeling(x: float, *, bend: float = 0, head: float = 12, belly: float = 0) -> str:
    """On hands and knees, the head to the right; `bend` rounds the back up."""
    return Side(
        (x, MAT - 47),
        torso=3,
        head=head,
        arm=(-88, -92, 0),
        leg=(-90, 180, 180),
        bend=bend,
        belly=belly,
    ).svg()


def bridge_and_bird_dog() -> str:
    hip = (85.0, MAT - 34)
    up = Side(hip, torso=208, head=180, neck=186, leg=(12, -80, 0), arm=(-10, -2))
    dog = Side(
        (262, MAT - 47),
        torso=3,
        head=12,
        arm=(-88, -92, 0),
        far_arm=(12, 8),
        leg=(174, 176, 250),
        far_leg=(-90, 180, 180),
    )
    return (
        mat(14, 168, MAT)
        + up.svg()
        + arrow([(hip[0] + 2, hip[1] - 22), (hip[0] + 2, hip[1] - 48)])
        + mat(208, 386, MAT)
        + dog.svg()
        + arrow([(368, MAT - 66), (392, MAT - 70)])
        + arrow([(198, MAT - 66), (176, MAT - 64)])
    )


def over_a_towel() -> str:
    hip = (160.0, MAT - 12)
    person = Side(
        hip,
        torso=183,
        head=188,
        neck=194,
        bend=-9,
        leg=(50, -58, 0),
        arm=(9, 3),
    )
    return (
        mat(40, 260, MAT)
        + person.svg()
        + towel((130, MAT - 7), 7)
        + arrow([(126, MAT - 66), (126, MAT - 44)])
    )


def knee_to_chest_cat_camel() -> str:
    hugging = Side(
        (78, MAT - 12),
        torso=180,
        head=180,
        leg=(126, -12, 20),
        far_leg=(50, -58, 0),
        arm=(62, 24),
    )
    return (
        mat(6, 140, MAT)
        + hugging.svg()
        + arrow([(112, MAT - 66), (84, MAT - 62)], 4)
        + mat(166, 290, MAT)
        + kneeling(222, bend=11, head=-42)
        + arrow([(246, MAT - 76), (246, MAT - 98)])
        + mat(316, 440, MAT)
        + kneeling(372, bend=-6, head=40)
        + arrow([(396, MAT - 92), (396, MAT - 70)])
    )


def figure_four() -> str:
    hip = (150.0, MAT - 12)
    person = Side(
        hip,
        torso=180,
        head=180,
        arm=(34, 14),
        far_leg=(100, -8, 60),
        leg=(58, 164, 190),
        leg_seen=(0.86, 0.66),
        arm_behind=True,
    )
    return mat(56, 240, MAT) + person.svg() + arrow([(176, MAT - 72), (146, MAT - 72)], 0)


SIDE_HIP = (172.0, MAT - 17)


def side_leg_lift_and_clam() -> str:
    """Lying on the side, seen from the front: the leg lift above, the clam below."""
    hip = (SIDE_HIP[0], SIDE_HIP[1] - 8)
    under, upper = Layer(), Layer()
    under.add(line((hip[0], MAT - 9), (hip[0] + 38, MAT - 8), (hip[0] + 76, MAT - 7)), 12)
    knee = reach(hip, 24, 38)
    ankle = reach(knee, 24, 37)
    upper.add(line(hip, knee), 13)
    upper.add(line(knee, ankle), 9.5)
    upper.add(line(ankle, reach(ankle, -30, 9)), 7)
    lift = on_the_side(under.svg() + upper.svg()) + turning(hip, 96, 2, 19)
    return f'{lift}<g transform="translate(0 110)">{clam()}</g>'


def clam() -> str:
    """Knees bent towards us, feet together; the upper knee opens."""
    hip = (SIDE_HIP[0], SIDE_HIP[1] - 6)
    under, upper = Layer(), Layer()
    feet = (hip[0] + 62, MAT - 9)
    under.add(line((hip[0], MAT - 9), (hip[0] + 34, MAT - 6)), 12)
    under.add(line((hip[0] + 34, MAT - 6), feet), 10)
    under.add(line(feet, (feet[0] + 10, MAT - 5)), 7)
    knee = (hip[0] + 30, hip[1] - 27)
    upper.add(line(hip, knee), 13)
    upper.add(line(knee, (feet[0], feet[1] - 9)), 9.5)
    upper.add(line((feet[0], feet[1] - 9), (feet[0] + 11, feet[1] - 5)), 7)
    return on_the_side(under.svg() + upper.svg()) + turning((hip[0] + 12, hip[1]), 54, 36, 76)


def on_the_side(legs: str) -> str:
    """Somebody who lies on one side and looks at us, head on the lower arm, with these legs."""
    shoulder, hip = (112.0, MAT - 20), SIDE_HIP
    below, arm = Layer(), Layer()
    below.add(line((shoulder[0] - 2, MAT - 9), (52, MAT - 6)), 8)
    body = (
        f"M{at((shoulder[0] - 6, shoulder[1] - 17))}"
        f"Q{at((140, shoulder[1] - 8))} {at((hip[0] + 8, hip[1] - 15))}"
        f"Q{at((hip[0] + 16, hip[1]))} {at((hip[0] + 8, MAT - 2.5))}"
        f"L{at((shoulder[0] - 2, MAT - 2.5))}"
        f"Q{at((shoulder[0] - 16, shoulder[1]))} {at((shoulder[0] - 6, shoulder[1] - 17))}Z"
    )
    elbow = (shoulder[0] + 26, shoulder[1] - 8)
    arm.add(line(elbow, (elbow[0] + 10, MAT - 3)), 6.5)
    arm.add(line((shoulder[0], shoulder[1] - 12), elbow), 8)
    return (
        mat(40, 290, MAT)
        + below.svg()
        + legs
        + face_front((84, MAT - 20), 12, tilt=-90)
        + blob(body, "shirt")
        + arm.svg()
    )


def foam_roller() -> str:
    hip = (150.0, MAT - 25)
    person = Side(hip, torso=7, head=22, leg=(181, 188, 252), arm=(-92, -2, 0))
    return (
        mat(44, 270, MAT)
        + person.svg()
        + disc((128, MAT - 8), 8, "shirt", "clay")
        + disc((128, MAT - 8), 2.5, "paper", "clay")
        + arrow([(140, MAT - 58), (164, MAT - 58)])
        + arrow([(116, MAT - 58), (92, MAT - 58)])
    )
