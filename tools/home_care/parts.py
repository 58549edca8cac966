"""Things of a room, and parts of the body seen close by."""

from __future__ import annotations

from tools.home_care.ink import (
    Layer,
    Point,
    arc,
    at,
    blob,
    bow,
    disc,
    line,
    reach,
    stroke,
    strokes,
)


def floor(left: float, right: float, y: float) -> str:
    """The ground."""
    return stroke(line((left, y), (right, y)), 2, "thing")


def mat(left: float, right: float, y: float) -> str:
    """A thin mat on the ground, its top at y."""
    return stroke(line((left, y + 2.5), (right, y + 2.5)), 5, "shirt") + floor(
        left - 8, right + 8, y + 6
    )


def wall(x: float, top: float, bottom: float, side: int) -> str:
    """A wall; `side` 1 has its solid part to the right, -1 to the left."""
    ticks = "".join(
        line((x, y), (x + 6 * side, y + 6)) for y in range(int(top) + 6, int(bottom) - 4, 14)
    )
    return stroke(line((x, top), (x, bottom)), 2.4, "thing") + stroke(ticks, 1.2, "thing")


def chair(seat: Point, ground: float, facing: int = 1, *, rest: bool = True) -> str:
    """A chair under a seat point; its back stands behind."""
    x, y = seat
    front, back = x + 22 * facing, x - 16 * facing
    made = line((back, y), (front, y))
    made += line((front - 3 * facing, y), (front - 3 * facing, ground))
    made += line((back, y), (back, ground))
    if rest:
        made += line((back, y), (back - 5 * facing, y - 50))
    return stroke(made, 3.4, "thing")


def towel(centre: Point, radius: float = 7) -> str:
    """A rolled towel seen from its end."""
    inner = arc(centre, radius * 0.5, 20, 330)
    return disc(centre, radius, "shirt", "clay") + stroke(inner, 1.6, "clay")


def ball(centre: Point, radius: float = 6.5) -> str:
    """A ball."""
    shine = arc(centre, radius * 0.55, 100, 170)
    return disc(centre, radius, "shirt", "clay") + stroke(shine, 1.4, "clay")


def waves(start: Point, count: int = 3, gap: float = 8) -> str:
    """Warmth or breath rising."""
    made = ""
    for nth in range(count):
        x, y = start[0] + nth * gap, start[1]
        made += f"M{at((x, y))}q4 -4 0 -8t0 -8"
    return stroke(made, 2.2, "clay")


def face_front(centre: Point, size: float = 15, turn: float = 0, tilt: float = 0) -> str:
    """A head from the front; `turn` -1 to 1 moves the face to a side, `tilt` leans it."""
    x, y = centre
    up = 90 - tilt

    def put(right: float, above: float) -> Point:
        side = reach((x, y), up - 90, right * size)
        return reach(side, up, above * size)

    oval = (
        f"M{at(put(0, 1.15))}Q{at(put(0.98, 1.15))} {at(put(0.9, 0.05))}"
        f"Q{at(put(0.8, -0.95))} {at(put(0, -1.12))}Q{at(put(-0.8, -0.95))} {at(put(-0.9, 0.05))}"
        f"Q{at(put(-0.98, 1.15))} {at(put(0, 1.15))}Z"
    )
    hair = (
        f"M{at(put(-0.93, 0.05))}Q{at(put(-1.05, 1.3))} {at(put(0, 1.25))}"
        f"Q{at(put(1.05, 1.3))} {at(put(0.93, 0.05))}"
        f"Q{at(put(0.8 + 0.1 * turn, 0.62))} {at(put(0.1 + 0.5 * turn, 0.68))}"
        f"Q{at(put(-0.8 + 0.1 * turn, 0.7))} {at(put(-0.93, 0.05))}Z"
    )
    at_x = 0.52 * turn
    eyes = "".join(
        line(put(at_x + side - 0.09, 0.12), put(at_x + side + 0.09, 0.12))
        for side in (-0.34 * (1 - 0.2 * abs(turn)), 0.34 * (1 - 0.2 * abs(turn)))
    )
    nose = line(put(at_x * 1.15, 0.05), put(at_x * 1.15 + 0.12 * (turn or 0.4), -0.28))
    mouth = bow(put(at_x - 0.22, -0.6), put(at_x + 0.22, -0.6), -1.2)
    return (
        blob(oval, "paper")
        + blob(hair, "ink", width=1)
        + stroke(eyes, 2.4)
        + stroke(nose + mouth, 1.7)
    )


