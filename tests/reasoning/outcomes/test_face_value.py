"""Relief must show with and without politeness in the ratings at a visit."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from bench import outcomes_people as people
from unknot.reasoning.outcomes import Answer, Diary, fit
from unknot.reasoning.outcomes.engine import face_value
from unknot.reasoning.outcomes.verdict import SURE_OF_ANY, judge


def diary(*, paired: bool = True, **truth: float) -> Diary:
    course = people.Course(7, 8, answered=0.6, paired=paired)
    random = np.random.default_rng(4)
    return people.person(people.Truth(**truth), course, random).diary


def test_relief_of_hours_looks_less_like_relief_of_days_at_face_value() -> None:
    relief = fit(diary(alpha=-2.0)).own_relief
    assert relief.p_at_face_value < relief.figure.p
    assert relief.p_any == relief.p_at_face_value


def test_polite_ratings_do_not_make_relief() -> None:
    relief = fit(diary(rating=-1.5)).own_relief
    assert relief.p_any <= relief.figure.p


def test_without_ratings_at_visits_both_readings_are_one() -> None:
    relief = fit(diary(paired=False, delta=-1.5)).own_relief
    assert relief.p_at_face_value == pytest.approx(relief.figure.p, abs=1e-9)


def test_it_is_what_many_draws_near_no_politeness_say() -> None:
    one = fit(diary(delta=-0.6)).posterior
    rows = np.zeros((len(one.found.weights), 1, len(one.made.names)))
    delta, rho = one.made.at("delta"), one.made.at("rating")
    rows[:, 0, delta] = -1.0
    random = np.random.default_rng(1)
    picks = random.choice(len(one.found.weights), 400_000, p=one.found.weights)
    keep = [delta, rho]
    mean = one.found.filtered.mean[picks][:, keep]
    root = np.linalg.cholesky(one.found.filtered.cov[:, keep][:, :, keep])[picks]
    drawn = mean + np.einsum("nij,nj->ni", root, random.normal(size=(len(picks), 2)))
    near = drawn[np.abs(drawn[:, 1]) < 0.05]
    assert face_value.above_zero(one.made, one.found, rows)[0] == pytest.approx(
        float((near[:, 0] < 0).mean()), abs=0.02
    )


def test_the_verdict_takes_the_weaker_of_the_two(helped: Callable[[float], Diary]) -> None:
    found = fit(helped(-1.2))
    assert found.own_relief.figure.p >= SURE_OF_ANY > found.own_relief.p_at_face_value
    assert judge(found) == Answer.TOO_EARLY
