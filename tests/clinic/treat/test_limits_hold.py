"""Whichever way work begins or changes, it stays inside the limits that hold at that moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.support import visits
from tests.support.cast import NOW, House
from tests.support.devices import Device
from unknot.clinic.access import Sent
from unknot.clinic.models import DialLink, FieldChange, PlannedWork
from unknot.clinic.treat import limits
from unknot.clinic.treat.actions import choose, dial_link, merge, notes
from unknot.clinic.treat.actions import visit as actions
from unknot.clinic.treat.errors import NotInSession, OutsideLimits

pytestmark = pytest.mark.django_db


def test_planned_work_begins_no_firmer_than_today_s_ceiling(room: visits.Room) -> None:
    firm = PlannedWork.everything.create(
        visit=room.visit,
        place=1,
        area="low_back",
        technique="TEC-NMT",
        pressure=5,
        minutes=9,
        made_at=NOW,
    )
    visit = actions.begin_planned(visit=room.visit, planned=firm, by=room.ann, now=NOW)
    assert visit.pressure_in_work == 3


def test_pressure_is_not_carried_from_one_area_into_a_gentler_one(room: visits.Room) -> None:
    actions.take_up(visit=room.visit, area="low_back", by=room.ann, now=NOW)
    actions.change_work(visit=room.visit, pressure=3, by=room.ann, now=NOW)
    actions.take_up(visit=room.visit, area="neck", by=room.ann, now=NOW + timedelta(minutes=3))
    assert room.visit.pressure_in_work == 2


def test_nothing_is_begun_where_no_pressure_is_allowed(room: visits.Room) -> None:
    visits.screen(room.house, pressure_ceiling=0)
    with pytest.raises(OutsideLimits, match="no pressure"):
        actions.take_up(visit=room.visit, area="low_back", by=room.ann, now=NOW)
    assert not room.visit.area_in_work


def test_the_pain_cap_of_the_screening_holds_under_that_of_the_technique(
    room: visits.Room,
) -> None:
    assert limits.read(room.house.episode).cap("TEC-NMT", "low_back").pain_0_10 == 5
    visits.screen(room.house, pain_cap=2)
    assert limits.read(room.house.episode).cap("TEC-NMT", "low_back").pain_0_10 == 2


def test_nothing_is_begun_before_the_start(linden: House) -> None:
    visits.plan(linden, visits.screen(linden))
    ann = linden.actor(linden.ann)
    visit = actions.open_visit(appointment=visits.appointment(linden), by=ann, now=NOW)
    with pytest.raises(NotInSession, match="Start the visit first"):
        actions.take_up(visit=visit, area="low_back", by=ann, now=NOW)


def test_finishing_closes_every_address_of_the_dial_in_its_row_too(room: visits.Room) -> None:
    dial_link.open_dial(visit=room.visit, by=room.ann, now=NOW)
    actions.finish_visit(visit=room.visit, by=room.ann, now=NOW)
    assert not DialLink.everything.filter(visit=room.visit, closed_at=None).exists()


# --- Another device, beside the work of the first ------------------------------------------


def test_work_beside_another_begins_no_firmer_than_its_area_s_ceiling(
    tablet: Device, phone: Device
) -> None:
    tablet.tap(area="low_back")
    tablet.tap(pressure=3)
    phone.tap(area="neck", ago=300, follow=False)
    assert FieldChange.everything.get(field="work", state="open").value["pressure"] == 2


def test_work_beside_another_takes_no_technique_that_is_ruled_out(
    tablet: Device, phone: Device
) -> None:
    tablet.tap(area="low_back")
    phone.tap(area="buttock", ago=300, follow=False)
    told = phone.tap(technique="TEC-DTM", ago=60, follow=False)
    assert told["problem"] == "This technique is ruled out by the screening."
    assert FieldChange.everything.get(field="work", state="open").value["technique"] != "TEC-DTM"


@pytest.mark.parametrize(("ago", "at"), [(7200, -3600), (1800, -1800), (0, 0)])
def test_an_entry_is_never_dated_before_its_visit_began(
    session: visits.Room, ago: int, at: int
) -> None:
    now = session.visit.started_at + timedelta(hours=1)
    sent = Sent(at=now - timedelta(seconds=ago), received=now)
    assert merge.moment(session.visit, sent) == now + timedelta(seconds=at)


def test_an_entry_is_never_dated_before_the_work_it_ends(session: visits.Room) -> None:
    now = datetime.now(UTC)
    session.visit.work_since = now - timedelta(minutes=5)
    sent = Sent(at=now - timedelta(minutes=20), received=now)
    assert merge.moment(session.visit, sent) == now - timedelta(minutes=5)


def test_a_choice_made_stays_as_it_was_recorded(tablet: Device, phone: Device) -> None:
    tablet.tap(pain_before=6)
    key = phone.tap(pain_before=4)["conflicts"][0]["id"]
    phone.post("choose", {"change": key, "take": "beside"})
    tablet.tap(pain_after=2)  # the answer tells the tablet of the four
    tablet.tap(pain_before=9)
    tablet.post("choose", {"change": key, "take": "holds"})
    assert FieldChange.everything.get(pk=key).state == "taken"
    tablet.post("choose", {"change": key, "take": "beside"})
    assert phone.fresh().pain_before == 9


def test_nothing_is_chosen_once_the_note_is_signed(done: visits.Room) -> None:
    note = notes.write_note(visit=done.visit, by=done.ann, now=NOW)
    sent = Sent(at=NOW, received=NOW, device="phone")
    notes.sign_note(note=note, by=done.ann, now=NOW)
    row = merge._row(done.visit, "wish_today", "The neck", sent, done.ann)
    row.state = "open"
    row.save(force_insert=True)
    with pytest.raises(NotInSession, match="signed"):
        choose.choose(change=row, take=True, by=done.ann, now=NOW)


@pytest.mark.parametrize("change", [{"pressure": 3}, {"response": "eased"}])
def test_a_change_is_not_chosen_for_work_it_was_not_meant_for(
    tablet: Device, phone: Device, change: dict[str, object]
) -> None:
    tablet.tap(area="low_back")
    phone.tap(pain_after=2)  # the answer tells the phone of the area
    tablet.tap(pressure=2)
    tablet.tap(response="guarded")
    (conflict,) = phone.tap(**change, on="low_back", follow=False)["conflicts"]
    tablet.tap(area="buttock")
    sent = {"change": conflict["id"], "take": "beside"}
    assert phone.post("choose", sent)["problem"].startswith("This was for low back")
    plain = phone.browser.post(f"/visits/{phone.visit.pk}/choose/", sent).content.decode()
    assert f'href="/visits/{phone.visit.pk}/"' in plain  # the way back leads somewhere
    visit = phone.fresh()
    assert (visit.pressure_in_work, visit.response_in_work) == (2, "")
    assert phone.post("choose", {**sent, "take": "holds"})["conflicts"] == []


def test_a_response_is_still_chosen_for_the_area_that_was_just_ended(
    tablet: Device, phone: Device
) -> None:
    tablet.tap(area="low_back")
    phone.tap(pain_after=2)
    tablet.tap(response="guarded")
    (conflict,) = phone.tap(response="eased", on="low_back", follow=False)["conflicts"]
    tablet.tap(pause="1")
    phone.post("choose", {"change": conflict["id"], "take": "beside"})
    assert phone.fresh().entries.get().response == "eased"
