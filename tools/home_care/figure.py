"""A jointed figure in soft outlines, seen from the side.

It stands, sits, kneels or lies by the angles of its parts alone: each part points from its nearer
joint to its farther one, 0 to the right, 90 up. `facing` 1 turns an upright figure to the right,
-1 to the left; lying with the head to the left and facing 1 it looks up.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from tools.home_care.ink import Layer, Point, at, blob, bow, line, reach, stroke

HEAD = 10.5
LARGE = 16.0
NECK = 10.0
TORSO = 45.0
ARM, FOREARM, HAND = 26.0, 24.0, 7.0
THIGH, SHIN, FOOT = 38.0, 37.0, 14.0

Angles = tuple[float, ...]


@dataclass(frozen=True)
class Side:
    """One posture seen from the side. `hip` is where the thighs begin.

    `torso` points from the hip to the shoulder, `bend` rounds the back (positive: to the left of
    that way). Arms are (upper arm, forearm), legs (thigh, shin, foot); `far` ones lie behind.
    """

    hip: Point
    torso: float = 90
    head: float = 90
    arm: Angles = (-90, -90)
    far_arm: Angles | None = None
    leg: Angles = (-90, -90, 0)
    far_leg: Angles | None = None
    bend: float = 0
    facing: int = 1
    belly: float = 0
    """A belly with a child in it: how far it stands out."""
    neck: float | None = None
    arm_seen: float = 1
    """How long the upper arm looks: less where it points towards us."""
    leg_seen: tuple[float, float] = (1, 1)
    """The same for thigh and shin of the near leg."""
    arm_behind: bool = False
    """Whether the near arm lies behind the near leg."""

    @property
    def shoulder(self) -> Point:
        """Where the arms begin."""
        return reach(self.hip, self.torso, TORSO)

    @property
    def skull(self) -> Point:
        """The middle of the head."""
        neck = self.neck if self.neck is not None else (self.torso + self.head) / 2
        nape = reach(self.shoulder, neck, NECK)
        return reach(nape, self.head, HEAD * 0.9)

    def hand(self, arm: Angles | None = None) -> Point:
        """Where the hand of an arm is."""
        upper, fore = arm or self.arm
        return reach(reach(self.shoulder, upper, ARM), fore, FOREARM)

    def knee(self, leg: Angles | None = None) -> Point:
        """Where the knee of a leg is."""
        return reach(self.hip, (leg or self.leg)[0], THIGH)

    def ankle(self, leg: Angles | None = None) -> Point:
        """Where the ankle of a leg is."""
        return reach(self.knee(leg), (leg or self.leg)[1], SHIN)

    def svg(self, ink: str = "ink") -> str:
        """The figure, from what lies behind to what lies in front."""
        behind, body, before = Layer(), Layer(), Layer()
        if self.far_leg:
            self._leg(behind, self.far_leg)
        if self.far_arm:
            self._arm(behind, self.far_arm)
        if not self.arm_behind:
            self._leg(body, self.leg, self.leg_seen)
        body.add(self._back(), 20, "shirt")
        if self.belly:
            middle = reach(self.hip, self.torso, TORSO * 0.4)
            way = self.torso - 90 * self.facing
            near, out = reach(middle, way, 4), reach(middle, way, self.belly)
            body.add(line(near, out), 24, "shirt")
        body_svg = self._neck_and_head(ink) + body.svg(ink)
        self._arm(before, self.arm)
        if self.arm_behind:
            near = Layer()
            self._leg(near, self.leg, self.leg_seen)
            return behind.svg(ink) + body_svg + before.svg(ink) + near.svg(ink)
        return behind.svg(ink) + body_svg + before.svg(ink)

    def _back(self) -> str:
        low = reach(self.hip, self.torso, 3)
        high = reach(self.hip, self.torso, TORSO - 6)
        return bow(low, high, self.bend) if self.bend else line(low, high)

    def _leg(self, layer: Layer, leg: Angles, seen: tuple[float, float] = (1, 1)) -> None:
        knee = reach(self.hip, leg[0], THIGH * seen[0])
        ankle = reach(knee, leg[1], SHIN * seen[1])
        layer.add(line(self.hip, knee), 13)
        layer.add(line(knee, ankle), 9.5)
        if len(leg) > 2:
            layer.add(line(ankle, reach(ankle, leg[2], FOOT)), 6.5)

    def _arm(self, layer: Layer, arm: Angles) -> None:
        top = reach(self.shoulder, self.torso + 180, 4)
        elbow = reach(self.shoulder, arm[0], ARM * self.arm_seen)
        wrist = reach(elbow, arm[1], FOREARM)
        way = arm[2] if len(arm) > 2 else arm[1]
        layer.add(line(elbow, wrist), 6.5)
        layer.add(line(wrist, reach(wrist, way, HAND)), 6)
        layer.add(line(top, elbow), 8)
        layer.add(
            line(top, reach(self.shoulder, arm[0], ARM * 0.55 * self.arm_seen)), 8.4, "shirt"
        )

    def _neck_and_head(self, ink: str) -> str:
        neck = Layer()
        neck.add(line(reach(self.shoulder, self.torso + 180, 6), self.skull), 8)
        return neck.svg(ink) + profile(self.skull, self.head, self.facing, ink=ink)


def profile(
    centre: Point,
    up: float,
    facing: int,
    size: float = HEAD,
    *,
    jaw: float = 0,
    ink: str = "ink",
) -> str:
    """A head from the side: its crown points `up`, its face to the side it faces.

    `jaw` opens the mouth by so many degrees. A large head also has its eye and ear.
    """
    front = up - 90 * facing

    def put(ahead: float, above: float) -> Point:
        return reach(reach(centre, front, ahead * size), up, above * size)

    def low(ahead: float, above: float) -> Point:
        turn, x, y = math.radians(-jaw), ahead + 0.05, above + 0.1
        return put(
            x * math.cos(turn) - y * math.sin(turn) - 0.05,
            x * math.sin(turn) + y * math.cos(turn) - 0.1,
        )

    face = (
        f"M{at(put(0.5, 0.86))}Q{at(put(0.93, 0.62))} {at(put(0.92, 0.16))}"
        f"L{at(put(1.17, -0.18))}Q{at(put(1.16, -0.28))} {at(put(0.95, -0.3))}"
        f"L{at(put(1, -0.47))}L{at(put(0.82, -0.53))}L{at(low(0.82, -0.54))}"
        f"L{at(low(0.97, -0.62))}L{at(low(0.9, -0.72))}"
        f"Q{at(low(1.02, -1.02))} {at(low(0.66, -1.02))}L{at(low(0.02, -0.66))}"
        f"L{at(put(-0.55, -0.72))}"
        f"Q{at(put(-0.98, -0.5))} {at(put(-1, 0.02))}Q{at(put(-0.98, 1.02))} {at(put(0, 1.04))}"
        f"Q{at(put(0.3, 1.03))} {at(put(0.5, 0.86))}Z"
    )
    hair = (
        f"M{at(put(0.56, 0.84))}Q{at(put(0.3, 1.16))} {at(put(-0.1, 1.14))}"
        f"Q{at(put(-1.12, 1.1))} {at(put(-1.1, 0))}Q{at(put(-1.06, -0.55))} {at(put(-0.6, -0.7))}"
        f"Q{at(put(-0.5, -0.2))} {at(put(-0.28, 0.02))}Q{at(put(0.1, 0.2))} {at(put(0.16, 0.52))}"
        f"Q{at(put(0.4, 0.62))} {at(put(0.56, 0.84))}Z"
    )
    fine = ""
    if size > LARGE:
        ear = f"M{at(put(-0.2, 0))}Q{at(put(0.06, 0.08))} {at(put(0.02, -0.14))}"
        ear += f"Q{at(put(-0.04, -0.34))} {at(put(-0.18, -0.32))}"
        fine = stroke(line(put(0.6, 0.06), put(0.74, 0.06)) + ear, 1.8)
    return blob(face, "paper", ink) + blob(hair, ink if ink == "ghost" else "ink", ink, 1) + fine
