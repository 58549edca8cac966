"""Stage 2: the same answer in any order and any blocks; nothing borrowed from nobody."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from itertools import pairwise
from operator import add

import numpy as np
import pytest

from unknot.reasoning.outcomes.pool import (
    PoolError,
    Prior,
    Summary,
    best,
    block,
    borrow,
    borrow_one,
    contrast,
    effects,
    merged,
    pool,
    sums,
)
from unknot.reasoning.outcomes.pool.population import _Target, spread_of
from unknot.reasoning.outcomes.pool.sums import centred, means

from .people import AVERAGE, NAMES, PRIOR, people, summary


def test_one_client_gets_stage_1_back() -> None:
    one = people(1, 3)[0][0]
    found = borrow_one(one, pool([block([one], PRIOR)], PRIOR))
    assert np.abs(np.array(found.mean) - one.mean).max() < 1e-9
    assert np.abs(np.array(found.cov) - np.array(one.cov)).max() < 1e-9


def test_the_more_clients_are_identical_the_less_people_differ() -> None:
    one = people(1, 4, noise=0.3)[0][0]
    between = [
        np.mean(
            [
                effect.between.mean / sd
                for effect, sd in zip(
                    effects(pool([block([one] * count, PRIOR)], PRIOR)), PRIOR.sd, strict=True
                )
            ]
        )
        for count in (1, 4, 16, 64, 256, 4096)
    ]
    assert all(more > fewer for more, fewer in pairwise(between)), between
    assert between[-1] < 0.05, between


def test_the_order_of_people_does_not_matter() -> None:
    told, _ = people(80, 5)
    mixed = [told[at] for at in np.random.default_rng(1).permutation(80)]
    one = effects(pool([block(told, PRIOR)], PRIOR))
    other = effects(pool([block(mixed, PRIOR)], PRIOR))
    for left, right in zip(one, other, strict=True):
        assert left.average.mean == pytest.approx(right.average.mean, abs=1e-9)
        assert left.between.mean == pytest.approx(right.between.mean, abs=1e-9)


@pytest.mark.parametrize("cuts", [(0, 40, 80), (0, 1, 2, 79, 80), (0, 10, 20, 30, 80)])
def test_blocks_may_be_split_and_merged_to_1e_9(cuts: tuple[int, ...]) -> None:
    told, _ = people(80, 6)
    told = [replace(one, covariates={"acute": float(n % 3 == 0)}) for n, one in enumerate(told)]
    whole = block(told, PRIOR, ["acute"])
    parts = [block(told[low:high], PRIOR, ["acute"]) for low, high in pairwise(cuts)]
    centre = means(whole).centre
    assert reduce(add, map(means, parts)).centre == pytest.approx(centre, abs=1e-12)
    spread = np.array([0.3, 0.7, 0.05, 0.9, 0.5])
    one = sums(centred(whole, centre), spread)
    other = reduce(add, (sums(centred(part, centre), spread) for part in parts))
    assert one.people == other.people == 80
    assert np.abs(one.information - other.information).max() < 1e-9
    assert np.abs(one.pull - other.pull).max() < 1e-9
    assert abs(one.log_volume - other.log_volume) < 1e-9
    assert abs(one.fit - other.fit) < 1e-9
    left = contrast(pool([whole], PRIOR, covariates=["acute"]), {("carry", "acute"): 1.0})
    right = contrast(pool(parts, PRIOR, covariates=["acute"]), {("carry", "acute"): 1.0})
    assert left.mean == pytest.approx(right.mean, abs=1e-9)
    assert merged(parts).shift == pytest.approx(whole.shift)


def test_the_likelihood_is_the_one_worked_out_by_brute_force() -> None:
    """Every person's effects and the coefficients as one big normal vector."""
    told, _ = people(3, 7)
    rows = centred(block(told, PRIOR), np.zeros(0))
    x = np.array([-0.5, 0.2, 0.1, -1.0, 0.4])
    target = _Target([rows], PRIOR, 1)
    here, there = target.trial(x)[0], target.trial(x + 0.3)[0]
    assert here - there == pytest.approx(_dense(rows, x) - _dense(rows, x + 0.3), abs=1e-8)


