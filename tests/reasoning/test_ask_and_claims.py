"""What to ask now, and what people say about massage, for programs that use the reasoning."""

from __future__ import annotations

from datetime import date

import unknot
from unknot.knowledge import load

BEGUN = unknot.Case({"main_area": "low_back"}, date(2026, 11, 22))


def test_what_is_answered_or_passed_over_is_not_asked_again() -> None:
    case, answered, seen = BEGUN, frozenset[str](), set[str]()
    for _ in range(5):
        asked = unknot.next_questions(case, answered=answered)
        assert asked
        assert seen.isdisjoint(question.id for question in asked)
        seen |= {question.id for question in asked}
        answered |= {question.id for question in asked}
    assert "main_area" not in seen


def test_at_the_end_nothing_is_asked() -> None:
    everything = frozenset(load().questions)
    assert unknot.next_questions(BEGUN, answered=everything) == ()


def test_claims_are_found_by_their_words_verdict_and_kind() -> None:
    every = unknot.claims()
    assert len(every) == len(load().claims)
    found = unknot.claims("KNOTS")
    assert found
    assert all("knots" in f"{one.claim} {one.tell}".casefold() for one in found)
    assert {one.verdict for one in unknot.claims(verdict="supported")} == {"supported"}
    assert {one.kind for one in unknot.claims(kind="cost")} == {"cost"}
    assert unknot.claims("no such words at all") == ()
