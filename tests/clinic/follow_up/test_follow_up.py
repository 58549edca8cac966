"""Between visits: links, answers, what they lead to, and mail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail as outgoing
from django.test import Client as Browser

from tests.support import visits
from tests.support.cast import NOW, House
from unknot.clinic.access import Refused, for_link, system
from unknot.clinic.follow_up import alerts as alert_lists
from unknot.clinic.follow_up import due
from unknot.clinic.follow_up.actions import alerts, answers, links, mail
from unknot.clinic.follow_up.errors import AlertRefused, AlreadyAnswered, LinkNotSent
from unknot.clinic.models import Alert, AuditRow, CheckIn, CheckInLink, OnceKey, Outbox

pytestmark = pytest.mark.django_db
WELL = {"signs": ["none"], "soreness": "0", "pain_now": "3"}


@pytest.fixture(autouse=True)
def mail_stays_here(settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]


def diary_link(house: House, now: datetime = NOW) -> tuple[CheckInLink, str]:
    link = links.make_link(episode=house.episode, kind="diary", by=house.actor(house.ann), now=now)
    return link, links.token_of(link)


def check_link(room: visits.Room, now: datetime) -> tuple[CheckInLink, str]:
    link = links.make_link(
        episode=room.house.episode, kind="soreness", visit=room.visit, by=room.ann, now=now
    )
    return link, links.token_of(link)


def keep(house: House, link: CheckInLink, pain: int, now: datetime, **more: object) -> CheckIn:
    by = for_link(house.episode)
    return answers.answer_diary(link=link, answers={"pain": pain, **more}, by=by, now=now)


# --- Links ---------------------------------------------------------------------------------


def test_only_the_hash_of_a_link_is_kept(linden: House) -> None:
    link, token = diary_link(linden)
    assert token not in str(link.__dict__)
    assert len(token) == 32
    found = links.link_for_token(token, NOW)
    assert found is not None
    assert found.pk == link.pk


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: t + "a", str.upper])
def test_a_link_cut_or_changed_finds_nothing(linden: House, change) -> None:  # type: ignore[no-untyped-def]
    _, token = diary_link(linden)
    assert links.link_for_token(change(token), NOW) is None


def test_a_link_ends(linden: House) -> None:
    link, token = diary_link(linden)
    assert links.link_for_token(token, link.expires_at) is None


def test_a_new_link_revokes_the_one_before(linden: House) -> None:
    _, first = diary_link(linden)
    _, second = diary_link(linden)
    assert links.link_for_token(first, NOW) is None
    assert links.link_for_token(second, NOW) is not None


def test_a_check_needs_a_finished_visit_of_the_same_episode(
    room: visits.Room, linden: House
) -> None:
    with pytest.raises(LinkNotSent):
        check_link(room, NOW)
    by = linden.actor(linden.ann)
    with pytest.raises(LinkNotSent):
        links.make_link(episode=linden.episode, kind="soreness", by=by, now=NOW)


@pytest.mark.parametrize("who", ["ben", "cora"])
def test_only_the_practice_sends_links(linden: House, who: str) -> None:
    with pytest.raises(Refused):
        links.make_link(
            episode=linden.episode,
            kind="diary",
            by=linden.actor(getattr(linden, who)),
            now=NOW,
        )
    assert not CheckInLink.everything.exists()


# --- The diary -----------------------------------------------------------------------------


def test_an_entry_is_kept_with_its_zone(linden: House) -> None:
    link, _ = diary_link(linden)
    entry = keep(linden, link, 4, NOW, sleep=7, flare=None, note="")
    assert entry.zone == "America/New_York"
    assert entry.answers == {"pain": 4, "sleep": 7}
    assert not Alert.everything.exists()


def test_a_day_takes_one_entry_by_the_practice_s_clock(linden: House) -> None:
    link, _ = diary_link(linden)
    late = datetime(2026, 3, 3, 4, 30, tzinfo=UTC)  # 23:30 on the evening before in New York
    keep(linden, link, 4, late)
    with pytest.raises(AlreadyAnswered):
        keep(linden, link, 5, late + timedelta(minutes=20))
    assert keep(linden, link, 5, late + timedelta(minutes=40)).pain == 5


def test_worse_for_more_than_three_days_reaches_the_therapist(done: visits.Room) -> None:
    link, _ = diary_link(done.house, NOW)
    for day in range(5):
        keep(done.house, link, 8, NOW + timedelta(days=1 + day))
    alert = Alert.everything.order_by("raised_at").first()
    assert alert is not None
    assert (alert.rule_id, alert.urgency) == ("worse_for_long", "gp_soon")


def test_a_flare_and_a_note_reach_the_therapist_without_their_words(linden: House) -> None:
    link, _ = diary_link(linden)
    keep(linden, link, 6, NOW, flare=True, note="My mother died")
    rules = set(Alert.everything.values_list("rule_id", flat=True))
    assert rules == {"flare", "note"}
    assert not Alert.everything.filter(words__contains="mother").exists()
    assert "mother" not in str(list(AuditRow.everything.values()))


def test_a_link_answers_for_no_other_episode(linden: House) -> None:
    link, _ = diary_link(linden)
    by = for_link(linden.other_episode)
    with pytest.raises(Refused):
        answers.answer_diary(link=link, answers={"pain": 3}, by=by, now=NOW)


def test_nothing_is_kept_when_the_trail_fails(
    linden: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, _ = diary_link(linden)

    def broken(**_: object) -> None:
        raise OSError("no room left")

    monkeypatch.setattr("unknot.clinic.audit.act.append", broken)
    with pytest.raises(OSError, match="no room"):
        keep(linden, link, 6, NOW, flare=True)
    assert not CheckIn.everything.exists()
    assert not Alert.everything.exists()


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
    phone.post(f"/c/{token}/", {"pain": "9"})
    assert CheckIn.everything.get().pain == 4


def test_a_double_tap_answers_the_same_and_keeps_no_secret(linden: House) -> None:
    _, token = diary_link(linden, datetime.now(UTC))
    sent = {"pain": "4", "once": "k" * 32}
    first, second = (Browser().post(f"/c/{token}/", sent) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"] == f"/c/{token}/"
    assert (first.status_code, second.status_code) == (302, 302)
    assert CheckIn.everything.count() == 1
    assert token not in str(list(OnceKey.everything.values()))


@pytest.mark.parametrize("token", ["x" * 32, "a", "0" * 200])
def test_an_unknown_link_is_not_found(linden: House, token: str) -> None:
    assert Browser().get(f"/c/{token}/").status_code == 404
    assert Browser().post(f"/c/{token}/", {"pain": "4"}).status_code == 404


@pytest.fixture
def checked(linden: House) -> tuple[Browser, str, visits.Room]:
    """A phone with the check after a visit that ended yesterday."""
    room = visits.finished(linden)
    now = datetime.now(UTC)
    room.visit.finished_at = now - timedelta(hours=26)
    room.visit.save(update_fields=["finished_at"])
    _, token = check_link(room, now)
    return Browser(), f"/c/{token}/", room


def test_all_well_is_thanked_and_alerts_nobody(checked: tuple[Browser, str, visits.Room]) -> None:
    phone, address, _ = checked
    assert phone.post(address, WELL).status_code == 302
    assert "Nothing here needs a change." in phone.get(address).content.decode()
    assert not Alert.everything.exists()


def test_an_emergency_sign_fills_the_page_and_reaches_the_therapist(
    checked: tuple[Browser, str, visits.Room],
) -> None:
    phone, address, room = checked
    phone.post(address, {**WELL, "signs": ["bladder_or_saddle", "bruise"]})
    page = phone.get(address).content.decode()
    assert "emergency" in page
    assert f'href="tel:{room.house.practice.emergency_number}"' in page
    assert "Hours matter." in page
    assert "fades by itself" not in page
    (row,) = alert_lists.open_for(room.ann, datetime.now(UTC))
    assert (row.urgency, row.tone) == ("Emergency", "stop")
    assert "Cauda equina must be ruled out" in row.next_time


def test_nothing_beside_an_urgent_sign_says_to_carry_on(
    checked: tuple[Browser, str, visits.Room],
) -> None:
    phone, address, _ = checked
    sore = {"soreness": "3", "lasted_hours": "12", "grade": "1"}
    phone.post(address, {**WELL, **sore, "signs": ["weakness", "leg_swelling"]})
    page = phone.get(address).content.decode()
    assert "See a doctor today. Do not rub the leg." in page
    assert "New weakness can mean" in page
    assert "Carry on as usual" not in page


def test_signs_have_to_be_answered(checked: tuple[Browser, str, visits.Room]) -> None:
    phone, address, _ = checked
    answer = phone.post(address, {"soreness": "0", "pain_now": "3"})
    assert answer.status_code == 422
    assert "None of these" in answer.content.decode()
    both = phone.post(address, {**WELL, "signs": ["none", "bruise"]})
    assert both.status_code == 422
    assert not CheckIn.everything.exists()


def test_soreness_needs_its_length_and_its_weight(
    checked: tuple[Browser, str, visits.Room],
) -> None:
    phone, address, _ = checked
    assert phone.post(address, {**WELL, "soreness": "5"}).status_code == 422
    sent = {**WELL, "soreness": "5", "lasted_hours": "36", "grade": "2", "relief_hours": "24"}
    assert phone.post(address, sent).status_code == 302
    assert Alert.everything.get().rule_id == "sore_and_limiting"


def test_a_check_takes_one_answer(checked: tuple[Browser, str, visits.Room]) -> None:
    phone, address, _ = checked
    phone.post(address, WELL)
    phone.post(address, {**WELL, "signs": ["bruise"]})
    assert CheckIn.everything.get().answers["signs"] == []


def test_the_therapist_answers_an_alert_with_words(
    checked: tuple[Browser, str, visits.Room],
) -> None:
    phone, address, room = checked
    phone.post(address, {**WELL, "signs": ["weakness"]})
    alert = Alert.everything.get()
    desk = Browser()
    desk.force_login(room.house.ann.user)
    page = desk.get(f"/episodes/{room.house.episode.pk}/follow-up/").content.decode()
    assert "New weakness." in page
    assert "Grade 0" not in page
    assert "Stop the plan." in page
    assert desk.post(f"/alerts/{alert.pk}/", {"words": ""}).status_code == 422
    assert desk.post(f"/alerts/{alert.pk}/", {"words": "Called, saw GP"}).status_code == 302
    alert.refresh_from_db()
    assert alert.handled_by == room.house.ann
    assert alert_lists.open_for(room.ann, datetime.now(UTC)) == ()


def test_an_alert_is_answered_once_and_only_by_the_care_team(
    checked: tuple[Browser, str, visits.Room], maple: House
) -> None:
    phone, address, room = checked
    phone.post(address, {**WELL, "signs": ["rash"]})
    alert = Alert.everything.get()
    for who in (room.house.ben, room.house.desk, room.house.cora):
        with pytest.raises(Refused):
            alerts.handle(alert=alert, words="x", by=room.house.actor(who), now=NOW)
    with pytest.raises(Refused):
        alerts.handle(alert=alert, words="x", by=maple.actor(maple.owner), now=NOW)
    seen_before = Alert.everything.get(pk=alert.pk)
    alerts.handle(alert=alert, words="Changed the oil", by=room.ann, now=NOW)
    with pytest.raises(AlertRefused):
        alerts.handle(alert=seen_before, words="at the same time", by=room.ann, now=NOW)
    with pytest.raises(AlertRefused):
        alerts.handle(alert=alert, words="again", by=room.ann, now=NOW)
    assert Alert.everything.get(pk=alert.pk).handled_words == "Changed the oil"


def test_the_client_sees_own_entries_and_no_alerts(linden: House) -> None:
    link, _ = diary_link(linden)
    keep(linden, link, 6, NOW, flare=True)
    browser = Browser()
    browser.force_login(linden.cora.user)
    page = browser.get(f"/episodes/{linden.episode.pk}/follow-up/").content.decode()
    assert "a flare" in page
    assert "Needs an answer" not in page
    assert "Links made" not in page


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
    assert mail.send_due(NOW) == 0
    row = Outbox.everything.get()
    assert (row.sent_at, row.attempts) == (None, 1)
    assert "/c/" in row.body
    assert mail.send_due(NOW) == 0
    assert Outbox.everything.get().attempts == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    assert mail.send_due(NOW + mail.TRY_AGAIN_AFTER) == 1


def test_a_mail_that_another_process_is_sending_is_left_to_it(linden: House) -> None:
    mail.send_link(
        episode=linden.episode,
        kind="diary",
        origin="https://clinic.example",
        by=linden.actor(linden.ann),
        now=NOW,
    )
    seen_before, by = Outbox.everything.get(), system(linden.practice)
    assert mail.send_due(NOW) == 1
    with pytest.raises(mail.MailTaken):
        mail.take_mail(mail=seen_before, by=by, now=NOW)
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
