"""Stage 2 against stage 1: what pooling ten thousand people costs, and what it finds.

    python -m bench.outcomes_pool --people 10000 --fitted 200

Stage 1 is timed on people drawn from known averages and fitted one by one; stage 2 on their
summaries, each taken many times with its mean drawn anew, which is good for the clock alone: it
makes people look more different than they are. What pooling finds is read from those really
fitted. Target: stage 2 at most 0.3 of stage 1.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace

import numpy as np

from bench.outcomes_people import Person, from_prior, person, random_course
from unknot.reasoning.outcomes import Summary as FitSummary
from unknot.reasoning.outcomes import fit
from unknot.reasoning.outcomes.pool import block, borrow, effects, of_fits, pool

AVERAGE = {"alpha": -1.2, "delta": -0.6}
BETWEEN = {"alpha": 0.6, "delta": 0.4}


def main(people: int, fitted: int) -> None:
    """Prints the table."""
    dice = np.random.default_rng(20261122)
    fit(_person(dice).diary)  # compiles what is compiled
    made = [_person(dice) for _ in range(fitted)]
    began = time.process_time()
    fits = [fit(one.diary).summary for one in made]
    one = (time.process_time() - began) / fitted
    many = [_again(fits[at % fitted], dice) for at in range(people)]
    began = time.process_time()
    told, prior = of_fits(many)
    rows = block(told, prior)
    read = time.process_time() - began
    began = time.process_time()
    population = pool([rows], prior)
    learnt = time.process_time() - began
    began = time.process_time()
    borrow(rows, population)
    back = time.process_time() - began
    second = read + learnt + back
    print(f"stage 1: {1000 * one:.1f} ms a person, {people * one:.0f} s for {people:,}")
    print(f"stage 2: {second:.1f} s for {people:,} people and {len(prior.names)} effects")
    print(f"  reading {read:.1f}, learning {learnt:.1f}, giving back {back:.1f} s")
    print(f"stage 2 / stage 1: {second / (people * one):.3f}  (target 0.3)")
    print(f"effective draws {population.ess:.0f} of {len(population.trials)}")
    _borrowing(made, fits)


def _person(dice: np.random.Generator) -> Person:
    drawn = {name: float(dice.normal(AVERAGE[name], BETWEEN[name])) for name in AVERAGE}
    return person(replace(from_prior(dice), **drawn), random_course(dice), dice)


def _again(one: FitSummary, dice: np.random.Generator) -> FitSummary:
    """The same person's summary with another draw of the mean from its own posterior."""
    root = np.linalg.cholesky(np.array(one.cov) + 1e-12 * np.eye(len(one.mean)))
    moved = np.array(one.mean) + 0.5 * root @ dice.standard_normal(len(one.mean))
    return replace(one, mean=tuple(map(float, moved)))


def _borrowing(made: list[Person], fits: list[FitSummary]) -> None:
    """The error of people's effects alone and with the others' help, on those really fitted."""
    told, prior = of_fits(fits)
    rows = block(told, prior)
    population = pool([rows], prior)
    print(f"really fitted: {len(made)} people, effective draws {population.ess:.0f}"
          f" of {len(population.trials)}")  # fmt: skip
    for found in effects(population):
        if found.name in AVERAGE:
            average, between = found.average, found.between
            print(
                f"{found.name}: average {average.mean:.2f} +- {average.sd:.2f} (truth"
                f" {AVERAGE[found.name]}), between people {between.mean:.2f} +- {between.sd:.2f}"
                f" (truth {BETWEEN[found.name]})"
            )
    mean, _ = borrow(rows, population)
    for name in AVERAGE:
        at = prior.names.index(name)
        truth = np.array([getattr(one.truth, name) for one in made])
        alone = np.array([one.mean[one.names.index(name)] for one in fits])
        before = np.sqrt(np.mean((alone - truth) ** 2))
        after = np.sqrt(np.mean((mean[:, at] - truth) ** 2))
        print(f"{name}: error alone {before:.2f}, with the others {after:.2f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--fitted", type=int, default=200)
    main(**vars(parser.parse_args()))
