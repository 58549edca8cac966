"""The visit, tap by tap."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.support import visits
from tests.support.cast import NOW, House
from unknot.clinic.access import Refused
from unknot.clinic.book import actions as booking
from unknot.clinic.book.actions import NotBooked, Slot
from unknot.clinic.models import (
    Appointment,
    AuditRow,
    PlannedWork,
    Screening,
    TreatmentEntry,
    Visit,
)
from unknot.clinic.treat.actions import visit as actions
from unknot.clinic.treat.errors import NotInSession, OutsideLimits, VisitBlocked

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(minutes=12)


def _open(house: House) -> Visit:
    return actions.open_visit(
        appointment=visits.appointment(house), by=house.actor(house.ann), now=NOW
    )


@pytest.mark.parametrize("write", ["cancel", "cancel_rest", "move", "mark_no_show"])
def test_nobody_takes_the_appointment_away_from_under_a_visit_in_session(
    linden: House, write: str
) -> None:
    room = visits.begun(linden)
    by, booked = linden.actor(linden.desk), room.visit.appointment
    more = {"reason": "Ill"} if write.startswith("cancel") else {}
    if write == "move":
        more = {"slot": Slot(therapist=linden.ann.pk, starts_at=NOW + timedelta(days=7))}
    with pytest.raises(NotBooked):
        getattr(booking, write)(appointment=booked, by=by, now=SOON, **more)
    booked.refresh_from_db()
    assert (booked.state, booked.starts_at) == (Appointment.State.BOOKED, NOW)


def test_a_visit_of_a_cancelled_appointment_does_not_start(linden: House) -> None:
    visits.screen(linden)
    visit = _open(linden)
    desk = linden.actor(linden.desk)
    booking.cancel(appointment=visit.appointment, reason="Ill", by=desk, now=NOW)
    with pytest.raises(NotInSession, match="cancelled"):
        actions.start_visit(visit=visit, by=linden.actor(linden.ann), now=NOW)


def test_a_visit_without_a_screening_does_not_start(linden: House) -> None:
    visit = _open(linden)
    with pytest.raises(VisitBlocked, match="Screen first"):
        actions.start_visit(visit=visit, by=linden.actor(linden.ann), now=NOW)


def test_a_blocking_screening_bars_the_start(linden: House) -> None:
    visits.screen(linden, blocks=True)
    visit = _open(linden)
    with pytest.raises(VisitBlocked, match="does not allow"):
        actions.start_visit(visit=visit, by=linden.actor(linden.ann), now=NOW)
    visit.refresh_from_db()
    assert visit.started_at is None


def test_an_old_screening_has_to_be_asked_again(linden: House) -> None:
    visits.screen(linden)
    visit, by = _open(linden), linden.actor(linden.ann)
    later = NOW + timedelta(days=7)
    with pytest.raises(VisitBlocked, match="anything is new"):
        actions.start_visit(visit=visit, by=by, now=later)
    actions.note_news(visit=visit, news=(), by=by, now=later)
    with pytest.raises(VisitBlocked, match="anything is new"):  # nothing was decided on it
        actions.start_visit(visit=visit, by=by, now=later)
    Screening.everything.update(decided_at=later)
    assert actions.start_visit(visit=visit, by=by, now=later).started_at == later


def test_an_answer_from_before_the_visit_was_moved_does_not_count(linden: House) -> None:
    visits.screen(linden)
    visit, by = _open(linden), linden.actor(linden.ann)
    actions.note_news(visit=visit, news=(), by=by, now=NOW)
    with pytest.raises(VisitBlocked, match="anything is new"):
        actions.start_visit(visit=visit, by=by, now=NOW + timedelta(days=7))


def test_a_screening_that_blocks_during_the_visit_ends_hands_on_work(room: visits.Room) -> None:
    actions.take_up(visit=room.visit, area="low_back", by=room.ann, now=NOW)
    later = visits.screen(room.house, blocks=True)
    Screening.everything.filter(pk=later.pk).update(decided_at=SOON)
    with pytest.raises(VisitBlocked, match="does not allow"):
        actions.take_up(visit=room.visit, area="buttock_left", by=room.ann, now=SOON)
    with pytest.raises(VisitBlocked, match="does not allow"):
        actions.change_work(visit=room.visit, pressure=2, by=room.ann, now=SOON)
    actions.finish_visit(visit=room.visit, by=room.ann, now=SOON)
    assert room.visit.entries.count() == 1


def test_opening_twice_gives_the_same_visit(linden: House) -> None:
    appointment, by = visits.appointment(linden), linden.actor(linden.ann)
    first = actions.open_visit(appointment=appointment, by=by, now=NOW)
    assert actions.open_visit(appointment=appointment, by=by, now=SOON).pk == first.pk


def test_a_cancelled_appointment_has_no_visit(linden: House) -> None:
    appointment = visits.appointment(linden)
    appointment.state = Appointment.State.CANCELLED
    with pytest.raises(NotInSession):
        actions.open_visit(appointment=appointment, by=linden.actor(linden.ann), now=NOW)


def test_an_area_taken_up_starts_with_the_plan_s_first_technique_at_its_lightest(
    room: visits.Room,
) -> None:
    actions.take_up(visit=room.visit, area="low_back", by=room.ann, now=NOW)
    assert (room.visit.technique_in_work, room.visit.pressure_in_work) == ("TEC-SWE", 1)


def test_the_next_area_turns_the_one_before_into_an_entry_with_its_minutes(
    room: visits.Room,
) -> None:
    actions.take_up(visit=room.visit, area="low_back", by=room.ann, now=NOW)
    actions.note_response(visit=room.visit, response="eased", by=room.ann, now=NOW)
    actions.take_up(visit=room.visit, area="buttock_left", by=room.ann, now=SOON)
    entry = room.visit.entries.get()
    assert (entry.area, entry.minutes, entry.response) == ("low_back", 12, "eased")
    assert room.visit.area_in_work == "buttock_left"


@pytest.mark.parametrize("again", ["area", "planned", "technique", "pressure"])
def test_what_is_tapped_twice_goes_on_without_an_entry_or_a_step(
    room: visits.Room, again: str
) -> None:
    planned = PlannedWork.everything.create(
        visit=room.visit,
        place=1,
        area="low_back",
        technique="TEC-SWE",
        pressure=2,
        minutes=10,
        made_at=NOW,
    )
    who: dict[str, Any] = {"visit": room.visit, "by": room.ann}
    actions.begin_planned(planned=planned, now=NOW, **who)
    steps = list(room.visit.undo)
    {
        "area": lambda: actions.take_up(area="low_back", now=SOON, **who),
        "planned": lambda: actions.begin_planned(planned=planned, now=SOON, **who),
        "technique": lambda: actions.change_work(technique="TEC-SWE", now=SOON, **who),
        "pressure": lambda: actions.change_work(pressure=2, now=SOON, **who),
    }[again]()
    room.visit.refresh_from_db()
    assert not room.visit.entries.exists()
    assert (room.visit.work_since, room.visit.undo) == (NOW, steps)


def test_an_area_that_was_closed_meanwhile_is_refused_though_it_is_in_work(
    room: visits.Room,
) -> None:
    actions.take_up(visit=room.visit, area="low_back", by=room.ann, now=NOW)
    visits.screen(room.house, excluded_groups=["low_back"])
    with pytest.raises(OutsideLimits, match="excluded"):
        actions.take_up(visit=room.visit, area="low_back", by=room.ann, now=SOON)


def test_an_excluded_area_cannot_be_worked_on(room: visits.Room) -> None:
    with pytest.raises(OutsideLimits, match="excluded"):
        actions.take_up(visit=room.visit, area="abdomen", by=room.ann, now=NOW)


def test_a_region_of_an_excluded_group_is_excluded_too(room: visits.Room) -> None:
    from unknot.knowledge import load

    region = next(one.id for one in load().regions.values() if one.group == "abdomen")
    with pytest.raises(OutsideLimits, match="excluded"):
        actions.take_up(visit=room.visit, area=region, by=room.ann, now=NOW)


def test_an_area_nobody_knows_is_refused(room: visits.Room) -> None:
    with pytest.raises(OutsideLimits, match="not known"):
        actions.take_up(visit=room.visit, area="soul", by=room.ann, now=NOW)


def test_a_banned_technique_cannot_be_chosen(room: visits.Room) -> None:
    actions.take_up(visit=room.visit, area="low_back", by=room.ann, now=NOW)
    with pytest.raises(OutsideLimits, match="ruled out"):
        actions.change_work(visit=room.visit, technique="TEC-DTM", by=room.ann, now=NOW)


@pytest.mark.parametrize(
    ("area", "pressure", "allowed"),
    [("low_back", 3, True), ("low_back", 4, False), ("neck", 2, True), ("neck", 3, False)],
)
def test_pressure_stops_at_the_ceiling_of_the_area(
    room: visits.Room, area: str, pressure: int, allowed: bool
) -> None:
    actions.take_up(visit=room.visit, area=area, by=room.ann, now=NOW)
    if allowed:
        actions.change_work(visit=room.visit, pressure=pressure, by=room.ann, now=NOW)
        assert room.visit.pressure_in_work == pressure
    else:
        with pytest.raises(OutsideLimits, match="ceiling"):
            actions.change_work(visit=room.visit, pressure=pressure, by=room.ann, now=NOW)


def test_a_quick_change_replaces_and_a_late_one_keeps_what_was_done(room: visits.Room) -> None:
    actions.take_up(visit=room.visit, area="low_back", by=room.ann, now=NOW)
    quick = NOW + timedelta(seconds=10)
    actions.change_work(visit=room.visit, pressure=2, by=room.ann, now=quick)
    assert room.visit.entries.count() == 0
    actions.change_work(visit=room.visit, technique="TEC-NMT", by=room.ann, now=SOON)
    entry = room.visit.entries.get()
    assert (entry.technique, entry.pressure, entry.minutes) == ("TEC-SWE", 2, 12)
    assert room.visit.area_in_work == "low_back"


def test_minutes_are_corrected_but_never_below_one(room: visits.Room) -> None:
    actions.take_up(visit=room.visit, area="low_back", by=room.ann, now=NOW)
    actions.pause_work(visit=room.visit, by=room.ann, now=NOW)
    entry = room.visit.entries.get()
    assert entry.minutes == 1
    actions.change_minutes(entry=entry, by_minutes=5, by=room.ann, now=NOW)
    actions.change_minutes(entry=entry, by_minutes=-60, by=room.ann, now=NOW)
    entry.refresh_from_db()
    assert entry.minutes == 1


def test_an_entry_tapped_by_mistake_is_taken_back_and_the_trail_shows_it(
    room: visits.Room,
) -> None:
    actions.take_up(visit=room.visit, area="low_back", by=room.ann, now=NOW)
    actions.pause_work(visit=room.visit, by=room.ann, now=NOW)
    actions.remove_entry(entry=room.visit.entries.get(), by=room.ann, now=NOW)
    assert not room.visit.entries.exists()
    assert AuditRow.everything.filter(object_type="TreatmentEntry", changed=["removed"]).exists()


def test_finishing_keeps_the_area_in_work_and_settles_the_appointment(room: visits.Room) -> None:
    actions.take_up(visit=room.visit, area="low_back", by=room.ann, now=NOW)
    actions.finish_visit(visit=room.visit, by=room.ann, now=SOON)
    assert room.visit.entries.get().minutes == 12
    assert Appointment.everything.get(pk=room.visit.appointment_id).state == "done"
    with pytest.raises(NotInSession):
        actions.take_up(visit=room.visit, area="low_back", by=room.ann, now=SOON)


@pytest.mark.parametrize("pain", [-1, 11])
def test_pain_outside_the_scale_is_refused(room: visits.Room, pain: int) -> None:
    with pytest.raises(OutsideLimits):
        actions.set_pain(visit=room.visit, when="before", pain=pain, by=room.ann, now=NOW)


@pytest.mark.parametrize("who", ["ben", "desk", "cora"])
def test_only_the_care_team_records_a_visit(room: visits.Room, who: str) -> None:
    by = room.house.actor(getattr(room.house, who))
    with pytest.raises(Refused):
        actions.set_pain(visit=room.visit, when="before", pain=3, by=by, now=NOW)
    room.visit.refresh_from_db()
    assert room.visit.pain_before is None


def test_another_practice_s_owner_records_nothing(room: visits.Room, maple: House) -> None:
    with pytest.raises(Refused):
        actions.take_up(visit=room.visit, area="neck", by=maple.actor(maple.owner), now=NOW)


def test_nothing_is_kept_when_the_trail_fails(
    room: visits.Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise OSError("no room left")

    actions.take_up(visit=room.visit, area="low_back", by=room.ann, now=NOW)
    monkeypatch.setattr("unknot.clinic.audit.act.append", broken)
    with pytest.raises(OSError, match="no room"):
        actions.take_up(visit=room.visit, area="neck", by=room.ann, now=SOON)
    assert not TreatmentEntry.everything.exists()
    assert Visit.everything.get(pk=room.visit.pk).area_in_work == "low_back"