def _dense(rows, x):
    spread, count = spread_of(x), len(rows)
    cov = np.kron(np.eye(count), np.diag(spread**2))
    cov += np.kron(np.ones((count, count)), np.diag(1 - spread**2))
    precision = np.zeros_like(cov)
    for at in range(count):
        place = slice(at * len(x), (at + 1) * len(x))
        precision[place, place] = rows.precision[at]
    middle = rows.middle.reshape(-1)
    shift = rows.shift.reshape(-1) + precision @ middle
    inside = np.eye(len(cov)) + precision @ cov
    value = 0.5 * shift @ cov @ np.linalg.solve(inside, shift)
    value -= 0.5 * np.linalg.slogdet(inside)[1]
    heavy = (np.array(PRIOR.sd) / 0.5) ** 2
    return value - (np.log1p(heavy * spread**2) + 0.5 * x**2).sum()


def test_the_slope_is_the_slope_of_the_value() -> None:
    told, _ = people(30, 8)
    told = [replace(one, covariates={"age": float(n % 4)}) for n, one in enumerate(told)]
    rows = block(told, PRIOR, ["age"])
    target = _Target([centred(rows, means(rows).centre)], PRIOR, 2)
    x = np.array([-0.5, 0.2, 0.1, -1.0, 0.4])
    _, slope = target.value_and_slope(x)
    for at in range(5):
        step = np.zeros(5)
        step[at] = 1e-4
        found = (target.trial(x + step)[0] - target.trial(x - step)[0]) / 2e-4
        assert found == pytest.approx(slope[at], abs=1e-4)


def test_enough_trials_count_also_with_many_effects_and_few_people(record_property) -> None:
    """Thirteen effects, as a small clinic has: techniques only some received."""
    names = tuple(f"effect {n}" for n in range(13))
    prior = Prior("wide", names, (0.0,) * 13, (1.0,) * 13)
    dice = np.random.default_rng(5)
    told = []
    for person in range(60):
        known = tuple(name for n, name in enumerate(names) if n < 6 or (person + n) % 4 == 0)
        cov = np.diag(dice.uniform(0.05, 0.9, len(known)))
        mean = dice.normal(0.2, 0.4, len(known)) * (1 - np.diag(cov))
        told.append(
            Summary(known, tuple(map(float, mean)), tuple(map(tuple, cov.tolist())), "wide")
        )
    found = [pool([block(told, prior)], prior, seed=seed) for seed in (1, 2, 3)]
    record_property("effective trials", ", ".join(f"{one.ess:.0f}" for one in found))
    assert min(one.ess for one in found) >= 60
    gaps = [abs(effects(one)[0].average.mean - effects(found[0])[0].average.mean) for one in found]
    assert max(gaps) < 0.2 * effects(found[0])[0].average.sd


def test_means_and_people_are_covered_as_often_as_said_and_gain_by_borrowing(
    record_property,
) -> None:
    means_in, people_in, own, with_others = [], [], [], []
    for seed in range(16):
        told, truth = people(60, 100 + seed, noise=1.2)
        rows = block(told, PRIOR)
        population = pool([rows], PRIOR)
        for effect, true in zip(effects(population), AVERAGE, strict=True):
            means_in.append(effect.average.low90 <= true <= effect.average.high90)
        mean, cov = borrow(rows, population)
        sd = np.sqrt(np.diagonal(cov, axis1=1, axis2=2))
        people_in.append(np.abs(mean - truth) < 1.645 * sd)
        own.append(np.array([one.mean for one in told]) - truth)
        with_others.append(mean - truth)
    record_property("population means covered", f"{np.mean(means_in):.3f}")
    record_property("people covered", f"{np.mean(people_in):.3f}")
    alone = np.sqrt(np.mean(np.square(own), axis=(0, 1)))
    pooled = np.sqrt(np.mean(np.square(with_others), axis=(0, 1)))
    record_property("rmse", f"{alone.round(3)} -> {pooled.round(3)}")
    assert 0.80 <= np.mean(means_in) <= 0.98
    assert 0.84 <= np.mean(people_in) <= 0.95
    assert (pooled < 0.85 * alone).all(), (alone, pooled)


