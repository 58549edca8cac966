"""From real fits of stage 1: one person alone gets their own fit back; others help."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from unknot.reasoning.outcomes import Diary, Entry, Session, fit
from unknot.reasoning.outcomes.pool import PoolError, block, borrow_one, effects, of_fits, pool

BEGAN = datetime(2026, 3, 2, 20, tzinfo=UTC)
DAY = timedelta(days=1)


def person(seed: int, sessions: int, relief: float = 1.5):
    """Five weeks of answers; each session takes ``relief`` off, fading over four days."""
    dice = np.random.default_rng(seed)
    visits = [BEGAN + DAY * (8 + 7 * n) - timedelta(hours=6) for n in range(sessions)]
    entries = []
    for day in range(36):
        at = BEGAN + DAY * day
        gone = [(at - visit) / DAY for visit in visits if visit < at]
        level = 6 - relief * sum(np.exp(-days / 4) for days in gone) + dice.normal(0, 0.8)
        entries.append(Entry(at, float(np.clip(round(level), 0, 10))))
    diary = Diary(entries=tuple(entries), sessions=tuple(Session(at, 60) for at in visits))
    return fit(diary, covariates={"acute": "1", "region": "low_back"}).summary


def test_one_client_gets_their_own_fit_back() -> None:
    one = person(1, 4)
    (told,), prior = of_fits([one])
    found = borrow_one(told, pool([block([told], prior)], prior))
    for name, mean in zip(told.names, told.mean, strict=True):
        at = found.names.index(name)
        own = told.names.index(name)
        sd = np.sqrt(told.cov[own][own])
        assert abs(found.mean[at] - mean) < 0.05 * sd, name
        assert np.sqrt(found.cov[at][at]) == pytest.approx(sd, rel=0.05), name


def test_people_who_agree_narrow_down_somebody_with_two_sessions() -> None:
    fits = [person(10 + seed, 4) for seed in range(30)]
    short = person(99, 2)
    told, prior = of_fits([*fits, short])
    population = pool([block(told, prior)], prior)
    carry = next(one for one in effects(population) if one.name == "delta")
    assert carry.average.high90 < 0, "the jump after a session is down"
    at, own = prior.names.index("delta"), told[-1].names.index("delta")
    found = borrow_one(told[-1], population)
    assert found.cov[at][at] < 0.7 * told[-1].cov[own][own]
    assert "level" not in found.names
    assert told[0].covariates == {"acute": 1.0}


def test_fits_that_do_not_belong_together_are_refused() -> None:
    one = person(1, 3)
    with pytest.raises(PoolError, match="nobody"):
        of_fits([])
    with pytest.raises(PoolError, match="several priors"):
        of_fits([one, replace(one, prior_id="hopeful-1/persistent")])
    wider = replace(one, prior_sd=tuple(2 * sd for sd in one.prior_sd))
    with pytest.raises(PoolError, match="different priors of"):
        of_fits([one, wider])
