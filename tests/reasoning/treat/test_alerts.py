"""Which alert of the dial stands on the therapist's screen."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unknot.reasoning.treat.alerts import Line, Standing, standing
from unknot.reasoning.treat.dial import Alert, Cap, DialEvent, Word

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
CAP = Cap(5, 3)


def word(seq: int, name: str) -> Line:
    return Line(seq, DialEvent(NOON, "neck", Word(name), None, 2), CAP)


def pain(seq: int, value: int) -> Line:
    return Line(seq, DialEvent(NOON, "neck", None, value, 2), CAP)


def seen(seq: int, about: int) -> Line:
    return Line(seq, about=about, seen=True)


def back(seq: int, about: int) -> Line:
    return Line(seq, about=about)


def test_nothing_stands_before_the_first_touch() -> None:
    assert standing(()) is None


@pytest.mark.parametrize("after", ["less", "right", "more"])
def test_a_stop_stands_whatever_the_client_says_next(after: str) -> None:
    found = standing([word(1, "stop"), word(2, after), pain(3, 9)])
    assert found == Standing(1, Alert.STOP, "Stop. Lift your hands, then ask.")


def test_a_stop_goes_when_it_is_seen() -> None:
    assert standing([word(1, "stop"), seen(2, 1)]) is None


def test_a_second_stop_stands_though_the_first_was_seen() -> None:
    found = standing([word(1, "stop"), word(2, "stop"), seen(3, 1)])
    assert found is not None
    assert found.seq == 2


def test_a_stop_taken_back_stands_and_says_so() -> None:
    found = standing([word(1, "stop"), back(2, 1)])
    assert found is not None
    assert found.taken_back
    assert found.say == "Stop, then taken back. Ask before you go on."
    assert standing([word(1, "stop"), back(2, 1), seen(3, 1)]) is None


@pytest.mark.parametrize("answer", [word(2, "right"), word(2, "more"), pain(2, 5), back(2, 1)])
def test_pain_above_the_cap_goes_when_the_client_says_it_is_over(answer: Line) -> None:
    assert standing([pain(1, 8), answer]) is None


def test_pain_above_the_cap_goes_when_it_is_seen() -> None:
    assert standing([pain(1, 8), seen(2, 1)]) is None


def test_less_leaves_pain_above_the_cap_standing() -> None:
    found = standing([pain(1, 8), word(2, "less")])
    assert found is not None
    assert (found.seq, found.alert) == (1, Alert.ABOVE_CAP)


def test_the_newest_pain_above_the_cap_is_the_one_that_stands() -> None:
    found = standing([pain(1, 8), pain(2, 9), back(3, 1)])
    assert found is not None
    assert found.seq == 2


def test_taking_back_another_tap_leaves_pain_above_the_cap_standing() -> None:
    found = standing([pain(1, 8), word(2, "less"), back(3, 2)])
    assert found is not None
    assert (found.seq, found.alert) == (1, Alert.ABOVE_CAP)


@pytest.mark.parametrize("slip", [word(2, "right"), word(2, "more"), pain(2, 3)])
def test_an_answer_that_was_a_slip_brings_pain_above_the_cap_back(slip: Line) -> None:
    assert standing([pain(1, 8), slip]) is None
    assert standing([pain(1, 8), slip, back(3, 2)]) == standing([pain(1, 8)])


def test_taking_back_a_later_tap_does_not_say_that_the_stop_was_taken_back() -> None:
    assert standing([word(1, "stop"), word(2, "right"), back(3, 2)]) == standing([word(1, "stop")])


def test_one_of_two_stops_taken_back_is_still_a_stop() -> None:
    found = standing([word(1, "stop"), word(2, "stop"), back(3, 2)])
    assert found is not None
    assert (found.seq, found.taken_back) == (2, False)
    found = standing([word(1, "stop"), back(2, 1), word(3, "stop"), back(4, 3)])
    assert found is not None
    assert (found.seq, found.taken_back) == (3, True)


def test_the_pain_before_stands_again_when_the_newest_was_a_slip() -> None:
    assert standing([pain(1, 8), pain(2, 9), back(3, 2)]) == standing([pain(1, 8)])


def test_a_remark_without_an_alert_changes_nothing() -> None:
    assert standing([word(1, "less"), back(2, 1)]) is None


def test_a_touch_without_its_limits_is_refused() -> None:
    with pytest.raises(ValueError, match="give `cap`"):
        Line(1, DialEvent(NOON, "neck", Word.LESS))


touches = st.one_of(st.sampled_from(list(Word)), st.integers(0, 10))


@given(st.lists(st.tuples(touches, st.booleans()), max_size=20))
def test_a_stop_nobody_saw_is_never_lost(steps: list[tuple[Word | int, bool]]) -> None:
    log: list[Line] = []
    for number, (what, taken_back) in enumerate(steps):
        touch = word(2 * number, what) if isinstance(what, Word) else pain(2 * number, what)
        log.append(touch)
        if taken_back:
            log.append(back(2 * number + 1, 2 * number))
    found = standing(log)
    stops = [step for step in steps if step[0] is Word.STOP]
    assert bool(stops) == (found is not None and found.alert is Alert.STOP)


@given(st.lists(st.tuples(touches, st.booleans()), max_size=20))
def test_a_slip_taken_back_is_as_if_it_had_not_been(
    steps: list[tuple[Word | int, bool]],
) -> None:
    """But for stops, which stay until somebody has seen them."""
    log: list[Line] = []
    kept: list[Line] = []
    for number, (what, taken_back) in enumerate(steps):
        if what is Word.STOP:
            continue
        touch = word(2 * number, what) if isinstance(what, Word) else pain(2 * number, what)
        log += [touch, back(2 * number + 1, 2 * number)] if taken_back else [touch]
        kept += [] if taken_back else [touch]
    assert standing(log) == standing(kept)


@pytest.mark.parametrize(
    ("log", "begins"),
    [
        ([word(1, "stop")], "Stop was tapped and not marked as seen"),
        ([word(1, "stop"), back(2, 1)], "Stop was tapped, taken back and not marked as seen"),
        ([pain(1, 8)], "Pain above the limit was tapped and not marked as seen"),
    ],
)
def test_an_alert_nobody_saw_lifts_no_hands_once_the_visit_is_finished(
    log: list[Line], begins: str
) -> None:
    found, live = standing(log, is_over=True), standing(log)
    assert found is not None
    assert live is not None
    assert found.say == f"{begins} before the visit was finished. Ask how they are now."
    assert (found.seq, found.alert) == (live.seq, live.alert)
    assert standing([*log, seen(9, 1)], is_over=True) is None


def test_a_stop_that_came_after_the_end_stands_in_its_own_words() -> None:
    touch = DialEvent(NOON, "neck", Word.STOP, None, 2)
    log = [Line(1, touch, CAP, 4.0, after_end=True)]
    found = standing(log, is_over=True)
    assert found is not None
    assert found.after_end
    assert found.say.startswith("Stop, tapped in the visit and received only after its end.")
    assert standing([*log, seen(2, 1)], is_over=True) is None


def test_a_pain_that_came_after_the_end_raises_no_alarm_and_settles_none() -> None:
    late = Line(2, DialEvent(NOON, "neck", None, 9, 2), CAP, 4.0, after_end=True)
    assert standing([late], is_over=True) is None
    assert standing([word(1, "stop"), late]) == standing([word(1, "stop")])
