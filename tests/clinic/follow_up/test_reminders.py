"""Reminders chosen by the client: what, how, when, never twice, and stopped by one tap."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outgoing
from django.test import Client as Browser

from tests.support import visits
from tests.support.between import SITE, diary_link, keep
from tests.support.cast import NOW, House
from unknot.clinic.access import Refused, for_client, system
from unknot.clinic.follow_up import channels, due
from unknot.clinic.follow_up.actions import links, reminders
from unknot.clinic.follow_up.actions.reminders import DEFAULTS, Wish
from unknot.clinic.follow_up.errors import ChoiceRefused
from unknot.clinic.models import (
    AuditRow,
    HomeCareDay,
    Outbox,
    Reminder,
    ReminderChoice,
    ReminderPlan,
)

pytestmark = pytest.mark.django_db
NEW_YORK = ZoneInfo("America/New_York")
EVENING = datetime(2026, 3, 3, 1, tzinfo=UTC)  # 20:00 in New York, the evening of 2 March
QUIET = (time(21), time(8))


@pytest.fixture(autouse=True)
def mail_stays_here(settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]


def choose(house: House, *, zone: str = "America/New_York", **given: Any) -> ReminderPlan:
    """A check-in every evening at eight, and nothing else."""
    kind = ReminderChoice.Kind
    wishes = {one: Wish(one, "", time(18), 1) for one in DEFAULTS}
    wishes[kind.CHECK_IN] = Wish(kind.CHECK_IN, "email", time(20), 1)
    return reminders.choose(
        client=house.cora,
        wishes=wishes | given.pop("wishes", {}),
        zone=zone,
        quiet=QUIET,
        paused_until=given.pop("paused_until", None),
        by=for_client(house.cora),
        now=NOW,
    )


def sent(now: datetime) -> int:
    return due.run(origin=SITE, now=now).reminders


# --- At its hour, once --------------------------------------------------------------------


def test_a_reminder_goes_out_at_the_hour_chosen_and_once(linden: House) -> None:
    choose(linden)
    assert sent(EVENING - timedelta(minutes=1)) == 0
    assert sent(EVENING) == 1
    assert sent(EVENING + timedelta(minutes=5)) == 0
    (mail,) = outgoing.outbox
    assert mail.to == [linden.cora.email]


def test_a_message_holds_the_practice_s_name_and_links_and_nothing_else(linden: House) -> None:
    choose(linden)
    sent(EVENING)
    (mail,) = outgoing.outbox
    stop = reminders.stop_address(linden.cora, SITE, EVENING)
    for word in ("Cora", "pain", "back", "massage", "treatment", "visit"):
        assert word not in f"{mail.subject} {mail.body}".lower()
    assert linden.practice.name in mail.subject
    assert f"{SITE}/c/" in mail.body
    assert stop in mail.body
    assert mail.extra_headers["List-Unsubscribe"] == f"<{stop}>"
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert Outbox.everything.get().stop_address == ""


def test_the_second_of_two_processes_writes_nothing(linden: House) -> None:
    choose(linden)
    sent(EVENING)
    before = Reminder.everything.get()
    with pytest.raises(reminders.AlreadySent):
        reminders.remind(
            client=linden.cora,
            wish=Wish("check_in", "email", time(20), 1),
            about=linden.episode,
            due_at=before.due_at,
            origin=SITE,
            by=system(linden.practice),
            now=EVENING,
        )
    assert Reminder.everything.count() == Outbox.everything.count() == 1


def test_nothing_is_written_when_the_message_cannot_be(
    linden: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(linden)

    def broken(**_: object) -> None:
        raise OSError("no room left")

    monkeypatch.setattr(reminders, "write", broken)
    with pytest.raises(OSError, match="no room"):
        sent(EVENING)
    assert not Reminder.everything.exists()


def test_the_hour_stays_the_hour_when_the_clock_goes_forward(linden: House) -> None:
    choose(linden)
    after_the_change = datetime(2026, 3, 9, 0, tzinfo=UTC)  # 20:00 in summer time
    assert sent(after_the_change - timedelta(minutes=1)) == 0
    assert sent(after_the_change) == 1


def test_the_client_s_own_zone_counts(linden: House) -> None:
    choose(linden, zone="Europe/Berlin")
    assert sent(EVENING) == 0
    assert sent(datetime(2026, 3, 2, 19, tzinfo=UTC)) == 1


def test_who_answered_today_is_not_reminded_and_who_never_does_hears_less(linden: House) -> None:
    choose(linden)
    evenings = [datetime(2026, 3, 2, 20, tzinfo=NEW_YORK) + timedelta(days=n) for n in range(50)]
    out = [day for day in range(40) if sent(evenings[day])]
    assert out[:4] == [0, 1, 2, 5]
    assert len(out) == 7
    assert Reminder.everything.filter(is_last=True).count() == 1
    assert "There is nothing to catch up on." in outgoing.outbox[3].body
    link, _ = diary_link(linden, evenings[41])
    keep(linden, link, 4, evenings[41] - timedelta(hours=1))
    assert not sent(evenings[41])
    assert sent(evenings[42])


def test_who_tells_of_their_home_care_is_not_asked_again_that_day(linden: House) -> None:
    kind = ReminderChoice.Kind
    home = {kind.CHECK_IN: Wish(kind.CHECK_IN, "", time(20), 1)}
    home[kind.HOME_CARE] = Wish(kind.HOME_CARE, "email", time(20), 1)
    choose(linden, wishes=home)
    for day in range(5):
        HomeCareDay.everything.create(
            episode=linden.episode,
            item="HC-01",
            on=date(2026, 3, 2) + timedelta(days=day),
            step=0,
            done="done",
            told_at=EVENING + timedelta(days=day, hours=-2),
        )
        assert sent(EVENING + timedelta(days=day)) == 0
    assert sent(EVENING + timedelta(days=5)) == 1


def test_a_visit_before_the_hour_chosen_for_its_day_is_told_the_day_before(
    linden: House,
) -> None:
    kind = ReminderChoice.Kind
    on_the_day = {
        kind.CHECK_IN: Wish(kind.CHECK_IN, "", time(20), 1),
        kind.APPOINTMENT: Wish(kind.APPOINTMENT, "email", time(18), 0),
    }
    choose(linden, wishes=on_the_day)
    visits.appointment(linden, days=2)  # at 4 in the morning of 4 March, in New York
    six = datetime(2026, 3, 3, 23, tzinfo=UTC)
    assert sent(six) == 1
    assert sent(six + timedelta(days=1)) == 0


def test_yesterday_s_link_still_works_when_today_s_message_comes(linden: House) -> None:
    choose(linden)
    sent(EVENING)
    sent(EVENING + timedelta(days=1))
    assert linden.episode.check_in_links.filter(revoked_at=None).count() == 1


# --- Visits -------------------------------------------------------------------------------


def test_a_visit_is_told_the_day_before_and_anew_when_it_was_moved(linden: House) -> None:
    booked = visits.appointment(linden, days=2)
    day_before = datetime(2026, 3, 3, 23, tzinfo=UTC)  # 18:00 in New York
    assert sent(day_before) == 1
    assert sent(day_before + timedelta(minutes=5)) == 0
    booked.starts_at += timedelta(days=1)
    booked.ends_at += timedelta(days=1)
    booked.save(update_fields=["starts_at", "ends_at"])
    assert sent(day_before + timedelta(days=1)) == 1
    assert f"{SITE}/reminders/" in outgoing.outbox[0].body


def test_a_cancelled_visit_is_not_told(linden: House) -> None:
    booked = visits.appointment(linden, days=2)
    booked.state = "cancelled"
    booked.save(update_fields=["state"])
    assert sent(datetime(2026, 3, 3, 23, tzinfo=UTC)) == 0


def test_the_check_after_a_visit_waits_for_the_end_of_the_quiet_hours(linden: House) -> None:
    done = visits.finished(linden)
    assert done.visit.finished_at is not None
    night = done.visit.finished_at + timedelta(hours=25)  # 5:20 in New York
    assert due.run(origin=SITE, now=night).checks == 1
    assert outgoing.outbox == []
    assert Outbox.everything.get().due_at == datetime(2026, 3, 3, 13, tzinfo=UTC)
    assert due.run(origin=SITE, now=datetime(2026, 3, 3, 13, tzinfo=UTC)).mails == 1


def test_who_does_not_want_the_check_gets_none(linden: House) -> None:
    done = visits.finished(linden)
    choose(linden)
    assert done.visit.finished_at is not None
    assert due.run(origin=SITE, now=done.visit.finished_at + timedelta(hours=30)).checks == 0


# --- Paused, stopped, chosen --------------------------------------------------------------


def test_a_pause_ends_by_itself(linden: House) -> None:
    choose(linden, paused_until=date(2026, 3, 4))
    assert sent(EVENING) == 0
    assert sent(EVENING + timedelta(days=2)) == 1


def test_one_tap_in_a_message_stops_everything_and_choosing_begins_again(linden: House) -> None:
    choose(linden)
    address = reminders.stop_address(linden.cora, "", datetime.now(UTC))
    phone = Browser(enforce_csrf_checks=True)
    assert "One tap" in phone.get(address).content.decode()
    assert ReminderPlan.everything.get().stopped_at is None  # opening a link stops nothing
    done = phone.post(address, {"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200
    assert sent(EVENING) == 0
    assert AuditRow.everything.filter(action="reminder.choose", actor_kind="client").exists()
    choose(linden)
    assert sent(EVENING) == 1


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "b" + t[1:], str.upper])
def test_a_token_cut_or_changed_finds_nobody(linden: House, change: Any) -> None:
    token = change(reminders.token_for(linden.cora, datetime.now(UTC)))
    assert reminders.holder_of(token) is None
    assert Browser().get(f"/reminders/{token}/").status_code == 404
    assert Browser().post(f"/reminders/{token}/stop/").status_code == 404


def test_nobody_chooses_for_somebody_else(linden: House) -> None:
    for actor in (for_client(linden.dan), linden.actor(linden.ann), system(linden.practice)):
        with pytest.raises(Refused):
            reminders.stop(client=linden.cora, by=actor, now=NOW)


def chosen(**more: str) -> dict[str, str]:
    """The page as a browser sends it."""
    return {
        "check_in-channel": "email",
        "check_in-at": "20",
        "check_in-days": "2",
        "after_visit-channel": "",
        "appointment-channel": "email",
        "appointment-at": "18",
        "appointment-days": "1",
        "home_care-channel": "",
        "home_care-at": "9",
        "home_care-days": "1",
        "quiet_from": "21",
        "quiet_until": "8",
        "zone": "Europe/Berlin",
        "pause": "7",
        **more,
    }


def test_the_page_keeps_what_was_chosen(linden: House) -> None:
    address = f"/reminders/{reminders.token_for(linden.cora, datetime.now(UTC))}/"
    phone = Browser()
    assert "Nothing is booked." in phone.get(address).content.decode()
    assert phone.post(address, chosen()).status_code == 302
    plan = ReminderPlan.everything.get()
    assert (plan.zone, plan.paused_until is not None) == ("Europe/Berlin", True)
    wishes = reminders.wishes_of(plan)
    assert wishes["check_in"] == Wish("check_in", "email", time(20), 2)
    assert wishes["after_visit"].channel == ""
    assert "Paused until" in phone.get(address).content.decode()


def test_whoever_changes_an_hour_does_not_end_a_pause(linden: House) -> None:
    address = f"/reminders/{reminders.token_for(linden.cora, datetime.now(UTC))}/"
    phone = Browser()
    phone.post(address, chosen(pause="14"))
    until = ReminderPlan.everything.get().paused_until
    page = phone.get(address).content.decode()
    (shown,) = re.findall(r'name="pause" value="(-?\d+)"[^>]* checked', page)
    phone.post(address, chosen(pause=shown, **{"check_in-at": "19"}))
    plan = ReminderPlan.everything.get()
    assert plan.paused_until == until
    assert reminders.wishes_of(plan)["check_in"].at == time(19)
    phone.post(address, chosen(pause="0"))
    assert ReminderPlan.everything.get().paused_until is None
    assert "As it is" not in phone.get(address).content.decode()


def test_an_hour_in_the_quiet_hours_is_refused_with_words(linden: House) -> None:
    address = f"/reminders/{reminders.token_for(linden.cora, datetime.now(UTC))}/"
    answer = Browser().post(address, chosen(**{"check_in-at": "7"}))
    assert answer.status_code == 422
    assert "7 am is in your quiet hours." in answer.content.decode()


def test_the_page_names_the_next_visits(linden: House) -> None:
    booked = visits.appointment(linden)
    booked.starts_at = datetime.now(UTC) + timedelta(days=1)
    booked.ends_at = booked.starts_at + timedelta(hours=1)
    booked.save(update_fields=["starts_at", "ends_at"])
    page = (
        Browser()
        .get(f"/reminders/{reminders.token_for(linden.cora, datetime.now(UTC))}/")
        .content.decode()
    )
    assert "Ann Linden, Linden House" in page


def test_a_client_who_is_signed_in_is_led_to_their_page(linden: House) -> None:
    browser = Browser()
    browser.force_login(linden.cora.user)
    token = reminders.token_for(linden.cora, datetime.now(UTC))
    assert browser.get("/me/reminders/").headers["Location"] == f"/reminders/{token}/"


# --- Channels -----------------------------------------------------------------------------


def test_without_a_way_for_text_none_is_offered_and_none_can_be_chosen(linden: House) -> None:
    linden.cora.phone = "+1 555 0100"
    linden.cora.save(update_fields=["phone"])
    page = (
        Browser()
        .get(f"/reminders/{reminders.token_for(linden.cora, datetime.now(UTC))}/")
        .content.decode()
    )
    assert "Text message" not in page
    with pytest.raises(ChoiceRefused):
        choose(linden, wishes={"check_in": Wish("check_in", "text", time(20), 1)})


def test_text_messages_go_to_files_for_a_gateway(
    linden: House, settings: object, tmp_path: Path
) -> None:
    settings.TEXT_CHANNEL = f"file:{tmp_path}"  # type: ignore[attr-defined]
    linden.cora.phone = "+1 555 0100"
    linden.cora.save(update_fields=["phone"])
    choose(linden, wishes={"check_in": Wish("check_in", "text", time(20), 1)})
    assert sent(EVENING) == 1
    (written,) = tmp_path.glob("*.txt")
    assert written.read_text().startswith("+1 555 0100\nLinden Practice")
    assert outgoing.outbox == []


def test_text_messages_on_the_screen(settings: object, capsys: pytest.CaptureFixture[str]) -> None:
    settings.TEXT_CHANNEL = "console"  # type: ignore[attr-defined]
    way = channels.channel("text")
    assert way is not None
    way.send(channels.Message("+1 555 0100", "", "Hello"))
    assert capsys.readouterr().out == "To +1 555 0100:\nHello\n"


def test_a_channel_of_one_s_own(settings: object) -> None:
    settings.TEXT_CHANNEL = "unknot.clinic.follow_up.channels:Email"  # type: ignore[attr-defined]
    assert isinstance(channels.text_channel(), channels.Email)


def test_a_message_of_a_channel_that_is_gone_waits(linden: House, settings: object) -> None:
    settings.TEXT_CHANNEL = "console"  # type: ignore[attr-defined]
    linden.cora.phone = "+1 555 0100"
    linden.cora.save(update_fields=["phone"])
    choose(linden, wishes={"check_in": Wish("check_in", "text", time(20), 1)})
    due.reminders.remind(
        client=linden.cora,
        wish=Wish("check_in", "text", time(20), 1),
        about=linden.episode,
        due_at=EVENING,
        origin=SITE,
        by=system(linden.practice),
        now=EVENING,
    )
    settings.TEXT_CHANNEL = ""  # type: ignore[attr-defined]
    assert due.run(origin=SITE, now=EVENING).mails == 0
    assert Outbox.everything.get().sent_at is None


# --- The end of a link --------------------------------------------------------------------


def test_the_page_of_visits_ends_after_sixty_days_with_a_kind_word(linden: House) -> None:
    now = datetime.now(UTC)
    fresh = reminders.token_for(linden.cora, now - timedelta(days=60))
    old = reminders.token_for(linden.cora, now - timedelta(days=61))
    assert Browser().get(f"/reminders/{fresh}/").status_code == 200
    answer = Browser().get(f"/reminders/{old}/")
    said = answer.content.decode()
    assert answer.status_code == 410
    assert "This link has ended" in said
    assert linden.practice.name in said
    assert "Cora" not in said
    assert Browser().post(f"/reminders/{old}/", {}).status_code == 410


def test_an_old_message_still_stops_every_message(linden: House) -> None:
    old = reminders.token_for(linden.cora, datetime.now(UTC) - timedelta(days=900))
    assert Browser().post(f"/reminders/{old}/stop/").status_code == 200
    plan = reminders.plan_of(linden.cora)
    assert plan is not None
    assert plan.stopped_at is not None


def test_nobody_gives_a_link_a_later_end(linden: House) -> None:
    now = datetime.now(UTC)
    old = reminders.token_for(linden.cora, now - timedelta(days=61))
    new = reminders.token_for(linden.cora, now)
    mixed = new[:29] + old[29:]
    assert reminders.holder_of(mixed) is None


def test_a_check_in_link_that_ended_says_what_to_do_and_an_unknown_one_nothing(
    linden: House,
) -> None:
    by = system(linden.practice)
    link = links.make_link(episode=linden.episode, kind="diary", by=by, now=NOW)
    answer = Browser().get(f"/c/{links.token_of(link)}/")
    assert answer.status_code == 410
    assert "This link has ended" in answer.content.decode()
    assert Browser().get(f"/c/{'x' * 32}/").status_code == 404
