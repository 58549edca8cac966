"""Looks at a body through a parallel camera and says, pixel by pixel, what is seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from body_chart.mesh import Body, Floats, Ints


@dataclass(frozen=True)
class Camera:
    """Right, up and towards-the-viewer axes, the point at the middle of the picture, and units
    per decimetre."""

    right: Floats
    up: Floats
    toward: Floats
    middle: Floats
    scale: float
    width: int
    height: int
    """Of the panel, in user units."""
    fine: float = 2.0
    """Pixels per user unit."""
    margin: int = 12
    """User units seen beyond each edge of the panel, so that nothing ends in the panel by being
    cut."""

    def project(self, points: Floats) -> Floats:
        """x and y in user units of the panel (y down) and depth (larger is nearer), in user
        units too."""
        rel = (points - self.middle) * self.scale
        x, y = rel @ self.right + self.width / 2, self.height / 2 - rel @ self.up
        return np.stack([x, y, rel @ self.toward], axis=-1)

    def units(self, pixels: Floats) -> Floats:
        """User units of the panel for pixel columns and rows of its picture."""
        units: Floats = pixels / self.fine - self.margin
        return units


@dataclass(frozen=True)
class Picture:
    """What the camera sees; arrays are rows by columns of pixels. `mask` is False off the body."""

    camera: Camera
    mask: NDArray[np.bool_]
    depth: Floats
    normal: Floats
    """Along the camera's right, up and toward axes."""
    place: Floats
    """Point of the body (or of the plan), in decimetres."""
    parts: Floats


def look(
    body: Body,
    camera: Camera,
    *,
    only: NDArray[np.bool_] | None = None,
    plan: Floats | None = None,
) -> Picture:
    """The picture of the body; `only` limits it to some vertices (faces whose corners all are).

    `plan` gives the vertices' places to report, when they are not the body's own.
    """
    quads = body.quads if only is None else body.quads[only[body.quads].all(axis=1)]
    triangles = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    screen = camera.project(body.points)
    width, height = (
        round((size + 2 * camera.margin) * camera.fine) for size in (camera.width, camera.height)
    )
    triangle, shares, pixel = _cover(
        (screen[:, :2] + camera.margin) * camera.fine, triangles, width, height
    )
    corners = triangles[triangle]
    depth = (shares * screen[corners, 2]).sum(axis=1)
    order = np.lexsort((depth, pixel))
    last = np.r_[np.flatnonzero(np.diff(pixel[order])), len(order) - 1]
    seen = order[last]
    where = pixel[seen]

    def spread(values: Floats) -> Floats:
        flat = np.zeros((height * width, *values.shape[1:]))
        mixed = (
            shares[seen].reshape(-1, 3, *[1] * (values.ndim - 1)) * values[corners[seen]]
        ).sum(axis=1)
        flat[where] = mixed
        return flat.reshape(height, width, *values.shape[1:])

    mask = np.zeros(height * width, dtype=bool)
    mask[where] = True
    axes = np.stack([camera.right, camera.up, camera.toward], axis=1)
    normal = spread(body.normals @ axes)
    normal /= np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-9)
    return Picture(
        camera,
        mask.reshape(height, width),
        spread(screen[:, 2]),
        normal,
        spread(body.points if plan is None else plan),
        spread(body.parts),
    )


def _cover(pixels: Floats, triangles: Ints, width: int, height: int) -> tuple[Ints, Floats, Ints]:
    """Every pair of triangle facing us and pixel centre in it: triangle number, corner shares,
    pixel number."""
    corners = pixels[triangles] - 0.5
    low = np.clip(np.ceil(corners.min(axis=1) - 1e-9), 0, [width, height]).astype(int)
    high = np.clip(np.floor(corners.max(axis=1) + 1e-9) + 1, 0, [width, height]).astype(int)
    span = np.maximum(high - low, 0)
    count = span[:, 0] * span[:, 1]
    triangle = np.repeat(np.arange(len(triangles)), count)
    step = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    x = low[triangle, 0] + step % np.maximum(span[triangle, 0], 1)
    y = low[triangle, 1] + step // np.maximum(span[triangle, 0], 1)
    a, b, c = (corners[triangle, i] for i in range(3))
    area = _cross(b - a, c - a)
    here = np.stack([x, y], axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        share_a = _cross(b - here, c - here) / area
        share_b = _cross(c - here, a - here) / area
    shares = np.stack([share_a, share_b, 1 - share_a - share_b], axis=1)
    inside = (shares >= -1e-9).all(axis=1) & (area < -1e-12)
    return triangle[inside], shares[inside], (y * width + x)[inside]


def _cross(a: Floats, b: Floats) -> Floats:
    return a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]
