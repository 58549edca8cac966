"""The engine's sums, held against slower and plainer ways to the same numbers."""

import math
from dataclasses import replace
from datetime import timedelta
from statistics import NormalDist

import numpy as np
import pytest

from bench import outcomes_people as people
from unknot.reasoning.outcomes import Diary, Entry, Session
from unknot.reasoning.outcomes.engine import (
    dense,
    integrate,
    kalman,
    kernel,
    mixture,
    points,
    sites,
)
from unknot.reasoning.outcomes.engine.arrays import log_normal_cdf
from unknot.reasoning.outcomes.engine.design import design, length
from unknot.reasoning.outcomes.engine.priors import chronicity, priors


def rich(seed):
    """Somebody with everything: factors, techniques, lengths, memory, medicine, elsewhere."""
    random = np.random.default_rng((5, seed))
    truth = replace(people.from_prior(random), techniques={"deep": 0.5, "soft": -0.5})
    diary = people.person(truth, people.random_course(random), random).diary
    sessions = tuple(
        replace(one, minutes=int(random.choice((30, 60, 90)))) for one in diary.sessions
    )
    memory = tuple(
        Entry(people.BEGIN + timedelta(days=day), float(random.integers(0, 11)), "recalled_week")
        for day in (7.0, 21.5)
    )
    return replace(
        diary,
        entries=diary.entries + memory,
        sessions=(*sessions, Session(people.BEGIN + timedelta(days=9), 60, elsewhere=True)),
        medicine=((people.BEGIN + timedelta(days=12)).date(),),
    )


@pytest.fixture(scope="module")
def crowd():
    return [design(rich(seed)) for seed in range(200)]


def theta_of(made, seed):
    return kalman.natural(np.array(points.normal(2, seed, 3)), made)


def test_the_filter_equals_one_large_normal_on_two_hundred_people(crowd):
    worst = 0.0
    for seed, made in enumerate(crowd):
        theta = theta_of(made, seed)
        found = kalman.run(theta, made, sites.NONE).log_likelihood
        plain = [dense.log_likelihood(point, made) for point in theta]
        worst = max(worst, float(np.abs(found - plain).max()))
    assert worst <= 1e-8


def test_compiled_and_array_filters_agree(crowd):
    for seed, made in enumerate(crowd[:40]):
        theta = theta_of(made, seed)
        fast, slow = (kalman.run(theta, made, sites.NONE, compiled=one) for one in (True, False))
        for name, values in vars(fast).items():
            assert np.allclose(values, vars(slow)[name], atol=1e-9), name


@pytest.mark.parametrize("error", [ImportError, RuntimeError])
def test_without_numba_or_its_cache_the_array_filter_is_used(crowd, monkeypatch, error):
    def missing(name):
        raise error(name)

    theta = theta_of(crowd[0], 0)
    expected = kalman.run(theta, crowd[0], sites.NONE).log_likelihood
    kalman.compiled_filter.cache_clear()
    monkeypatch.setattr(kalman, "import_module", missing)
    found = kalman.run(theta, crowd[0], sites.NONE).log_likelihood
    kalman.compiled_filter.cache_clear()
    assert np.allclose(found, expected)


def test_the_kernel_is_plain_python_underneath(crowd, monkeypatch):
    """Runs the compiled functions' own Python, line by line."""
    for name in ("_start", "_row", "_remembered", "_update", "_gather", "_solve", "_cholesky",
                 "_invert"):  # fmt: skip
        monkeypatch.setattr(kernel, name, getattr(kernel, name).py_func)
    made = crowd[0]
    theta = theta_of(made, 0)
    expected = kalman.run(theta, made, sites.NONE)
    monkeypatch.setattr(kalman, "compiled_filter", lambda: kernel.run.py_func)
    found = kalman.run(theta, made, sites.NONE)
    assert np.allclose(found.log_likelihood, expected.log_likelihood)
    assert np.allclose(found.cov, expected.cov)


def test_answers_one_by_one_give_what_all_at_once_give(crowd):
    """p(y_n | earlier) from posterior and last state = the ratio of two likelihoods."""
    made = next(one for one in crowd if not one.memory[-1])
    theta, n = theta_of(made, 1), len(made.y) - 1
    fewer = replace(
        made, y=made.y[:n], t=made.t[:n], memory=made.memory[:n], edge=made.edge[:n],
        static=made.static[:n],
    )  # fmt: skip
    before, after = (kalman.run(theta, one, sites.NONE) for one in (fewer, made))
    for place, point in enumerate(theta):
        sd, phi, se, drift, tau, recovery = point
        apart = made.t[n] - made.t[n - 1]
        stay = phi**apart
        row = dense.columns(made, tau, recovery)[n]
        h = np.array([stay, 1.0])
        inner = row - h @ before.last[place, :, :-1]
        mean = inner @ before.mean[place] + h @ before.last[place, :, -1]
        d, cov, w = before.last_cov[place]
        var = inner @ before.cov[place] @ inner + stay**2 * d + 2 * stay * cov + w
        var += sd**2 * (1 - stay**2) + drift**2 * apart + se**2 + 1 / 12
        said = NormalDist(mean, math.sqrt(var))
        gained = after.log_likelihood[place] - before.log_likelihood[place]
        assert gained == pytest.approx(math.log(said.pdf(made.y[n])), abs=1e-8)


