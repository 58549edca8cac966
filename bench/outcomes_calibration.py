"""Simulation-based calibration: how often intervals hold the truth of people from the prior.

    python -m bench.outcomes_calibration --people 2000

Every person is drawn from the model's prior, answers are rounded and cut to 0 to 10. If the
engine is right, 50 % of its 50 % intervals and 90 % of its 90 % intervals hold the truth, and the
rank of the truth in its posterior is uniform (Talts et al. 2018): KS x sqrt(n) below 1.63 in 99 of
100 such checks.
"""

from __future__ import annotations

import argparse
import math
import time
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from bench import outcomes_people as people
from unknot.reasoning.outcomes import Figure, Fit, fit, forecast
from unknot.reasoning.outcomes.engine import quantities
from unknot.reasoning.outcomes.forecast import mixtures

HOUR = 1 / 24


@dataclass(frozen=True)
class Check:
    """One quantity of one person: what was said, what is true, and the truth's rank."""

    figure: Figure
    truth: float
    rank: float


@dataclass(frozen=True)
class Score:
    """How one quantity did over all people; ``ks`` is times the square root of people."""

    name: str
    people: int
    cover50: float
    cover90: float
    bias: float
    rmse: float
    ks: float


def checks(found: Fit, one: people.Person) -> dict[str, Check]:
    """Every quantity checked, for one person."""
    fitted = found.posterior
    gathered = quantities.gather(fitted)
    mix = gathered.mixture()
    checked = {}
    for name, (figure, truth) in _linear(found, one).items():
        place = gathered.at(figure.name)
        checked[name] = Check(figure, truth, mix.below(truth, place))
    weights, theta = fitted.found.weights, fitted.found.theta
    for name, figure, values, truth in (
        (
            "half-life",
            found.half_life_days,
            math.log(2) * theta[:, 4],
            math.log(2) * one.truth.tau,
        ),
        ("sd of days", found.hyper.sd_days, theta[:, 0], one.truth.sd_days),
        ("phi", found.hyper.phi, theta[:, 1], one.truth.phi),
    ):
        checked[name] = Check(figure, truth, float(weights @ (values < truth)))
    for told in forecast(found, tuple(people.FUTURE)):
        level, answer, _ = mixtures(fitted, told.schedule)
        week, name = told.weeks[3], told.schedule
        for kind, figure, spread, truth in (
            ("level", week.level, level, one.levels[name]),
            ("answer", week.answer, answer, one.ahead[name]),
        ):
            inside = min(10.0, max(0.0, truth))
            checked[f"{kind} in week 4, {name}"] = Check(figure, inside, spread.below(truth, 3))
    return checked


def _linear(found: Fit, one: people.Person) -> dict[str, tuple[Figure, float]]:
    """Figure and truth of what is linear in the coefficients."""
    truth, first = one.truth, people.first_day(one.diary)
    jump = truth.delta
    immediate = jump * math.exp(-HOUR / truth.tau) + truth.lasting
    immediate += truth.alpha * math.exp(-HOUR / people.ALPHA_DAYS)
    left = math.exp(-(found.posterior.now + first) / truth.tau_recovery)
    anyway = truth.recovery * (left - math.exp(-first / truth.tau_recovery))
    own = found.relief[0]
    checked = {
        "immediate": (found.immediate, immediate),
        "carry-over": (found.carry_jump, jump),
        "relief, own gap": (own.figure, -jump * truth.tau / own.gap_days),
        "left after 7 days": (found.left_after_7d, jump * math.exp(-7 / truth.tau)),
        "lasting": (found.lasting_per_session, truth.lasting),
        "rating": (found.rating_effect, truth.rating),
        "anyway": (found.change.anyway, anyway),
        "change": (found.change.total, one.change),
    }
    for trigger in found.triggers:
        checked[trigger.name] = (trigger.effect, getattr(truth, trigger.name))
    return checked


def calibrate(count: int, seed: int = 1) -> list[Score]:
    """Scores of every quantity over ``count`` people."""
    found: dict[str, list[Check]] = defaultdict(list)
    for place in range(count):
        random = np.random.default_rng((seed, place))
        one = people.person(people.from_prior(random), people.random_course(random), random)
        for name, check in checks(fit(one.diary, seed=place % 8), one).items():
            found[name].append(check)
    return [score(name, values) for name, values in found.items()]


def score(name: str, values: list[Check]) -> Score:
    """Coverage, bias, error and the largest distance of the ranks from uniform."""
    inside50 = [one.figure.i50[0] <= one.truth <= one.figure.i50[1] for one in values]
    inside90 = [one.figure.i90[0] <= one.truth <= one.figure.i90[1] for one in values]
    off = np.array([one.figure.mean - one.truth for one in values])
    ranks = np.sort([one.rank for one in values])
    count = len(ranks)
    steps = np.arange(count)
    apart = np.maximum(ranks - steps / count, (steps + 1) / count - ranks).max()
    return Score(
        name,
        count,
        float(np.mean(inside50)),
        float(np.mean(inside90)),
        float(off.mean()),
        float(np.sqrt((off**2).mean())),
        float(apart * math.sqrt(count)),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    began = time.perf_counter()
    scores = calibrate(args.people, args.seed)
    print(f"{'quantity':32s} {'people':>6s} {'in 50 %':>8s} {'in 90 %':>8s} bias  rmse  KS√n")
    for one in scores:
        print(
            f"{one.name:32s} {one.people:6d} {one.cover50:8.3f} {one.cover90:8.3f}"
            f" {one.bias:+.2f}  {one.rmse:.2f}  {one.ks:.2f}"
        )
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
