"""The public self-check: three real persons, nothing stored, nothing said in an address or log."""

from __future__ import annotations

import json
import logging
import tomllib
from hashlib import sha256
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client as Browser

from tests.support.cast import House
from tests.support.persons import (
    A_MARK,
    SADDLE,
    TYPIST,
    WELL,
    Told,
    fill,
    text_of,
    walk_self_check,
)
from unknot.clinic.models import Client, Consent, Intake
from unknot.reasoning.case import read_case
from unknot.reasoning.screen import decide


def rows() -> dict[str, int]:
    """How many rows every table holds."""
    counts = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
            counts[model._meta.db_table] = cursor.fetchone()[0]
    return counts


def test_numb_fingers_on_both_hands_go_to_a_doctor_first(linden: House) -> None:
    words = text_of(walk_self_check(Browser(), TYPIST))
    assert "A doctor first" in words
    assert "What to tell the doctor" in words
    assert "The little fingers of both hands" in words


def test_plain_low_back_pain_may_proceed_without_a_promise(linden: House) -> None:
    words = text_of(walk_self_check(Browser(), WELL))
    assert "Yes, as far as we can tell" in words
    assert "What it cannot do" in words
    assert "the certainty is low" in words.lower()


def test_a_numb_saddle_and_no_urine_shows_the_emergency_page_at_once(linden: House) -> None:
    browser = Browser()
    page = walk_self_check(browser, SADDLE)
    assert "Call 911" in text_of(page)
    assert page.content.decode().count("<h1") == 1
    assert "Keep" not in text_of(page)
    told = len(SADDLE)
    assert int(page.request["PATH_INFO"].strip("/").split("/")[-1]) < told  # not asked to the end


def test_without_a_practice_the_emergency_number_is_named_in_words(db: None) -> None:
    assert "112 in Europe, 911 in North America" in text_of(walk_self_check(Browser(), SADDLE))


def test_names_of_medicines_are_read_back_and_what_cannot_be_read_is_asked(linden: House) -> None:
    browser = Browser()
    told = {**WELL, "medicines": ["other"], "medicine_names": "xarleto, moonflower"}
    told |= {"medicine_spelling_right": "yes", "medicine_kinds": ["none"]}
    seen: list[str] = []
    page = browser.get("/self-check/1/")
    while 'id="answers"' in page.content.decode():
        seen.append(text_of(page))
        page = browser.post(page.request["PATH_INFO"], fill(page, told), follow=True)
    asked = " ".join(seen)
    assert "We read “xarleto” as rivaroxaban, a blood thinner. Is that right?" in asked
    assert "We do not know “moonflower”." in asked
    words = text_of(page)
    assert "Xarleto is rivaroxaban, a blood thinner." in words
    assert "Gentle massage is fine." in words


@pytest.mark.parametrize("told", [TYPIST, WELL, SADDLE])
def test_nothing_is_stored(linden: House, told: Told) -> None:
    before = rows()
    browser = Browser()
    walk_self_check(browser, told)
    browser.get("/self-check/letter/")
    browser.get("/self-check/download/")
    assert rows() == before


def test_no_answer_stands_in_an_address_or_a_log(
    linden: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    browser = Browser()
    page = browser.get("/self-check/1/")
    addresses = []
    while 'id="answers"' in page.content.decode():
        page = browser.post(page.request["PATH_INFO"], fill(page, TYPIST), follow=True)
        addresses += [address for address, _ in page.redirect_chain]
    assert {address.strip("/").rsplit("/", 1)[0] for address in addresses} == {"self-check"}
    assert all(address.strip("/").rsplit("/", 1)[1].isdigit() for address in addresses)
    said = " ".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )
    assert "little_fingers" not in said
    assert "neck_upper_back" not in said


def test_the_cookie_shows_no_answer_and_goes_to_the_self_check_only(linden: House) -> None:
    browser = Browser()
    walk_self_check(browser, TYPIST)
    cookie = browser.cookies["self_check_0"]
    assert "little_fingers" not in cookie.value
    assert cookie["path"] == "/self-check/"
    assert cookie["httponly"]
    assert cookie["max-age"] == ""  # ends with the browser


