"""The pages of the plan: a letter, a change with live faults, an agreement, a paper."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from tests.reasoning.plan.test_real_people import TYPIST
from tests.support import care, visits
from tests.support.cast import House
from unknot.clinic.models import Client, PlanVersion, Screening, Series, Staff
from unknot.clinic.plan import actions as plans
from unknot.reasoning.marks import Mark

pytestmark = pytest.mark.django_db


def screened(house: House, **answers: Any) -> Screening:
    """Screened just now, because the pages read the clock and a plan needs a fresh screening."""
    return care.screened(house, now=datetime.now(UTC), **answers)


def browser(who: Staff | Client) -> Browser:
    assert who.user is not None
    made = Browser()
    made.force_login(who.user)
    return made


def page(house: House, tail: str = "") -> str:
    return f"/episodes/{house.episode.pk}/plan/{tail}"


def text(answer: Any) -> str:
    return " ".join(str(answer.content.decode()).split())


def propose(house: House) -> None:
    screened(house)
    assert browser(house.ann).post(page(house, "propose/")).status_code == 302


CHANGE = {
    "minutes": "60",
    "per_week": "1",
    "weeks": "8",
    "starts_on": "2026-03-09",
    "pressure_start": "3",
    "techniques": ["TEC-SWE"],
    "home_care": ["HC-06"],
}


def test_before_a_plan_the_page_says_what_to_do(linden: House) -> None:
    said = text(browser(linden.ann).get(page(linden)))
    assert "No plan yet" in said
    assert "Do the safety check first." in said
    assert "Propose a plan" not in said, "not before the safety check"
    screened(linden)
    said = text(browser(linden.ann).get(page(linden)))
    assert "Propose a plan" in said
    assert "What the plan is for" in said
    assert "Only when a clinician has named it" in said
    mine = text(browser(linden.cora).get(page(linden)))
    assert "Your therapist will make one with you." in mine
    assert "Propose a plan" not in mine


def test_the_letter_says_dose_reviews_cost_source_and_limits(linden: House) -> None:
    propose(linden)
    said = text(browser(linden.cora).get(page(linden)))
    for words in (
        "60 minutes, once a week, for 10 weeks.",
        "10 visits at $90: $900 for the whole course.",
        "We look together at whether it helps on",
        "401 people aged 20 to 65",
        "Before and after a visit",
        "Chest pain or short of breath: call the emergency number.",
        "What we do not promise",
        "Massage is not a cure.",
        "carry my daughter",
        "exercise of a kind you like comes first",
        "Do you agree?",
        "Reviewed by a clinician: not yet.",
    ):
        assert words in said, words


def test_why_no_plan_can_be_made_is_said(linden: House) -> None:
    screened(linden, saddle_numb=True, bladder_change="cannot_pass")
    answer = browser(linden.ann).post(page(linden, "propose/"))
    assert answer.status_code == 422
    assert "The safety check does not allow massage now." in text(answer)
    said = text(browser(linden.ann).get(page(linden)))
    assert "The safety check does not allow massage now." in said
    assert "To the safety check" in said
    assert "Propose a plan" not in said, "a button that can only be refused is not offered"


def test_a_safety_check_that_is_too_old_offers_no_new_plan(linden: House) -> None:
    care.screened(linden, now=datetime.now(UTC) - timedelta(days=60))
    ann = browser(linden.ann)
    said = text(ann.get(page(linden)))
    assert "is too old for a new plan. Ask what has changed first." in said
    assert "Propose a plan" not in said
    assert "weeks older than the first visit" in text(ann.post(page(linden, "propose/")))


def test_an_old_safety_check_still_lets_a_running_plan_be_changed(linden: House) -> None:
    before = datetime.now(UTC) - timedelta(days=60)
    care.screened(linden, now=before)
    plans.propose(
        episode=linden.episode,
        by=linden.actor(linden.ann),
        now=before,
        starts_on=before.date() + timedelta(days=1),
    )
    said = text(browser(linden.ann).get(page(linden)))
    assert "No new plan can be proposed now." in said
    assert "Change the plan" in said


def test_somewhere_else_gets_a_plan_for_what_was_drawn(linden: House) -> None:
    elbow = (Mark("elbow_back_left", "ache", 5, view="back"),)
    screened(linden, main_area="other", marks=elbow)
    ann = browser(linden.ann)
    assert "Pain somewhere else" in text(ann.get(page(linden)))
    assert ann.post(page(linden, "propose/"), {"condition": "CND-00"}).status_code == 302
    said = text(ann.get(page(linden)))
    assert "Plan for the pain you drew" in said
    assert "30 minutes, once a week, for 4 weeks." in said
    assert "No trial has tested a course of massage for this pain." in said


def test_the_therapist_chooses_what_the_plan_is_for(linden: House) -> None:
    screened(linden)
    ann = browser(linden.ann)
    assert ann.post(page(linden, "propose/"), {"condition": "CND-11"}).status_code == 302
    said = text(ann.get(page(linden)))
    assert "Plan for pain low in the back, to one side" in said
    assert "No trial has tested a course of massage for this pain." in said
    wrong = ann.post(page(linden, "propose/"), {"condition": "CND-99"})
    assert wrong.status_code == 422
    assert "Choose what the plan is for from the list." in text(wrong)


def test_the_therapist_sees_how_techniques_were_ranked_and_the_client_does_not(
    linden: House,
) -> None:
    propose(linden)
    said = text(browser(linden.ann).get(page(linden)))
    assert "How the techniques were ranked" in said
    assert "Number 1 of 4 in fit for this pain. (+4.0)" in said
    assert "1 of 3" in said
    assert "How the techniques were ranked" not in text(browser(linden.cora).get(page(linden)))


def test_a_plan_that_no_longer_fits_is_not_changed_while_the_check_blocks(linden: House) -> None:
    propose(linden)
    screened(linden, fever=True, infection_risks=("none",))
    said = text(browser(linden.ann).get(page(linden)))
    assert "There can be no new one while the safety check stands as it does." in said
    assert "Change the plan" not in said


def test_a_change_shows_its_faults_while_it_is_typed(linden: House) -> None:
    propose(linden)
    ann = browser(linden.ann)
    fine = ann.post(page(linden, "check/"), CHANGE).json()
    assert fine["faults"] == {}
    assert fine["says"] == "60 minutes, once a week, for 8 weeks."
    assert fine["cost"] == "8 visits at $90: $720 for the whole course."
    wrong = ann.post(page(linden, "check/"), {**CHANGE, "minutes": "20", "weeks": "30"}).json()
    assert wrong["faults"]["minutes"] == ["A visit lasts 30 to 90 minutes."]
    assert "1 to 12 weeks" in wrong["faults"]["weeks"][0]
    assert PlanVersion.everything.count() == 1


def test_a_changed_plan_is_a_new_version_that_says_what_is_new(linden: House) -> None:
    propose(linden)
    ann = browser(linden.ann)
    assert "Change the plan" in text(ann.get(page(linden, "change/")))
    assert ann.post(page(linden, "change/"), CHANGE).status_code == 302
    said = text(ann.get(page(linden)))
    assert "New in this version" in said
    assert "It was 60 minutes, once a week, for 10 weeks." in said
    assert "Version 1" in said


def test_a_form_with_a_fault_keeps_what_was_typed(linden: House) -> None:
    propose(linden)
    answer = browser(linden.ann).post(page(linden, "change/"), {**CHANGE, "per_week": "9"})
    assert answer.status_code == 422
    assert "Visits are 1 to 3 a week." in text(answer)
    assert 'value="9"' in text(answer)


def test_the_client_agrees_on_their_own_page(linden: House) -> None:
    propose(linden)
    cora = browser(linden.cora)
    wrong = cora.post(page(linden, "agree/"), {"signed_name": "Somebody", "agrees": "on"})
    assert wrong.status_code == 422
    assert "Type the client&#x27;s full name" in text(wrong)
    empty = cora.post(page(linden, "agree/"), {})
    assert "Tick the box to agree" in text(empty)
    done = cora.post(page(linden, "agree/"), {"signed_name": "Cora Linden", "agrees": "on"})
    assert done.status_code == 302
    assert "You agreed to this plan." in text(cora.get(page(linden)))


def test_a_plan_the_safety_check_no_longer_allows_says_so(linden: House) -> None:
    propose(linden)
    screened(linden, fever=True, infection_risks=("none",))
    said = text(browser(linden.ann).get(page(linden)))
    assert "This plan no longer fits the safety check" in said
    assert "Agree to this plan" not in said


def test_two_failed_years_are_said_to_both(linden: House) -> None:
    blocking = ("RF-NECK-03", "SR-067")
    answers = {**TYPIST, "cleared_by_clinician": blocking, "cleared_on": None}
    screening = screened(
        linden, **{key: value for key, value in answers.items() if key != "numb_areas"}
    )
    assert not screening.blocks_booking
    browser(linden.ann).post(page(linden, "propose/"))
    said = text(browser(linden.ann).get(page(linden)))
    assert "Massage elsewhere for 2 years with little help." in said
    mine = text(browser(linden.cora).get(page(linden)))
    assert "not more of the same" in mine
    assert "Massage elsewhere for" not in mine
    assert "hours of typing" in mine


def test_a_plan_of_an_older_program_is_not_shown_as_if_it_were_none(linden: House) -> None:
    propose(linden)
    PlanVersion.everything.update(content={})
    said = text(browser(linden.ann).get(page(linden)))
    assert "made by an older version" in said
    assert browser(linden.ann).get(page(linden, "change/")).status_code == 404
    assert browser(linden.ann).get(page(linden, "letter/")).status_code == 404


def test_the_letter_can_be_had_on_paper(linden: House) -> None:
    propose(linden)
    answer = browser(linden.cora).get(page(linden, "letter/"))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].split(";")[0] in ("application/pdf", "text/html")


def test_without_a_plan_there_is_no_letter(linden: House) -> None:
    assert browser(linden.ann).get(page(linden, "letter/")).status_code == 404


@pytest.mark.parametrize("who", ["dan", "ben", "desk"])
def test_others_do_not_see_the_plan(linden: House, who: str) -> None:
    propose(linden)
    assert browser(getattr(linden, who)).get(page(linden)).status_code in (403, 404)


@pytest.mark.parametrize(("tail", "to"), [("propose/", ""), ("agree/", ""), ("check/", "change/")])
def test_an_address_that_writes_leads_back_when_only_looked_at(
    linden: House, tail: str, to: str
) -> None:
    propose(linden)
    answer = browser(linden.ann).get(page(linden, tail))
    assert (answer.status_code, answer.headers["Location"]) == (302, page(linden, to))
    assert browser(linden.dan).get(page(linden, tail)).status_code in (403, 404)
    assert PlanVersion.everything.count() == 1


def test_the_course_is_offered_until_every_visit_of_it_is_booked(linden: House) -> None:
    propose(linden)
    version = PlanVersion.everything.get()
    version.state, version.agreed_name = PlanVersion.State.AGREED, "Cora"
    version.agreed_at = datetime.now(UTC)
    version.save()
    assert ">Book the course</a>" in text(browser(linden.cora).get(page(linden)))
    series = Series.everything.create(
        episode=linden.episode, plan=version, made_at=datetime.now(UTC)
    )
    for day in range(version.content["dose"]["visits"]):
        booked = visits.appointment(linden, days=day)
        booked.series = series
        booked.save()
        if day == 0:
            assert ">Book the rest of the course</a>" in text(
                browser(linden.ann).get(page(linden))
            )
    for who in (linden.cora, linden.ann):
        said = text(browser(who).get(page(linden)))
        assert "of the course</a>" not in said
        assert ">Is it working?</a>" in said
