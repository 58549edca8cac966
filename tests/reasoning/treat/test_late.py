"""A tap that waited on the phone: said as late, and no alarm but a stop."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from unknot.reasoning.treat.alerts import Line, standing
from unknot.reasoning.treat.dial import Alert, Cap, DialEvent, Word, judge
from unknot.reasoning.treat.late import LATE_AFTER_SECONDS, judge_after_end, judge_late, say_ago

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
CAP = Cap(5, 3)
LATE = 200.0


def word(name: str) -> DialEvent:
    return DialEvent(NOON, "neck", Word(name), None, 2)


def pain(value: int) -> DialEvent:
    return DialEvent(NOON, "neck", None, value, 2)


@pytest.mark.parametrize("waited", [0.0, LATE_AFTER_SECONDS])
@pytest.mark.parametrize("touch", [word("stop"), word("more"), pain(9), pain(2)])
def test_a_tap_that_hardly_waited_is_judged_as_ever(touch: DialEvent, waited: float) -> None:
    assert judge_late(touch, CAP, waited) == judge(touch, CAP)


@pytest.mark.parametrize(
    ("touch", "say"),
    [
        (word("less"), "Received only now, from 3 minutes ago: less."),
        (word("right"), "Received only now, from 3 minutes ago: just right."),
        (word("more"), "Received only now, from 3 minutes ago: more."),
        (pain(4), "Received only now, from 3 minutes ago: pain 4 of 10."),
        (pain(9), "Received only now, from 3 minutes ago: pain 9 of 10, above the limit of 5."),
    ],
)
def test_a_late_tap_is_said_as_late_and_asks_for_nothing(touch: DialEvent, say: str) -> None:
    found = judge_late(touch, CAP, LATE)
    assert (found.alert, found.pressure, found.say) == (None, None, say)
    assert "3 minutes ago" in found.tell


def test_a_late_stop_still_tells() -> None:
    found = judge_late(word("stop"), CAP, LATE)
    assert found.alert is Alert.STOP
    assert found.say == (
        "Stop, tapped 3 minutes ago and received only now. Lift your hands, then ask."
    )
    assert "say it aloud" in found.tell


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.4, "a moment"),
        (1, "1 second"),
        (45, "45 seconds"),
        (60, "1 minute"),
        (3599, "59 minutes"),
        (3600, "1 hour"),
        (9000, "2 hours"),
    ],
)
def test_a_span_is_said_in_its_largest_unit(seconds: float, words: str) -> None:
    assert say_ago(seconds) == words


def line(seq: int, touch: DialEvent, waited: float = 0.0) -> Line:
    return Line(seq, touch, CAP, waited_seconds=waited)


def test_late_pain_above_the_cap_raises_no_alarm() -> None:
    assert standing([line(1, pain(9), LATE)]) is None


@pytest.mark.parametrize("late", [word("right"), word("more"), pain(0), pain(9), word("less")])
def test_a_late_tap_answers_no_alarm_that_stands(late: DialEvent) -> None:
    now = standing([line(1, pain(8))])
    assert now is not None
    assert standing([line(1, pain(8)), line(2, late, LATE)]) == now


def test_a_late_stop_stands_until_it_is_seen() -> None:
    found = standing([line(1, pain(8)), line(2, word("stop"), LATE), line(3, word("right"))])
    assert found is not None
    assert (found.seq, found.alert) == (2, Alert.STOP)
    assert standing([line(2, word("stop"), LATE), Line(3, about=2, seen=True)]) is None


@pytest.mark.parametrize(
    ("touch", "say"),
    [
        (word("less"), "Received only after the end of the visit: less."),
        (pain(9), "Received only after the end of the visit: pain 9 of 10, above the limit of 5."),
        (
            word("stop"),
            "Stop, tapped in the visit and received only after its end. Ask how they are now.",
        ),
    ],
)
def test_a_tap_that_came_after_the_end_asks_for_no_hands_to_be_lifted(
    touch: DialEvent, say: str
) -> None:
    found = judge_after_end(touch, CAP)
    assert found.say == say
    assert found.pressure is None
    assert found.alert is (Alert.STOP if touch.word is Word.STOP else None)
    assert "check-in" in found.tell
