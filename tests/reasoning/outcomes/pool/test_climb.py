"""Finding the top of a hill, and knowing when there is none to find."""

from __future__ import annotations

import numpy as np
import pytest

from unknot.reasoning.outcomes.pool import climb, population
from unknot.reasoning.outcomes.pool.climb import curvature


def bowl(x):
    return -0.5 * float(x @ np.diag([1.0, 30.0]) @ x), -np.array([1.0, 30.0]) * x


def test_it_finds_the_top_and_how_it_bends() -> None:
    assert climb.climb(bowl, np.array([3.0, -2.0])) == pytest.approx([0, 0], abs=1e-5)
    bend = curvature(lambda x: bowl(x)[1], np.array([0.3, 0.1]))
    assert bend == pytest.approx(-np.diag([1.0, 30.0]), abs=1e-6)


def test_it_gets_through_a_stretch_that_bends_upwards() -> None:
    def two_tops(x):
        return float(np.sum(x**2 - x**4 / 4)), 2 * x - x**3

    assert np.abs(climb.climb(two_tops, np.array([0.05, -0.1]))) == pytest.approx(
        [2**0.5] * 2, abs=1e-4
    )


def test_it_stops_where_no_step_helps() -> None:
    """The slope says up and every step is down: a broken hill, left where it stands."""
    found = climb.climb(lambda x: (-float(np.abs(x).sum()), np.ones(1)), np.zeros(1))
    assert found == pytest.approx([0])


def test_it_stops_after_so_many_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(climb, "STEPS", 2)
    assert np.abs(climb.climb(bowl, np.array([30.0, 20.0]))).max() > 1


def test_nothing_is_remembered_of_a_stretch_that_does_not_bend_down() -> None:
    wrong = climb._updated(-np.eye(1), np.array([1.0]), np.array([-1.0]))
    assert wrong == pytest.approx(-np.eye(1)), "no update where the hill does not bend down"

    slopes = iter([np.array([1.0]), np.array([1.0]), np.array([0.0])])
    heights = iter([0.0, 1.0, 2.0])
    assert climb.climb(lambda _: (next(heights), next(slopes)), np.zeros(1)) == pytest.approx([2])


def test_few_useful_draws_are_drawn_again_and_then_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    from unknot.reasoning.outcomes.pool import block, pool

    from .people import PRIOR, people

    monkeypatch.setattr(population, "LEAST_ESS", 1000.0)
    found = pool([block(people(20, 1)[0], PRIOR)], PRIOR)
    assert found.ess > 30
    assert sum(trial.weight for trial in found.trials) == pytest.approx(1)
