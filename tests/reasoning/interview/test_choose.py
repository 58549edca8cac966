"""Asking stops only when nothing unasked can matter, and hardly ever later than it must.

Small made-up rule sets are gone through completely: every person, every answer left unasked, and
the best interview there is.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from itertools import product

import pytest

from tests.reasoning.interview.tiny import TODAY, Best, made_up, outcome, values
from unknot.knowledge import Knowledge
from unknot.reasoning.case import Answer, Case
from unknot.reasoning.interview import asks, needed, next_step, without_closed
from unknot.reasoning.interview.outcome import outcome as own_outcome
from unknot.reasoning.screen import decide


def walk(told: Mapping[str, Answer], knowledge: Knowledge) -> tuple[Case, int]:
    """What somebody has answered when the interview stops, and how many questions that took."""
    case, count = Case({}, TODAY), 0
    while step := next_step(case, knowledge=knowledge):
        for question in step.screen.questions:
            case = case.with_answers(**{question.id: told[question.id]})
            count += 1
    return case, count


def endings(case: Case, knowledge: Knowledge) -> Iterator[Case]:
    """Every way in which somebody could answer everything that was not asked."""
    left = [
        question
        for question in knowledge.questions.values()
        if not question.staff and question.id not in case.answers
    ]
    for told in product(*(values(question) for question in left)):
        more = dict(zip((question.id for question in left), told, strict=True))
        yield without_closed(case.with_answers(**more), knowledge=knowledge)


def everybody(knowledge: Knowledge) -> Iterator[dict[str, Answer]]:
    asked = [question for question in knowledge.questions.values() if not question.staff]
    for told in product(*(values(question) for question in asked)):
        yield dict(zip((question.id for question in asked), told, strict=True))


@pytest.mark.parametrize("seed", range(60))
def test_no_answer_to_an_unasked_question_changes_the_result(seed: int) -> None:
    dice = random.Random(seed)
    knowledge = made_up(dice, questions=dice.randint(2, 5), rules=dice.randint(1, 6))
    stops = {}
    for told in everybody(knowledge):
        case, _ = walk(told, knowledge)
        stops[tuple(sorted(case.answers.items()))] = case
    for case in stops.values():
        stopped = outcome(decide(case, knowledge=knowledge))
        assert not decide(case, knowledge=knowledge).undecided
        for ending in endings(case, knowledge):
            assert outcome(decide(ending, knowledge=knowledge)) == stopped
        assert own_outcome(case, knowledge=knowledge)[:2] == stopped[:2]


@pytest.mark.parametrize("seed", range(20))
def test_a_check_that_stopped_too_early_would_be_noticed(seed: int) -> None:
    """One question fewer: for somebody, in nearly every rule set, the result then changes."""
    dice = random.Random(seed)
    knowledge = made_up(dice, questions=4, rules=4)
    told = next(everybody(knowledge))
    case, count = walk(told, knowledge)
    if not count:
        pytest.skip("nothing to ask")
    last = list(case.answers)[-1]
    early = case.with_answers(**{last: None})
    assert decide(early, knowledge=knowledge).undecided


def test_it_asks_hardly_more_than_the_best_interview_there_is() -> None:
    """Over 40 rule sets: within eight in a hundred of the optimum, and half of asking all.

    The optimum may put an emergency last where that is shorter; this interview never does.
    """
    asked = best = everything = 0
    for seed in range(40):
        dice = random.Random(1000 + seed)
        knowledge = made_up(dice, questions=dice.randint(3, 5), rules=dice.randint(2, 5))
        questions = sum(1 for question in knowledge.questions.values() if not question.staff)
        optimum = Best(knowledge)
        best += optimum.total((None,) * questions)
        everything += questions * optimum.people
        for told in everybody(knowledge):
            _, count = walk(told, knowledge)
            assert count <= questions
            asked += count
    assert best <= asked <= 1.08 * best
    assert asked < 0.55 * everything


def test_the_same_case_always_gets_the_same_question() -> None:
    knowledge = made_up(random.Random(7), questions=5, rules=6)
    first = [step.screen.id for step in needed(Case({}, TODAY), knowledge=knowledge)]
    again = [step.screen.id for step in needed(Case({}, TODAY), knowledge=knowledge)]
    assert first == again


def test_a_question_nobody_would_be_asked_is_not_asked() -> None:
    for seed in range(40):
        knowledge = made_up(random.Random(seed), questions=4, rules=4)
        for told in everybody(knowledge):
            case, _ = walk(told, knowledge)
            for name in case.answers:
                assert asks(knowledge.questions[name], case, knowledge=knowledge) is True
