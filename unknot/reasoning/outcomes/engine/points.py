"""Sobol points, and standard normal and Student t draws made from them. Same seed, same points.

Sobol's sequence spreads points evenly in a cube, so that 128 of them cover six dimensions better
than 128 random ones. Direction numbers: Joe and Kuo (2008). A digital shift drawn from the seed
keeps the evenness and takes the points off the cube's edges.
"""

from functools import cache
from statistics import NormalDist

import numpy as np

from unknot.reasoning.outcomes.engine.arrays import Array

BITS = 30
# degree and inner coefficients of a primitive polynomial, first direction numbers; dimension 2 on
_DIRECTIONS = (
    (1, 0, (1,)),
    (2, 1, (1, 3)),
    (3, 1, (1, 3, 1)),
    (3, 2, (1, 1, 1)),
    (4, 1, (1, 1, 3, 3)),
    (4, 4, (1, 3, 5, 13)),
)
DIMENSIONS = 7
FREEDOM = 6  # of the t draws


@cache
def uniform(count: int, seed: int, part: int) -> Array:
    """``count`` points in the open unit cube of seven dimensions, shifted by ``(seed, part)``."""
    index = np.arange(count)
    gray = index ^ (index >> 1)
    points = np.zeros((count, DIMENSIONS), dtype=np.int64)
    for dimension in range(DIMENSIONS):
        for bit, direction in enumerate(_directions(dimension)):
            points[:, dimension] ^= np.where((gray >> bit) & 1, direction, 0)
    shift = np.random.default_rng((seed, part)).integers(0, 2**BITS, DIMENSIONS)
    return _frozen(((points ^ shift) + 0.5) / 2**BITS)


def _directions(dimension: int) -> list[int]:
    if dimension == 0:
        return [1 << (BITS - 1 - bit) for bit in range(BITS)]
    degree, inner, first = _DIRECTIONS[dimension - 1]
    numbers = [value << (BITS - 1 - bit) for bit, value in enumerate(first)]
    for bit in range(degree, BITS):
        value = numbers[bit - degree] ^ (numbers[bit - degree] >> degree)
        for step in range(1, degree):
            if (inner >> (degree - 1 - step)) & 1:
                value ^= numbers[bit - step]
        numbers.append(value)
    return numbers


@cache
def normal(count: int, seed: int, part: int) -> Array:
    """Standard normal points, shape (count, 6)."""
    inverse = np.vectorize(NormalDist().inv_cdf)
    return _frozen(inverse(uniform(count, seed, part)[:, :6]))


@cache
def student(count: int, seed: int, part: int) -> Array:
    """Multivariate t points with six degrees of freedom and unit scale, shape (count, 6)."""
    chi = _chi_square_6(uniform(count, seed, part)[:, 6])
    return _frozen(normal(count, seed, part) * np.sqrt(FREEDOM / chi)[:, None])


def _chi_square_6(share: Array) -> Array:
    """The quantile of chi-square with 6 degrees, whose tail is exp(-h)(1 + h + h^2 / 2), h=x/2."""
    low, high = np.zeros_like(share), np.full_like(share, 100.0)
    for _ in range(60):
        half = (low + high) / 4
        below = 1 - np.exp(-half) * (1 + half + half * half / 2) < share
        low, high = np.where(below, 2 * half, low), np.where(below, high, 2 * half)
    return (low + high) / 2


@cache
def strata(count: int, parts: int, seed: int) -> Array:
    """Standard normal nodes, shape (count, parts), each row one node from each equal part.

    Rows are shifted against each other evenly, and mirrored in pairs (antithetic), so that the
    nodes of a mixture of ``count`` Gaussians together are nearly as even as a grid.
    """
    golden = (np.arange(count)[:, None] * 0.6180339887498949 + 0.5 + seed * 0.754877666) % 1.0
    share = (np.arange(parts // 2)[None, :] + golden) / parts
    inverse = np.vectorize(NormalDist().inv_cdf)
    half = inverse(np.clip(share, 1e-9, 1 - 1e-9))
    return _frozen(np.concatenate([half, -half], axis=1))


def _frozen(values: Array) -> Array:
    values.setflags(write=False)
    return values
