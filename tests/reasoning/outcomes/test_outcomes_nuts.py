"""The engine against NUTS on stored people: ``bench/outcomes_nuts.py`` made the references."""

import json

import numpy as np
import pytest

from bench.outcomes_nuts import QUANTITIES, STORE, compare, diary_of, engine, invented

STORED = json.loads(STORE.read_text())


def test_the_stored_people_are_those_of_the_seed():
    for row, made in zip(STORED, invented(len(STORED)), strict=True):
        assert row["answers"] == made["answers"]


@pytest.fixture(scope="module")
def ours():
    return [engine(diary_of(row))[:2] for row in STORED]


@pytest.mark.parametrize("reference", ["A", "B"])
def test_means_and_spreads_are_those_of_nuts(ours, reference):
    """A: the same likelihood, theta sampled. B: interval answers, everything sampled."""
    found = [
        compare(row[reference], mean, sd)
        for row, (mean, sd) in zip(STORED, ours, strict=True)
        if reference in row
    ]
    off, ratio = (np.array(one) for one in zip(*found, strict=True))
    assert off.shape[1] == len(QUANTITIES)
    assert (off <= 0.15).mean() >= 0.9
    assert 0.95 <= np.median(ratio) <= 1.05
