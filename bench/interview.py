"""How much the self-check asks, against asking everything, and whether it ever stops too early.

    python -m bench.interview [--people 10000] [--seed 1]

Walks invented people through the self-check (see `bench.interview_people`) and then answers what
was never asked: everything at its worst, everything at its mildest, and several times at random;
for every hundredth person, also one unasked choice at a time. The result must never change.
"""

import argparse
import contextlib
import random
import statistics
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bench.interview_people import (
    FACTS,
    Choose,
    Walk,
    Walker,
    everything,
    finish,
    mixed,
    nothing,
    person,
    uniform,
)
from unknot.knowledge.questions import NONE, Question
from unknot.reasoning.case import Answer, Case
from unknot.reasoning.interview import next_step
from unknot.reasoning.interview.outcome import outcome
from unknot.reasoning.screen import decide

RANDOM_ENDINGS = 4
ONE_AT_A_TIME = 100
NEVER = ("sleep_stress", "do_again", "wishes")
"""Sections that no self-check has ever asked."""


@dataclass
class Count:
    """What was asked of many people."""

    screens: list[int] = field(default_factory=list)
    questions: list[int] = field(default_factory=list)
    seconds: list[int] = field(default_factory=list)

    def add(self, screens: int, questions: int, seconds: int) -> None:
        """One more person."""
        self.screens.append(screens)
        self.questions.append(questions)
        self.seconds.append(seconds)

    def line(self, name: str) -> str:
        """Median, 95th in a hundred, and most."""
        minutes = [seconds / 60 for seconds in self.seconds]
        parts = (self.screens, self.questions, minutes)
        return f"  {name:<26}" + "".join(f"{_spread(part):>22}" for part in parts)


def _spread(values: list[int] | list[float]) -> str:
    ranked = sorted(values)
    high = ranked[min(len(ranked) - 1, int(len(ranked) * 0.95))]
    return " ".join(f"{value:5.4g}" for value in (statistics.median(ranked), high, ranked[-1]))


def all_of(told: Case) -> tuple[int, int, int]:
    """Screens, questions and seconds when every question that can matter is asked one by one."""
    asked = [
        question
        for question in FACTS
        if (question.kind == "marks" or question.id in told.answers)
        and question.section not in NEVER
    ]
    screens = {question.screen or question.id for question in asked}
    return len(screens), len(asked), sum(question.seconds for question in asked)


def endings(walk: Walk, dice: random.Random, *, closely: bool) -> Iterator[Case]:
    """Ways in which the unasked questions could be answered."""
    yield finish(walk.case, everything, dice, passed=walk.passed)
    yield finish(walk.case, nothing, dice, passed=walk.passed)
    for _ in range(RANDOM_ENDINGS):
        yield finish(walk.case, uniform, dice, passed=walk.passed)
    for question in FACTS if closely else ():
        if question.id not in walk.case.answers and question.id not in walk.passed:
            for answer in each(question):
                case = walk.case.with_answers(**{question.id: answer})
                if question.id in finish(walk.case, nothing, dice, passed=walk.passed).answers:
                    yield finish(case, nothing, dice, passed=walk.passed)


def each(question: Question) -> Iterable[Answer]:
    """Every single choice of a question."""
    if question.kind == "yes_no":
        return (True, False)
    if question.kind == "choice":
        return question.choice_ids
    if question.kind == "several":
        return [(choice,) for choice in question.choice_ids if choice != NONE]
    return ()


def run(people: Iterable[Case], name: str, dice: random.Random) -> tuple[int, int]:
    """Prints what was asked of these people; gives endings tried, and those that changed it."""
    walker, now, before = Walker(), Count(), Count()
    tried = changed = undecided = 0
    with contextlib.suppress(KeyboardInterrupt):  # then the figures are of those done so far
        for number, told in enumerate(people):
            walk = walker.walk(told)
            now.add(walk.screens, walk.questions, walk.seconds)
            before.add(*all_of(told))
            undecided += decide(walk.case).undecided
            stopped = outcome(walk.case)
            for ending in endings(walk, dice, closely=number % ONE_AT_A_TIME == 0):
                tried += 1
                changed += outcome(ending) != stopped
    print(f"{name}: {len(now.screens):,} people, {undecided} undecided at the end")
    print(now.line("self-check"))
    print(before.line("asking everything"))
    print(f"  {tried:,} endings tried, {changed} changed the result")
    return tried, changed


def vignettes() -> list[Case]:
    """The whole people of tests/cases, as the tests read them."""
    from tests.support.cases import case_of, written

    return [
        finish(
            case_of(
                case["person"],
                case.get("given", {}),
                case.get("not_asked", ()),
                case.get("drawn", ()),
            ),
            nothing,
            random.Random(0),
        )
        for case in written("vignettes")
    ]


def slowest(people: Iterable[Case]) -> float:
    """The longest time one choice of the next screen took, in milliseconds."""
    worst = 0.0
    for told in people:
        walk, walker = Walk(Case({}, told.as_of)), Walker()
        while True:
            begin = time.perf_counter()
            step = next_step(walk.case, answered=walk.passed)
            worst = max(worst, time.perf_counter() - begin)
            if step is None:
                break
            for question in step.screen.questions:
                walker._answer(walk, question, told)
    return worst * 1000


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=("mixed", "uniform"), help="only these people")
    args = parser.parse_args()
    dice = random.Random(args.seed)
    print(f"{'':28}{'screens':>22}{'questions':>22}{'minutes':>22}")
    print(f"{'':28}" + f"{'median  p95  most':>22}" * 3)
    kinds: tuple[tuple[str, Choose], ...] = (("mixed", mixed), ("uniform", uniform))
    wrong = run(vignettes(), "vignettes", dice)[1]
    for name, choose in kinds:
        if args.kind not in (None, name):
            continue
        wrong += run((person(choose, dice) for _ in range(args.people)), name, dice)[1]
    some = [person(mixed, dice) for _ in range(20)]
    print(f"slowest choice of the next screen: {slowest(some):.1f} ms")
    if wrong:
        raise SystemExit(f"{wrong} endings changed a result")


if __name__ == "__main__":
    main()
