"""The screening: decided, stored, explained, enforced; set aside or cleared only as it may be."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from tests.reasoning.test_screen_aside import well
from tests.support.cast import NOW, TODAY, House
from tests.support.persons import SADDLE, TYPIST, text_of, walk_intake
from unknot.clinic.access import Actor, Refused, for_link
from unknot.clinic.audit import ActionNotAudited
from unknot.clinic.intake.actions import save_case
from unknot.clinic.models import Clearance, Intake, Override, Screening
from unknot.clinic.screen import actions, gate
from unknot.reasoning.case import Case

REASON = "Her INR was measured this morning and is in range; light work only."


@pytest.fixture
def ann(linden: House) -> Browser:
    browser = Browser()
    browser.force_login(linden.ann.user)
    return browser


def intake(house: House, **answers: object) -> Intake:
    case = well(**{key: value for key, value in answers.items() if value is not None})
    case = case.with_answers(**{key: None for key, value in answers.items() if value is None})
    return save_case(
        episode=house.episode,
        case=Case(case.answers, TODAY),
        by=house.actor(house.ann),
        now=NOW,
    )


def screened(house: House, **answers: object) -> Screening:
    return actions.decide(intake=intake(house, **answers), by=house.actor(house.ann), now=NOW)


def address(house: House, rest: str = "") -> str:
    return f"/episodes/{house.episode.pk}/screen/{rest}"


# --- The gate


def test_nothing_can_be_booked_before_a_screening(linden: House) -> None:
    assert gate.may_book(linden.episode) == gate.Gate(False, "There is no safety check yet.")


def test_a_clear_screening_opens_the_gate(linden: House) -> None:
    screened(linden)
    assert gate.may_book(linden.episode) == gate.Gate(True, "")


def test_a_warning_sign_an_emergency_and_an_open_question_close_it(linden: House) -> None:
    for answers in (
        {"numb_areas": ("little_fingers_both",), "numb_since": "months"},
        {"saddle_numb": True},
        {"fever": None},
    ):
        screened(linden, **answers)
        refused = gate.may_book(linden.episode)
        assert not refused.ok
        assert refused.reason.endswith("Nothing can be booked.")


# --- Through the pages


def test_before_the_intake_there_is_nothing_to_show(linden: House, ann: Browser) -> None:
    assert "No safety check yet" in text_of(ann.get(address(linden)))


def test_the_page_shows_the_worst_first_with_reason_source_and_consequence(
    linden: House, ann: Browser
) -> None:
    intake(linden, anticoagulant=True, anticoagulant_unstable=False)
    words = text_of(ann.get(address(linden)))
    assert "What follows" in words
    assert "light to moderate pressure at most" in words.lower()
    assert "Rule SR-005, version" in words
    assert "review by a clinician: pending" in words
    assert Screening.everything.count() == 1
    ann.get(address(linden))
    assert Screening.everything.count() == 1  # decided once


def test_a_missing_answer_is_given_right_there(linden: House, ann: Browser) -> None:
    intake(linden, fever=None)
    page = ann.get(address(linden))
    assert "Still to ask" in text_of(page)
    assert ann.post(address(linden, "answer/"), {}).status_code == 422
    page = ann.post(address(linden, "answer/"), {"fever": "no"}, follow=True)
    assert "Still to ask" not in text_of(page)
    assert gate.may_book(linden.episode).ok
    assert Intake.everything.count() == 2


def test_numb_hands_are_cleared_by_a_clinician_and_then_go_on(linden: House, ann: Browser) -> None:
    page = walk_intake(ann, linden.episode.pk, TYPIST)
    assert "A clinician has examined this" in text_of(page)
    assert "Set this aside" not in text_of(page).split("Skin that")[0]
    row = gate.latest(linden.episode)
    assert row is not None
    red = [f for f in gate.decision_of(row).findings if f.is_red_flag and f.state == "fired"]
    for finding in red:
        sent = {
            "rule": finding.rule_id,
            "clinician": "Dr Vale, GP",
            "cleared_on": gate.decision_of(row).as_of.isoformat(),
            "words": "Examined reflexes and walking; massage may begin.",
        }
        ann.post(address(linden, "clear/"), sent)
    assert gate.may_book(linden.episode).ok
    assert "Cleared on" in text_of(ann.get(address(linden)))
    assert Clearance.everything.count() == len(red)


def test_a_clearance_of_tomorrow_is_refused_and_kept_on_the_page(
    linden: House, ann: Browser
) -> None:
    walk_intake(ann, linden.episode.pk, TYPIST)
    sent = {
        "rule": "RF-NECK-03",
        "clinician": "Dr Vale",
        "cleared_on": "2999-01-01",
        "words": "fine",
    }
    page = ann.post(address(linden, "clear/"), sent)
    assert page.status_code == 422
    assert "Enter a day that has come already" in text_of(page)
    assert 'value="Dr Vale"' in page.content.decode()


def test_an_override_is_signed_with_a_reason_and_kept(linden: House, ann: Browser) -> None:
    intake(linden, anticoagulant=True, anticoagulant_unstable=False)
    ann.get(address(linden))
    sent = {"rule": "SR-005", "reason": REASON, "signed_name": "ann  linden"}
    page = ann.post(address(linden, "override/"), sent, follow=True)
    assert "Set aside by" in text_of(page)
    assert REASON in text_of(page)
    row = Override.everything.get()
    assert (row.rule_id, row.staff) == ("SR-005", linden.ann)
    assert gate.latest(linden.episode).pressure_ceiling == 5  # type: ignore[union-attr]


def test_what_a_finding_covered_is_asked_on_the_page_once_it_is_set_aside(
    linden: House, ann: Browser
) -> None:
    intake(linden, anticoagulant=True, anticoagulant_unstable=False, steroid_long_term=None)
    assert "Still to ask" not in text_of(ann.get(address(linden)))
    sent = {"rule": "SR-005", "reason": REASON, "signed_name": "Ann Linden"}
    page = ann.post(address(linden, "override/"), sent, follow=True)
    assert "Still to ask" in text_of(page)
    assert not gate.may_book(linden.episode).ok
    page = ann.post(address(linden, "answer/"), {"steroid_long_term": "no"}, follow=True)
    assert "Still to ask" not in text_of(page)
    assert gate.latest(linden.episode).pressure_ceiling == 5  # type: ignore[union-attr]
    assert gate.may_book(linden.episode).ok


def test_a_wrong_name_or_a_short_reason_signs_nothing(linden: House, ann: Browser) -> None:
    intake(linden, anticoagulant=True, anticoagulant_unstable=False)
    ann.get(address(linden))
    for sent, words in (
        ({"reason": REASON, "signed_name": "Olive Linden"}, "Type your own name"),
        ({"reason": "fine", "signed_name": "Ann Linden"}, "Write a full sentence"),
    ):
        page = ann.post(address(linden, "override/"), {"rule": "SR-005", **sent})
        assert page.status_code == 422
        assert words in text_of(page)
    assert not Override.everything.exists()


def test_a_red_flag_cannot_be_set_aside_by_anybody(linden: House, ann: Browser) -> None:
    walk_intake(ann, linden.episode.pk, TYPIST)
    sent = {"rule": "RF-NECK-03", "reason": REASON, "signed_name": "Ann Linden"}
    page = ann.post(address(linden, "override/"), sent)
    assert page.status_code == 422
    assert "cannot be set aside" in text_of(page)
    assert not gate.may_book(linden.episode).ok


def test_the_emergency_page_and_its_letter(linden: House, ann: Browser) -> None:
    walk_intake(ann, linden.episode.pk, SADDLE)
    page = ann.get(address(linden, "emergency/"))
    assert "Call 911" in text_of(page)
    assert page.content.decode().count('class="call"') == 1
    words = text_of(ann.get(address(linden, "letter/")))
    assert "Cora Linden" in words
    assert "I cannot pass water" in words
    assert not gate.may_book(linden.episode).ok


def test_without_an_emergency_there_is_no_emergency_page(linden: House, ann: Browser) -> None:
    screened(linden)
    page = ann.get(address(linden, "emergency/"), follow=True)
    assert page.request["PATH_INFO"] == address(linden)


def test_a_client_sees_the_result_without_the_therapists_forms(linden: House) -> None:
    screened(linden, anticoagulant=True, anticoagulant_unstable=False)
    browser = Browser()
    assert linden.cora.user is not None
    browser.force_login(linden.cora.user)
    words = text_of(browser.get(address(linden)))
    assert "What it cannot do" in words
    assert "Set this aside" not in words
    assert "A clinician has examined this" not in words


# --- Asking again


def test_nothing_new_is_one_tap_and_a_new_version(linden: House, ann: Browser) -> None:
    screened(linden)
    assert "Anything new since 2 March 2026?" in text_of(ann.get(address(linden, "again/")))
    ann.post(address(linden, "again/"), {"nothing_changed": "yes"})
    assert Intake.everything.count() == 2
    assert gate.may_book(linden.episode).ok


def test_confirmed_answers_age_and_an_old_reading_is_asked_for_again(linden: House) -> None:
    told = {"heart_and_blood": ("high_blood_pressure",), "bp_known": True}
    screened(linden, **told, bp_systolic=130, bp_diastolic=84)
    me = linden.actor(linden.ann)
    for days, missing in ((20, []), (45, ["bp_known"])):
        later = NOW + timedelta(days=days)
        row = actions.rescreen(episode=linden.episode, answers={}, by=me, now=later)
        assert row.result["missing"] == missing
    newest = Intake.everything.order_by("-version").first()
    assert newest is not None
    assert newest.answers["pain_weeks"] == 104 + 2 + 3
    fresh = {"bp_known": True, "bp_systolic": 128, "bp_diastolic": 80}
    later = NOW + timedelta(days=46)
    row = actions.rescreen(episode=linden.episode, answers=fresh, by=me, now=later)
    assert row.result["missing"] == []


def test_a_new_sign_before_a_visit_stops_it(linden: House) -> None:
    screened(linden)
    row = actions.rescreen(
        episode=linden.episode,
        answers={"leg_signs": ("one_swollen",), "clot_risks": ("still",)},
        by=linden.actor(linden.ann),
        now=NOW + timedelta(days=7),
    )
    assert row.blocks_booking
    assert not gate.may_book(linden.episode).ok


def test_an_override_holds_while_the_answers_behind_it_do(linden: House) -> None:
    row = screened(linden, anticoagulant=True, anticoagulant_unstable=False)
    me = linden.actor(linden.ann)
    actions.override(
        screening=row, rule_id="SR-005", reason=REASON, signed_name="Ann Linden", by=me, now=NOW
    )
    same = actions.rescreen(episode=linden.episode, answers={}, by=me, now=NOW)
    assert same.pressure_ceiling == 5
    gone = actions.rescreen(
        episode=linden.episode, answers={"anticoagulant": False}, by=me, now=NOW
    )
    back = actions.rescreen(
        episode=linden.episode,
        answers={"anticoagulant": True, "anticoagulant_unstable": True},
        by=me,
        now=NOW,
    )
    assert gone.disposition == "proceed"
    assert back.blocks_booking


def test_somebody_with_a_link_may_say_what_is_new(linden: House) -> None:
    screened(linden)
    row = actions.rescreen(
        episode=linden.episode, answers={}, by=for_link(linden.episode), now=NOW
    )
    assert not row.blocks_booking


def test_asking_again_needs_a_first_time(linden: House) -> None:
    with pytest.raises(LookupError):
        actions.rescreen(episode=linden.episode, answers={}, by=linden.actor(linden.ann), now=NOW)


def test_a_screening_is_never_changed(linden: House) -> None:
    first = screened(linden)
    before = first.result
    screened(linden, saddle_numb=True)
    first.refresh_from_db()
    assert first.result == before
    assert Screening.everything.count() == 2


# --- Actions: the right person, the wrong person, and no trail


def _decide(house: House, row: Screening, by: Actor) -> Any:
    return actions.decide(intake=row.intake, by=by, now=NOW)


def _override(house: House, row: Screening, by: Actor) -> Any:
    name = by.staff.name if by.staff else ""
    return actions.override(
        screening=row, rule_id="SR-005", reason=REASON, signed_name=name, by=by, now=NOW
    )


def _clear(house: House, row: Screening, by: Actor) -> Any:
    return actions.clear(
        episode=house.episode,
        rule_id="SR-005",
        clinician="Dr Vale",
        words="fine",
        cleared_on=TODAY,
        by=by,
        now=NOW,
    )


RIGHT = {_decide: ("ann", "owner", "cora"), _override: ("ann",), _clear: ("ann", "owner")}


@pytest.mark.parametrize("act", RIGHT)
def test_the_right_person_may(linden: House, act: Any) -> None:
    for who in RIGHT[act]:
        row = screened(linden, anticoagulant=True, anticoagulant_unstable=False)
        Override.everything.all().delete()
        assert act(linden, row, linden.actor(getattr(linden, who))).pk


@pytest.mark.parametrize("act", RIGHT)
def test_the_wrong_person_may_not(linden: House, maple: House, act: Any) -> None:
    row = screened(linden, anticoagulant=True, anticoagulant_unstable=False)
    people = {who: getattr(linden, who) for who in ("ann", "owner", "cora", "ben", "desk", "dan")}
    wrong = [person for who, person in people.items() if who not in RIGHT[act]]
    for person in (*wrong, maple.ann, maple.owner):
        with pytest.raises(Refused):
            act(linden, row, linden.actor(person))
    assert Screening.everything.count() == 1


@pytest.mark.parametrize("act", RIGHT)
def test_nothing_is_saved_when_the_trail_fails(
    linden: House, act: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = screened(linden, anticoagulant=True, anticoagulant_unstable=False)
    monkeypatch.setattr(actions, "record", lambda *args, **kwargs: None)
    with pytest.raises(ActionNotAudited):
        act(linden, row, linden.actor(linden.ann))
    assert Screening.everything.count() == 1
    assert not Override.everything.exists()
    assert not Clearance.everything.exists()