@pytest.mark.parametrize("value", ["", "x", "gAAAAABnonsense"])
def test_a_damaged_cookie_begins_again(linden: House, value: str) -> None:
    browser = Browser()
    browser.cookies["self_check_0"] = value
    page = browser.get("/self-check/7/", follow=True)
    assert page.request["PATH_INFO"] == "/self-check/1/"


def test_bad_input_is_said_on_top_linked_to_the_field_and_kept(linden: House) -> None:
    browser = Browser()
    page = browser.post("/self-check/1/", {"age_years": "three hundred"})
    html = page.content.decode()
    assert page.status_code == 422
    assert 'href="#id_age_years"' in html
    assert 'value="three hundred"' in html
    assert 'href="#id_sex_0"' in html


def test_none_of_these_beside_another_answer_is_refused(linden: House) -> None:
    browser = Browser()
    page = browser.get("/self-check/1/")
    while 'name="check_nerves"' not in page.content.decode():
        page = browser.post(page.request["PATH_INFO"], fill(page, WELL), follow=True)
    sent = {**fill(page, WELL), "check_nerves": ["none", "numb"]}
    page = browser.post(page.request["PATH_INFO"], sent)
    assert page.status_code == 422
    assert "stands alone" in text_of(page)


def test_without_a_script_places_are_chosen_from_the_list(linden: House) -> None:
    browser = Browser()
    page = browser.post("/self-check/1/", {"age_years": "51", "sex": "male"}, follow=True)
    assert 'name="marks-region"' in page.content.decode()
    sent = {
        "marks": "[]",
        "marks-list": "1",
        "marks-region": ["low_back_left", "neck_back_right"],
        "marks-kind-low_back_left": "burning",
        "marks-intensity-low_back_left": "7",
    }
    page = browser.post(page.request["PATH_INFO"], sent, follow=True)
    back = browser.get("/self-check/2/").content.decode()
    assert "burning, 7 of 10" in back
    assert page.request["PATH_INFO"] == "/self-check/3/"


@pytest.mark.parametrize("marks", ["[]", "{", '[{"region":"moon"}]'])
def test_a_drawing_that_says_nothing_is_asked_for_again(linden: House, marks: str) -> None:
    browser = Browser()
    page = browser.post("/self-check/1/", {"age_years": "51", "sex": "male"}, follow=True)
    page = browser.post(page.request["PATH_INFO"], {"marks": marks})
    assert page.status_code == 422
    assert 'href="#id_marks"' in page.content.decode()


def test_more_drawing_than_a_browser_carries_is_said_and_nothing_is_lost(linden: House) -> None:
    browser = Browser()
    page = browser.post("/self-check/1/", {"age_years": "51", "sex": "male"}, follow=True)
    many = [
        {**A_MARK, "note": f"{number} {'x' * 200} {hash(str(number))}"} for number in range(200)
    ]
    noise = [{**mark, "note": sha256(mark["note"].encode()).hexdigest() * 7} for mark in many]
    page = browser.post(page.request["PATH_INFO"], {"marks": json.dumps(noise)}, follow=True)
    assert "That was more than fits" in text_of(page)
    assert browser.get("/self-check/1/").content.decode().count('value="51"') == 1


def test_going_back_loses_no_answer(linden: House) -> None:
    browser = Browser()
    page = browser.post("/self-check/1/", {"age_years": "51", "sex": "male"}, follow=True)
    here = page.request["PATH_INFO"]
    sent = {**fill(page, WELL), "back": "yes"}
    page = browser.post(here, sent, follow=True)
    assert page.request["PATH_INFO"] == "/self-check/1/"
    assert 'value="51"' in page.content.decode()
    page = browser.post("/self-check/1/", {"age_years": "51", "sex": "male"}, follow=True)
    assert "main_area" in page.content.decode() or "low_back_right" in page.content.decode()


def test_a_correction_leads_straight_on_to_what_is_still_open(linden: House) -> None:
    browser = Browser()
    last = walk_self_check(browser, WELL).request["PATH_INFO"]
    page = browser.post("/self-check/1/", {"age_years": "52", "sex": "male"}, follow=True)
    assert "Yes, as far as we can tell" in text_of(page)
    assert page.request["PATH_INFO"] != last


