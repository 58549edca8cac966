"""A mistake planted in any clause of any rule is noticed by one of its cases.

One clause at a time is taken out, one choice dropped from a list, one number moved by one; then at
least one case of the rule must say something else. What is left over is listed with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from tests.support.cases import case_of, written
from unknot.knowledge import Knowledge, load
from unknot.knowledge.safety import SafetyRecord
from unknot.knowledge.when import Group, Test, When
from unknot.reasoning.case import Case
from unknot.reasoning.screen import decide

NUMBERS = ("at_least", "at_most", "above", "below")
RECORDS = [
    record
    for topic in (load().red_flags, load().rules)
    for record in topic.values()
    if record.when
]
CASES: dict[str, list[Case]] = {}
for _case in written("red_flags", "rules"):
    CASES.setdefault(_case["rule"], []).append(
        case_of(
            _case["person"],
            _case.get("given", {}),
            _case.get("not_asked", ()),
            _case.get("drawn", ()),
        )
    )

SAME_EITHER_WAY = {
    # The rule itself only fires from 140 or 90, or for a pressure that is known already.
    ("SR-014", "worse 1: bp_systolic at_least 139"),
    ("SR-014", "worse 1: bp_diastolic at_least 89"),
}


def mistakes(part: Test | Group) -> Iterator[tuple[str, Test | Group | None]]:
    """Every condition that differs in one place; None where nothing would be left."""
    if isinstance(part, Test):
        yield from _mistakes_in(part)
        return
    for number, inner in enumerate(part.parts):
        for what, changed in mistakes(inner):
            others = (*part.parts[:number], *part.parts[number + 1 :])
            if changed is not None:
                parts = (*part.parts[:number], changed, *part.parts[number + 1 :])
                yield what, Group(part.least, parts, part.negated)
            elif others:
                least = len(others) if 1 < part.least == len(part.parts) else part.least
                yield what, Group(least, others, part.negated)
            else:
                yield what, None


def _mistakes_in(test: Test) -> Iterator[tuple[str, Test | None]]:
    name = test.question
    for value in test.values if len(test.values) > 1 else ():
        kept = tuple(other for other in test.values if other != value)
        yield f"{name} without {value}", Test(name, test.operator, kept)
    for step in (-1, 1) if test.operator in NUMBERS else ():
        moved = float(test.values[0]) + step
        yield f"{name} {test.operator} {moved:g}", Test(name, test.operator, (moved,))
    yield f"no {name}", None


def planted(record: SafetyRecord) -> Iterator[tuple[str, SafetyRecord]]:
    """The record with one mistake, and what the mistake is."""
    assert record.when
    for what, root in mistakes(record.when.root):
        if root is not None:
            yield what, replace(record, when=When(root))
    for number, worse in enumerate(record.worse_when):
        rest = (*record.worse_when[:number], *record.worse_when[number + 1 :])
        yield f"no worse {number + 1}", replace(record, worse_when=rest)
        for what, root in mistakes(worse.when.root):
            if root is not None:
                changed = (*rest[:number], replace(worse, when=When(root)), *rest[number:])
                yield f"worse {number + 1}: {what}", replace(record, worse_when=changed)


def _with(record: SafetyRecord) -> Knowledge:
    topic = "red_flags" if record.id in load().red_flags else "rules"
    records = {**getattr(load(), topic), record.id: record}
    return replace(load(), **{topic: MappingProxyType(records)})


def _results(record: SafetyRecord, knowledge: Knowledge) -> list[Any]:
    found = [decide(case, knowledge=knowledge).finding(record.id) for case in CASES[record.id]]
    return [f and (f.state, f.disposition, f.urgency, f.waits_for) for f in found]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
def test_a_mistake_in_any_clause_is_noticed_by_a_case(record: SafetyRecord) -> None:
    right = _results(record, load())
    unnoticed = {
        (record.id, what)
        for what, wrong in planted(record)
        if _results(wrong, _with(wrong)) == right
    }
    assert unnoticed <= SAME_EITHER_WAY
