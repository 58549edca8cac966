"""Midnight, and the day the clocks change, while a visit runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client as Browser

from tests.support import visits
from tests.support.cast import House
from unknot.clinic.access import for_link
from unknot.clinic.follow_up import due
from unknot.clinic.models import Appointment, CheckInLink, Visit
from unknot.clinic.treat import consents, gather
from unknot.clinic.treat.actions import dial, dial_link
from unknot.clinic.treat.actions import visit as actions
from unknot.clinic.treat.visits import needs_note

pytestmark = pytest.mark.django_db

BEFORE_MIDNIGHT = datetime(2026, 3, 3, 4, 30, tzinfo=UTC)  # Monday, 11:30 pm in New York
SPRING = datetime(2026, 3, 8, 6, 30, tzinfo=UTC)  # 1:30 am; at 2 the clock says 3
AUTUMN = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # 1:30 am, which comes twice


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(BEFORE_MIDNIGHT, tick=False) as frozen:
        yield frozen


def in_session(house: House, at: datetime) -> Visit:
    """A visit of an hour that began when it was booked for, with its dial open."""
    room = visits.begun(house)
    house.episode.screenings.update(decided_at=at)
    Appointment.everything.update(starts_at=at, ends_at=at + timedelta(hours=1))
    Visit.everything.update(opened_at=at, started_at=at)
    visit = Visit.everything.get(pk=room.visit.pk)
    dial_link.open_dial(visit=visit, by=room.ann, now=at)
    return visit


def signed_in(house: House) -> Browser:
    browser = Browser()
    browser.force_login(house.ann.user)
    return browser


def test_a_visit_that_runs_past_midnight_stays_on_today_until_it_is_over(
    linden: House, clock: time_machine.Traveller
) -> None:
    visit, browser = in_session(linden, BEFORE_MIDNIGHT), signed_in(linden)
    link = f"/visits/{visit.pk}/"
    assert link in browser.get("/today/").content.decode()
    clock.move_to(BEFORE_MIDNIGHT + timedelta(minutes=45))
    page = browser.get("/today/").content.decode()
    assert "In the room" in page
    assert link in page
    kept = browser.get("/offline/day/").json()
    assert [one["lane"] for one in kept["visits"]] == [f"visits/{visit.pk}"]
    assert any(one["url"] == link for one in kept["keep"])
    browser.post(f"{link}finish/")
    page = browser.get("/today/").content.decode()
    assert "In the room" not in page
    assert "Notes to sign from other days" in page


def test_another_day_s_page_does_not_show_the_visit_that_runs_now(
    linden: House, clock: time_machine.Traveller
) -> None:
    in_session(linden, BEFORE_MIDNIGHT)
    clock.move_to(BEFORE_MIDNIGHT + timedelta(minutes=45))
    browser = signed_in(linden)
    assert "In the room" not in browser.get("/today/?day=2026-03-04").content.decode()
    assert "In the room" in browser.get("/today/?day=2026-03-02").content.decode()


def test_midnight_takes_nothing_from_the_room_the_dial_and_the_note(
    linden: House, clock: time_machine.Traveller
) -> None:
    visits.consent(
        linden, "sensitive_area", area="hip_right", expires_on=date(2026, 3, 2)
    )  # its last day is the day the visit begins
    visit, browser = in_session(linden, BEFORE_MIDNIGHT), signed_in(linden)
    browser.post(f"/visits/{visit.pk}/tap/", {"area": "hip_right"})
    clock.move_to(BEFORE_MIDNIGHT + timedelta(minutes=40))
    late = datetime.now(UTC)
    event = dial.turn(visit=visit, kind="right", pain=None, by=for_link(linden.episode), now=late)
    assert event.area == "hip_right"
    assert "40:00" in browser.get(f"/visits/{visit.pk}/").content.decode()
    browser.post(f"/visits/{visit.pk}/tap/", {"pause": "1"})
    browser.post(f"/visits/{visit.pk}/finish/")
    visit.refresh_from_db()
    assert [one.minutes for one in visit.entries.all()] == [40]
    assert gather.local_day(visit) == date(2026, 3, 2)
    assert consents.missing(visit, late) == ()
    assert [one.visit_id for one in needs_note(linden.actor(linden.ann), late)] == [visit.pk]


def test_the_check_after_a_visit_past_midnight_is_timed_from_its_end(
    linden: House, clock: time_machine.Traveller
) -> None:
    visit = in_session(linden, BEFORE_MIDNIGHT)
    end = BEFORE_MIDNIGHT + timedelta(hours=14)  # forgotten, and finished the next noon
    clock.move_to(end)
    actions.finish_visit(visit=visit, by=linden.actor(linden.ann), now=end)
    due.run(origin="https://clinic.example", now=end + timedelta(hours=23, minutes=59))
    assert not CheckInLink.everything.filter(visit=visit).exists()
    due.run(origin="https://clinic.example", now=end + timedelta(hours=24))
    assert CheckInLink.everything.filter(visit=visit).count() == 1


@pytest.mark.parametrize(
    ("begins", "says"),
    [(SPRING, "Sunday 8 March"), (AUTUMN, "Sunday 1 November")],
    ids=["spring", "autumn"],
)
def test_minutes_are_minutes_on_the_day_the_clocks_change(
    linden: House, clock: time_machine.Traveller, begins: datetime, says: str
) -> None:
    clock.move_to(begins)
    visit, browser = in_session(linden, begins), signed_in(linden)
    tap = f"/visits/{visit.pk}/tap/"
    browser.post(tap, {"area": "low_back"})
    clock.move_to(begins + timedelta(minutes=45))  # the clocks have changed
    assert "45:00" in browser.get(f"/visits/{visit.pk}/").content.decode()
    browser.post(tap, {"pause": "1"})
    browser.post(f"/visits/{visit.pk}/finish/")
    visit.refresh_from_db()
    assert [one.minutes for one in visit.entries.all()] == [45]
    assert gather.local_day(visit) == begins.date()
    page = browser.get(f"/visits/{visit.pk}/note/").content.decode()
    assert says.split()[1] in page
    assert browser.get("/today/").status_code == 200


def test_a_consent_withdrawn_in_the_hour_that_comes_twice_is_still_within_the_visit(
    linden: House, clock: time_machine.Traveller
) -> None:
    clock.move_to(AUTUMN)
    visit = in_session(linden, AUTUMN)
    given = linden.cora.consents.get(kind="general")
    given.expires_on, given.revoked_at = date(2027, 1, 1), AUTUMN + timedelta(minutes=35)
    given.save(update_fields=["expires_on", "revoked_at"])
    [held] = consents.snapshot(visit, AUTUMN + timedelta(minutes=50))
    assert held["withdrawn"] == "withdrawn during the visit, at 1:05 am"
