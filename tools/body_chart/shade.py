"""Light and ink: the tones of a picture and the inner outlines a pencil would draw."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, minimum_filter

from body_chart.mesh import PART_NAMES, Body, Floats
from body_chart.raster import Camera, Picture

LIGHT = np.array([-0.42, 0.52, 0.74])
"""Towards the lamp, along the camera's right, up and toward axes."""


DETAILED = [
    PART_NAMES.index(name)
    for name in PART_NAMES
    if name.startswith(("head", "hand", "finger", "toe"))
]


def lightness(picture: Picture, fine: float, broad: float) -> Floats:
    """0 (deep shade) to 1 (full light) on the body, 0 off it.

    The light is softened by `fine` user units on face, hands and feet and by `broad` elsewhere.
    """
    light = LIGHT / np.linalg.norm(LIGHT)
    lamp = np.clip((picture.normal @ light + 0.3) / 1.3, 0, 1)
    facing = np.clip(picture.normal[..., 2], 0, 1)
    hollow = _hollow(picture, 14.0) * 0.5 + _hollow(picture, 5.0) * 0.5
    value = 0.62 * lamp + 0.38 * facing**0.8 - 0.3 * hollow
    unit = picture.camera.fine
    detail = picture.parts[..., DETAILED].sum(axis=-1)
    share = _masked_blur(detail, picture.mask, broad * unit)
    soft = share * _masked_blur(value, picture.mask, fine * unit)
    soft += (1 - share) * _masked_blur(value, picture.mask, broad * unit)
    return np.where(picture.mask, np.clip(soft, 0, 1), 0.0)


def _hollow(picture: Picture, reach: float) -> Floats:
    """How far a point lies behind its surroundings, 0 to 1: what the sky would not reach."""
    around = _masked_blur(picture.depth, picture.mask, reach * picture.camera.fine)
    return np.clip((around - picture.depth) / reach, 0, 1)


def _masked_blur(values: Floats, mask: NDArray[np.bool_], sigma: float) -> Floats:
    weight = gaussian_filter(mask.astype(float), sigma)
    blurred: Floats = gaussian_filter(np.where(mask, values, 0.0), sigma) / np.maximum(
        weight, 1e-6
    )
    return blurred


def inner_outlines(
    body: Body, camera: Camera, picture: Picture, *, step: float, shortest: float
) -> list[Floats]:
    """Where one part of the body hides another, as curves in panel units.

    `step` is the least jump in depth that is drawn and `shortest` the least length, both in
    user units. The outer outline is not among them.
    """
    toward = body.normals @ camera.toward
    triangles = np.concatenate([body.quads[:, [0, 1, 2]], body.quads[:, [0, 2, 3]]])
    turning = triangles[np.ptp(np.sign(toward)[triangles], axis=1) > 0]
    screen = camera.project(body.points)
    links: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for corners in turning.tolist():
        crossed = [
            (min(a, b), max(a, b))
            for a, b in zip(corners, corners[1:] + corners[:1], strict=True)
            if (toward[a] > 0) != (toward[b] > 0)
        ]
        if len(crossed) == 2:
            links.setdefault(crossed[0], []).append(crossed[1])
            links.setdefault(crossed[1], []).append(crossed[0])
    found = []
    for chain in _chains(links):
        ends = np.array(chain)
        share = toward[ends[:, 0]] / (toward[ends[:, 0]] - toward[ends[:, 1]])
        points = screen[ends[:, 0]] * (1 - share)[:, None] + screen[ends[:, 1]] * share[:, None]
        found += _runs(points, _is_seen(points, picture, step), shortest)
    return found


def _chains(
    links: dict[tuple[int, int], list[tuple[int, int]]],
) -> list[list[tuple[int, int]]]:
    left = dict(links)
    ends = [key for key, near in links.items() if len(near) == 1]
    chains = []
    for start in [*ends, *links]:
        if start not in left:
            continue
        chain = [start]
        while True:
            near = [key for key in left.pop(chain[-1]) if key in left]
            if not near:
                break
            chain.append(near[0])
        chains.append(chain)
    return chains


def _is_seen(points: Floats, picture: Picture, step: float) -> NDArray[np.bool_]:
    fine = picture.camera.fine
    far = np.where(picture.mask, picture.depth, -1e6)
    lowest = minimum_filter(far, size=5)
    height, width = picture.mask.shape
    margin = picture.camera.margin
    column = ((points[:, 0] + margin) * fine).astype(int)
    row = ((points[:, 1] + margin) * fine).astype(int)
    inside = (column >= 0) & (row >= 0) & (column < width) & (row < height)
    column, row = np.clip(column, 0, width - 1), np.clip(row, 0, height - 1)
    behind = lowest[row, column]
    highest = -minimum_filter(-far, size=3)[row, column]
    on_top = points[:, 2] > highest - 3.0
    return inside & on_top & (behind < points[:, 2] - step) & (behind > -1e5)


def _runs(points: Floats, seen: NDArray[np.bool_], shortest: float) -> list[Floats]:
    """Stretches that are seen; gaps of a point or two are bridged."""
    bridged = seen.copy()
    for shift in (1, 2):
        bridged[shift:-shift] |= seen[: -2 * shift] & seen[2 * shift :]
    edges = np.flatnonzero(np.diff(np.r_[0, bridged.astype(int), 0]))
    runs = [points[a:b, :2] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return [
        run for run in runs if len(run) > 3 and np.hypot(*np.diff(run, axis=0).T).sum() >= shortest
    ]
