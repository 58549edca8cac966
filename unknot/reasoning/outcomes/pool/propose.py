"""Where to look for the spreads: a Student t around the mode, of another width on each side.

A spread that may well be nothing has a long way down and a short way up, and one width for both
finds few of the points that count. So each axis has two (the split t of Geweke 1989).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .summary import Array

FREEDOM = 8.0
FLATTEST, STEEPEST = 0.25, 400.0
"""Limits of the curvature, so that a flat direction stays in reach."""
FAR = 1.5  # widths from the mode at which the fall of the hill is measured
GRID = 1e-4  # everything is rounded to it: the order of the rows must not reach the draws


@dataclass(frozen=True)
class Proposal:
    """A centre, orthogonal axes as columns, and the width along each, below and above."""

    centre: Array
    axes: Array
    below: Array
    above: Array


def steady(values: Array) -> Array:
    """The values on a grid."""
    return np.round(values / GRID) * GRID


def around(height: Callable[[Array], float], mode: Array, bend: Array) -> Proposal:
    """The proposal for a hill with its top at ``mode`` and the matrix ``bend`` of second
    derivatives there. Costs four heights an axis."""
    values, axes = np.linalg.eigh(-0.5 * (bend + bend.T))
    axes = steady(axes * np.sign(axes[np.abs(axes).argmax(0), range(len(mode))]))
    width = 1.0 / np.sqrt(np.clip(values, FLATTEST, STEEPEST))
    top = height(mode)

    def reach(axis: Array, side: float, wide: float) -> float:
        for _ in range(2):
            away = FAR * wide
            fall = max(1e-6, top - height(mode + side * away * axis))
            wide = min(FLATTEST**-0.5, max(STEEPEST**-0.5, away / math.sqrt(2.0 * fall)))
        return wide

    below, above = (
        np.array([reach(axes[:, at], side, float(width[at])) for at in range(len(mode))])
        for side in (-1.0, 1.0)
    )
    return Proposal(mode, axes, steady(below), steady(above))


def draws(one: Proposal, count: int, seed: tuple[int, int]) -> Array:
    """``count`` points, antithetic in pairs."""
    dice = np.random.default_rng(seed)
    half = dice.standard_normal((count // 2, len(one.centre)))
    half /= np.sqrt(dice.chisquare(FREEDOM, count // 2) / FREEDOM)[:, None]
    flat = np.vstack([half, -half])
    found: Array = one.centre + (flat * np.where(flat < 0, one.below, one.above)) @ one.axes.T
    return found


def mixed(points: Array, proposals: Sequence[Proposal]) -> Array:
    """The log density of the proposals in equal parts, up to a constant."""
    heights = np.array([_height(points, one) for one in proposals])
    top = heights.max(0)
    found: Array = top + np.log(np.exp(heights - top).mean(0))
    return found


def _height(points: Array, one: Proposal) -> Array:
    along = (points - one.centre) @ np.linalg.inv(one.axes).T
    width = np.where(along < 0, one.below, one.above)
    away = ((along / width) ** 2).sum(1)
    found: Array = -0.5 * (FREEDOM + len(one.centre)) * np.log1p(away / FREEDOM)
    found -= np.log(width).sum(1)
    return found


def fitted(one: Proposal, points: Array, weight: Array, ess: float) -> Proposal:
    """The same centre and axes with the widths of the weighted points.

    Few effective points say little: the widths before count as many as there are axes.
    """
    along = (points - one.centre) @ np.linalg.inv(one.axes).T
    told = ess / (ess + len(one.centre))

    def width(side: NDArray[np.bool_], before: Array) -> Array:
        mass = np.maximum(weight @ side, 1e-12)
        seen = weight @ (side * along**2) / mass
        return steady(
            np.sqrt(np.clip(told * seen + (1 - told) * before**2, 1 / STEEPEST, 1 / FLATTEST))
        )

    return Proposal(
        one.centre, one.axes, width(along < 0, one.below), width(along >= 0, one.above)
    )
