"""Signing in by password and by one-time link."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.test import Client as Browser
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from tests.support.cast import NOW, PASSWORD, House
from unknot.clinic.access import ANONYMOUS, system
from unknot.clinic.models import SignInLink, User
from unknot.clinic.people import sign_in, views
from unknot.clinic.ui.afterwards import afterwards

pytestmark = pytest.mark.django_db


def _link(house: House, when: object = NOW) -> str:
    return sign_in.make_link(user=house.ann.user, by=system(), now=NOW)


def test_a_therapist_signs_in_with_a_password_and_lands_on_today(linden: House) -> None:
    browser = Browser()
    answer = browser.post(
        "/accounts/login/", {"login": linden.ann.user.email, "password": PASSWORD}
    )
    assert answer.status_code == 302
    assert browser.get("/").headers["Location"] == "/today/"


def test_a_wrong_password_is_refused_without_saying_which_part_was_wrong(linden: House) -> None:
    known = Browser().post("/accounts/login/", {"login": linden.ann.user.email, "password": "x"})
    unknown = Browser().post(
        "/accounts/login/", {"login": "nobody@linden.invalid", "password": "x"}
    )
    words = [re.sub(r"value=\"[^\"]*\"", "", a.content.decode()) for a in (known, unknown)]
    assert known.status_code == unknown.status_code
    assert "not correct" in words[0]
    assert "not correct" in words[1]


def test_nobody_can_make_an_account_for_themselves(linden: House) -> None:
    answer = Browser().post(
        "/accounts/signup/",
        {"email": "new@linden.invalid", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert "Accounts are made by your practice" in answer.content.decode()
    assert not User.objects.filter(email="new@linden.invalid").exists()


def test_a_link_is_kept_as_a_hash_only(linden: House) -> None:
    token = _link(linden)
    assert token not in str(SignInLink.everything.values())


def test_a_link_signs_in_once(linden: House) -> None:
    token = _link(linden)
    user = sign_in.use_link(token=token, by=ANONYMOUS, now=NOW)
    assert user == linden.ann.user
    with pytest.raises(sign_in.LinkSpent):
        sign_in.use_link(token=token, by=ANONYMOUS, now=NOW)


@pytest.mark.parametrize("spoiled", ["late", "cut", "made up", "left"])
def test_a_spoiled_link_signs_nobody_in(linden: House, spoiled: str) -> None:
    token, now = _link(linden), NOW
    if spoiled == "late":
        now = NOW + timedelta(minutes=15)
    if spoiled == "cut":
        token = token[:-1]
    if spoiled == "made up":
        token = "x" * 43
    if spoiled == "left":
        linden.ann.user.is_active = False
        linden.ann.user.save()
    with pytest.raises(sign_in.LinkSpent):
        sign_in.use_link(token=token, by=ANONYMOUS, now=now)


def test_asking_for_a_link_answers_the_same_to_everybody(
    linden: House, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        known = Browser().post("/sign-in-link/", {"email": linden.ann.user.email.upper()})
        unknown = Browser().post("/sign-in-link/", {"email": "nobody@linden.invalid"})

    def words(answer: object) -> str:
        return re.sub(r'value="[^"]*"', "", answer.content.decode())  # type: ignore[attr-defined]

    assert words(known) == words(unknown)
    assert len(mail.outbox) == 1
    assert "/sign-in-link/" in mail.outbox[0].body


def test_opening_a_link_does_not_spend_it_but_pressing_the_button_signs_in(
    linden: House,
) -> None:
    from datetime import UTC, datetime

    token = sign_in.make_link(user=linden.ann.user, by=system(), now=datetime.now(UTC))
    browser = Browser()
    assert browser.get(f"/sign-in-link/{token}/").status_code == 200
    assert SignInLink.everything.get().used_at is None
    assert browser.post(f"/sign-in-link/{token}/").status_code == 302
    assert browser.get("/").headers["Location"] == "/today/"
    assert Browser().post(f"/sign-in-link/{token}/").status_code == 410


def test_nobody_changes_the_address_they_sign_in_with_by_themselves(linden: House) -> None:
    browser = Browser()
    browser.force_login(linden.cora.user)  # type: ignore[arg-type]
    for form in ({"action_add": ""}, {"action_primary": ""}):
        answer = browser.post("/accounts/email/", {**form, "email": "newcomer@linden.invalid"})
        assert answer.status_code == 403
    assert not User.objects.filter(email="newcomer@linden.invalid").exists()


def test_a_mail_that_cannot_be_sent_answers_as_if_the_address_were_not_known(
    linden: House, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "tests.clinic.follow_up.broken_mail.Backend"
    for email in (linden.ann.user.email, "nobody@linden.invalid"):
        with TestCase.captureOnCommitCallbacks(execute=True):
            assert Browser().post("/sign-in-link/", {"email": email}).status_code == 200


def test_a_mailbox_cannot_be_filled_with_links(linden: House) -> None:
    for _ in range(8):
        Browser().post("/sign-in-link/", {"email": linden.ann.user.email})
    assert SignInLink.everything.filter(user=linden.ann.user).count() == sign_in.MOST_LINKS


def test_a_link_gives_a_new_session_even_to_who_is_signed_in(linden: House) -> None:
    browser = Browser()
    browser.force_login(linden.ann.user)
    before = browser.session.session_key
    token = sign_in.make_link(user=linden.ann.user, by=system(), now=datetime.now(UTC))
    assert browser.post(f"/sign-in-link/{token}/").status_code == 302
    assert browser.session.session_key != before
    assert browser.get("/").headers["Location"] == "/today/"


def test_until_the_answer_has_left_a_known_address_asks_no_more_than_an_unknown_one(
    linden: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "afterwards", lambda answer, work: answer)
    asked = []
    for email in (linden.ann.user.email, "nobody@linden.invalid"):
        with CaptureQueriesContext(connection) as queries:
            assert Browser().post("/sign-in-link/", {"email": email}).status_code == 200
        asked.append([one["sql"] for one in queries])
    assert asked[0] == asked[1]
    assert not SignInLink.everything.exists()


def test_work_after_an_answer_is_done_once_and_its_failure_reaches_nobody() -> None:
    done: list[str] = []

    def work() -> None:
        done.append("once")
        raise DatabaseError

    answer = afterwards(HttpResponse("words", status=202, headers={"X-Kept": "yes"}), work)
    assert (answer.content, answer.status_code, answer.headers["X-Kept"]) == (b"words", 202, "yes")
    assert done == []
    answer.close()
    answer.close()
    assert done == ["once"]