def test_one_censored_answer_has_the_site_of_a_truncated_normal():
    found = sites.propagate(
        np.array([0]), np.array([-1.0]), np.array([0.5]), np.array([1.0]), np.array([[0.8]])
    )
    z = (0.5 - 1.0) / math.sqrt(0.8)
    unit = NormalDist()
    ratio = unit.pdf(z) / unit.cdf(z)
    mean, var = 1.0 - math.sqrt(0.8) * ratio, 0.8 * (1 - ratio * (ratio + z))
    precision = 1 / 0.8 + 1 / found.variance[0]
    assert 1 / precision == pytest.approx(var, rel=2e-3)
    assert (1.0 / 0.8 + found.y[0] / found.variance[0]) / precision == pytest.approx(
        mean, abs=2e-3
    )


def test_a_person_without_answers_at_the_ends_has_no_sites(make):
    made = design(make.course(6, 4))
    theta = kalman.natural(np.zeros((1, 6)), made)[0]
    assert dense.censored(theta, made) is sites.NONE


@pytest.mark.parametrize("z", [-30.0, -6.0, -1.0, 0.0, 0.5, 3.0])
def test_the_normal_distribution_is_good_far_out(z):
    exact = math.log(0.5 * math.erfc(-z / math.sqrt(2)))
    assert float(log_normal_cdf(z)) == pytest.approx(exact, rel=1e-6, abs=2e-7)


def test_sobol_points_fill_every_half_and_quarter_evenly():
    drawn = points.uniform(128, 0, 0)
    for parts in (2, 4, 8, 16):
        for column in drawn.T:
            counts = np.bincount((column * parts).astype(int), minlength=parts)
            assert set(counts) == {128 // parts}
    assert (points.uniform(128, 1, 0) != drawn).any()


def test_the_t_draws_have_heavier_tails_than_the_normal_ones():
    normal, student = points.normal(1024, 0, 0), points.student(1024, 0, 0)
    assert np.abs(normal.mean(axis=0)).max() < 0.02
    assert np.allclose(normal.std(axis=0), 1, atol=0.02)
    assert np.allclose(student.std(axis=0) ** 2, 6 / 4, rtol=0.15)


def test_hard_posteriors_get_more_rounds_and_then_say_so(make, monkeypatch):
    made = design(make.course(6, 4))
    monkeypatch.setattr(integrate, "LEAST_ESS", 1e9)
    found = integrate.integrate(made, 0)
    assert not found.enough
    drawn = integrate.FIRST + integrate.SECOND + 5 * integrate.LAST + integrate.FALLBACK
    assert found.points == drawn


def test_one_more_round_can_be_enough(make, monkeypatch):
    made = design(make.course(6, 4))
    usual = integrate.integrate(made, 0)
    monkeypatch.setattr(integrate, "LEAST_ESS", usual.ess + 1)
    found = integrate.integrate(made, 0)
    assert found.enough
    assert found.points == usual.points + integrate.LAST


def test_mixture_quantiles_are_those_of_the_mixture():
    weights = np.full(300, 1 / 300)
    means = np.zeros((300, 1))
    found = mixture.Mixture(weights, means, np.ones((300, 1))).quantiles(-math.inf, math.inf)
    exact = [NormalDist().inv_cdf(share) for share in mixture.QUANTILES]
    assert np.allclose(found[:, 0], exact, atol=0.01)


@pytest.mark.parametrize(
    ("weeks", "name"), [(None, "persistent"), (5, "acute"), (20, "persistent"), (60, "stable")]
)
def test_the_prior_of_recovery_follows_how_long_the_pain_lasted(weeks, name):
    assert chronicity(weeks)[0] == name
    assert name in priors(weeks, 0.35).id


@pytest.mark.parametrize(("minutes", "name"), [(30, "short"), (60, "middle"), (90, "long")])
def test_lengths_fall_into_three_classes(minutes, name):
    assert length(minutes) == name


def test_scores_before_and_after_stand_on_their_side_of_the_session(make):
    session = Session(make.at(1), 60)
    entries = (
        Entry(make.at(0), 5.0),
        Entry(make.at(1) + timedelta(minutes=5), 7.0, "before"),
        Entry(make.at(1), 3.0, "after"),
    )
    made = design(Diary(entries, (session,)))
    assert list(made.y) == [5.0, 7.0, 3.0]
    assert made.t[1] == 1.0
    assert made.t[2] == pytest.approx(1 + 1 / 24)
    assert list(made.static[:, made.at("lasting")]) == [0.0, 0.0, 1.0]


def test_time_begins_with_the_first_answer_even_when_that_was_moved(make):
    entries = (Entry(make.at(0) + timedelta(minutes=5), 7.0, "before"), Entry(make.at(1), 6.0))
    made = design(Diary(entries, (Session(make.at(0)),)))
    assert list(made.t) == [0.0, 1.0]


def test_a_new_medicine_counts_from_the_morning_where_one_lives(make):
    day = make.at(3).date()
    diary = replace(make.course(6, 4), medicine=(day,), zone="Pacific/Auckland")
    made = design(diary)
    morning = made.start + timedelta(days=float(made.medicine_t[0]))
    assert diary.day(morning) == day
    assert diary.day(morning - timedelta(minutes=1)) < day