def test_not_sure_is_no_yes(linden: House) -> None:
    words = text_of(walk_self_check(Browser(), {**WELL, "fever": "not_sure"}))
    assert "Yes, as far" not in words
    assert "Still to answer" in words
    assert "We need to ask a little more" in words
    assert "A doctor first" not in words  # nothing that was said needs one


def test_who_needs_the_word_of_a_guardian_is_not_sent_to_a_doctor(linden: House) -> None:
    words = text_of(walk_self_check(Browser(), {**WELL, "decides_for_self": "no"}))
    assert "Something must be agreed first" in words
    assert "A doctor first" not in words


PREGNANT: Told = {
    **WELL,
    "age_years": "31",
    "sex": "female",
    "pregnant": "yes",
    "gestation_weeks": "24",
    "bp_known": "yes",
    "bp_systolic": "115",
    "bp_diastolic": "70",
    "anticoagulant": "yes",
}


@pytest.mark.parametrize(
    ("more", "heading", "pressure"),
    [
        ({"anticoagulant_unstable": "no"}, "Yes, with care", "light to moderate pressure at most"),
        ({"anticoagulant_unstable": "yes"}, "A doctor first", ""),
        ({"anticoagulant_unstable": "not_sure"}, "We need to ask a little more", ""),
    ],
)
def test_pregnant_and_on_a_blood_thinner_both_rules_count(
    linden: House, more: Told, heading: str, pressure: str
) -> None:
    browser = Browser()
    words = text_of(walk_self_check(browser, {**PREGNANT, **more}))
    assert heading in words
    assert pressure in words.lower()
    found = decide(read_case(browser.get("/self-check/download/").content.decode()))
    fired = {finding.rule_id for finding in found.findings if finding.state == "fired"}
    assert {"SR-005", "SR-017"} <= fired
    assert found.pressure_ceiling == 2  # of the blood thinner; pregnancy alone allows 3
    assert {"prone", "flat_supine"} <= set(found.positions)
    assert "TEC-CUP" in found.banned_techniques
    assert set(found.excluded_groups) == {"abdomen"}


def test_what_is_known_of_long_lasting_pain_is_not_told_of_pain_of_five_weeks(
    linden: House,
) -> None:
    lately = {"pain_weeks_0": "5", "pain_weeks_1": "weeks"}
    for area, long_lasting, recent in (
        ("low_back", "has lasted three months or more", "Yours is more recent"),
        ("neck_upper_back", "For long-lasting neck pain", "found no trial"),
    ):
        told = {**WELL, "main_area": area, "arm_pain": "none"}
        assert long_lasting in text_of(walk_self_check(Browser(), told))
        words = text_of(walk_self_check(Browser(), {**told, **lately}))
        assert long_lasting not in words
        assert recent in words


def test_the_file_is_one_case_the_command_line_reads(linden: House) -> None:
    browser = Browser()
    walk_self_check(browser, TYPIST)
    answer = browser.get("/self-check/download/")
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert "numb" not in answer["Content-Disposition"]
    case = read_case(answer.content.decode())
    assert case.answer("numb_areas") == ("little_fingers_both",)
    assert case.answer("check_nerves") == ("numb",)
    assert case.answer("saddle_numb") is False  # left unticked beside an answer: an explicit no
    assert case.marks[0].region == "low_back_right"
    assert tomllib.loads(answer.content.decode())["format"] == "unknot-case-1"


def test_the_letter_says_what_was_answered_and_names_no_diagnosis(linden: House) -> None:
    browser = Browser()
    walk_self_check(browser, SADDLE)
    words = text_of(browser.get("/self-check/letter/"))
    assert "A woman of 38" in words
    assert "I cannot pass water" in words
    assert "names no diagnosis" in words


def test_forgetting_takes_the_answers_out_of_the_browser(linden: House) -> None:
    browser = Browser()
    walk_self_check(browser, WELL)
    browser.post("/self-check/forget/")
    assert browser.cookies["self_check_0"].value == ""
    assert browser.get("/self-check/download/").status_code == 302


