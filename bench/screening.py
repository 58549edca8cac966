"""How many cases one core screens in a second, beside two public rule engines on the same rules.

    uv run --group bench python -m bench.screening [--cases 400]

Every rule and red flag is translated, by program, for rule-engine and for business-rules (Venmo).
Neither knows "unknown", so each condition is given to them twice, as "certainly true" and as "may
be true": an unanswered question makes a comparison false in the first and true in the second (the
other way round under "none of"). A record is only looked at a second time when it may fire. They
get the answers already settled, and only have to find the worst disposition and urgency. Unknot is
measured twice: the whole screening, which reads the answers and writes out every finding, and the
conditions alone, which is what the others do. "whole" and "alike" are the ratios to the two. All
must agree on every case.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bench.screening_engines import (
    Answer,
    BusinessRules,
    RuleEngine,
    Translated,
    judge,
    settled,
    translated,
)
from unknot.knowledge import load
from unknot.knowledge.questions import NONE, Question
from unknot.reasoning.case import Case
from unknot.reasoning.plan import PlanBreaksScreening, PlanImpossible, propose
from unknot.reasoning.scale import Disposition, Urgency, severity
from unknot.reasoning.screen import decide
from unknot.reasoning.screen.facts import gather, treated_groups
from unknot.reasoning.screen.program import Entry, program
from unknot.reasoning.truth import Facts

TODAY = date(2026, 11, 22)


# --- People ------------------------------------------------------------------------------------


def people(count: int, seed: int = 1) -> tuple[Case, ...]:
    """People as they come: most answers are "no"; up to eight are not; one in five left gaps."""
    chance = random.Random(seed)
    return tuple(_somebody(chance) for _ in range(count))


def _somebody(chance: random.Random) -> Case:
    asked = [
        q for q in load().questions.values() if not q.staff and q.kind not in ("marks", "text")
    ]
    answers: dict[str, Any] = {q.id: _no(q, chance) for q in asked}
    for question in chance.sample(asked, chance.choice([0, 1, 2, 4, 8])):
        answers[question.id] = _something(question, chance)
    if chance.random() < 0.2:
        for name in chance.sample(sorted(answers), 5):
            del answers[name]
    return Case(answers, TODAY)


def _no(question: Question, chance: random.Random) -> Any:
    usual = {"age_years": chance.randint(18, 85), "bp_systolic": 124, "bp_diastolic": 79}
    if question.id in usual:
        return usual[question.id]
    if question.kind == "yes_no":
        return question.id == "decides_for_self"
    if question.kind == "choice":
        return NONE if NONE in question.choice_ids else chance.choice(question.choice_ids)
    if question.kind == "several":
        return (NONE,) if NONE in question.choice_ids else question.choice_ids[:1]
    return question.low


def _something(question: Question, chance: random.Random) -> Any:
    if question.kind == "yes_no":
        return chance.random() < 0.5
    if question.kind == "choice":
        return chance.choice(question.choice_ids)
    if question.kind == "several":
        others = [name for name in question.choice_ids if name != NONE]
        return tuple(chance.sample(others, min(len(others), chance.randint(1, 2))))
    assert question.low is not None
    assert question.high is not None
    return chance.randint(question.low, question.high)


# --- Measuring ---------------------------------------------------------------------------------


def seconds(work: Callable[[], object]) -> float:
    """Processor time of this process for the work, the best of three."""
    best = float("inf")
    for _ in range(3):
        begin = time.process_time()
        work()
        best = min(best, time.process_time() - begin)
    return best


def ours(case: Case) -> Answer:
    """The same three answers from the whole screening."""
    found = decide(case)
    return found.so_far, found.urgency, found.could_be


def alike(case: Case, facts: Facts) -> Answer:
    """The same three answers from settled facts alone, as the other engines give them."""
    fired: list[tuple[Urgency, Disposition]] = []
    possible: list[Disposition] = []
    for entry in records_for(case):
        value = entry.when.holds(facts)
        if value is False:
            continue
        possible.append(entry.own[1])
        if value:
            fired.append(entry.own)
        for when, step in entry.worse:
            also = when.holds(facts)
            if also is not False:
                possible.append(step[1])
                if value and also:
                    fired.append(step)
    worst = max((step[1] for step in fired), key=severity, default=Disposition.PROCEED)
    soonest = max((step[0] for step in fired), key=severity, default=Urgency.NONE)
    return worst, soonest, max([worst, *possible], key=severity)


def records_for(case: Case) -> tuple[Entry, ...]:
    """The records of this case: a red flag where nobody treats means something else."""
    ready, treated = program(load()), treated_groups(case, load())
    flags = (
        flag.elsewhere
        if treated is not None and flag.groups and flag.groups.isdisjoint(treated)
        else flag.here
        for flag in ready.flags
    )
    return (*flags, *ready.rules)


Judged = tuple[list[Translated], Mapping[str, object]]


def ready_for(
    engine: RuleEngine | BusinessRules, cases: tuple[Case, ...], facts: list[Mapping[str, object]]
) -> list[Judged]:
    """For each case the engine's records, translated once, and the facts as it reads them."""
    known: dict[int, Translated] = {}
    for case in cases:
        for entry in records_for(case):
            if id(entry) not in known:
                known[id(entry)] = translated(entry, engine)
    return [
        ([known[id(entry)] for entry in records_for(case)], engine.facts(answers))
        for case, answers in zip(cases, facts, strict=True)
    ]


