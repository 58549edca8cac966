"""The check after a visit: every adverse answer ends in the action its rule names."""

from dataclasses import replace

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
    signs=frozenset(),
)


def test_all_well_asks_nothing_of_anybody() -> None:
    found = triage(WELL, EVENTS)
    assert (found.urgency, found.alerts, found.stops, found.rule_ids) == (
        Urgency.NONE,
        False,
        False,
        (),
    )
    assert found.tell == "Thank you. Nothing here needs a change."


@pytest.mark.parametrize("event", signs(EVENTS), ids=lambda event: event.id)
def test_each_sign_alone_ends_in_the_action_of_its_record(event) -> None:  # type: ignore[no-untyped-def]
    found = triage(replace(WELL, signs=frozenset({event.id})), EVENTS)
    assert found.rule_ids == (event.id,)
    assert found.urgency is event.urgency
    assert (found.tell, found.do, found.alerts, found.stops) == (
        event.tell,
        event.do,
        event.alerts,
        event.stops,
    )


@pytest.mark.parametrize(
    ("sign", "urgency"),
    [
        ("severe_headache", Urgency.EMERGENCY_NOW),
        ("brain_or_nerve_signs", Urgency.EMERGENCY_NOW),
        ("bladder_or_saddle", Urgency.EMERGENCY_NOW),
        ("chest_or_breath", Urgency.EMERGENCY_NOW),
        ("belly_pain_or_faint", Urgency.EMERGENCY_NOW),
        ("dark_urine", Urgency.EMERGENCY_NOW),
        ("wheeze_or_swelling", Urgency.EMERGENCY_NOW),
        ("weakness_both_or_growing", Urgency.EMERGENCY_NOW),
        ("leg_swelling", Urgency.SAME_DAY),
        ("weakness", Urgency.SAME_DAY),
        ("numbness", Urgency.SAME_DAY),
        ("bruise_spreading", Urgency.SAME_DAY),
        ("bruise", Urgency.NONE),
        ("rash", Urgency.NONE),
        ("upset", Urgency.NONE),
        ("light_headed", Urgency.NONE),
        ("mild_headache", Urgency.NONE),
    ],
)
def test_each_sign_has_the_urgency_the_fact_base_gives_it(sign: str, urgency: Urgency) -> None:
    assert EVENTS[sign].urgency is urgency


def test_every_sign_asked_is_in_the_table_above() -> None:
    assert len(signs(EVENTS)) == 17


def test_the_most_urgent_sign_leads_and_none_is_lost() -> None:
    found = triage(
        replace(WELL, signs=frozenset({"bruise", "mild_headache", "weakness", "chest_or_breath"})),
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


def test_signs_that_were_not_answered_do_not_pass() -> None:
    found = triage(replace(WELL, signs=None), EVENTS)
    assert found.unanswered == ("signs",)
    assert found.alerts
    assert found.tell.endswith("your therapist will ask you.")


def test_unanswered_questions_are_named() -> None:
    assert triage(SorenessAnswers(), EVENTS).unanswered == ("signs", "soreness_0_10")
    found = triage(SorenessAnswers(soreness_0_10=4, signs=frozenset()), EVENTS)
    assert found.unanswered == ("grade", "lasted_hours")
    assert found.rule_ids == ("sore",)
    assert found.alerts


def test_a_sign_nobody_asked_about_is_refused() -> None:
    with pytest.raises(KeyError):
        triage(replace(WELL, signs=frozenset({"made_up"})), EVENTS)


def test_a_grade_is_named_only_where_there_is_one() -> None:
    sore = SorenessAnswers(soreness_0_10=6, grade=2, lasted_hours=80, signs=frozenset())
    assert triage(sore, EVENTS).words.endswith(" Grade 2.")
    worse = replace(WELL, pain_now_0_10=9, hours_since_visit=80)
    assert "Grade" not in triage(worse, EVENTS).words
    assert triage(SorenessAnswers(), EVENTS).words == "Answers are missing."
