"""What the dial teaches about one client."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unknot.reasoning.treat.dial import Cap, DialEvent, Word
from unknot.reasoning.treat.personal import (
    Known,
    PainAt,
    PersonalCeiling,
    Touch,
    beside,
    ceilings,
    pain_by_pressure,
    say,
    tell,
)

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
CAP = Cap(5, 5)


def said(session: str, what: str | int, pressure: int | None = 3, area: str = "neck") -> Touch:
    word = Word(what) if isinstance(what, str) else None
    pain = what if isinstance(what, int) else None
    return Touch(session, DialEvent(NOON, area, word, pain, pressure), CAP)


def neck(*touches: Touch, allowed: int = 5) -> PersonalCeiling:
    (found,) = ceilings(touches, {"neck": allowed})
    return found


def test_nothing_tapped_teaches_nothing() -> None:
    assert ceilings(()) == ()
    assert ceilings([said("a", "less", area=""), said("a", "less", None)]) == ()


def test_one_session_is_not_enough() -> None:
    found = neck(said("a", "less"), said("a", "less", 2), said("a", "stop"))
    assert (found.known, found.level) == (Known.NOT_ENOUGH, None)
    assert (found.sessions, found.too_much_in) == (1, 1)


def test_one_session_too_much_of_two_is_not_enough_either() -> None:
    found = neck(said("a", "less"), said("b", "right"))
    assert (found.known, found.sessions, found.too_much_in) == (Known.NOT_ENOUGH, 2, 1)


@pytest.mark.parametrize("what", ["less", "stop", 6])
def test_two_sessions_in_which_it_was_too_much_teach_the_level_under_it(what: str | int) -> None:
    found = neck(said("a", what, 4), said("b", what, 4))
    assert (found.known, found.level, found.too_much_in) == (Known.LEARNED, 3, 2)


@pytest.mark.parametrize("what", ["right", "more", 5])
def test_what_was_not_too_much_sets_no_ceiling(what: str | int) -> None:
    found = neck(said("a", what), said("b", what))
    assert (found.known, found.level) == (Known.NO_LIMIT_MET, None)


def test_one_bad_day_alone_does_not_set_the_ceiling() -> None:
    found = neck(said("bad", "less", 1), said("b", "less", 4), said("c", "less", 4))
    assert found.level == 3


def test_the_lightest_contact_is_the_lowest_ceiling() -> None:
    assert neck(said("a", "less", 1), said("b", "less", 1)).level == 1


def test_the_screening_s_ceiling_stands_above_what_was_learned() -> None:
    found = neck(said("a", "less", 5), said("b", "less", 5), allowed=2)
    assert found.level == 2


def test_an_area_the_screening_leaves_open_may_be_worked_to_the_deepest() -> None:
    (found,) = ceilings([said("a", "less", 5), said("b", "less", 5)])
    assert found.level == 4


def test_the_firmest_right_is_one_that_was_not_too_much_that_day() -> None:
    found = neck(said("a", "right", 4), said("a", "less", 4), said("b", "right", 3))
    assert found.firmest_right == 3
    assert neck(said("a", "right", 4), allowed=3).firmest_right is None


def test_pain_is_told_by_area_and_pressure() -> None:
    taps = [said("a", 2, 3), said("b", 7, 3), said("b", 4, 3), said("a", 1, 1), said("a", "less")]
    assert pain_by_pressure(taps) == (PainAt("neck", 1, 1, 1, 1, 1), PainAt("neck", 3, 3, 2, 4, 7))
    assert pain_by_pressure([said("a", 2, area=""), said("a", 2, None)]) == ()


LEARNED = neck(said("a", "less", 3), said("b", "less", 3))
NONE_MET = neck(said("a", "right", 3), said("b", 2, 3))
ONCE = neck(said("a", "less", 3))
LITTLE = neck(said("a", "right", 2))


def test_the_therapist_reads_what_it_rests_on() -> None:
    assert say(LEARNED, "Neck") == "Neck: own ceiling 2. More was too much in 2 of 2 sessions."
    assert say(NONE_MET, "Neck") == "Neck: nothing was too much in 2 sessions. Just right at 3."
    assert say(ONCE, "Neck") == (
        "Neck: too much in 1 of 1 session so far; own ceiling not known yet."
    )
    assert say(LITTLE, "Neck").endswith(
        "1 session so far; own ceiling not known yet. Just right at 2."
    )


def test_the_client_reads_it_as_their_own() -> None:
    assert tell(LEARNED).startswith("Pressure 2 of 5 is your limit here so far.")
    assert tell(NONE_MET) == "Nothing was too much for you here in 2 sessions."
    assert tell(ONCE).startswith("Not enough yet to know your limit here.")


def test_beside_the_pressures_stands_a_word_or_two() -> None:
    assert beside(None) == ""
    assert beside(LEARNED) == "own 2"
    assert beside(NONE_MET) == "right at 3"
    assert beside(ONCE) == ""


touches = st.builds(
    said,
    st.sampled_from("abcd"),
    st.one_of(st.sampled_from([str(word) for word in Word]), st.integers(0, 10)),
    st.integers(1, 5),
    st.sampled_from(["neck", "low_back", "calf"]),
)


def levels(taps: list[Touch], allowed: dict[str, int]) -> dict[str, int]:
    """The most that may be done on each area, learned or not."""
    areas = {tap.event.area for tap in taps}
    most = {area: allowed.get(area, 5) for area in areas}
    learned = {one.area: one.level for one in ceilings(taps, allowed) if one.level is not None}
    return {**most, **learned}


@given(st.lists(touches, max_size=25), touches, st.sampled_from(["less", "stop"]))
def test_one_more_less_never_raises_a_ceiling(taps: list[Touch], at: Touch, word: str) -> None:
    more = replace(at, event=replace(at.event, word=Word(word), pain_0_10=None))
    allowed = {"neck": 4, "calf": 2}
    before, after = levels(taps, allowed), levels([*taps, more], allowed)
    assert all(after[area] <= before[area] for area in before)


@given(st.lists(touches, max_size=25), st.integers(0, 10**6))
def test_the_order_of_the_touches_does_not_matter(taps: list[Touch], seed: int) -> None:
    mixed = random.Random(seed).sample(taps, len(taps))
    assert ceilings(mixed) == ceilings(taps)
    assert pain_by_pressure(mixed) == pain_by_pressure(taps)


@given(st.lists(touches, max_size=25))
def test_other_areas_do_not_matter(taps: list[Touch]) -> None:
    alone = [tap for tap in taps if tap.event.area == "neck"]
    assert [one for one in ceilings(taps) if one.area == "neck"] == list(ceilings(alone))


@given(st.lists(touches, max_size=25), st.integers(1, 5))
def test_a_learned_level_is_never_above_the_screening_s(taps: list[Touch], allowed: int) -> None:
    for one in ceilings(taps, dict.fromkeys(("neck", "low_back", "calf"), allowed)):
        assert one.level is None or 1 <= one.level <= allowed


def test_where_light_contact_is_too_much_nothing_lighter_is_called_a_ceiling() -> None:
    found = neck(said("a", "less", 1), said("b", 6, 1), said("c", "less", 3))
    assert say(found, "Neck") == "Neck: even light contact was too much in 2 of 3 sessions."
    assert tell(found) == (
        "Even the lightest pressure was too much for you here in 2 of 3 sessions."
    )
    assert beside(found) == "even 1 was too much"
    once = neck(said("a", "less", 1), said("b", "less", 2))
    assert say(once, "Neck") == "Neck: own ceiling 1. More was too much in 2 of 2 sessions."


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"), st.sampled_from(["less", "right", 2, 8]), st.integers(1, 5)
        ),
        max_size=15,
    )
)
def test_more_than_the_ceiling_was_too_much_in_at_least_two_sessions(
    told: list[tuple[str, str | int, int]],
) -> None:
    """Or the words say that nothing is light enough."""
    for found in ceilings(said(*one) for one in told):
        if found.level is not None and not found.is_under_the_lightest:
            hurt = {one[0] for one in told if one[1] in ("less", 8)}
            assert len(hurt) == found.too_much_in >= 2
            assert found.level < max(one[2] for one in told if one[1] in ("less", 8))
