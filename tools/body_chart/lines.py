"""The region lines: which region every seen point of the body belongs to.

All numbers are decimetres on the neutral figure in the anatomical position (x away from the
midline, y up from the hips, z forward), read off its picture by eye. The other figures share
its vertices, so a point of theirs is looked up on the neutral figure first and the same lines
serve all three.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from body_chart.mesh import PART_NAMES, Floats

Bools = NDArray[np.bool_]

SHOULDER, ELBOW, WRIST = (1.65, 4.94), (2.47, 2.67), (3.24, 0.41)
KNUCKLES = (3.5, -0.55)
FINGERS = {
    1: "thumb",
    2: "index_finger",
    3: "middle_finger",
    4: "ring_finger",
    5: "little_finger",
}


@dataclass(frozen=True)
class Points:
    """Seen points: the folded place on the neutral figure, whether seen from the front, and the
    main body part."""

    x: Floats
    y: Floats
    z: Floats
    front: Bools
    below: Bools
    """Seen from under the sole."""
    part: NDArray[np.int64]

    def is_part(self, *names: str) -> Bools:
        """Whether the point belongs mostly to one of these parts."""
        return np.isin(self.part, [PART_NAMES.index(name) for name in names])


Rules = list[tuple[str, Bools]]


def name_regions(points: Points) -> NDArray[np.str_]:
    """The region of each point without its side, such as "low_back" or "nose_mid"; the first
    rule that holds wins."""
    rules = [
        *_hand(points),
        *_foot(points),
        *_arm(points),
        *_head(points),
        *_neck(points),
    ]
    rules += _trunk_front(points) + _trunk_back(points) + _leg(points)
    return np.select([holds for _, holds in rules], [name for name, _ in rules], default="")


def _along(
    points: Points, start: tuple[float, float], end: tuple[float, float]
) -> tuple[Floats, Floats]:
    """How far along a limb (0 at its start, 1 at its end) and how far beside its axis, in
    decimetres."""
    ax, ay = end[0] - start[0], end[1] - start[1]
    length = np.hypot(ax, ay)
    dx, dy = points.x - start[0], points.y - start[1]
    return (dx * ax + dy * ay) / length**2, (dx * ay - dy * ax) / length


def _hand(p: Points) -> Rules:
    rules = [(name, p.is_part(f"finger{number}")) for number, name in FINGERS.items()]
    along, _ = _along(p, WRIST, KNUCKLES)
    hand = p.is_part("hand", "forearm") & (along > 0.1)
    return [*rules, ("palm", hand & p.front), ("hand_back", hand)]


def _foot(p: Points) -> Rules:
    foot = p.is_part("foot") | (p.is_part("shin") & (p.y < -7.35))
    heel = (
        foot
        & (p.y < -7.46 - 0.12 * np.clip((p.z + 0.6) / 0.5, 0, 1.5))
        & (p.z < 0.1 - 0.3 * (p.x - 1.35) ** 2)
    )
    return [
        ("big_toe", p.is_part("toe1")),
        ("toes", p.is_part("toes")),
        ("heel", heel),
        ("sole", foot & p.below),
        ("heel", foot & ~p.front & ~p.below & (p.y < -7.6)),
        ("ankle", foot & (p.z < 0.72) & (p.y > -8.0 + 0.3 * p.z)),
        ("foot_top", foot),
    ]


def _arm(p: Points) -> Rules:
    along, beside = _along(p, SHOULDER, ELBOW)
    below, aside = _along(p, ELBOW, WRIST)
    root = 1.25 + (5.72 - p.y) * 0.18
    arm = p.is_part("arm", "forearm", "hand") | (
        p.is_part("shoulder", "trunk") & (p.y > 4.35) & (p.x > root)
    )
    arm &= ~(p.is_part("arm") & (p.y > 4.35) & (p.x < root))
    deltoid = arm & (along < 0.36 - 0.5 * beside**2)
    bend = arm & (along > 0.86 + 0.1 * beside) & (below < 0.16 - 0.2 * aside**2)
    wrist = arm & (below > 0.86)
    upper = arm & (below < 0.05)
    return [
        ("shoulder_front", deltoid & p.front),
        ("shoulder_back", deltoid),
        ("elbow_front", bend & p.front),
        ("elbow_back", bend),
        ("wrist", wrist),
        ("arm_front", upper & p.front),
        ("arm_back", upper),
        ("forearm_front", arm & p.front),
        ("forearm_back", arm),
    ]


def _skull(p: Points) -> Bools:
    """Above the line that runs under the jaw, past the ear lobe and round the base of the
    skull."""
    line = np.interp(p.z, [-0.4, -0.1, 0.2, 0.45, 0.7, 1.1], [6.9, 6.84, 6.74, 6.5, 6.26, 6.12])
    return p.is_part("head", "neck") & (p.y > line)


def _head(p: Points) -> Rules:
    head = _skull(p)
    face = head & (p.z > 0.7)
    ear = head & (((p.z - 0.43) / 0.2) ** 2 + ((p.y - 7.14) / 0.3) ** 2 < 1) & (p.x > 0.62)
    eye = face & (((p.x - 0.32) / 0.235) ** 2 + ((p.y - 7.35) / 0.19) ** 2 < 1)
    nose_half = np.interp(p.y, [6.86, 6.95, 7.1, 7.3, 7.55], [0.2, 0.23, 0.17, 0.1, 0.13])
    nose = face & (p.y > 6.88) & (p.y < 7.5) & (p.x < nose_half) & (p.z > 1.2)
    mouth = face & ((p.x / 0.33) ** 2 + ((p.y - 6.7) / 0.185) ** 2 < 1)
    brow = 7.47 - 0.1 * (p.x - 0.25)
    temple_edge = 0.52 - 0.12 * (p.y - 7.5)
    cheek_line = 6.62 + 0.3 * (1.35 - p.z)
    cheek = head & (p.y > cheek_line) & (p.z > 0.68 + 0.9 * (p.y - 7.0) ** 2)
    behind = p.z < np.interp(p.y, [6.6, 7.0, 7.4, 8.0], [0.36, 0.27, 0.25, 0.36])
    return [
        ("ear", ear),
        ("crown", head & (p.y > 8.02 - 0.3 * p.x**2)),
        ("skull_base", head & behind & (p.y < 7.2)),
        ("head_back", head & behind),
        ("eye", eye),
        ("nose_mid", nose),
        ("mouth_mid", mouth),
        ("forehead", face & (p.y > brow) & (p.x < temple_edge)),
        ("temple", head & (p.y > 7.16) & (p.x > 0.44)),
        ("chin_mid", face & (p.y < 6.53) & (p.x < 0.24) & (p.z > 0.95)),
        ("cheek", cheek),
        ("jaw", head & ((p.z > 0.25) | (p.y < 6.9))),
        ("head_back", head),
    ]


def _neck(p: Points) -> Rules:
    side = 0.5 + (p.y - 5.5) * 0.45
    floor = np.where(p.front, 5.32 + 0.3 * p.x, 5.7 + 0.3 * p.x**2)
    neck = p.is_part("neck", "head", "trunk", "shoulder") & (p.y > floor) & (p.x < side)
    shoulder_line = np.where(p.front, 5.46 + 0.06 * p.x, 5.28 + 0.12 * p.x)
    top = p.is_part("neck", "trunk", "shoulder", "arm") & (p.y > shoulder_line) & (p.x > 0.44)
    return [
        ("throat_mid", neck & p.front & (p.x < 0.17 + 0.1 * (p.y - 5.4))),
        ("neck_front", neck & p.front),
        ("neck_back", neck),
        ("shoulder_top", top),
    ]


def _groin_line(p: Points) -> Floats:
    line: Floats = -0.12 + 0.82 * p.x
    return line


def _trunk_front(p: Points) -> Rules:
    trunk = p.front & p.is_part("trunk", "shoulder", "neck", "thigh", "arm") & (p.y > -0.4)
    arch = 3.42 - 0.98 * np.clip((p.x - 0.17) / 1.1, 0, None) ** 0.8
    hip = ((p.x - 1.55) / 0.46) ** 2 + ((p.y - 0.62) / 0.8) ** 2 < 1
    fold = _groin_line(p)
    return [
        ("breastbone_mid", trunk & (p.x < 0.13 + 0.035 * (p.y - 3.4)) & (p.y > 3.38)),
        ("chest", trunk & (p.y > 3.5 - 0.06 * np.cos((p.x - 0.8) * 3))),
        ("ribs", trunk & (p.y > np.maximum(arch, 2.42))),
        ("upper_belly", trunk & (p.y > 1.84 + 0.06 * p.x**2)),
        ("hip", trunk & hip),
        ("saddle_mid", trunk & ((p.x / 0.22) ** 2 + ((p.y + 0.2) / 0.26) ** 2 < 1)),
        ("lower_belly", trunk & (p.y > fold + 0.18)),
        ("groin", trunk & (p.y > fold - 0.34) & (p.x < 1.2)),
    ]


def _trunk_back(p: Points) -> Rules:
    trunk = ~p.front & p.is_part("trunk", "shoulder", "neck", "thigh", "arm") & (p.y > -0.62)
    tip = 3.74 + 1.25 * np.clip(np.hypot(p.x - 0.68, 0.12) - 0.14, 0, None)
    blade = trunk & (p.x > 0.46 + 0.05 * (p.y - 4.5) ** 2) & (p.y > tip) & (p.x < 1.45)
    crest = 1.22 + 0.22 * np.sin(np.clip(p.x, 0, 1.5) * 1.4)
    sacrum = trunk & (p.y > 0.62) & (p.y < 1.36) & (p.x < 0.1 + 0.42 * (p.y - 0.6) / 0.75)
    fold = -0.42 - 0.1 * np.cos((p.x - 0.55) * 2.2)
    hip = ((p.x - 1.6) / 0.5) ** 2 + ((p.y - 0.5) / 0.78) ** 2 < 1
    return [
        ("upper_spine_mid", trunk & (p.x < 0.17) & (p.y > 2.5)),
        ("shoulder_blade", blade),
        ("upper_back", trunk & (p.y > 3.72) & (p.x < 0.66)),
        ("mid_back", trunk & (p.y > 2.5 - 0.04 * p.x)),
        ("low_spine_mid", trunk & (p.x < 0.17) & (p.y > 1.36)),
        ("sacrum_mid", sacrum),
        ("low_back", trunk & (p.y > crest)),
        ("tailbone_mid", trunk & (p.x < 0.13) & (p.y > 0.12)),
        ("saddle_mid", trunk & (p.x < 0.17) & (p.y <= 0.12)),
        ("hip", trunk & hip),
        ("buttock", trunk & (p.y > fold)),
    ]


def _leg(p: Points) -> Rules:
    leg = p.is_part("thigh", "shin", "foot", "trunk")
    middle = np.interp(p.y, [-3.6, -1.0, 0.5], [1.12, 1.0, 0.92])
    half = np.interp(p.y, [-3.6, -3.0, -1.0, 0.5], [0.52, 0.57, 0.77, 0.75])
    across = (p.x - middle) / half
    bow = 0.12 * across**2
    thigh = leg & (p.y > -2.95 - bow)
    knee = leg & (p.y > -4.02 + bow)
    swell = 0.12 * ((p.y + 1.4) / 1.6) ** 2
    inner, outer = (
        np.where(p.front, -0.3, -0.46) - swell,
        np.where(p.front, 0.46, 0.54) + swell,
    )
    return [
        ("thigh_inner", thigh & (across < inner)),
        ("thigh_outer", thigh & (across > outer)),
        ("thigh_front", thigh & p.front),
        ("thigh_back", thigh),
        ("knee_front", knee & p.front),
        ("knee_back", knee),
        ("shin", leg & p.front & (p.y > -6.95)),
        ("calf", leg & (p.y > -6.85)),
        ("ankle", leg),
    ]
