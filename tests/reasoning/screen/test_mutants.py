"""A mistake in any rule or red flag is noticed: by its cases, by what lifts it, or by a person.

`python -m bench.mutate_rules` prints the same with figures.
"""

from __future__ import annotations

import pytest

from tests.support.cases import records
from tests.support.mutants import SINGLE, mutants, noticed, same_either_way
from unknot.knowledge.safety import SafetyRecord

RECORDS = list(records().values())


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
def test_a_mistake_anywhere_in_a_record_is_noticed(record: SafetyRecord) -> None:
    unnoticed = [
        mutant.name
        for mutant in mutants(record)
        if not same_either_way(mutant) and not noticed(mutant)
    ]
    assert unnoticed == []


def test_what_is_said_to_change_nothing_is_a_mistake_that_can_be_made() -> None:
    names = {mutant.name for record in RECORDS for mutant in mutants(record)}
    assert set(SINGLE) <= names


def test_what_is_said_to_change_nothing_is_noticed_by_nothing() -> None:
    for record in RECORDS[::6]:
        for mutant in filter(same_either_way, mutants(record)):
            assert not noticed(mutant), mutant.name
