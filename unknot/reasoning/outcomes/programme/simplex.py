"""A small linear programme, solved exactly enough: the simplex method on a full table."""

from __future__ import annotations

import numpy as np

from .strata import Array

TINY = 1e-9


def least(cost: Array, rows: Array, values: Array, most: int = 5000) -> Array:
    """A point x >= 0 with ``rows @ x == values`` where ``cost @ x`` is least.

    ``values`` are not negative and some such point exists. Where the cost falls without end, a
    point a thousand steps along the way is given. Bland's rule, so it cannot go in circles.
    """
    count, size = rows.shape
    table = np.hstack([rows, np.eye(count), values[:, None]])
    basis = list(range(size, size + count))
    _pivot_down(table, basis, np.concatenate([np.zeros(size), np.ones(count)]), size, most)
    _drive_out(table, basis, size)
    way = _pivot_down(table, basis, np.concatenate([cost, np.zeros(count)]), size, most)
    point = np.zeros(size + count)
    point[basis] = table[:, -1]
    if way is not None:
        point[basis] -= 1000.0 * table[:, way]
        point[way] += 1000.0
    return np.maximum(point[:size], 0.0)


def _pivot_down(table: Array, basis: list[int], cost: Array, size: int, most: int) -> int | None:
    """Pivots until no column of the first ``size`` lowers the cost; gives an endless one."""
    for _ in range(most):
        reduced = cost[:size] - cost[basis] @ table[:, :size]
        better = np.flatnonzero(reduced < -TINY)
        if not len(better):
            return None
        column = int(better[0])
        limits = np.full(len(basis), np.inf)
        up = table[:, column] > TINY
        limits[up] = table[up, -1] / table[up, column]
        if not up.any():
            return column
        nearest = np.flatnonzero(limits <= limits.min() + TINY)
        _pivot(table, basis, min(map(int, nearest), key=lambda row: basis[row]), column)
    raise ArithmeticError("the linear programme did not end")


def _pivot(table: Array, basis: list[int], row: int, column: int) -> None:
    table[row] /= table[row, column]
    others = np.arange(len(table)) != row
    table[others] -= np.outer(table[others, column], table[row])
    basis[row] = column


def _drive_out(table: Array, basis: list[int], size: int) -> None:
    """Takes artificial columns out of the basis; a row that cannot is a repetition and stays 0."""
    for row, column in enumerate(basis):
        if column >= size:
            places = np.flatnonzero(np.abs(table[row, :size]) > TINY)
            if len(places):
                _pivot(table, basis, row, int(places[0]))