def bust_front(chin: Point, *, back: bool = False) -> str:
    """Neck and shoulders from the front or behind, below a chin."""
    x, y = chin
    neck = Layer()
    neck.add(line((x, y - 8), (x, y + 16)), 15)
    body = (
        f"M{at((x - 46, y + 62))}Q{at((x - 48, y + 24))} {at((x - 30, y + 17))}"
        f"Q{at((x - 12, y + 12))} {at((x - 8, y + 7))}"
        + (f"Q{at((x, y + 11))} {at((x + 8, y + 7))}" if not back else f"L{at((x + 8, y + 7))}")
        + f"Q{at((x + 12, y + 12))} {at((x + 30, y + 17))}"
        f"Q{at((x + 48, y + 24))} {at((x + 46, y + 62))}"
    )
    return neck.svg() + blob(body, "shirt")


def bust_side(nape: Point, facing: int = 1) -> str:
    """Neck, chest and back from the side; `nape` is where the neck meets the head."""
    x, y = nape
    f = facing
    neck = Layer()
    neck.add(line((x - 2 * f, y - 4), (x - 6 * f, y + 24)), 16)
    body = (
        f"M{at((x - 30 * f, y + 72))}Q{at((x - 34 * f, y + 34))} {at((x - 16 * f, y + 17))}"
        f"Q{at((x - 4 * f, y + 22))} {at((x + 5 * f, y + 20))}"
        f"Q{at((x + 22 * f, y + 36))} {at((x + 20 * f, y + 72))}"
    )
    arm = bow((x - 13 * f, y + 72), (x - 12 * f, y + 36), 5 * f)
    return neck.svg() + blob(body, "shirt") + stroke(arm, 1.8)


def foot(
    ball_of_foot: Point, heel_up: float, shin: float, toes: float, *, lower: float = 62
) -> str:
    """A foot close by, toes to the right: `heel_up` is how far the sole rises towards the heel,
    `shin` and `toes` are the ways these parts point.
    """
    heel = reach(ball_of_foot, 180 - heel_up, 46)

    def put(ahead: float, above: float) -> Point:
        return reach(reach(heel, -heel_up, ahead), 90 - heel_up, above)

    ankle = put(6, 24)
    leg, toe = Layer(), Layer()
    leg.add(line(ankle, reach(ankle, shin, lower)), 24)
    toe.add(line(ball_of_foot, reach(ball_of_foot, toes, 16)), 10)
    sole = (
        f"M{at(put(-7, 26))}Q{at(put(-11, 12))} {at(put(-9, 3))}"
        f"Q{at(put(-6, -7))} {at(put(4, -6))}"
        f"Q{at(put(22, -1))} {at(put(40, -6))}Q{at(put(53, -7))} {at(put(52, 2))}"
        f"Q{at(put(48, 9))} {at(put(38, 12))}Q{at(put(22, 17))} {at(put(19, 28))}"
    )
    inside = Layer()
    inside.add(line(put(6, 18), ankle, reach(ankle, shin, 10)), 19.6)
    fills = strokes([(path, width, fill) for path, width, fill in inside.tubes])
    return toe.svg() + leg.svg() + blob(sole, "paper") + fills


def hand_shape(wrist: Point, fingers: tuple[float, float, float]) -> str:
    """A hand close by, seen from the thumb's side, its palm to the right. `fingers` are the ways
    their three parts point.
    """
    palm_end = reach(wrist, 90, 26)
    hand = Layer()
    hand.add(line(reach(wrist, -90, 24), wrist), 15)
    hand.add(line(reach(wrist, 90, 2), palm_end), 18)
    joint, finger = reach(palm_end, 90, 3), Layer()
    points = [joint]
    for angle, length in zip(fingers, (17.0, 12.0, 9.0), strict=True):
        points.append(reach(points[-1], angle, length))
    finger.add(line(*points), 9)
    hand.add(line(*points), 9)
    thumb = Layer()
    base = reach(wrist, 60, 6)
    thumb.add(line(base, reach(base, 62, 13), reach(reach(base, 62, 13), 80, 9)), 7.5)
    return hand.svg() + thumb.svg()
