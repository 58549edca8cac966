"""The check-in's pages: what is asked, shown again, asked further, and done at home."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client as Browser

from tests.support.between import diary_link, ended_yesterday, keep, marked
from tests.support.cast import NOW, House
from tests.support.plans import agreed_plan
from unknot.clinic.access import for_link
from unknot.clinic.follow_up.actions import answers
from unknot.clinic.models import Alert, CheckIn, OnceKey
from unknot.clinic.outcomes.gather import diary_of
from unknot.clinic.plan import home

pytestmark = pytest.mark.django_db


# --- The pages -----------------------------------------------------------------------------


def test_one_number_is_enough_and_the_same_link_then_says_thank_you(linden: House) -> None:
    _, token = diary_link(linden, datetime.now(UTC))
    phone = Browser()
    assert phone.get(f"/c/{token}/").status_code == 200
    assert phone.post(f"/c/{token}/", {}).status_code == 422
    assert phone.post(f"/c/{token}/", {"pain": "4"}).status_code == 302
    page = phone.get(f"/c/{token}/").content.decode()
    assert "Your entry is saved." in page
    assert CheckIn.everything.get().pain == 4
    assert phone.get(f"/c/{token}/?again").content.decode().count('name="pain"') == 11


def test_the_pain_of_each_area_is_asked_and_the_worst_is_the_entry_s(linden: House) -> None:
    marked(linden, "low_back_left", "neck_back_right")
    _, token = diary_link(linden, datetime.now(UTC))
    phone = Browser()
    page = phone.get(f"/c/{token}/").content.decode()
    assert page.index("Low back") < page.index("Neck")
    assert phone.post(f"/c/{token}/", {"area-low_back": "4"}).status_code == 422
    phone.post(f"/c/{token}/", {"area-low_back": "4", "area-neck": "6"})
    entry = CheckIn.everything.get()
    assert (entry.pain, entry.answers["areas"]) == (6, {"low_back": 4, "neck": 6})


def test_last_time_is_a_mark_and_nothing_is_filled_in(linden: House) -> None:
    now = datetime.now(UTC)
    link, token = diary_link(linden, now - timedelta(days=2))
    keep(linden, link, 4, now - timedelta(days=1), sleep=7)
    page = Browser().get(f"/c/{token}/").content.decode()
    assert page.count("data-last") == 2
    assert page.count("(last time)") == 2
    assert " checked>" not in page


def test_a_correction_begins_with_what_was_said(linden: House) -> None:
    _, token = diary_link(linden, datetime.now(UTC))
    phone = Browser()
    phone.post(f"/c/{token}/", {"pain": "4", "flare": "no"})
    page = phone.get(f"/c/{token}/?correct").content.decode()
    assert page.count(" checked>") == 2
    phone.post(f"/c/{token}/", {"pain": "5", "flare": "no", "correct": "1"})
    assert CheckIn.everything.get().pain == 5


# --- Warning signs, where they can matter -------------------------------------------------


def test_a_flare_asks_the_warning_signs_before_anything_is_kept(linden: House) -> None:
    _, token = diary_link(linden, datetime.now(UTC))
    phone = Browser()
    flare = {"pain": "4", "flare": "yes"}
    again = phone.post(f"/c/{token}/", flare)
    assert again.status_code == 422
    assert "check-in__signs--all" in again.content.decode()
    assert not CheckIn.everything.exists()
    phone.post(f"/c/{token}/", {**flare, "signs": ["none"]})
    assert CheckIn.everything.get().answers["signs"] == []
    assert Alert.everything.get().rule_id == "flare"


def test_pain_that_is_clearly_up_asks_them_too(linden: House) -> None:
    now = datetime.now(UTC)
    link, token = diary_link(linden, now - timedelta(days=2))
    keep(linden, link, 4, now - timedelta(days=1))
    assert Browser().post(f"/c/{token}/", {"pain": "6"}).status_code == 422
    assert Browser().post(f"/c/{token}/", {"pain": "5"}).status_code == 302


def test_not_sure_holds_visits_back_until_the_therapist_has_asked(linden: House) -> None:
    _, token = diary_link(linden, datetime.now(UTC))
    sent = {"pain": "4", "flare": "yes", "signs": ["unsure"]}
    assert Browser().post(f"/c/{token}/", sent).status_code == 302
    alert = Alert.everything.get()
    assert (alert.rule_id, alert.stops, alert.asks_screening) == ("unanswered", True, False)


def test_an_emergency_in_a_check_in_needs_nothing_else_and_fills_the_page(linden: House) -> None:
    _, token = diary_link(linden, datetime.now(UTC))
    phone = Browser()
    phone.post(f"/c/{token}/", {"flare": "yes", "signs": ["bladder_or_saddle"]})
    page = phone.get(f"/c/{token}/").content.decode()
    assert f'href="tel:{linden.practice.emergency_number}"' in page
    assert (CheckIn.everything.get().pain, Alert.everything.get().urgency) == (
        None,
        "emergency_now",
    )


def test_work_on_the_neck_is_watched_for_two_weeks(linden: House) -> None:
    room = ended_yesterday(linden)
    entry = room.visit.entries.get()
    entry.area, entry.recorded_at = "neck", datetime.now(UTC) - timedelta(days=13)
    entry.save(update_fields=["area", "recorded_at"])
    _, token = diary_link(linden, datetime.now(UTC))
    phone = Browser()
    assert "unlike any before" in phone.get(f"/c/{token}/").content.decode()
    assert phone.post(f"/c/{token}/", {"pain": "4"}).status_code == 422
    assert phone.post(f"/c/{token}/", {"pain": "4", "signs": ["none"]}).status_code == 302


# --- The days between ---------------------------------------------------------------------


def test_after_a_gap_the_days_between_may_be_told_from_memory(linden: House) -> None:
    now = datetime.now(UTC)
    link, token = diary_link(linden, now - timedelta(days=9))
    keep(linden, link, 4, now - timedelta(days=8))
    phone = Browser()
    phone.post(f"/c/{token}/", {"pain": "5"})
    assert "And the days between?" in phone.get(f"/c/{token}/").content.decode()
    phone.post(f"/c/{token}/", {"average": "6"})
    assert "And the days between?" not in phone.get(f"/c/{token}/").content.decode()
    told = CheckIn.everything.get(kind="recalled")
    assert (told.pain, told.answers) == (6, {"average": 6})
    phone.post(f"/c/{token}/", {"average": "9"})
    assert CheckIn.everything.filter(kind="recalled").count() == 1


def test_a_short_gap_is_not_mentioned(linden: House) -> None:
    now = datetime.now(UTC)
    link, token = diary_link(linden, now - timedelta(days=9))
    keep(linden, link, 4, now - timedelta(days=3))
    phone = Browser()
    phone.post(f"/c/{token}/", {"pain": "5"})
    assert "And the days between?" not in phone.get(f"/c/{token}/").content.decode()


def test_what_is_told_from_memory_reaches_the_model_as_such(linden: House) -> None:
    link, _ = diary_link(linden)
    keep(linden, link, 4, NOW)
    by = for_link(linden.episode)
    answers.answer_recalled(link=link, average=6, by=by, now=NOW)
    kinds = [(str(one.kind), one.value) for one in diary_of(linden.episode, now=NOW).entries]
    assert sorted(kinds) == [("diary", 4.0), ("recalled_week", 6.0)]


def test_the_script_of_the_page_gets_an_address_or_a_problem(linden: House) -> None:
    _, token = diary_link(linden, datetime.now(UTC))
    phone = Browser(headers={"Accept": "application/json"})
    refused = phone.post(f"/c/{token}/", {})
    assert (refused.status_code, "problem" in refused.json()) == (422, True)
    assert phone.post(f"/c/{token}/", {"pain": "4"}).json() == {"next": f"/c/{token}/"}


def test_a_double_tap_answers_the_same_and_keeps_no_secret(linden: House) -> None:
    _, token = diary_link(linden, datetime.now(UTC))
    sent = {"pain": "4", "once": "k" * 32}
    first, second = (Browser().post(f"/c/{token}/", sent) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"] == f"/c/{token}/"
    assert (first.status_code, second.status_code) == (302, 302)
    assert CheckIn.everything.count() == 1
    assert token not in str(list(OnceKey.everything.values()))


def test_no_answer_of_a_link_s_page_keeps_the_secret(linden: House) -> None:
    _, token = diary_link(linden, datetime.now(UTC))
    told = {"Accept": "application/json"}
    for path, sent, headers in (
        ("", {"pain": "4", "once": "j" * 32}, told),
        ("home/", {"item": "HC-01", "on": "x", "once": "h" * 32}, {}),
    ):
        first, second = (Browser().post(f"/c/{token}/{path}", sent, headers=headers) for _ in "12")
        assert first.status_code == second.status_code < 400
        assert first.content == second.content
        assert first.headers.get("Location") == second.headers.get("Location")
        assert token in str(first.content) + first.headers.get("Location", "")
    assert token not in str(list(OnceKey.everything.values()))


@pytest.mark.parametrize("token", ["x" * 32, "a", "0" * 200])
def test_an_unknown_link_is_not_found(linden: House, token: str) -> None:
    assert Browser().get(f"/c/{token}/").status_code == 404
    assert Browser().post(f"/c/{token}/", {"pain": "4"}).status_code == 404


def test_the_client_sees_own_entries_and_no_alerts(linden: House) -> None:
    link, _ = diary_link(linden)
    keep(linden, link, 6, NOW, flare=True)
    browser = Browser()
    browser.force_login(linden.cora.user)
    page = browser.get(f"/episodes/{linden.episode.pk}/follow-up/").content.decode()
    assert "a flare" in page
    assert "Needs an answer" not in page
    assert "Links made" not in page


# --- At home, item by item ------------------------------------------------------------------


def _home_days(house: House) -> list[tuple[str, str]]:
    return [(row.item, row.done) for row in house.episode.home_days.order_by("item")]


def test_each_piece_of_home_care_is_asked_by_itself_and_feeds_the_ladder(linden: House) -> None:
    now = datetime.now(UTC)
    agreed_plan(linden, now, "HC-06", "HC-07")
    _, token = diary_link(linden, now)
    phone, address = Browser(), f"/c/{token}/"
    page = phone.get(address).content.decode()
    assert page.count('value="not_today"') == 2
    answer = phone.post(address, {"pain": "3", "home-HC-06": "done", "home-HC-07": "not_today"})
    assert answer.status_code == 302
    assert _home_days(linden) == [("HC-06", "done"), ("HC-07", "not_today")]
    told = CheckIn.everything.get().answers
    assert told["home_care"] == {"HC-06": "done", "HC-07": "not_today"}
    assert told["home_care_done"] is True
    again = phone.get(f"{address}?again").content.decode()
    assert "Done at home today?" not in again
    staff = Browser()
    staff.force_login(linden.ann.user)
    shown = staff.get(f"/episodes/{linden.episode.pk}/follow-up/").content.decode()
    assert "at home: walk done, bridge and bird-dog not today" in shown


def test_home_care_left_out_is_not_told(linden: House) -> None:
    now = datetime.now(UTC)
    agreed_plan(linden, now, "HC-06", "HC-07")
    _, token = diary_link(linden, now)
    Browser().post(f"/c/{token}/", {"pain": "3", "home-HC-07": "partly"})
    assert _home_days(linden) == [("HC-07", "partly")]
    Browser().post(f"/c/{token}/?again", {"pain": "3"})
    assert _home_days(linden) == [("HC-07", "partly")]
    assert "home_care_done" not in CheckIn.everything.order_by("at").last().answers  # type: ignore[union-attr]


def test_a_correction_changes_what_was_told_of_home_care(linden: House) -> None:
    now = datetime.now(UTC)
    agreed_plan(linden, now, "HC-06")
    _, token = diary_link(linden, now)
    phone, address = Browser(), f"/c/{token}/"
    phone.post(address, {"pain": "3", "home-HC-06": "done"})
    page = phone.get(f"{address}?correct").content.decode()
    assert re.search(r'name="home-HC-06" value="done"[^>]* checked', page)
    phone.post(address, {"correct": "1", "pain": "3", "home-HC-06": "not_today"})
    assert _home_days(linden) == [("HC-06", "not_today")]
    assert CheckIn.everything.get().answers["home_care_done"] is False


def test_an_item_that_waits_is_not_asked_and_not_kept(linden: House) -> None:
    now = datetime.now(UTC)
    agreed_plan(linden, now, "HC-06", "HC-07")
    link, token = diary_link(linden, now)
    by = for_link(linden.episode)
    home.tell(
        episode=linden.episode,
        item="HC-07",
        on=home.today_of(linden.episode, now),
        told=home.Told(sign=True),
        by=by,
        now=now,
    )
    page = Browser().get(f"/c/{token}/").content.decode()
    assert 'name="home-HC-06"' in page
    assert 'name="home-HC-07"' not in page
    told = {"pain": 3, "home_care": {"HC-07": "done", "HC-06": "done"}}
    answers.answer_diary(link=link, answers=told, by=by, now=now)
    assert ("HC-06", "done") in _home_days(linden)
    assert ("HC-07", "done") not in _home_days(linden)
