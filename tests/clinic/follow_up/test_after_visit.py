"""The check after a visit, the list it leads to, and visits held back until somebody decided."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as outgoing
from django.test import Client as Browser

from tests.support import visits
from tests.support.between import SITE, WELL, check_link, ended_yesterday
from tests.support.cast import NOW, House
from unknot.clinic.access import Refused, system
from unknot.clinic.book import permit
from unknot.clinic.follow_up import alerts as alert_lists
from unknot.clinic.follow_up import due
from unknot.clinic.follow_up.actions import alerts
from unknot.clinic.follow_up.errors import AlertRefused
from unknot.clinic.models import Alert, AuditRow, CheckIn, Episode, Outbox, Screening
from unknot.clinic.screen.gate import may_book
from unknot.clinic.treat import limits

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail_stays_here(settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]


@pytest.fixture
def checked(linden: House) -> tuple[Browser, str, visits.Room]:
    """A phone with the check after a visit that ended yesterday."""
    room = ended_yesterday(linden)
    _, token = check_link(room, datetime.now(UTC))
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


def test_a_sign_that_somebody_goes_back_to_tell_is_not_lost(
    checked: tuple[Browser, str, visits.Room],
) -> None:
    phone, address, _ = checked
    phone.post(address, WELL)
    phone.post(address, {**WELL, "signs": ["bladder_or_saddle"]})
    assert Alert.everything.get().urgency == "emergency_now"
    assert "Hours matter." in phone.get(address).content.decode()


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
    phone.post(address, {**WELL, "pain_now": "1"})
    assert CheckIn.everything.get().pain == 3


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
    phone.post(address, {**WELL, "signs": ["rash"], "grade-rash": "1"})
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


# --- Grades, and what cannot wait ---------------------------------------------------------


def test_an_effect_needs_its_grade_and_two_reaches_the_therapist(
    checked: tuple[Browser, str, visits.Room],
) -> None:
    phone, address, _ = checked
    sent = {**WELL, "signs": ["light_headed"]}
    answer = phone.post(address, sent)
    assert answer.status_code == 422
    assert "Say how much: light-headed getting up." in answer.content.decode()
    phone.post(address, {**sent, "grade-light_headed": "2"})
    assert CheckIn.everything.get().answers["signs"] == {"light_headed": 2}
    alert = Alert.everything.get()
    assert alert.rules == ["limiting", "light_headed"]
    assert alert.words.endswith("Grade 2.")


def test_an_emergency_sign_is_taken_with_nothing_else_answered(
    checked: tuple[Browser, str, visits.Room],
) -> None:
    phone, address, _ = checked
    assert phone.post(address, {"signs": ["chest_or_breath", "none"]}).status_code == 302
    page = phone.get(address).content.decode()
    assert "Call the emergency number now." in page
    alert = Alert.everything.get()
    assert (alert.urgency, alert.stops, alert.asks_screening) == ("emergency_now", True, True)
    assert "Call the emergency number now." in alert.told


def test_anything_new_has_to_be_answered_and_its_words_stay_out_of_the_list(
    checked: tuple[Browser, str, visits.Room],
) -> None:
    phone, address, room = checked
    assert phone.post(address, {**WELL, "something_new": ""}).status_code == 422
    phone.post(address, {**WELL, "something_new": "yes", "note": "My ear rings"})
    rules = set(Alert.everything.values_list("rule_id", flat=True))
    assert rules == {"something_new", "note"}
    assert not Alert.everything.filter(words__contains="ear").exists()
    assert "ear rings" not in str(list(AuditRow.everything.values()))
    ann = Browser()
    ann.force_login(room.house.ann.user)
    assert "My ear rings" not in ann.get("/today/").content.decode()
    page = ann.get(f"/episodes/{room.house.episode.pk}/follow-up/").content.decode()
    asks, _, entries = page.partition("<h2>Entries</h2>")
    assert asks.count("“My ear rings”") == 2  # beside each of the alerts it raised
    assert "My ear rings" in entries


def test_not_sure_about_the_signs_holds_visits_back(
    checked: tuple[Browser, str, visits.Room],
) -> None:
    phone, address, room = checked
    phone.post(address, {**WELL, "signs": ["unsure"]})
    assert Alert.everything.get().rule_id == "unanswered"
    assert not may_book(room.house.episode).ok


def test_relief_that_lasts_is_kept_as_not_over_yet(
    checked: tuple[Browser, str, visits.Room],
) -> None:
    phone, address, _ = checked
    phone.post(address, {**WELL, "relief_hours": "-1"})
    told = CheckIn.everything.get().answers
    assert (told["relief_hours"], told["relief_still"]) == (26, True)


def test_soreness_caps_the_pressure_of_the_next_visit_one_level_lower(
    checked: tuple[Browser, str, visits.Room],
) -> None:
    phone, address, room = checked
    entry = room.visit.entries.get()
    entry.pressure = 3
    entry.save(update_fields=["pressure"])
    assert limits.read(room.house.episode).pressure_ceiling == 3
    phone.post(address, {**WELL, "soreness": "3", "lasted_hours": "36", "grade": "1"})
    assert CheckIn.everything.get().pressure_cap == 2
    after = limits.read(room.house.episode)
    assert after.pressure_ceiling == 2
    assert after.adaptations[0].startswith("At most pressure 2: one level less than last time")
    assert not Alert.everything.exists()


# --- Visits held back ---------------------------------------------------------------------


@pytest.fixture
def stopped(checked: tuple[Browser, str, visits.Room]) -> tuple[visits.Room, Alert]:
    """A client who told of new weakness."""
    phone, address, room = checked
    phone.post(address, {**WELL, "signs": ["weakness"]})
    return room, Alert.everything.get()


def test_nothing_is_booked_or_begun_while_an_answer_stops_the_plan(
    stopped: tuple[visits.Room, Alert],
) -> None:
    room, _ = stopped
    (obstacle,) = permit.for_episode(room.house.episode, on=NOW.date())
    assert obstacle.kind == "screen"
    assert "looked at first" in obstacle.words
    assert limits.read(room.house.episode).blocked


def test_an_answer_about_one_complaint_holds_the_others_of_the_same_client(
    stopped: tuple[visits.Room, Alert],
) -> None:
    room, alert = stopped
    neck = Episode.everything.create(
        client=room.house.cora, main_area="neck_upper_back", complaint="Neck", opened_at=NOW
    )
    Screening.everything.filter(episode=room.house.episode).update(episode=neck)
    assert limits.read(neck).blocked
    assert "looked at first" in may_book(neck).reason
    Alert.everything.filter(pk=alert.pk).update(stops=False)
    assert may_book(neck).ok


def test_words_alone_do_not_let_visits_go_on(stopped: tuple[visits.Room, Alert]) -> None:
    room, alert = stopped
    now = datetime.now(UTC)
    with pytest.raises(AlertRefused, match="Ask the safety questions again"):
        alerts.handle(alert=alert, words="Called", may_go_on=True, by=room.ann, now=now)
    alerts.handle(alert=alert, words="Called, sees the doctor", by=room.ann, now=now)
    assert not may_book(room.house.episode).ok
    (held,) = alert_lists.held_for(room.ann, now)
    assert (held.holds, held.can_clear, held.asks_screening) == (True, False, True)


def test_screened_again_and_cleared_by_a_person_visits_go_on(
    stopped: tuple[visits.Room, Alert],
) -> None:
    room, alert = stopped
    visits.screen(room.house)
    room.house.episode.screenings.update(decided_at=datetime.now(UTC))
    desk = Browser()
    desk.force_login(room.house.ann.user)
    desk.post(f"/alerts/{alert.pk}/", {"words": "The doctor agrees", "may_go_on": "on"})
    alert.refresh_from_db()
    assert alert.cleared_at is not None
    assert may_book(room.house.episode).ok


def test_what_was_answered_is_cleared_later_by_its_own_button(
    checked: tuple[Browser, str, visits.Room],
) -> None:
    phone, address, room = checked
    phone.post(address, {**WELL, "signs": ["upset"], "grade-upset": "1"})
    alert = Alert.everything.get()
    desk = Browser()
    desk.force_login(room.house.ann.user)
    assert (
        "Nothing can be booked or begun"
        in desk.get(f"/episodes/{room.house.episode.pk}/follow-up/").content.decode()
    )
    desk.post(f"/alerts/{alert.pk}/clear/")
    assert not may_book(room.house.episode).ok  # nobody has written what was done
    desk.post(f"/alerts/{alert.pk}/", {"words": "Spoke on the phone"})
    assert "Visits on hold" in desk.get("/today/").content.decode()
    desk.post(f"/alerts/{alert.pk}/clear/")
    assert may_book(room.house.episode).ok
    with pytest.raises(AlertRefused):
        alerts.clear(alert=alert, by=room.ann, now=NOW)


def test_only_the_care_team_and_the_owner_let_visits_go_on(
    stopped: tuple[visits.Room, Alert], maple: House
) -> None:
    room, alert = stopped
    for who in (room.house.ben, room.house.desk, room.house.cora):
        with pytest.raises(Refused):
            alerts.clear(alert=alert, by=room.house.actor(who), now=NOW)
    with pytest.raises(Refused):
        alerts.clear(alert=alert, by=maple.actor(maple.owner), now=NOW)


# --- Not lost when nobody looks -----------------------------------------------------------


def test_what_cannot_wait_sends_the_therapist_a_message_without_a_word_of_it(
    stopped: tuple[visits.Room, Alert],
) -> None:
    room, _ = stopped
    mail = Outbox.everything.get()
    assert mail.to == room.house.ann.user.email
    for word in ("Cora", "weakness", "doctor"):
        assert word not in f"{mail.subject} {mail.body}"


def test_what_nobody_answers_goes_to_the_owner_and_again_each_day(
    stopped: tuple[visits.Room, Alert],
) -> None:
    room, alert = stopped
    start = alert.raised_at
    assert due.run(origin=SITE, now=start + timedelta(hours=3)).escalated == 0
    late = start + timedelta(hours=4)
    assert due.run(origin=SITE, now=late).escalated == 1
    assert due.run(origin=SITE, now=late).escalated == 0
    assert [mail.to for mail in outgoing.outbox][-1] == [room.house.owner.user.email]
    (row,) = alert_lists.open_for(room.house.actor(room.house.owner), late)
    assert row.late.startswith("Nobody has answered in time")
    assert due.run(origin=SITE, now=late + timedelta(hours=24)).escalated == 1
    alerts.handle(alert=alert, words="Called", by=room.ann, now=late)
    assert due.run(origin=SITE, now=late + timedelta(hours=72)).escalated == 0
    with pytest.raises(AlertRefused):
        alerts.escalate(alert=alert, by=system(room.house.practice), now=late)


def test_the_list_is_sorted_by_urgency_and_says_what_the_client_was_told(
    checked: tuple[Browser, str, visits.Room],
) -> None:
    phone, address, room = checked
    now = datetime.now(UTC)
    episode = room.house.episode
    for rule, urgency in (("flare", "none"), ("fever", "gp_soon"), ("x", "emergency_now")):
        Alert.everything.create(
            episode=episode, rule_id=rule, urgency=urgency, words=rule, raised_at=now
        )
    phone.post(address, {**WELL, "signs": ["weakness"]})
    rows = alert_lists.open_for(room.ann, now)
    assert [row.urgency for row in rows] == [
        "Emergency",
        "Same day",
        "Doctor within two weeks",
        "Please look",
    ]
    assert rows[1].told[0].endswith("call the emergency number.")
    desk = Browser()
    desk.force_login(room.house.ann.user)
    assert "What the client was told" in desk.get("/today/").content.decode()
