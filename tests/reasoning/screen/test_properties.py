"""What holds for every case: more signs are never milder, fewer answers never laxer."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.cases import PEOPLE, TODAY
from unknot.knowledge import load
from unknot.knowledge.questions import NONE, Question
from unknot.reasoning.case import Answer, Case, read_case, write_case
from unknot.reasoning.interview import without_closed
from unknot.reasoning.scale import severity
from unknot.reasoning.screen import Screening, decide

QUESTIONS = load().questions
ASKED = [q for q in QUESTIONS.values() if not q.staff and q.kind not in ("marks", "text", "date")]
SIGNS = (
    "numb_areas", "weakness", "cord_signs", "head_neck_signs", "headache_kind", "chest_signs",
    "belly_signs", "organ_pain", "leg_signs", "limb_signs", "body_signs", "today", "skin",
    "heart_and_blood", "illnesses", "pregnancy_signs", "pregnancy_risks", "infection_risks",
)  # fmt: skip
QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def answers_to(question: Question) -> st.SearchStrategy[Answer]:
    """Any answer the question accepts."""
    if question.kind == "yes_no":
        return st.booleans()
    if question.kind == "choice":
        return st.sampled_from(question.choice_ids)
    if question.kind == "several":
        others = [name for name in question.choice_ids if name != NONE]
        some = st.lists(st.sampled_from(others), min_size=1, max_size=3, unique=True).map(tuple)
        return st.just((NONE,)) | some if NONE in question.choice_ids else some
    assert question.low is not None
    assert question.high is not None
    return st.integers(question.low, question.high)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A person of the cases, with some answers changed and some taken away."""
    start = PEOPLE[draw(st.sampled_from(sorted(PEOPLE)))]
    answers: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in start.items()
    }
    for question in draw(st.lists(st.sampled_from(ASKED), max_size=6, unique=True)):
        answers[question.id] = draw(answers_to(question))
    for key in draw(st.lists(st.sampled_from(sorted(answers) or ["age_years"]), max_size=2)):
        answers.pop(key, None)
    return without_closed(Case(answers, TODAY))


@QUICK
@given(case=cases(), data=st.data())
def test_one_more_sign_is_never_milder(case: Case, data: st.DataObject) -> None:
    question = QUESTIONS[data.draw(st.sampled_from(SIGNS))]
    said = case.answer(question.id)
    kept = said if isinstance(said, tuple) and said != (NONE,) else ()
    sign = data.draw(st.sampled_from([name for name in question.choice_ids if name != NONE]))
    before = decide(case)
    after = decide(case.with_answers(**{question.id: (*kept, sign)}))
    assert severity(after.so_far) >= severity(before.so_far)
    assert severity(after.urgency) >= severity(before.urgency)
    assert after.pressure_ceiling <= before.pressure_ceiling
    assert set(after.excluded_groups) >= set(before.excluded_groups)
    assert set(after.banned_techniques) >= set(before.banned_techniques)


@QUICK
@given(case=cases(), data=st.data())
def test_taking_an_answer_away_is_never_laxer(case: Case, data: st.DataObject) -> None:
    if not case.answers:
        return
    key = data.draw(st.sampled_from(sorted(case.answers)))
    before, after = decide(case), decide(case.with_answers(**{key: None}))
    assert after.blocks_booking or not before.blocks_booking
    assert severity(after.could_be) >= severity(before.could_be)
    if not after.blocks_booking:
        assert _limits(after) == _limits(before)


def _limits(found: Screening) -> tuple[Any, ...]:
    return (
        found.pressure_ceiling,
        found.pain_cap,
        found.most_minutes,
        found.excluded_groups,
        found.gentle_groups,
        found.banned_techniques,
        found.positions,
    )


@QUICK
@given(case=cases(), seed=st.integers(0, 10_000))
def test_the_order_of_the_answers_does_not_matter(case: Case, seed: int) -> None:
    keys = list(case.answers)
    random.Random(seed).shuffle(keys)
    shuffled = Case({key: case.answers[key] for key in keys}, case.as_of)
    assert decide(shuffled) == decide(case)


@QUICK
@given(case=cases())
def test_a_screening_that_is_not_blocked_is_decided_and_below_clearance(case: Case) -> None:
    found = decide(case)
    assert found.undecided == bool(found.missing)
    assert found.blocks_booking or found.disposition == found.could_be
    assert set(found.missing) <= set(QUESTIONS)
    assert not set(found.missing) & set(case.answers)


@QUICK
@given(case=cases())
def test_a_screening_is_kept_and_read_back_equal(case: Case) -> None:
    found = decide(case)
    assert Screening.from_dict(found.to_dict()) == found


@QUICK
@given(case=cases())
def test_a_case_is_written_and_read_back_equal(case: Case) -> None:
    assert read_case(write_case(case)) == case
