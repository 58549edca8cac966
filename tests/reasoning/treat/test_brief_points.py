"""The brief: always three points, safety first."""

from datetime import date

import pytest

from unknot.reasoning.treat.brief import (
    BriefFacts,
    LastVisit,
    begins_with,
    tried_before,
    write,
)


def test_an_unscreened_client_is_the_first_thing_said() -> None:
    safety, last, wants = write(BriefFacts(screened=False))
    assert safety.headline == "Not screened yet. Screen before any hands-on work."
    assert last.headline == "First visit here. No earlier massage known."
    assert wants.headline == "Has not said what to work on today. Ask."


def test_safety_leads_with_the_worst_finding_and_lists_every_limit() -> None:
    facts = BriefFacts(
        screened=True,
        flags=("Takes a blood thinner", "Osteoporosis"),
        adaptations=("Side-lying.",),
        pressure_ceiling=2,
        kept_off=("left calf",),
        banned=("deep tissue", "cupping"),
        positions=("face down",),
    )
    safety = write(facts)[0]
    assert safety.headline == "Takes a blood thinner"
    assert safety.lines == (
        "Osteoporosis",
        "Side-lying.",
        "Pressure at most 2 of 5 (light to moderate).",
        "Keep off: left calf.",
        "Do not use: deep tissue, cupping.",
        "Avoid lying: face down.",
    )


def test_a_clear_screening_says_so_and_adds_nothing() -> None:
    safety = write(BriefFacts(screened=True))[0]
    assert (safety.headline, safety.lines) == ("No safety limit found in the last screening.", ())
    assert safety.is_clear


def test_two_failed_years_elsewhere_are_said_before_the_first_visit() -> None:
    last = write(BriefFacts(screened=True, massage_before_weeks=104, massage_before_helped="no"))[
        1
    ]
    assert last.headline == "2 years of massage elsewhere changed little."


def test_the_last_visit_tells_what_eased_what_did_not_and_what_followed() -> None:
    visit = LastVisit(
        on=date(2026, 11, 15),
        pain_before_0_10=6,
        pain_after_0_10=4,
        eased=("neck",),
        not_eased=("upper back",),
        right_pressure=(("neck", 2),),
        after_effects=("Sore for more than three days.",),
    )
    facts = BriefFacts(
        screened=True,
        last=visit,
        verdict="Cannot tell yet.",
        massage_before_weeks=26,
        massage_before_helped="a_little",
    )
    last = write(facts)[1]
    assert last.headline == "Last visit 15 November 2026: pain 6 before, 4 after."
    assert last.lines == (
        "Sore for more than three days.",
        "Eased: neck.",
        "Did not ease: upper back.",
        "Just right on neck: pressure 2.",
        "Cannot tell yet.",
        "6 months of massage elsewhere helped a little.",
    )


def test_a_last_visit_without_both_pains_says_that() -> None:
    last = write(BriefFacts(screened=True, last=LastVisit(on=date(2026, 11, 15))))[1]
    assert last.headline == "Last visit 15 November 2026; pain before and after not both asked."
    assert last.lines == ()


def test_what_the_plan_says_of_the_history_is_said_instead() -> None:
    facts = BriefFacts(screened=True, history="Two years weekly, little change: do not repeat.")
    assert write(facts)[1].headline == "Two years weekly, little change: do not repeat."


def test_a_verdict_is_shown_on_a_first_visit_too() -> None:
    assert write(BriefFacts(screened=True, verdict="Cannot tell yet."))[1].lines == (
        "Cannot tell yet.",
    )


def test_a_wish_above_the_ceiling_is_answered_with_the_ceiling() -> None:
    facts = BriefFacts(
        screened=True,
        wants="Low back",
        goals=("sit for an hour",),
        pressure_wish=4,
        pressure_ceiling=2,
    )
    wants = write(facts)[2]
    assert wants.headline == "Low back"
    assert wants.lines == (
        "Wants to be able to: sit for an hour.",
        "Likes firm pressure; the safe limit is 2 (light to moderate). Say why.",
    )


def test_a_wish_within_the_ceiling_is_just_said() -> None:
    assert write(BriefFacts(screened=True, pressure_wish=2))[2].lines == (
        "Likes light to moderate pressure (2 of 5).",
    )


@pytest.mark.parametrize(("weeks", "helped"), [(None, "no"), (0, "no"), (52, ""), (52, "unsure")])
def test_earlier_massage_is_not_told_when_it_is_not_known(
    weeks: float | None, helped: str
) -> None:
    assert tried_before(weeks, helped) == ""


@pytest.mark.parametrize("last", [None, LastVisit(on=date(2026, 3, 2))])
def test_what_was_done_at_home_stands_under_the_last_result(last: LastVisit | None) -> None:
    told = ("Walk: done on 3 of 5 days told.", "Warmth: nothing told yet.")
    assert write(BriefFacts(screened=True, last=last, at_home=told))[1].at_home == told
    assert write(BriefFacts(screened=True, last=last))[1].at_home == ()


def test_what_makes_it_comfortable_is_one_line_and_where_not_to_touch_is_safety() -> None:
    facts = BriefFacts(
        screened=True, comfort=("Quiet, little talk", "No scent"), not_touched="Feet, face."
    )
    safety, _, wants = write(facts)
    assert (safety.headline, safety.is_clear) == (
        "Does not want to be touched: Feet, face.",
        False,
    )
    assert wants.lines == ("In the room: quiet, little talk; no scent.",)


@pytest.mark.parametrize(
    ("wish", "begins", "ceiling", "says"),
    [
        (1, 3, 5, "begin with 1, not 3 as planned"),
        (5, 3, 5, "begin there; up to 5 when you both agree"),
        (5, 3, 4, "begin there; up to 4 when you both agree"),
        (4, 2, 2, "which begins with 2: begin there."),
    ],
)
def test_a_wish_told_since_the_plan_says_what_it_changes(
    wish: int, begins: int, ceiling: int, says: str
) -> None:
    facts = BriefFacts(
        screened=True, pressure_wish=wish, pressure_ceiling=ceiling, plan_begins=begins
    )
    assert says in write(facts)[2].lines[1]


def test_a_wish_that_fits_the_plan_changes_nothing() -> None:
    facts = BriefFacts(screened=True, pressure_wish=3, plan_begins=3)
    assert len(write(facts)[2].lines) == 1


@pytest.mark.parametrize(
    ("begins", "wish", "found"), [(3, 2, 2), (2, 4, 2), (3, None, 3), (None, 2, None)]
)
def test_only_a_lighter_wish_changes_where_pressure_begins(
    begins: int | None, wish: int | None, found: int | None
) -> None:
    assert begins_with(begins, wish) == found
