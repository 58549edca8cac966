"""Which drawing belongs to which record of home care, and how large its paper is.

What is not here has no drawing: a stretch of any part cannot be drawn as one posture, a splint and
a cold pack neither move nor press, and the rest is not done but kept to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tools.home_care import close, lying, upright


@dataclass(frozen=True)
class Drawing:
    """What draws it, and its paper: left, top, width, height."""

    draw: Callable[[], str]
    paper: tuple[int, int, int, int]


TALL = (0, 6, 420, 172)

DRAWINGS: Mapping[str, Drawing] = {
    "HC-01": Drawing(close.chin_nods, (30, 14, 300, 140)),
    "HC-02": Drawing(close.band, (6, 14, 388, 140)),
    "HC-03": Drawing(close.blades, (20, 0, 330, 164)),
    "HC-04": Drawing(close.turns_and_tilts, (30, 2, 300, 154)),
    "HC-05": Drawing(lying.over_a_towel, (20, 30, 260, 114)),
    "HC-06": Drawing(upright.walk, (50, 6, 250, 172)),
    "HC-07": Drawing(lying.bridge_and_bird_dog, (0, 34, 402, 112)),
    "HC-08": Drawing(lying.knee_to_chest_cat_camel, (0, 24, 448, 120)),
    "HC-09": Drawing(lying.figure_four, (36, 34, 220, 110)),
    "HC-10": Drawing(lying.side_leg_lift, (26, 44, 280, 100)),
    "HC-11": Drawing(upright.sit_to_stand, TALL),
    "HC-12": Drawing(upright.calf_stretch, (0, 6, 352, 172)),
    "HC-13": Drawing(close.sole_stretch, (50, 30, 330, 116)),
    "HC-14": Drawing(close.heel_raise, (30, 10, 330, 142)),
    "HC-16": Drawing(close.glides, (10, 38, 410, 118)),
    "HC-17": Drawing(close.jaw, (30, 18, 300, 150)),
    "HC-18": Drawing(upright.doorway, (40, 6, 220, 172)),
    "HC-20": Drawing(lying.foam_roller, (30, 56, 260, 90)),
    "HC-22": Drawing(upright.ball_at_the_wall, (60, 6, 190, 172)),
    "HC-23": Drawing(upright.warmth, (70, 30, 190, 146)),
    "HC-25": Drawing(upright.aerobic, (10, 6, 390, 172)),
    "HC-26": Drawing(upright.pregnancy, (0, 6, 430, 172)),
    "HC-27": Drawing(upright.slow_breathing, (10, 24, 360, 152)),
}
