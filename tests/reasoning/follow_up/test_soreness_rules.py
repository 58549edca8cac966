"""The check after a visit: every adverse answer ends in the action its rule names."""

from dataclasses import replace
from typing import Any

import pytest

from unknot.knowledge import load
from unknot.reasoning.follow_up.soreness import SorenessAnswers, signs, triage
from unknot.reasoning.scale import Urgency

EVENTS = load().adverse_events
WELL = SorenessAnswers(
    soreness_0_10=0,
    grade=0,
    lasted_hours=0,
    pain_now_0_10=3,
    pain_before_0_10=5,
    hours_since_visit=30,
    relief_hours=24,
    signs={},
    something_new=False,
)


def test_all_well_asks_nothing_of_anybody() -> None:
    found = triage(WELL, EVENTS)
    assert (found.urgency, found.alerts, found.stops, found.rule_ids) == (
        Urgency.NONE,
        False,
        False,
        (),
    )
    assert found.tell == "Nothing here needs a change."


@pytest.mark.parametrize("event", signs(EVENTS), ids=lambda event: event.id)
def test_each_sign_alone_ends_in_the_action_of_its_record(event) -> None:  # type: ignore[no-untyped-def]
    found = triage(replace(WELL, signs={event.id: 1}), EVENTS)
    assert found.rule_ids == (event.id,)
    assert found.urgency is event.urgency
    assert (found.tell, found.do, found.alerts, found.stops) == (
        event.tell,
        event.do,
        event.alerts,
        event.stops,
    )


def test_the_most_urgent_sign_leads_and_none_is_lost() -> None:
    found = triage(
        replace(
            WELL,
            signs=dict.fromkeys(("bruise", "mild_headache", "weakness", "chest_or_breath"), 1),
        ),
        EVENTS,
    )
    assert found.rule_ids == ("chest_or_breath", "weakness", "bruise", "mild_headache")
    assert found.urgency is Urgency.EMERGENCY_NOW
    assert found.tell == EVENTS["chest_or_breath"].tell
    assert found.alerts
    assert found.stops


@pytest.mark.parametrize(
    ("soreness", "grade", "hours", "event"),
    [
        (3, 1, 12, "sore"),
        (3, 1, 72, "sore"),
        (3, 1, 73, "sore_for_long"),
        (3, 2, 12, "sore_and_limiting"),
        (3, 3, 90, "sore_and_limiting"),
        (0, 2, 0, "sore_and_limiting"),
    ],
)
def test_soreness_is_escalated_from_grade_two_or_past_three_days(
    soreness: int, grade: int, hours: int, event: str
) -> None:
    found = triage(replace(WELL, soreness_0_10=soreness, grade=grade, lasted_hours=hours), EVENTS)
    assert found.rule_ids == (event,)
    assert found.grade == grade
    assert found.alerts is (event != "sore")


@pytest.mark.parametrize(
    ("now", "hours", "events", "urgency"),
    [
        (6, 90, (), Urgency.NONE),
        (7, 72, ("worse_so_far",), Urgency.NONE),
        (7, 73, ("worse_for_long",), Urgency.GP_SOON),
        (7, None, ("worse_so_far",), Urgency.NONE),
        (None, 90, (), Urgency.NONE),
    ],
)
def test_worse_by_two_points_past_three_days_stops_the_plan(
    now: int | None, hours: int | None, events: tuple[str, ...], urgency: Urgency
) -> None:
    found = triage(replace(WELL, pain_now_0_10=now, hours_since_visit=hours), EVENTS)
    assert (found.rule_ids, found.urgency) == (events, urgency)
    assert found.stops is (urgency is Urgency.GP_SOON)


def test_pain_before_that_was_never_asked_cannot_be_compared() -> None:
    assert triage(replace(WELL, pain_now_0_10=9, pain_before_0_10=None), EVENTS).rule_ids == ()


@pytest.mark.parametrize("left", [{"signs": None}, {"unsure": True}])
def test_signs_that_were_not_answered_hold_visits_back(left: dict[str, Any]) -> None:
    found = triage(replace(WELL, **left), EVENTS)
    assert found.unanswered == ("signs",)
    assert (found.alerts, found.stops, found.asks_screening) == (True, True, False)
    assert "your therapist will ask you" in found.tell


def test_unanswered_questions_are_named() -> None:
    assert triage(SorenessAnswers(), EVENTS).unanswered == (
        "signs",
        "something_new",
        "soreness_0_10",
        "pain_now_0_10",
    )
    found = triage(replace(WELL, soreness_0_10=4, grade=None, lasted_hours=None), EVENTS)
    assert found.unanswered == ("grade", "lasted_hours")
    assert found.rule_ids == ("sore",)
    assert found.alerts


def test_a_sign_nobody_asked_about_is_refused() -> None:
    with pytest.raises(KeyError):
        triage(replace(WELL, signs={"made_up": 1}), EVENTS)


def test_a_grade_is_named_only_where_there_is_one() -> None:
    sore = SorenessAnswers(soreness_0_10=6, grade=2, lasted_hours=80, signs={})
    assert triage(sore, EVENTS).words.endswith(" Grade 2.")
    worse = replace(WELL, pain_now_0_10=9, hours_since_visit=80)
    assert "Grade" not in triage(worse, EVENTS).words
    assert triage(replace(WELL, pain_now_0_10=None), EVENTS).words == "Answers missing."


@pytest.mark.parametrize(("used", "cap"), [(4, 3), (1, 1), (None, None)])
def test_less_pressure_is_one_level_below_the_firmest_used(
    used: int | None, cap: int | None
) -> None:
    sore = triage(replace(WELL, soreness_0_10=3, grade=1, lasted_hours=12), EVENTS)
    assert sore.pressure_cap(used) == cap
    assert triage(WELL, EVENTS).pressure_cap(used) is None


def test_beside_something_urgent_nothing_told_says_to_carry_on() -> None:
    found = triage(replace(WELL, signs={"weakness": 1, "leg_swelling": 2, "bruise": 1}), EVENTS)
    assert found.told.splitlines() == [
        f"{EVENTS['leg_swelling'].tell} {EVENTS['leg_swelling'].do}",
        f"{EVENTS['weakness'].tell} {EVENTS['weakness'].do}",
    ]
    mild = triage(replace(WELL, signs={"bruise": 1, "rash": 1}), EVENTS)
    assert len(mild.told.splitlines()) == 2
