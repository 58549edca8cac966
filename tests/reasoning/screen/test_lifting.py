"""A clinician's word counts for as long as the table says, to the day; for some records never."""

from __future__ import annotations

import pytest

from tests.support.cases import TODAY, case_of, records
from tests.support.lifting import check_lifting, days
from unknot.knowledge import load
from unknot.reasoning.screen import decide


@pytest.mark.parametrize("rule", records())
def test_a_word_counts_to_the_day_and_nobody_sets_aside_what_they_may_not(rule: str) -> None:
    check_lifting(rule, load())


def test_the_table_names_only_rules() -> None:
    assert set(days()) == set(records())


def test_a_clot_is_not_lifted_by_a_word_of_today() -> None:
    clot = {"heart_and_blood": ["clot_now"], "clot_treated": True}
    word = {"cleared_by_clinician": ["SR-001"], "cleared_on": TODAY}
    assert decide(case_of("man_with_low_back_pain", {**clot, **word})).blocks_booking
