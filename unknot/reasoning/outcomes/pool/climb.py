"""Finds the top of a smooth hill from its height and slope: quasi-Newton, no dependency."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .summary import Array

STEPS = 60
FLAT = 1e-6
LONGEST = 2.0
STEP = 1e-4


def climb(hill: Callable[[Array], tuple[float, Array]], start: Array) -> Array:
    """The point of a local maximum, to about 1e-6 in slope relative to height.

    BFGS with steps no longer than 2 and halved until the height grows; stops when no step helps.
    """
    here, (height, slope) = start, hill(start)
    inverse = np.eye(len(start))
    for _ in range(STEPS):
        if np.abs(slope).max() <= FLAT * max(1.0, abs(height)):
            break
        step = inverse @ slope
        step = step * min(1.0, LONGEST / float(np.abs(step).max()))
        found = _uphill(hill, here, height, step, float(step @ slope))
        if found is None:
            break
        there, higher, steeper = found
        inverse = _updated(inverse, there - here, slope - steeper)
        here, height, slope = there, higher, steeper
    return here


def _uphill(
    hill: Callable[[Array], tuple[float, Array]],
    here: Array,
    height: float,
    step: Array,
    promised: float,
) -> tuple[Array, float, Array] | None:
    share = 1.0
    for _ in range(25):
        there = here + share * step
        higher, slope = hill(there)
        if higher >= height + 1e-4 * share * promised:
            return there, higher, slope
        share *= 0.4
    return None


def _updated(inverse: Array, moved: Array, turned: Array) -> Array:
    """The BFGS update; kept as it was where the hill does not bend downwards."""
    along = float(moved @ turned)
    if along <= 1e-12:
        return inverse
    left = np.eye(len(moved)) - np.outer(moved, turned) / along
    found: Array = left @ inverse @ left.T + np.outer(moved, moved) / along
    return found


def curvature(slope: Callable[[Array], Array], here: Array) -> Array:
    """The matrix of second derivatives, by central differences of the slope."""
    columns = []
    for place in range(len(here)):
        step = np.zeros(len(here))
        step[place] = STEP
        columns.append((slope(here + step) - slope(here - step)) / (2 * STEP))
    return np.column_stack(columns)