KEEP: dict[str, Any] = {"name": "Nadia Ort", "email": "nadia@example.org", "agree": "on"}


def test_keeping_makes_a_client_with_an_open_intake_and_their_agreement(linden: House) -> None:
    browser = Browser()
    walk_self_check(browser, TYPIST)
    page = browser.post("/self-check/keep/", KEEP, follow=True)
    assert "Your answers are kept" in text_of(page)
    client = Client.everything.get(name="Nadia Ort")
    intake = Intake.everything.get(episode__client=client)
    assert client.practice == linden.practice
    assert client.user is None
    assert intake.answers["numb_areas"] == ["little_fingers_both"]
    assert intake.completed_at is None
    assert intake.episode.main_area == "neck_upper_back"
    consent = Consent.everything.get(client=client)
    assert (consent.kind, consent.signed_name) == ("keeping", "Nadia Ort")
    assert browser.cookies["self_check_0"].value == ""


def test_what_was_kept_is_not_asked_again_in_the_intake(linden: House) -> None:
    browser = Browser()
    walk_self_check(browser, WELL)
    browser.post("/self-check/keep/", KEEP)
    intake = Intake.everything.get(episode__client__name="Nadia Ort")
    assert {"about_you", "where", "warning_signs", "health", "medicines"} <= set(
        intake.sections_done
    )
    assert not {"behaviour", "load", "tried", "wishes"} & set(intake.sections_done)


def test_an_interview_that_an_emergency_ended_goes_on_in_the_intake(linden: House) -> None:
    browser = Browser()
    walk_self_check(browser, SADDLE)
    browser.post("/self-check/keep/", KEEP)
    intake = Intake.everything.get(episode__client__name="Nadia Ort")
    assert "health" not in intake.sections_done
    browser.force_login(linden.owner.user)
    page = browser.get(f"/episodes/{intake.episode_id}/intake/warning_signs/").content.decode()
    assert 'name="check_below"' not in page  # answered in the self-check
    assert "<h1" in page
    assert "Signs we must not miss" in page


def test_ticking_a_choice_of_several_signs_asks_which_of_them(linden: House) -> None:
    browser = Browser()
    page = browser.get("/self-check/1/")
    while 'name="check_head_neck"' not in page.content.decode():
        page = browser.post(page.request["PATH_INFO"], fill(page, WELL), follow=True)
    sent = {**fill(page, WELL), "check_head_neck": ["sight"]}
    page = browser.post(page.request["PATH_INFO"], sent, follow=True)
    html = page.content.decode()
    assert 'name="head_neck_signs"' in html
    assert "Seeing double" in html
    assert "tender scalp" not in html


def test_keeping_asks_for_a_name_an_address_and_agreement(linden: House) -> None:
    browser = Browser()
    walk_self_check(browser, WELL)
    page = browser.post("/self-check/keep/", {"email": "nobody"})
    assert page.status_code == 422
    assert "Enter your name" in text_of(page)
    assert "Tick the box if you agree" in text_of(page)
    assert not Client.everything.filter(email="nobody").exists()


def test_a_double_tap_keeps_once(linden: House) -> None:
    browser = Browser()
    walk_self_check(browser, WELL)
    cookies = dict(browser.cookies)
    browser.post("/self-check/keep/", {**KEEP, "once": "a" * 32})
    browser.cookies.update(cookies)
    browser.post("/self-check/keep/", {**KEEP, "once": "a" * 32})
    assert Client.everything.filter(name="Nadia Ort").count() == 1


def test_nothing_can_be_kept_before_the_end_or_without_a_practice(db: None) -> None:
    browser = Browser()
    walk_self_check(browser, WELL)
    assert browser.post("/self-check/keep/", KEEP).status_code == 302
    assert not Client.everything.exists()


def test_there_is_no_step_before_the_first(linden: House) -> None:
    browser = Browser()
    walk_self_check(browser, WELL)
    for answer in (browser.get("/self-check/0/"), browser.post("/self-check/0/", {"back": "1"})):
        assert answer.status_code == 302
