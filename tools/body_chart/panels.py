"""The pictures on one sheet: two whole figures and, larger, the head, the hands and the feet.

Every panel is a window of one plane, so a stroke's coordinates say by themselves which panel it
was drawn on. In panels seen from the front the person's left is on the viewer's right; seen
from the back it is on the viewer's left.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from body_chart.mesh import Body, Floats
from body_chart.raster import Camera

X, Y, Z = np.eye(3)
FIGURE_HEIGHT = 940.0
"""User units from sole to crown, the same for every figure."""


@dataclass(frozen=True)
class Shot:
    """One camera and where its picture's left upper corner lies on the sheet; `side` limits it
    to half the body."""

    camera: Camera
    x: float
    y: float
    side: str = ""
    parts: tuple[str, ...] = ()
    """Only faces of these parts; all when empty."""
    below: float = np.inf
    """Only faces below this height, in decimetres."""


@dataclass(frozen=True)
class Panel:
    """A named window of the sheet. `left_at` says on which side of the panel the person's left
    is."""

    id: str
    title: str
    view: str
    left_at: str
    x: float
    y: float
    width: float
    height: float
    shots: tuple[Shot, ...] = field(default=())


def panels_of(body: Body) -> tuple[Panel, ...]:
    """All panels for one figure."""
    return (*_whole(body), *_heads(body), *_hands(body), *_feet(body))


def _whole(body: Body) -> tuple[Panel, ...]:
    low, high = body.points.min(axis=0), body.points.max(axis=0)
    middle = (low + high) / 2
    scale = FIGURE_HEIGHT / (high[1] - low[1])
    front = Camera(X, Y, Z, middle, scale, 520, 1000)
    back = Camera(-X, Y, -Z, middle, scale, 520, 1000)
    return (
        Panel("front", "Front", "front", "right", 0, 0, 520, 1000, (Shot(front, 0, 0),)),
        Panel("back", "Back", "back", "left", 520, 0, 520, 1000, (Shot(back, 520, 0),)),
    )


def _heads(body: Body) -> tuple[Panel, ...]:
    top, chin = body.joints["head-2"][1], body.joints["jaw"][1]
    scale = 195 / (top - chin)
    middle = np.array(
        [0.0, (top + chin) / 2 - 0.17 * (top - chin), body.joints["head-2"][2] + 0.12]
    )
    spots = (
        ("head_front", "Face", "front", "right", X, Z),
        ("head_back", "Back of the head", "back", "left", -X, -Z),
        ("head_right", "Head, right side", "front", "", Z, -X),
        ("head_left", "Head, left side", "front", "", -Z, X),
    )
    return tuple(
        Panel(
            name,
            title,
            view,
            left_at,
            260 * number,
            1020,
            260,
            300,
            (
                Shot(
                    Camera(right, Y, toward, middle, scale, 260, 300),
                    260 * number,
                    1020,
                ),
            ),
        )
        for number, (name, title, view, left_at, right, toward) in enumerate(spots)
    )


def _hands(body: Body) -> tuple[Panel, ...]:
    found = []
    for number, (name, title, view, way) in enumerate(
        (
            ("hands_palm", "Palms", "front", 1.0),
            ("hands_back", "Backs of the hands", "back", -1.0),
        )
    ):
        left_at = "right" if view == "front" else "left"
        shots = []
        for side in ("left", "right"):
            column = 260 * ((side == "left") == (left_at == "right"))
            shots.append(_hand(body, side, way, 520 * number + column, 1340))
        found.append(Panel(name, title, view, left_at, 520 * number, 1340, 520, 330, tuple(shots)))
    return tuple(found)


def _hand(body: Body, side: str, way: float, x: float, y: float) -> Shot:
    """A raised hand, fingers up, seen from the palm (way 1) or the back (way -1)."""
    at = {name[2:]: place for name, place in body.joints.items() if name[:2] == side[0] + "-"}
    wrist, tip = at["hand"], at["finger-3-4"]
    up = _unit(tip - wrist)
    across = at["finger-2-1"] - at["finger-5-1"]
    palm = _unit(np.cross(across, up)) * (1.0 if side == "left" else -1.0)
    if palm[2] < 0:
        palm = -palm
    toward = palm * way
    right = _unit(np.cross(up, toward))
    length = float((tip - wrist) @ up)
    middle = wrist + up * length * 0.46 + across * 0.12
    camera = Camera(right, up, toward, middle, 232 / length, 260, 330)
    return Shot(camera, x, y, side, HAND_PARTS)


HAND_PARTS = ("forearm", "hand", "finger1", "finger2", "finger3", "finger4", "finger5")


def _feet(body: Body) -> tuple[Panel, ...]:
    found = []
    for number, (name, title, view) in enumerate(
        (("feet_top", "Tops of the feet", "front"), ("feet_sole", "Soles", "back"))
    ):
        left_at = "right" if view == "front" else "left"
        shots = []
        for side in ("left", "right"):
            column = 260 * ((side == "left") == (left_at == "right"))
            shots.append(_foot(body, side, view == "front", 520 * number + column, 1690))
        found.append(Panel(name, title, view, left_at, 520 * number, 1690, 520, 330, tuple(shots)))
    return tuple(found)


def _foot(body: Body, side: str, is_top: bool, x: float, y: float) -> Shot:
    """A foot with its toes pointing down the page, seen from above or from below."""
    at = {name[2:]: place for name, place in body.joints.items() if name[:2] == side[0] + "-"}
    toes, heel = at["toe-2-4"], at["ankle"] - np.array([0.0, 0.0, 0.62])
    length = toes[2] - heel[2]
    middle = np.array([(toes[0] + at["ankle"][0]) / 2, 0.0, (toes[2] + heel[2]) / 2])
    tilt = np.radians(38.0) if is_top else 0.0
    toward = Y * np.cos(tilt) + Z * np.sin(tilt) if is_top else -Y
    up = -Z * np.cos(tilt) + Y * np.sin(tilt) if is_top else -Z
    right = np.cross(up, toward)
    middle[2] += 0.22 * length if is_top else 0.0
    middle[1] = at["toe-2-4"][1] + (0.3 if is_top else 0.0)
    below = np.inf if is_top else at["ankle"][1] + 0.25
    return Shot(
        Camera(right, up, toward, middle, 268 / length, 260, 330),
        x,
        y,
        side,
        FOOT_PARTS,
        below,
    )


FOOT_PARTS = ("foot", "toe1", "toes", "shin")


def _unit(way: Floats) -> Floats:
    unit: Floats = way / np.linalg.norm(way)
    return unit
