"""The owner's page of messages: what went out, what waits, what failed, what nobody answered."""

from __future__ import annotations

import smtplib
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as outgoing
from django.test import Client as Browser

from tests.support.cast import House
from unknot.clinic.follow_up.actions import outbox
from unknot.clinic.models import Alert, AuditRow, Outbox, Staff

pytestmark = pytest.mark.django_db
SECRET = "https://clinic.example/c/averysecretlink/"


def write(house: House, **more: object) -> Outbox:
    now = datetime.now(UTC)
    row = {"practice": house.practice, "to": "cora@linden.invalid", "body": SECRET}
    times = {"made_at": now, "due_at": now}
    return Outbox.everything.create(**{**row, **times, **more})


def signed_in(who: Staff) -> Browser:
    browser = Browser()
    browser.force_login(who.user)
    return browser


def page(house: House) -> str:
    return signed_in(house.owner).get("/practice/messages/").content.decode()


@pytest.fixture
def no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)


def test_a_message_that_failed_says_why_in_words_and_when_it_is_tried_again(
    linden: House, no_line: None
) -> None:
    write(linden)
    outbox.send_due(datetime.now(UTC))
    said = page(linden)
    assert "cora@linden.invalid" in said
    assert "The mail server did not answer or did not take it." in said
    assert "Tried 1 time. Goes out Today" in said
    assert SECRET not in said


def test_a_message_that_was_given_up_is_tried_again_by_a_press(
    linden: House, settings: object
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    mail = write(linden, attempts=outbox.MOST_TRIES, problem="line")
    assert "Given up after 8 tries." in page(linden)
    assert outbox.send_due(datetime.now(UTC)) == 0
    answer = signed_in(linden.owner).post(f"/practice/messages/{mail.pk}/retry/", follow=True)
    assert "It is tried again now." in answer.content.decode()
    assert outbox.send_due(datetime.now(UTC)) == 1
    assert [one.to for one in outgoing.outbox] == [["cora@linden.invalid"]]
    trail = AuditRow.everything.filter(object_id=mail.pk, action="message.retry").get()
    assert trail.actor_id == linden.owner.pk
    again = signed_in(linden.owner).post(f"/practice/messages/{mail.pk}/retry/", follow=True)
    assert "It was sent meanwhile." in again.content.decode()


def test_what_waits_and_what_went_out_is_told_without_its_words(linden: House) -> None:
    now = datetime.now(UTC)
    write(linden, to="late@linden.invalid", due_at=now + timedelta(hours=9))
    write(linden, to="gone@linden.invalid", sent_at=now, body="")
    write(linden, to="old@linden.invalid", sent_at=now - timedelta(days=15), body="")
    said = page(linden)
    assert "late@linden.invalid" in said
    assert "1 message sent in the last 14 days." in said
    assert "gone@linden.invalid" in said
    assert "old@linden.invalid" not in said
    assert SECRET not in said


def test_an_alert_nobody_answered_is_named_without_what_it_says(linden: House) -> None:
    now = datetime.now(UTC)
    late = {"episode": linden.episode, "urgency": "same_day", "words": "Numb since yesterday."}
    alert = Alert.everything.create(
        **late, rule_id="AE-1", raised_at=now - timedelta(days=1), escalated_at=now
    )
    said = page(linden)
    assert "Nobody has answered" in said
    assert linden.cora.name in said
    assert "Numb" not in said
    alert.handled_at, alert.handled_by = now, linden.ann
    alert.save(update_fields=["handled_at", "handled_by"])
    assert "Nobody has answered" not in page(linden)


def test_only_the_owner_reads_it_and_nobody_another_practice_s(
    linden: House, maple: House
) -> None:
    mail = write(maple, to="dan@maple.invalid")
    assert "dan@maple.invalid" not in page(linden)
    for who in (linden.ann, linden.desk):
        assert signed_in(who).get("/practice/messages/").status_code == 403
    path = f"/practice/messages/{mail.pk}/retry/"
    assert signed_in(linden.owner).post(path).status_code == 404
    assert 'href="/practice/messages/"' in signed_in(linden.owner).get("/more/").content.decode()
    assert "/practice/messages/" not in signed_in(linden.ann).get("/more/").content.decode()


def test_nothing_goes_to_invented_people(linden: House) -> None:
    linden.practice.is_demo = True
    linden.practice.save(update_fields=["is_demo"])
    write(linden)
    assert outbox.send_due(datetime.now(UTC)) == 0
