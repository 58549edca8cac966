"""Warning signs are asked where they can matter, and never assumed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from unknot.knowledge import load
from unknot.reasoning.follow_up import ask, waiting
from unknot.reasoning.scale import Urgency

EVENTS = load().adverse_events
NOW = datetime(2026, 11, 20, 20, tzinfo=UTC)
NECK = {"severe_headache", "brain_or_nerve_signs"}


def ids(events: object) -> set[str]:
    return {event.id for event in events}  # type: ignore[attr-defined]


@pytest.mark.parametrize(("pregnant", "asked"), [(True, True), (None, True), (False, False)])
def test_signs_of_pregnancy_are_asked_unless_it_is_known_that_there_is_none(
    pregnant: bool | None, asked: bool
) -> None:
    answers = {} if pregnant is None else {"pregnant": pregnant}
    assert ("pregnancy_sign" in ids(ask.after_visit(EVENTS, answers))) is asked


def test_after_a_visit_every_other_sign_is_asked() -> None:
    asked = ids(ask.after_visit(EVENTS, {"pregnant": False}))
    assert asked == {e.id for e in EVENTS.values() if e.ask} - {"pregnancy_sign"}


def test_between_visits_what_can_wait_is_not_asked() -> None:
    asked = ask.when_worse(EVENTS, {"pregnant": False}, {"low_back"})
    assert {event.urgency for event in asked} == {Urgency.EMERGENCY_NOW, Urgency.SAME_DAY}
    assert "bladder_or_saddle" in ids(asked)


def test_signs_of_the_neck_are_asked_where_the_neck_is_meant() -> None:
    assert ids(ask.when_worse(EVENTS, {}, {"neck"})) >= NECK
    assert not ids(ask.when_worse(EVENTS, {}, {"knee"})) & NECK


@pytest.mark.parametrize(("days", "watched"), [(0, True), (14, True), (15, False)])
def test_the_signs_of_a_torn_neck_artery_are_watched_for_two_weeks(
    days: int, watched: bool
) -> None:
    found = ids(ask.on_watch(EVENTS, {"neck": NOW - timedelta(days=days)}, NOW))
    assert found == (NECK if watched else set())


def test_work_on_another_part_starts_no_watch() -> None:
    assert ask.on_watch(EVENTS, {"low_back": NOW}, NOW) == ()


@pytest.mark.parametrize(
    ("pain", "usual", "more"), [(6, 4.0, True), (5, 4.0, False), (9, None, False)]
)
def test_two_points_are_clearly_more(pain: int, usual: float | None, more: bool) -> None:
    assert ask.is_clearly_more(pain, usual) is more


def test_the_more_urgent_waits_the_shorter() -> None:
    by = [waiting.look_by(NOW, urgency) for urgency in Urgency]
    assert by == sorted(by)
    assert waiting.words(Urgency.EMERGENCY_NOW) == "30 minutes"
    assert waiting.words(Urgency.SAME_DAY) == "4 hours"
    assert waiting.words(Urgency.GP_SOON) == "1 day"
    assert waiting.words(Urgency.NONE) == "3 days"


def test_nobody_is_asked_about_a_pregnancy_that_cannot_be() -> None:
    assert "pregnancy_sign" not in ids(ask.after_visit(EVENTS, {"sex": "male"}))
