"""Entries that a device kept: never under another account, and let go only by their own key."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.test import RequestFactory

from tests.support.cast import NOW, House
from tests.support.visits import begun
from unknot.clinic.access import account_of, sent_of
from unknot.clinic.access.actor import ANONYMOUS


@pytest.fixture
def tablet(linden: House) -> Browser:
    browser = Browser()
    browser.force_login(linden.ann.user)
    return browser


def _tap(browser: Browser, visit: Any, account: str, **more: Any) -> Any:
    headers = {"Accept": "application/json", "Idempotency-Key": "k1", "Unknot-Account": account}
    body = {"pain_before": "4", **more}
    return browser.post(f"/visits/{visit.pk}/tap/", body, headers=headers)


def test_the_id_of_an_account_tells_nothing_and_stays(linden: House) -> None:
    ann, ben = linden.actor(linden.ann), linden.actor(linden.ben)
    assert account_of(ann) == account_of(linden.actor(linden.ann))
    assert account_of(ann) != account_of(ben)
    assert str(ann.id) not in account_of(ann)
    assert account_of(ANONYMOUS) == account_of(None) == ""


def test_a_kept_entry_is_named_in_the_answer(linden: House, tablet: Browser) -> None:
    room = begun(linden)
    answer = _tap(tablet, room.visit, account_of(room.ann))
    assert answer.headers["Unknot-Kept"] == answer.headers["Unknot-Key"] == "k1"
    again = _tap(tablet, room.visit, account_of(room.ann))
    assert again.headers["Unknot-Kept"] == "k1"


def test_a_refused_entry_is_not_named_as_kept(linden: House, tablet: Browser) -> None:
    room = begun(linden)
    answer = _tap(tablet, room.visit, account_of(room.ann), area="neck")
    assert answer.status_code == 409
    assert answer.headers["Unknot-Key"] == "k1"
    assert "Unknot-Kept" not in answer.headers


def test_an_entry_of_another_account_is_refused_and_changes_nothing(
    linden: House, tablet: Browser
) -> None:
    room = begun(linden)
    answer = _tap(tablet, room.visit, account_of(linden.actor(linden.ben)))
    assert answer.status_code == 401
    assert "kept on this device" in answer.json()["problem"]
    room.visit.refresh_from_db()
    assert room.visit.pain_before is None


def test_an_entry_is_refused_when_nobody_is_signed_in(linden: House) -> None:
    room = begun(linden)
    assert _tap(Browser(), room.visit, account_of(room.ann)).status_code == 401


def test_a_redirect_is_told_as_data(linden: House, tablet: Browser) -> None:
    room = begun(linden)
    headers = {"Idempotency-Key": "k2", "Unknot-Account": account_of(room.ann)}
    answer = tablet.post(f"/visits/{room.visit.pk}/finish/", headers=headers)
    assert answer.json() == {"next": f"/visits/{room.visit.pk}/note/"}
    assert answer.headers["Unknot-Kept"] == "k2"


def test_who_is_signed_in_is_told_with_a_fresh_token(linden: House, tablet: Browser) -> None:
    told = tablet.get("/offline/who/").json()
    assert told["account"] == account_of(linden.actor(linden.ann))
    assert len(told["token"]) == 64
    assert Browser().get("/offline/who/").json()["account"] == ""


@pytest.mark.parametrize(
    ("age", "seconds"), [("61000", 61), ("", 0), ("-5", 0), ("x", 0), ("9" * 11, 30 * 86400)]
)
def test_the_time_of_a_tap_is_worked_out_from_its_age(age: str, seconds: int) -> None:
    request: Any = RequestFactory().post("/", headers={"Unknot-Age": age, "Unknot-Device": "d"})
    sent = sent_of(request, NOW)
    assert sent.at == NOW - timedelta(seconds=seconds)
    assert (sent.received, sent.device) == (NOW, "d")


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ('{"pain_before": 2}', {"pain_before": 2}),
        ("{}", {}),
        ("", None),
        ("[1]", None),
        ('{"a": "1", "b": -1, "c": true}', {}),
    ],
)
def test_the_versions_an_entry_was_made_on_are_read(
    text: str, bases: dict[str, int] | None
) -> None:
    request: Any = RequestFactory().post("/", {"bases": text})
    assert sent_of(request, NOW).bases == bases


def test_an_entry_that_waited_on_the_device_is_late() -> None:
    request: Any = RequestFactory().post("/", headers={"Unknot-Age": "91000"})
    assert sent_of(request, NOW).is_late
    request = RequestFactory().post("/", headers={"Unknot-Age": "2000"})
    assert not sent_of(request, NOW).is_late


def test_the_token_of_a_link_s_page_belongs_to_the_link(linden: House, tablet: Browser) -> None:
    """A dial's tap sent again after somebody signed in on the same device is kept once."""
    from datetime import UTC, datetime

    from unknot.clinic.treat.actions import dial_link as dial

    room = begun(linden)
    link = dial.open_dial(visit=room.visit, by=room.ann, now=datetime.now(UTC))
    address, headers = f"/dial/{dial.token_of(link)}/", {"Idempotency-Key": "k3"}
    Browser().post(address, {"kind": "less"}, headers=headers)
    tablet.post(address, {"kind": "less"}, headers=headers)
    assert room.visit.dial_events.count() == 1


DRAFT = "3f0e8a52-9c1b-4c8e-8f43-0d6c3f5f6a01"


def _examine(browser: Browser, house: House, **given: str) -> Any:
    return browser.post(f"/episodes/{house.episode.pk}/assess/record/", given)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"words": "Tight on the left.", "draft": DRAFT}, DRAFT),
        ({"words": "Tight on the left.", "draft": "x; path=/"}, ""),
        ({"words": "", "draft": DRAFT}, ""),
    ],
)
def test_the_draft_of_a_form_is_named_only_once_it_is_saved(
    linden: House, tablet: Browser, given: dict[str, str], named: str
) -> None:
    answer = _examine(tablet, linden, **given)
    cookie = answer.cookies.get("saved_draft")
    assert (cookie.value if cookie else "") == named


def test_the_self_check_keeps_no_draft_on_the_device(client: Browser, linden: House) -> None:
    """It travels with the browser: docs/adr/0006."""
    page = client.post("/self-check/1/", follow=True).content.decode()
    assert "<form" in page
    assert "data-keeps" not in page
