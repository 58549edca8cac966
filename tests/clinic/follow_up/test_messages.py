"""Messages: what they hold, when they go out, and the check one to three days after a visit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outgoing
from django.test import Client as Browser

from tests.support import visits
from tests.support.cast import NOW, House
from unknot.clinic.access import system
from unknot.clinic.follow_up import due
from unknot.clinic.follow_up.actions import links, mail, outbox
from unknot.clinic.follow_up.errors import LinkNotSent
from unknot.clinic.models import CheckInLink, Outbox

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail_stays_here(settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]


# --- Mail ----------------------------------------------------------------------------------


def test_mail_goes_out_after_commit_and_its_words_are_emptied(
    linden: House,
    django_capture_on_commit_callbacks,  # type: ignore[no-untyped-def]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        link = mail.send_link(
            episode=linden.episode,
            kind="diary",
            origin="https://clinic.example/",
            by=linden.actor(linden.ann),
            now=NOW,
        )
        assert outgoing.outbox == []
    (sent,) = outgoing.outbox
    assert sent.to == [linden.cora.email]
    assert f"https://clinic.example/c/{links.token_of(link)}/" in sent.body
    row = Outbox.everything.get()
    assert (row.body, row.sent_at, row.attempts) == ("", NOW, 1)


def test_mail_that_cannot_be_sent_waits_and_is_tried_again(
    linden: House, settings: object
) -> None:
    settings.EMAIL_BACKEND = "tests.clinic.follow_up.broken_mail.Backend"  # type: ignore[attr-defined]
    mail.send_link(
        episode=linden.episode,
        kind="diary",
        origin="https://clinic.example",
        by=linden.actor(linden.ann),
        now=NOW,
    )
    assert outbox.send_due(NOW) == 0
    row = Outbox.everything.get()
    assert (row.sent_at, row.attempts) == (None, 1)
    assert "/c/" in row.body
    assert outbox.send_due(NOW) == 0
    assert Outbox.everything.get().attempts == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    assert outbox.send_due(NOW + outbox.TRY_AGAIN_AFTER) == 1


def test_a_mail_nobody_could_send_holds_up_no_other(linden: House) -> None:
    """A line end in a name would begin another header; the mail library refuses it."""
    for to, subject in (
        ("a@example.invalid", "Hi\nBcc: b@example.invalid"),
        ("c@x.invalid", "Hi"),
    ):
        Outbox.everything.create(
            practice=linden.practice, to=to, subject=subject, body="x", made_at=NOW, due_at=NOW
        )
    assert outbox.send_due(NOW) == 1
    (sent,) = outgoing.outbox
    assert sent.recipients() == ["c@x.invalid"]


def test_a_mail_that_another_process_is_sending_is_left_to_it(linden: House) -> None:
    mail.send_link(
        episode=linden.episode,
        kind="diary",
        origin="https://clinic.example",
        by=linden.actor(linden.ann),
        now=NOW,
    )
    seen_before, by = Outbox.everything.get(), system(linden.practice)
    assert outbox.send_due(NOW) == 1
    with pytest.raises(outbox.MailTaken):
        outbox.take_mail(mail=seen_before, by=by, now=NOW)
    assert len(outgoing.outbox) == 1


def test_a_client_without_an_address_gets_no_mail(linden: House) -> None:
    linden.cora.email = ""
    linden.cora.save(update_fields=["email"])
    linden.episode.client.refresh_from_db()
    with pytest.raises(LinkNotSent, match="no e-mail"):
        mail.send_link(
            episode=linden.episode,
            kind="diary",
            origin="https://clinic.example",
            by=linden.actor(linden.ann),
            now=NOW,
        )
    assert not CheckInLink.everything.exists()


@pytest.mark.parametrize(("hours", "made"), [(23, 0), (25, 1), (71, 1), (73, 0)])
def test_the_check_is_sent_between_one_and_three_days_after(
    done: visits.Room, hours: int, made: int
) -> None:
    assert done.visit.finished_at is not None
    now = done.visit.finished_at + timedelta(hours=hours)
    assert due.run(origin="https://clinic.example", now=now).checks == made
    assert due.run(origin="https://clinic.example", now=now).checks == 0


def test_a_visit_another_process_has_just_asked_is_not_asked_again(
    done: visits.Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert done.visit.finished_at is not None
    now = done.visit.finished_at + timedelta(hours=30)
    listed, asked = due._ask, []

    def both(*args: Any) -> bool:
        asked.append(listed(*args))  # the other process, between our list and our turn
        return listed(*args)

    monkeypatch.setattr(due, "_ask", both)
    assert due.run(origin="https://clinic.example", now=now).checks == 0
    assert asked == [True]
    assert CheckInLink.everything.count() == 1


def test_the_front_desk_can_send_a_link_but_not_read_the_answers(linden: House) -> None:
    desk = Browser()
    desk.force_login(linden.desk.user)
    assert desk.post(f"/episodes/{linden.episode.pk}/follow-up/send/").status_code == 302
    assert CheckInLink.everything.count() == 1
    assert desk.get(f"/episodes/{linden.episode.pk}/follow-up/").status_code == 403
