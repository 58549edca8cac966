"""Lines an illustrator would add: closed lids, collarbones, navel, spine, folds, kneecaps.

Drawn by us on the neutral figure (decimetres, left half, x away from the midline), carried to
each figure by its shared vertices and mirrored to the other side.
"""

from __future__ import annotations

import numpy as np
from scipy.interpolate import splev, splprep
from scipy.spatial import cKDTree

from body_chart.mesh import Floats
from body_chart.raster import Picture

Line = tuple[tuple[float, float], ...]

FRONT: tuple[Line, ...] = (
    (
        (0.135, 7.325),
        (0.2, 7.3),
        (0.26, 7.275),
        (0.32, 7.268),
        (0.38, 7.275),
        (0.43, 7.295),
        (0.46, 7.33),
    ),
    ((0.14, 5.36), (0.4, 5.37), (0.7, 5.47), (1.0, 5.52), (1.2, 5.5)),
    ((0.45, 3.58), (0.75, 3.5), (1.05, 3.58), (1.22, 3.74)),
    ((0.34, 0.0), (0.6, 0.27), (0.9, 0.56), (1.15, 0.86)),
    ((2.28, 2.7), (2.45, 2.64), (2.62, 2.66)),
    ((0.93, -3.3), (1.0, -3.16), (1.16, -3.09), (1.32, -3.15), (1.4, -3.28)),
    ((0.95, -3.66), (1.04, -3.8), (1.18, -3.85), (1.32, -3.78), (1.39, -3.66)),
)
FRONT_MIDDLE: tuple[Line, ...] = (
    ((-0.06, 1.79), (-0.03, 1.73), (0.0, 1.715), (0.03, 1.73), (0.06, 1.79)),
)
BACK: tuple[Line, ...] = (
    ((0.52, 4.95), (0.5, 4.6), (0.53, 4.2), (0.64, 3.9), (0.8, 3.86)),
    ((0.14, -0.36), (0.35, -0.47), (0.62, -0.5), (0.9, -0.45), (1.1, -0.36)),
    ((0.88, -3.42), (1.05, -3.48), (1.25, -3.48), (1.45, -3.42)),
    ((2.3, 2.62), (2.42, 2.55), (2.56, 2.57)),
)
BACK_MIDDLE: tuple[Line, ...] = (
    ((0.0, 5.2), (0.0, 4.4), (0.0, 3.4), (0.0, 2.4), (0.0, 1.6)),
    ((0.0, 0.98), (0.0, 0.6), (0.0, 0.2), (0.0, -0.15)),
)


def pencil_lines(picture: Picture) -> list[Floats]:
    """The lines on this picture, in pixels; none unless it is seen straight from the front or
    the back."""
    facing = picture.camera.toward[2]
    if abs(facing) < 0.99:
        return []
    halves, whole = (FRONT, FRONT_MIDDLE) if facing > 0 else (BACK, BACK_MIDDLE)
    wanted = [np.array(line) * (side, 1) for line in halves for side in (1.0, -1.0)]
    wanted += [np.array(line) for line in whole]
    row, column = np.nonzero(picture.mask)
    tree = cKDTree(picture.place[row, column, :2])
    found = []
    for line in wanted:
        curve, _ = splprep(line.T, s=0, k=min(3, len(line) - 1))
        points = np.stack(splev(np.linspace(0, 1, 40), curve), axis=1)
        distance, index = tree.query(points)
        inside = distance < 0.03
        if inside.all():
            found.append(np.stack([column[index], row[index]], axis=1) + 0.5)
    return found
