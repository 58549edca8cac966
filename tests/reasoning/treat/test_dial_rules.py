"""What a tap of the dial asks for."""

from datetime import UTC, datetime, timedelta

import pytest

from unknot.reasoning.treat.dial import (
    Alert,
    AreaLog,
    Cap,
    DialEvent,
    Word,
    by_area,
    cap_for,
    judge,
    tell_seen,
)

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
CAP = Cap(pain_0_10=5, pressure=3)


def word(name: str, *, area: str = "neck", pressure: int | None = 2, minute: int = 0) -> DialEvent:
    return DialEvent(NOON + timedelta(minutes=minute), area, Word(name), None, pressure)


def pain(
    value: int, *, area: str = "neck", pressure: int | None = 3, minute: int = 0
) -> DialEvent:
    return DialEvent(NOON + timedelta(minutes=minute), area, None, value, pressure)


def test_stop_is_an_alert_whatever_the_limits() -> None:
    found = judge(word("stop"), Cap(pain_0_10=10))
    assert found.alert is Alert.STOP
    assert found.pressure is None


@pytest.mark.parametrize(
    ("value", "alert"), [(0, None), (5, None), (6, Alert.ABOVE_CAP), (10, Alert.ABOVE_CAP)]
)
def test_pain_alerts_only_above_the_cap(value: int, alert: Alert | None) -> None:
    assert judge(pain(value), CAP).alert is alert


def test_pain_above_the_cap_asks_for_one_level_less() -> None:
    found = judge(pain(7), CAP)
    assert found.say == "Pain 7, above the limit of 5. Ease off now."
    assert found.pressure == 2


@pytest.mark.parametrize(("pressure", "lighter"), [(1, 1), (2, 1), (5, 4), (None, None)])
def test_less_goes_one_level_down_and_never_below_light_contact(
    pressure: int | None, lighter: int | None
) -> None:
    assert judge(word("less", pressure=pressure), CAP).pressure == lighter


def test_more_goes_one_level_up_below_the_ceiling() -> None:
    assert judge(word("more", pressure=2), CAP).pressure == 3


def test_more_at_the_ceiling_stays_and_says_why() -> None:
    found = judge(word("more", pressure=3), CAP)
    assert found.pressure == 3
    assert "3 is the safe limit" in found.say
    assert found.alert is None


def test_more_without_a_known_pressure_names_no_level() -> None:
    assert judge(word("more", pressure=None), CAP).pressure is None


def test_just_right_keeps_the_pressure() -> None:
    assert judge(word("right", pressure=2), CAP).pressure == 2


@pytest.mark.parametrize(("both", "value"), [(None, None), (Word.LESS, 4)])
def test_it_refuses_a_tap_that_is_not_one_thing(both: Word | None, value: int | None) -> None:
    with pytest.raises(ValueError, match="one word or one pain number"):
        DialEvent(NOON, "neck", both, value)


@pytest.mark.parametrize("value", [-1, 11])
def test_it_refuses_pain_outside_the_scale(value: int) -> None:
    with pytest.raises(ValueError, match="0 to 10"):
        DialEvent(NOON, "neck", None, value)


def test_the_stricter_pain_cap_holds() -> None:
    assert cap_for(technique_cap_0_10=5, screening_cap_0_10=3, pressure_ceiling=2) == Cap(3, 2)
    assert cap_for(technique_cap_0_10=3, screening_cap_0_10=5, pressure_ceiling=5) == Cap(3, 5)


def test_taps_are_gathered_by_area_in_order_of_first_touch() -> None:
    taps = [
        word("right", area="low_back", minute=9),
        word("right", minute=1, pressure=2),
        pain(4, minute=2),
        word("right", minute=3, pressure=3),
        pain(7, minute=4, pressure=3),
        word("less", minute=5, pressure=3),
        word("more", minute=6, pressure=None),
        word("stop", minute=7, pressure=None),
    ]
    neck, low_back = by_area((tap, CAP) for tap in taps)
    assert neck == AreaLog("neck", 1, 2, 1, 1, 7, 7, 2, 2, 5)
    assert neck.taps == 5
    assert low_back == AreaLog("low_back", 0, 1, 0, 0, None, None, 0, 2, 5)


def test_each_tap_is_judged_by_the_limit_that_held_for_it() -> None:
    firm, gentle = Cap(pain_0_10=5), Cap(pain_0_10=3)
    (log,) = by_area([(pain(4), firm), (pain(2, minute=9), gentle)])
    assert (log.alerts, log.pain_limit_0_10) == (0, 3)


def test_no_level_is_called_right_above_one_that_was_too_much() -> None:
    taps = [word("right", pressure=2), word("less", pressure=3), word("right", pressure=4)]
    (log,) = by_area((tap, CAP) for tap in taps)
    assert log.right_pressure == 2


def test_no_pressure_is_called_right_when_every_one_was_too_much() -> None:
    taps = [
        word("right", pressure=3),
        word("less", pressure=3, minute=1),
        word("right", pressure=None),
    ]
    (log,) = by_area((tap, CAP) for tap in taps)
    assert log.right_pressure is None


@pytest.mark.parametrize(
    ("touch", "what"), [(word("stop"), "stop"), (word("right"), "just right"), (pain(0), "pain 0")]
)
def test_the_client_is_told_what_the_therapist_has_seen(touch: DialEvent, what: str) -> None:
    assert tell_seen(touch) == f"Your therapist has seen it: {what}."
