"""The shipped knowledge: whoever stops, no answer given later changes what was decided."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.interview_people import (
    FACTS,
    KNOWN,
    TODAY,
    Walker,
    everything,
    finish,
    mixed,
    nothing,
    person,
    uniform,
)
from tests.support.cases import case_of
from unknot.reasoning.ask import next_questions
from unknot.reasoning.case import Case
from unknot.reasoning.interview import minutes_left, needed, next_step, settle
from unknot.reasoning.interview.outcome import outcome
from unknot.reasoning.marks import Mark
from unknot.reasoning.scale import Urgency
from unknot.reasoning.screen import decide

WALKER = Walker()
MARK = (Mark("low_back_right", "ache"),)


@given(st.integers(0, 10**9), st.sampled_from([mixed, uniform, nothing, everything]))
@settings(max_examples=40, deadline=None)
def test_no_answer_given_after_the_stop_changes_the_result(seed: int, kind: object) -> None:
    dice = random.Random(seed)
    walk = WALKER.walk(person(kind, dice))  # type: ignore[arg-type]
    assert not decide(walk.case).undecided
    for choose in (everything, nothing, uniform, uniform):
        ending = finish(walk.case, choose, dice, passed=walk.passed)
        assert outcome(ending) == outcome(walk.case)


def test_a_well_man_answers_in_five_minutes() -> None:
    told = case_of("man_with_low_back_pain", {})
    walk = WALKER.walk(Case(told.answers, TODAY, MARK))
    assert walk.screens <= 20
    assert walk.seconds <= 5 * 60
    assert decide(walk.case).headline == "Nothing you told us speaks against massage"


def test_every_fact_that_a_rule_reads_is_asked_of_somebody() -> None:
    """A checklist and its questions together reach every question of a rule or red flag."""
    reachable = {q.id for q in FACTS}
    for record in (*KNOWN.rules.values(), *KNOWN.red_flags.values()):
        whens = [record.when, *(worse.when for worse in record.worse_when)]
        read = {name for when in whens if when for name in when.questions}
        assert {n for n in read if not KNOWN.questions[n].staff} <= reachable


def test_emergencies_come_before_everything_else() -> None:
    """Once the opening is over, nothing without an emergency is asked while one could be found,
    but for the rest of what was begun.
    """
    told = case_of("man_with_low_back_pain", {"leg_pain": "none"})
    names = ("age_years", "sex", "main_area", "leg_pain")
    case = Case({name: told.answers[name] for name in names}, TODAY, MARK)
    order = [step.soonest is Urgency.EMERGENCY_NOW for step in needed(case)]
    assert order == sorted(order, reverse=True)


def test_an_emergency_ends_the_interview_at_once() -> None:
    case = Case({"age_years": 38, "sex": "female", "main_area": "low_back"}, TODAY, MARK)
    below = KNOWN.questions["check_below"]
    told = case.with_answers(**settle(below, ("saddle",), case, KNOWN))
    assert next_step(told) is None
    assert minutes_left(told) == 0
    assert decide(told).is_emergency


def test_a_cold_today_leaves_only_what_could_be_urgent() -> None:
    case = Case({"age_years": 51, "sex": "male", "main_area": "low_back"}, TODAY, MARK)
    cold = case.with_answers(today=("contagious",))
    before = {rule for step in needed(case) for rule in step.rules}
    after = {rule for step in needed(cold) for rule in step.rules}
    assert "SR-009" in before  # thin bones limit pressure: nothing where nobody is treated
    assert "SR-009" not in after
    assert "RF-LUM-01" in after


@pytest.mark.parametrize("names", ["xyzzolin", "prednisolon, metformin"])
def test_the_names_of_medicines_are_asked_to_the_end(names: str) -> None:
    """What was written may say more than what was ticked; one step is asked after the other."""
    told = case_of("man_with_low_back_pain", {"medicines": ["other"]})
    case = Case(told.answers, TODAY, MARK)
    assert [q.id for q in next_questions(case)] == ["medicine_names"]
    assert next_questions(case, answered=frozenset({"medicine_names"})) == ()
    written = case.with_answers(medicine_names=names)
    asked = [q.id for q in next_questions(written)]
    assert asked in (["medicine_kinds"], ["medicine_spelling_right"])


def test_uniform_people_differ_and_repeat_with_their_seed() -> None:
    found = Counter(person(uniform, random.Random(seed)).answer("sex") for seed in range(30))
    assert set(found) == {"female", "male", "other"}
    assert person(mixed, random.Random(5)) == person(mixed, random.Random(5))


def test_a_new_sign_can_undo_a_clearance_so_it_is_still_asked() -> None:
    told = case_of(
        "woman_with_neck_pain",
        {"numb_areas": ["hands_both"], "numb_since": "years", "hand_wasting": False},
    )
    cleared = told.with_answers(cleared_by_clinician=("RF-NECK-03",), cleared_on=TODAY)
    assert decide(cleared).missing == ("cord_fast",)
    assert decide(cleared.with_answers(cord_fast=True)).is_emergency
    assert not decide(cleared.with_answers(cord_fast=False)).undecided