def beside(
    engine: RuleEngine | BusinessRules, cases: tuple[Case, ...], facts: list[Mapping[str, object]]
) -> tuple[float, int]:
    """The engine's seconds for all cases, and how many of its answers are not ours."""
    ready = ready_for(engine, cases, facts)
    took = seconds(lambda: [judge(*one) for one in ready])
    answers = [judge(*one) for one in ready]
    return took, sum(ours(c) != answer for c, answer in zip(cases, answers, strict=True))


def plans(cases: tuple[Case, ...]) -> tuple[int, float]:
    """How many plans could be made, and the seconds they took, screening not counted."""
    screened = [(case, decide(case)) for case in cases]

    def work() -> int:
        made = 0
        for case, found in screened:
            try:
                propose(case, found, today=TODAY, price_cents_per_visit=9000)
            except (PlanBreaksScreening, PlanImpossible):
                continue
            made += 1
        return made

    return work(), seconds(work)


def _line(name: str, cases: int, took: float, differ: int, mine: float, like: float) -> None:
    print(
        f"{name:<24}{cases / took:>16,.0f}{took / cases * 1e3:>12.3f}{differ:>8}"
        f"{took / mine:>8.1f}{took / like:>8.1f}"
    )


def main() -> int:
    """Prints the table; exit code 1 when an engine disagrees."""
    parser = argparse.ArgumentParser(description="cases screened a second, beside two engines")
    parser.add_argument("--cases", type=int, default=400)
    cases = people(parser.parse_args().cases)
    decide(cases[0])
    ready = [gather(case, program(load())).facts for case in cases]
    mine = seconds(lambda: [decide(case) for case in cases])
    like = seconds(lambda: [alike(*one) for one in zip(cases, ready, strict=True)])
    print(f"{len(cases)} cases, {len(records_for(cases[0]))} rules and red flags, one core\n")
    print(f"{'engine':<24}{'cases a second':>16}{'ms a case':>12}{'differ':>8}  whole   alike")
    _line("unknot, whole screening", len(cases), mine, 0, mine, like)
    wrong = sum(ours(c) != alike(c, f) for c, f in zip(cases, ready, strict=True))
    _line("unknot, conditions only", len(cases), like, wrong, mine, like)
    facts = settled(cases)
    for engine in (RuleEngine(), BusinessRules()):
        took, differ = beside(engine, cases, facts)
        wrong += differ
        _line(engine.name, len(cases), took, differ, mine, like)
    made, took = plans(cases)
    print(f"\n{made} plans, {took / max(made, 1) * 1e3:.2f} ms each")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