def test_borrowing_gives_what_sampling_everybody_at_once_would() -> None:
    told, _ = people(4, 10)
    rows = block(told, PRIOR)
    population = pool([rows], PRIOR)
    one = population.trials[int(np.argmax([trial.weight for trial in population.trials]))]
    alone = replace(population, trials=(replace(one, weight=1.0),))
    mean, _ = borrow(rows, alone)
    spread, count, size = one.spread, 4, 5
    cov = np.kron(np.eye(count), np.diag(spread**2))
    cov += np.kron(np.ones((count, count)), np.diag(1 - spread**2))
    precision = np.zeros((20, 20))
    for at in range(count):
        place = slice(at * size, (at + 1) * size)
        precision[place, place] = rows.precision[at]
    shift = rows.shift.reshape(-1) + precision @ rows.middle.reshape(-1)
    dense = np.linalg.solve(np.linalg.inv(cov) + precision, shift)
    assert mean == pytest.approx(dense.reshape(count, size) * np.array(PRIOR.sd), abs=1e-9)


def test_a_difference_of_techniques_and_the_best_one() -> None:
    found = pool([block(people(200, 11)[0], PRIOR)], PRIOR)
    names = ("technique:deep", "technique:light")
    gap = contrast(found, {(names[0], "mean"): 1.0, (names[1], "mean"): -1.0})
    assert gap.low90 < -0.4 < gap.high90
    assert gap.p_below_zero > 0.99
    assert gap.low90 < gap.low50 < gap.mean < gap.high50 < gap.high90
    chance = best(found, names)
    assert chance["technique:deep"] > 0.95
    assert sum(chance.values()) == pytest.approx(1)


def test_a_dose_that_does_more_is_found() -> None:
    dice = np.random.default_rng(12)
    told = []
    for number in range(200):
        twice = float(number % 2)
        seen = np.array([-0.4 - 0.5 * twice, 0, 0, 0, 0]) + 0.2 * dice.standard_normal(5)
        told.append(summary(seen, np.diag([0.04] * 5), twice_weekly=twice))
    unknown = replace(told[0], covariates={})
    found = pool(
        [block([*told, unknown], PRIOR, ["twice_weekly"])], PRIOR, covariates=["twice_weekly"]
    )
    more = contrast(found, {("carry", "twice_weekly"): 1.0})
    assert more.low90 < -0.5 < more.high90
    assert more.p_below_zero > 0.99


def test_people_who_differ_more_than_the_prior_allows_are_noticed() -> None:
    told, _ = people(300, 13, average=np.zeros(5), between=np.array([0.1, 0.1, 1.2, 0.1, 0.1]))
    assert [one.name for one in effects(pool([block(told, PRIOR)], PRIOR)) if one.at_limit] == [
        "technique:deep"
    ]


def test_an_effect_a_person_cannot_tell_of_teaches_nothing_and_is_borrowed() -> None:
    told, _ = people(60, 14)
    short = Summary(("carry",), (-0.5,), ((0.1,),), PRIOR.id)
    rows = block([short], PRIOR)
    assert np.count_nonzero(rows.precision) == 1
    found = borrow_one(short, pool([block(told, PRIOR)], PRIOR))
    assert found.names == NAMES
    assert found.prior_id == "test-1+pool"
    assert found.mean[1] == pytest.approx(-1.2, abs=0.3)


def test_a_posterior_wider_than_its_prior_says_nothing() -> None:
    wide = summary(np.array([3.0, 0, 0, 0, 0]), np.diag([2.0, *np.array(PRIOR.sd[1:]) ** 2]))
    rows = block([wide], PRIOR)
    assert not rows.precision.any()
    assert not rows.shift.any()


def test_mistakes_are_told_with_their_cure() -> None:
    one = people(1, 15)[0][0]
    with pytest.raises(PoolError, match=r"prior 'other'.*fit that person again"):
        block([replace(one, prior_id="other")], PRIOR)
    with pytest.raises(PoolError, match="no effect 'wings': add it"):
        block([replace(one, names=("wings", *NAMES[1:]))], PRIOR)
    with pytest.raises(PoolError, match="nobody"):
        pool([], PRIOR)
    found = pool([block([one], PRIOR)], PRIOR)
    with pytest.raises(PoolError, match=r"no coefficient \('carry', 'age'\)"):
        contrast(found, {("carry", "age"): 1.0})
