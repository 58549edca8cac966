"""Brings the mesh to the anatomical position: arms a little away, palms forward, feet below the
hips."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Directions of the left arm from shoulder to fingertip; the right is their mirror image.
UPPER_ARM = (0.36, -1.0, -0.06)
FOREARM = (0.34, -1.0, 0.02)
HAND = (0.26, -1.0, 0.06)
SHOULDER_SHARE = 0.3
"""How much of the lowering the shoulder blade takes."""
LEG_TURN = np.radians(3.6)
TWIST_SHARES = {"upperarm02": 0.12, "lowerarm01": 0.4, "lowerarm02": 0.75}

Frame = tuple[Floats, Floats]
"""A rotation and the shift after it."""


def stand(points: Floats, joints: Mapping[str, Ints], weights: Mapping[str, Floats]) -> Floats:
    """The points in the anatomical position, by blending each bone's rotation with its weight."""
    moved = points.copy()
    for side, sign in (("L", 1.0), ("R", -1.0)):
        at = {
            name[2:]: points[index].mean(axis=0)
            for name, index in joints.items()
            if name[:2] == side.lower() + "-"
        }
        moves = _arm_moves(at, sign) | _leg_moves(at, sign)
        for bone, row in weights.items():
            stem, _, end = bone.partition(".")
            if end == side and (frame := _frame_of(stem, moves)):
                turn, shift = frame
                moved += row[:, None] * (points @ turn.T + shift - points)
    return moved


def _frame_of(stem: str, moves: Mapping[str, Frame]) -> Frame | None:
    if stem in moves:
        return moves[stem]
    return next(
        (
            move
            for prefix, move in moves.items()
            if prefix.endswith("*") and stem.startswith(prefix[:-1])
        ),
        None,
    )


def _arm_moves(at: Mapping[str, Floats], sign: float) -> dict[str, Frame]:
    flip = np.array([sign, 1.0, 1.0])
    upper, fore, hand = (_unit(np.array(way) * flip) for way in (UPPER_ARM, FOREARM, HAND))
    whole = _between(at["elbow"] - at["shoulder"], upper)
    part = _rotation(*_axis_angle(whole), SHOULDER_SHARE)
    blade = _about(part, at["scapula"])
    shoulder = _apply(blade, at["shoulder"])
    arm = (whole, shoulder - whole @ at["shoulder"])
    elbow = _apply(arm, at["elbow"])
    bend = _between(at["hand"] - at["elbow"], fore)
    forearm = (bend, elbow - bend @ at["elbow"])
    wrist = _apply(forearm, at["hand"])
    straight = _between(at["finger-3-4"] - at["hand"], hand)
    turn = _palm_turn(straight, at, hand, sign)
    palm = _rotation(hand, turn, 1.0) @ straight
    moves = {
        "shoulder01": blade,
        "upperarm01": arm,
        "wrist": (palm, wrist - palm @ at["hand"]),
    }
    for name, share in TWIST_SHARES.items():
        base, pivot, axis = (
            (whole, "shoulder", upper) if name.startswith("upper") else (bend, "elbow", fore)
        )
        start = shoulder if pivot == "shoulder" else elbow
        twisted = _rotation(axis, turn, share) @ base
        moves[name] = (twisted, start - twisted @ at[pivot])
    for name in ("metacarpal*", "finger*"):
        moves[name] = moves["wrist"]
    return moves


def _palm_turn(straight: Floats, at: Mapping[str, Floats], axis: Floats, sign: float) -> float:
    """Angle about the hand's axis that brings the palm to face forward."""
    across = straight @ (at["finger-2-1"] - at["finger-5-1"])
    across -= axis * (across @ axis)
    goal = np.array([sign, 0.0, 0.12])
    goal -= axis * (goal @ axis)
    across, goal = _unit(across), _unit(goal)
    return float(np.arctan2(np.cross(across, goal) @ axis, across @ goal))


def _leg_moves(at: Mapping[str, Floats], sign: float) -> dict[str, Frame]:
    turn = _rotation(np.array([0.0, 0.0, 1.0]), -sign * LEG_TURN, 1.0)
    leg = _about(turn, at["upper-leg"])
    foot_turn = np.eye(3)
    foot = (foot_turn, _apply(leg, at["ankle"]) - at["ankle"])
    return {"upperleg*": leg, "lowerleg*": leg, "foot": foot, "toe*": foot}


def _about(turn: Floats, pivot: Floats) -> Frame:
    return turn, pivot - turn @ pivot


def _apply(frame: Frame, point: Floats) -> Floats:
    moved: Floats = frame[0] @ point + frame[1]
    return moved


def _unit(way: Floats) -> Floats:
    unit: Floats = way / np.linalg.norm(way)
    return unit


def _between(start: Floats, end: Floats) -> Floats:
    """The shortest rotation from one direction to another."""
    a, b = _unit(start), _unit(end)
    axis = np.cross(a, b)
    sine = float(np.linalg.norm(axis))
    return _rotation(axis / max(sine, 1e-12), float(np.arctan2(sine, a @ b)), 1.0)


def _axis_angle(turn: Floats) -> tuple[Floats, float]:
    axis = np.array([turn[2, 1] - turn[1, 2], turn[0, 2] - turn[2, 0], turn[1, 0] - turn[0, 1]])
    sine = float(np.linalg.norm(axis))
    return axis / max(sine, 1e-12), float(np.arctan2(sine / 2, (np.trace(turn) - 1) / 2))


def _rotation(axis: Floats, angle: float, share: float) -> Floats:
    x, y, z = axis
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    turn: Floats = (
        np.eye(3) + np.sin(angle * share) * cross + (1 - np.cos(angle * share)) * cross @ cross
    )
    return turn
