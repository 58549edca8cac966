"""What is left out cannot be worked out: checked by linear algebra and by trying every table."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest

from unknot.reasoning.outcomes.programme import SMALLEST, cube, hide, shown
from unknot.reasoning.outcomes.programme.simplex import least

TWO_WAY = [(), (0,), (1,), (0, 1)]


def counts(table):
    return {
        (f"row {r}", f"column {c}"): n for r, line in enumerate(table) for c, n in enumerate(line)
    }


def secrets(whole):
    size = len(whole.atoms[0])
    keys = {
        tuple(value if at in chosen else None for at, value in enumerate(atom))
        for atom in whole.atoms
        for many in range(size + 1)
        for chosen in combinations(range(size), many)
    }
    return [key for key in keys if 0 < whole.members(key) @ whole.people < SMALLEST]


def test_large_groups_are_all_shown() -> None:
    whole = cube(counts([[20, 30], [40, 50]]))
    assert len(shown(whole, TWO_WAY)) == 9


def test_a_small_group_is_hidden_and_another_in_its_row_and_column_with_it() -> None:
    whole = cube(counts([[3, 30, 25], [40, 50, 60], [45, 35, 55]]))
    kept = shown(whole, TWO_WAY)
    assert (None, None) in kept
    hidden = {atom for atom in whole.atoms if atom not in kept}
    assert ("row 0", "column 0") in hidden
    assert len(hidden) >= 4, "two in each row and each column, or a total tells"
    for atom in hidden:
        assert sum(other[0] == atom[0] for other in hidden) >= 2
        assert sum(other[1] == atom[1] for other in hidden) >= 2


def test_a_pair_that_adds_up_to_little_is_no_secret_and_takes_more_with_it() -> None:
    """One and none: the row's total of one would tell both."""
    whole = cube(counts([[1, 0, 40], [20, 30, 40]]))
    kept = shown(whole, TWO_WAY)
    assert _range(whole, kept, ("row 0", "column 0"))[1] >= 5


def test_nobody_is_shown_of_a_programme_of_nine() -> None:
    assert shown(cube(counts([[4, 5]])), TWO_WAY) == frozenset()


@pytest.mark.parametrize("seed", range(40))
def test_no_secret_is_a_weighted_sum_of_what_is_shown(seed: int) -> None:
    dice = np.random.default_rng(seed)
    shape = [int(n) for n in dice.integers(2, 4, size=3)]
    atoms = product(*([f"{d}{n}" for n in range(size)] for d, size in enumerate(shape)))
    found = {atom: int(dice.choice((0, 2, 6, 12, 30, 80))) for atom in atoms}
    whole = cube(found)
    kept = shown(whole, [(), (0,), (1,), (2,), (0, 1), (0, 2)])
    known = np.array([whole.members(key) for key in kept]).reshape(len(kept), -1)
    rank = np.linalg.matrix_rank(known) if len(known) else 0
    for key in secrets(whole):
        more = np.vstack([known, whole.members(key)])
        assert np.linalg.matrix_rank(more) == rank + 1, key
        low, high = _range(whole, kept, key)
        assert high - low >= hide.ROOM - 1e-6, key
    for key in kept:
        assert whole.members(key) @ whole.people >= SMALLEST


@pytest.mark.parametrize("seed", range(12))
def test_every_table_that_agrees_with_what_is_shown_was_tried(seed: int) -> None:
    """Brute force: all two by three tables of whole people with the numbers that are shown."""
    dice = np.random.default_rng(100 + seed)
    table = dice.choice((0, 1, 3, 4, 7, 10), size=(2, 3))
    whole = cube(counts(table.tolist()))
    kept = shown(whole, TWO_WAY)
    every = np.indices((11,) * 6, dtype=np.int8).reshape(6, -1).T
    for key in kept:
        want = whole.members(key).astype(np.int8)
        every = every[every @ want == int(want @ whole.people)]
    assert (every == whole.people).all(1).any(), "the true table is among them"
    for key in secrets(whole):
        values = np.unique(every @ whole.members(key).astype(np.int8))
        assert len(values) >= 3, (table, key, values)


def _range(whole, kept, key):
    known = np.array([whole.members(one) for one in kept]).reshape(len(kept), -1)
    want = whole.members(key)
    if not len(known):
        return 0.0, 1000.0
    ends = [want @ least(sign * want, known, known @ whole.people) for sign in (1.0, -1.0)]
    return ends[0], ends[1]


def test_the_linear_programme_finds_the_least_and_an_endless_way() -> None:
    rows = np.array([[1.0, 1.0, 0.0], [1.0, 0.0, 1.0], [2.0, 1.0, 1.0]])
    values = np.array([10.0, 4.0, 14.0])
    for cost, best in (([1, 0, 0], 0.0), ([-1, 0, 0], 4.0), ([0, 1, 0], 6.0)):
        point = least(np.array(cost, dtype=float), rows, values)
        assert rows @ point == pytest.approx(values)
        assert abs(np.array(cost) @ point) == pytest.approx(best)
    endless = least(np.array([-1.0, 0.0]), np.array([[1.0, -1.0]]), np.array([3.0]))
    assert endless[0] >= 1000


def test_a_linear_programme_that_does_not_end_says_so() -> None:
    with pytest.raises(ArithmeticError, match="did not end"):
        least(np.array([1.0, 1.0]), np.array([[1.0, 1.0]]), np.array([1.0]), most=0)


def test_a_rule_that_only_hides_the_small_would_be_caught(monkeypatch) -> None:
    """The check can fail: without the complement, a row's total tells the small group."""
    monkeypatch.setattr(hide, "_told", lambda *_: None)
    monkeypatch.setattr(hide, "_tight", lambda *_: False)
    whole = cube(counts([[3, 30], [40, 50]]))
    kept = shown(whole, TWO_WAY)
    known = np.array([whole.members(key) for key in kept])
    more = np.vstack([known, whole.members(("row 0", "column 0"))])
    assert np.linalg.matrix_rank(more) == np.linalg.matrix_rank(known)
