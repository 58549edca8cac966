"""Signing in by password and by one-time link."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client as Browser

from tests.support.cast import NOW, PASSWORD, House
from unknot.clinic.access import ANONYMOUS, system
from unknot.clinic.models import SignInLink, User
from unknot.clinic.people import sign_in

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
