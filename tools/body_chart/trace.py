"""Turns pixels into smooth shared curves, and curves into short path data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt, gaussian_filter1d, label
from skimage.measure import approximate_polygon, find_contours

from body_chart.mesh import Floats

Labels = NDArray[np.int64]
Corner = tuple[int, int]


def tidy(labels: Labels, mask: NDArray[np.bool_], smallest: int) -> Labels:
    """The labels with islands smaller than `smallest` pixels, and pixels without a label, given
    to the nearest one."""
    keep = np.zeros_like(mask)
    for value in np.unique(labels[labels > 0]):
        islands, count = label(labels == value)
        sizes = np.bincount(islands.ravel(), minlength=count + 1)
        good = sizes >= smallest
        good[0] = False
        keep |= good[islands]
    _, (row, column) = distance_transform_edt(~keep, return_indices=True)
    return np.where(mask, labels[row, column], 0)


def shared_arcs(labels: Labels) -> list[tuple[int, int, Floats]]:
    """Border curves between labels: (label on the left, label on the right, corner points as x,
    y), each once."""
    grid = np.pad(labels, 1)
    steps: dict[Corner, list[Corner]] = defaultdict(list)
    rows, columns = np.nonzero(grid[1:] != grid[:-1])
    for r, c in zip(rows.tolist(), columns.tolist(), strict=True):
        steps[(r + 1, c)].append((r + 1, c + 1))
        steps[(r + 1, c + 1)].append((r + 1, c))
    rows, columns = np.nonzero(grid[:, 1:] != grid[:, :-1])
    for r, c in zip(rows.tolist(), columns.tolist(), strict=True):
        steps[(r, c + 1)].append((r + 1, c + 1))
        steps[(r + 1, c + 1)].append((r, c + 1))
    nodes = {corner for corner, ways in steps.items() if len(ways) != 2}
    done: set[tuple[Corner, Corner]] = set()
    arcs = []
    for start in [*nodes, *(corner for corner in steps if corner not in nodes)]:
        for first in steps[start]:
            if (start, first) in done:
                continue
            chain = [start, first]
            while chain[-1] not in nodes and chain[-1] != start:
                here, there = steps[chain[-1]]
                chain.append(there if here == chain[-2] else here)
            done.update(pairwise(chain))
            done.update((there, here) for here, there in pairwise(chain))
            arcs.append(
                (
                    *_sides(grid, *chain[:2]),
                    np.array([(c - 1, r - 1) for r, c in chain], dtype=float),
                )
            )
    return arcs


def _sides(grid: Labels, start: Corner, end: Corner) -> tuple[int, int]:
    """Labels left and right of one step from corner to corner (rows grow downward)."""
    (r0, c0), (r1, c1) = start, end
    if r0 == r1:
        above, below = int(grid[r0 - 1, min(c0, c1)]), int(grid[r0, min(c0, c1)])
        return (above, below) if c1 > c0 else (below, above)
    left, right = int(grid[min(r0, r1), c0 - 1]), int(grid[min(r0, r1), c0])
    return (right, left) if r1 > r0 else (left, right)


def smooth(points: Floats, sigma: float, tolerance: float) -> Floats:
    """A softened, simplified curve through the points; ends stay where they are, closed curves
    stay closed."""
    closed = len(points) > 3 and np.allclose(points[0], points[-1])
    if closed:
        soft = gaussian_filter1d(points[:-1], sigma, axis=0, mode="wrap")
        soft = np.concatenate([soft, soft[:1]])
    else:
        # Reflected through its own ends, a curve keeps them in place.
        reach = min(len(points) - 1, int(4 * sigma) + 1)
        before = 2 * points[0] - points[reach:0:-1]
        after = 2 * points[-1] - points[-2 : -reach - 2 : -1]
        soft = gaussian_filter1d(np.concatenate([before, points, after]), sigma, axis=0)[
            reach : reach + len(points)
        ]
        soft[0], soft[-1] = points[0], points[-1]
    simple: Floats = approximate_polygon(soft, tolerance)
    return simple


def rings(
    label_value: int, arcs: Sequence[tuple[int, int, Floats]]
) -> list[list[tuple[int, bool]]]:
    """Closed rings around one label as (arc number, whether walked backwards)."""
    starts: dict[Corner, list[tuple[int, bool]]] = defaultdict(list)
    for number, (left, right, points) in enumerate(arcs):
        if label_value in (left, right) and left != right:
            backwards = right == label_value
            first = points[-1] if backwards else points[0]
            starts[(round(first[0] * 8), round(first[1] * 8))].append((number, backwards))
    found = []
    while starts:
        corner = next(iter(starts))
        ring: list[tuple[int, bool]] = []
        while corner in starts:
            number, backwards = starts[corner].pop()
            if not starts[corner]:
                del starts[corner]
            ring.append((number, backwards))
            last = arcs[number][2][0 if backwards else -1]
            corner = (round(last[0] * 8), round(last[1] * 8))
        found.append(ring)
    return found


def contours(
    field: Floats, level: float, sigma: float, tolerance: float, shortest: float
) -> list[Floats]:
    """Closed curves, x and y, around where the field is above the level; short ones are left
    out."""
    padded = np.pad(field, 1, constant_values=field.min() - 1)
    found = []
    for curve in find_contours(padded, level):
        points = curve[:, ::-1] - 0.5
        if np.hypot(*np.diff(points, axis=0).T).sum() >= shortest:
            found.append(smooth(points, sigma, tolerance))
    return [curve for curve in found if len(curve) > 3]


class Pen:
    """Writes path data with relative steps, rounded so that rounding never adds up.

    A run of curve pieces that meet smoothly is written with `t`, which leaves each bend to be
    mirrored from the one before. Every joint is placed after the bend that rounding really
    gave, so the bends stay within a step.
    """

    def __init__(self, decimals: int = 1) -> None:
        """Coordinates keep `decimals` places."""
        self.unit = 10**decimals
        self.words: list[str] = []
        self.here = self.bend = (0, 0)
        self.last = ""

    def _whole(self, point: Floats) -> tuple[int, int]:
        return round(float(point[0]) * self.unit), round(float(point[1]) * self.unit)

    def _move(self, point: tuple[int, int]) -> None:
        x, y = point
        self.words.append("M" + _short(x, self.unit, first=True) + _short(y, self.unit))
        self.here, self.last = point, ""

    def _step(self, command: str, *points: tuple[int, int]) -> None:
        numbers = [value for x, y in points for value in (x - self.here[0], y - self.here[1])]
        self.here = points[-1]
        repeats = command == self.last
        text = "".join(
            _short(value, self.unit, first=i == 0 and not repeats)
            for i, value in enumerate(numbers)
        )
        self.words.append(text if repeats else command + text)
        self.last = command

    def _bend_to(
        self,
        bend: tuple[int, int],
        following: tuple[int, int] | None,
        end: tuple[int, int],
    ) -> None:
        """One piece: towards `end`, or half way to the bend that follows."""
        starts = self.last not in ("q", "t")
        bend = (
            bend if starts else (2 * self.here[0] - self.bend[0], 2 * self.here[1] - self.bend[1])
        )
        if following:
            end = ((bend[0] + following[0]) // 2, (bend[1] + following[1]) // 2)
        if starts:
            self._step("q", bend, end)
        else:
            self._step("t", end)
        self.bend = bend

    def curve(self, points: Floats, *, start: bool = True) -> None:
        """A soft curve that begins and ends at the ends of `points`; nearly the same when
        walked backwards."""
        whole = [self._whole(point) for point in points]
        if start:
            self._move(whole[0])
        if len(whole) == 2:
            self._step("l", whole[1])
            return
        self.last = "" if self.last in ("q", "t") else self.last
        for number in range(1, len(whole) - 1):
            following = whole[number + 1] if number < len(whole) - 2 else None
            self._bend_to(whole[number], following, whole[-1])

    def loop(self, points: Floats) -> None:
        """A soft closed curve; the first point equals the last."""
        ring = [self._whole(point) for point in points[:-1]]
        first = ((ring[0][0] + ring[-1][0]) // 2, (ring[0][1] + ring[-1][1]) // 2)
        self._move(first)
        for number, bend in enumerate(ring):
            self._bend_to(bend, ring[number + 1] if number + 1 < len(ring) else None, first)
        self.close()

    def close(self) -> None:
        """Close the current ring."""
        self.words.append("z")
        self.last = "z"

    def text(self) -> str:
        """The path data."""
        return "".join(self.words)


def _short(value: int, unit: int, *, first: bool = False) -> str:
    number = (
        f"{value / unit:g}".replace("0.", ".", 1)
        if abs(value) < unit and value
        else f"{value / unit:g}"
    )
    return number if first or number.startswith("-") else " " + number
