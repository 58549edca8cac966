"""How a client lies or sits, given the positions a screening rules out."""

from __future__ import annotations

from unknot.reasoning.plan.limits import Limits

# From the usual position to what takes its place: face down for long, face down for short
# stretches, on the side; flat on the back, half sitting.
FACE_DOWN = ("long_prone", "prone", "side_lying")
FACE_UP = ("flat_supine", "semi_reclined")
BACK_OF_THE_BODY = frozenset(
    {"neck", "upper_back", "low_back", "buttock", "shoulder", "thigh", "lower_leg", "hip"}
)

POSITION_WORDS = {
    "long_prone": "face down",
    "prone": "face down, for short stretches",
    "side_lying": "on your side",
    "flat_supine": "on your back",
    "semi_reclined": "half sitting",
}


def positions_for(groups: tuple[str, ...], limits: Limits) -> tuple[str, ...]:
    """Positions of a plan for these groups; whoever must not lie on the face must not do so for
    long either. Empty when none is left: then the therapist finds one with the client.
    """
    avoid = set(limits.positions_to_avoid)
    if "prone" in avoid:
        avoid.add("long_prone")
    ways = (FACE_DOWN, FACE_UP) if BACK_OF_THE_BODY & set(groups) else (FACE_UP,)
    found = (next((one for one in way if one not in avoid), None) for way in ways)
    return tuple(one for one in found if one is not None)
