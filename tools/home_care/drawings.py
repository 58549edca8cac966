"""Which drawing belongs to which record of home care, and how large its paper is.

What is not here has no drawing: it is not done but kept to. Of what is done with any part of the
body one example is drawn, and its words say so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tools.home_care import close, lying, upright, worn


@dataclass(frozen=True)
class Drawing:
    """What draws it, and its paper: left, top, width, height."""

    draw: Callable[[], str]
    paper: tuple[int, int, int, int]


DRAWINGS: Mapping[str, Drawing] = {
    "HC-01": Drawing(close.chin_nods, (30, 14, 300, 140)),
    "HC-02": Drawing(close.band, (6, 14, 388, 286)),
    "HC-03": Drawing(close.blades, (20, 0, 330, 164)),
    "HC-04": Drawing(close.turns_and_tilts, (30, 2, 300, 154)),
    "HC-05": Drawing(lying.over_a_towel, (20, 30, 260, 114)),
    "HC-06": Drawing(upright.walk, (50, 6, 250, 172)),
    "HC-07": Drawing(lying.bridge_and_bird_dog, (0, 34, 402, 112)),
    "HC-08": Drawing(lying.knee_to_chest_cat_camel, (0, 24, 448, 120)),
    "HC-09": Drawing(lying.figure_four, (36, 34, 220, 110)),
    "HC-10": Drawing(lying.side_leg_lift_and_clam, (26, 44, 280, 210)),
    "HC-11": Drawing(upright.sit_to_stand, (0, 6, 500, 172)),
    "HC-12": Drawing(upright.calf_stretch, (0, 6, 352, 172)),
    "HC-13": Drawing(close.sole_stretch, (50, 30, 330, 116)),
    "HC-14": Drawing(close.heel_raise, (30, 10, 330, 142)),
    "HC-15": Drawing(worn.splint, (0, 12, 300, 142)),
    "HC-16": Drawing(close.glides, (20, 44, 362, 112)),
    "HC-17": Drawing(close.jaw, (30, 18, 300, 150)),
    "HC-18": Drawing(upright.doorway, (40, 6, 220, 172)),
    "HC-19": Drawing(worn.easy_stretch, (10, 26, 340, 150)),
    "HC-20": Drawing(lying.foam_roller, (30, 56, 260, 90)),
    "HC-22": Drawing(upright.ball_at_the_wall, (60, 6, 190, 172)),
    "HC-23": Drawing(upright.warmth, (70, 30, 190, 146)),
    "HC-24": Drawing(worn.cold, (16, 36, 316, 142)),
    "HC-25": Drawing(upright.aerobic, (10, 6, 390, 172)),
    "HC-26": Drawing(upright.pregnancy, (0, 6, 430, 172)),
    "HC-27": Drawing(upright.slow_breathing, (10, 24, 360, 152)),
}
