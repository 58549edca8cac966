"""Copying forward, planned work, and what the room remembers of a tap."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.support import visits
from tests.support.cast import NOW, House
from unknot.clinic.access import Refused
from unknot.clinic.models import (
    AuditRow,
    PlannedWork,
    Preferences,
    Screening,
    TreatmentEntry,
    Visit,
)
from unknot.clinic.treat import gather, limits
from unknot.clinic.treat.actions import ahead, undo
from unknot.clinic.treat.actions import visit as actions
from unknot.clinic.treat.errors import NotInSession, OutsideLimits, VisitRefused
from unknot.clinic.treat.pages import Ahead
from unknot.clinic.treat.room import ahead_page
from unknot.clinic.treat.room import page as room

pytestmark = pytest.mark.django_db
WEEK = NOW + timedelta(days=7)
LAST = (("low_back", "TEC-SWE", 3, 14), ("neck", "TEC-NMT", 3, 12), ("abdomen", "TEC-SWE", 2, 5))


@pytest.fixture
def again(linden: House) -> visits.Room:
    """A second visit in session, a week after one with three areas."""
    first = visits.finished(linden)
    first.visit.entries.all().delete()
    for place, (area, technique, pressure, minutes) in enumerate(LAST):
        TreatmentEntry.everything.create(
            visit=first.visit,
            area=area,
            technique=technique,
            pressure=pressure,
            minutes=minutes,
            recorded_at=NOW + timedelta(minutes=place),
        )
    Screening.everything.update(decided_at=WEEK)
    booked = visits.appointment(linden, days=7)
    visit = actions.open_visit(appointment=booked, by=first.ann, now=WEEK)
    return visits.Room(linden, actions.start_visit(visit=visit, by=first.ann, now=WEEK), first.ann)


def _offer(visit: Visit) -> Ahead:
    allowed = limits.read(visit.appointment.episode)
    return ahead_page.offer(visit, allowed, gather.last_visit(visit))


def test_last_time_goes_forward_inside_today_s_limits(again: visits.Room) -> None:
    offer = _offer(again.visit)
    assert offer.heading == "Last visit: pain 6 before, 4 after"
    assert [(row.area, row.minutes, row.note) for row in offer.rows] == [
        ("Low back", 14, ""),
        ("Neck", 12, "was 3; today's ceiling"),
    ]
    assert offer.left_out == (
        "Left out: Belly, relaxation massage. Belly is excluded by the screening.",
    )


@pytest.mark.parametrize(
    ("said", "pressure", "notes"),
    [
        (
            NOW + timedelta(days=3),
            1,
            ["was 3; wished lighter since", "was 3; wished lighter since"],
        ),
        (NOW + timedelta(days=3), 5, ["", "was 3; today's ceiling"]),
        (NOW + timedelta(days=3), None, ["", "was 3; today's ceiling"]),
        (NOW - timedelta(days=3), 1, ["", "was 3; today's ceiling"]),
    ],
)
def test_a_lighter_wish_told_since_the_last_visit_counts_at_once(
    again: visits.Room, said: datetime, pressure: int | None, notes: list[str]
) -> None:
    client = again.house.cora
    Preferences.everything.create(client=client, pressure=pressure, said_at=said)
    assert [row.note for row in _offer(again.visit).rows] == notes
    ahead.copy_forward(visit=again.visit, by=again.ann, now=WEEK)
    most = pressure if notes[0] else 3
    assert max(row.pressure for row in again.visit.planned.all()) == most


def test_nothing_copied_counts_as_done(again: visits.Room) -> None:
    ahead.copy_forward(visit=again.visit, by=again.ann, now=WEEK)
    assert again.visit.planned.count() == 2
    assert not again.visit.entries.exists()
    assert room.page(again.visit, WEEK).done_minutes == 0


def test_one_is_copied_by_its_number_and_none_twice(again: visits.Room) -> None:
    ahead.copy_forward(visit=again.visit, number=2, by=again.ann, now=WEEK)
    assert [row.area for row in again.visit.planned.all()] == ["neck"]
    ahead.copy_forward(visit=again.visit, by=again.ann, now=WEEK)
    assert [row.area for row in again.visit.planned.all()] == ["neck", "low_back"]
    with pytest.raises(OutsideLimits, match="Nothing is left"):
        ahead.copy_forward(visit=again.visit, by=again.ann, now=WEEK)


def test_planned_work_starts_as_it_was_and_becomes_one_entry(again: visits.Room) -> None:
    ahead.copy_forward(visit=again.visit, by=again.ann, now=WEEK)
    first, second = again.visit.planned.all()
    actions.begin_planned(visit=again.visit, planned=first, by=again.ann, now=WEEK)
    assert (again.visit.area_in_work, again.visit.pressure_in_work) == ("low_back", 3)
    assert ahead_page.planned_minutes(again.visit, gather.last_visit(again.visit)) == 14
    later = WEEK + timedelta(minutes=13)
    actions.begin_planned(visit=again.visit, planned=second, by=again.ann, now=later)
    entry = again.visit.entries.get()
    assert (entry.area, entry.minutes, entry.planned) == ("low_back", 13, first)
    assert again.visit.pressure_in_work == 2
    now = limits.read(again.house.episode)
    assert ahead_page.planned_rows(again.visit, now) == ()


def test_touching_the_area_begins_what_is_planned_there(again: visits.Room) -> None:
    ahead.copy_forward(visit=again.visit, by=again.ann, now=WEEK)
    actions.take_up(visit=again.visit, area="neck", by=again.ann, now=WEEK)
    assert again.visit.technique_in_work == "TEC-NMT"
    assert again.visit.planned_in_work == again.visit.planned.get(area="neck")


def test_minutes_meant_come_from_the_last_visit_where_nothing_is_planned(
    again: visits.Room,
) -> None:
    actions.take_up(visit=again.visit, area="neck", by=again.ann, now=WEEK)
    assert ahead_page.planned_minutes(again.visit, gather.last_visit(again.visit)) == 12
    actions.take_up(visit=again.visit, area="buttock", by=again.ann, now=WEEK)
    assert ahead_page.planned_minutes(again.visit, gather.last_visit(again.visit)) is None


def test_a_change_after_a_while_keeps_to_the_planned_work(again: visits.Room) -> None:
    ahead.copy_forward(visit=again.visit, number=1, by=again.ann, now=WEEK)
    actions.begin_planned(
        visit=again.visit, planned=again.visit.planned.get(), by=again.ann, now=WEEK
    )
    later = WEEK + timedelta(minutes=5)
    actions.change_work(visit=again.visit, pressure=2, by=again.ann, now=later)
    assert again.visit.planned_in_work == again.visit.planned.get()
    assert again.visit.entries.get().planned == again.visit.planned.get()


@pytest.mark.parametrize(
    ("change", "why"),
    [({"excluded_groups": ["low_back"]}, "excluded"), ({"banned_techniques": ["TEC-SWE"]}, "out")],
)
def test_a_screening_made_since_closes_planned_work(
    again: visits.Room, change: dict[str, list[str]], why: str
) -> None:
    ahead.copy_forward(visit=again.visit, number=1, by=again.ann, now=WEEK)
    planned = again.visit.planned.get()
    newer = visits.screen(again.house, **change)
    Screening.everything.filter(pk=newer.pk).update(decided_at=WEEK + timedelta(minutes=1))
    later = WEEK + timedelta(minutes=2)
    with pytest.raises(OutsideLimits, match=why):
        actions.begin_planned(visit=again.visit, planned=planned, by=again.ann, now=later)
    row = ahead_page.planned_rows(again.visit, limits.read(again.house.episode))[0]
    assert why in row.why_not


def test_planned_work_is_taken_off_but_not_once_it_has_begun(again: visits.Room) -> None:
    ahead.copy_forward(visit=again.visit, by=again.ann, now=WEEK)
    first, second = again.visit.planned.all()
    ahead.drop_planned(planned=second, by=again.ann, now=WEEK)
    actions.begin_planned(visit=again.visit, planned=first, by=again.ann, now=WEEK)
    first.visit.refresh_from_db()
    with pytest.raises(NotInSession, match="begun"):
        ahead.drop_planned(planned=first, by=again.ann, now=WEEK)


def test_a_first_visit_takes_the_plan_s_areas_with_an_even_share(room: visits.Room) -> None:
    offer = _offer(room.visit)
    assert offer.heading == "From the plan"
    assert sum(row.minutes for row in offer.rows) == 50
    assert "Belly" not in [row.area for row in offer.rows]


def test_a_first_visit_without_a_plan_offers_nothing(linden: House) -> None:
    visits.screen(linden)
    by = linden.actor(linden.ann)
    visit = actions.open_visit(appointment=visits.appointment(linden), by=by, now=NOW)
    actions.start_visit(visit=visit, by=by, now=NOW)
    assert _offer(visit).rows == ()


# --- Taking back ---------------------------------------------------------------------------


def _undo(room: visits.Room) -> Visit:
    step = undo.newest(room.visit)
    assert step is not None
    return undo.undo(visit=room.visit, step=step["id"], by=room.ann, now=WEEK)


def test_an_area_tapped_by_mistake_leaves_no_trace_in_the_session(again: visits.Room) -> None:
    actions.take_up(visit=again.visit, area="low_back", by=again.ann, now=WEEK)
    actions.note_response(visit=again.visit, response="eased", by=again.ann, now=WEEK)
    since = again.visit.work_since
    actions.take_up(visit=again.visit, area="neck", by=again.ann, now=WEEK + timedelta(minutes=4))
    newest = undo.newest(again.visit)
    assert newest is not None
    assert newest["says"] == "Neck started"
    _undo(again)
    again.visit.refresh_from_db()
    assert (again.visit.area_in_work, again.visit.work_since) == ("low_back", since)
    assert again.visit.response_in_work == "eased"
    assert not again.visit.entries.exists()
    assert "undo" in AuditRow.everything.order_by("-pk")[0].changed


def test_a_removed_entry_comes_back_under_its_own_key(again: visits.Room) -> None:
    actions.take_up(visit=again.visit, area="low_back", by=again.ann, now=WEEK)
    actions.pause_work(visit=again.visit, by=again.ann, now=WEEK + timedelta(minutes=9))
    entry = again.visit.entries.get()
    key = entry.pk
    actions.remove_entry(entry=entry, by=again.ann, now=WEEK)
    again.visit.refresh_from_db()
    _undo(again)
    back = again.visit.entries.get()
    assert (back.pk, back.minutes, back.area) == (key, 9, "low_back")


def test_a_list_copied_by_mistake_is_empty_again(again: visits.Room) -> None:
    ahead.copy_forward(visit=again.visit, by=again.ann, now=WEEK)
    _undo(again)
    assert not PlannedWork.everything.filter(visit=again.visit).exists()


def test_pain_goes_back_to_what_it_was_step_by_step(again: visits.Room) -> None:
    for pain in (7, 3):
        actions.set_pain(visit=again.visit, when="before", pain=pain, by=again.ann, now=WEEK)
    _undo(again)
    assert again.visit.pain_before == 7
    _undo(again)
    assert again.visit.pain_before is None
    with pytest.raises(NotInSession, match="nothing to take back"):
        undo.undo(visit=again.visit, step="x", by=again.ann, now=WEEK)


def test_a_step_followed_by_another_is_not_taken_back_unseen(again: visits.Room) -> None:
    actions.set_pain(visit=again.visit, when="before", pain=7, by=again.ann, now=WEEK)
    seen = undo.newest(again.visit)
    assert seen is not None
    actions.set_pain(visit=again.visit, when="before", pain=3, by=again.ann, now=WEEK)
    with pytest.raises(VisitRefused, match="tapped since"):
        undo.undo(visit=again.visit, step=seen["id"], by=again.ann, now=WEEK)
    assert again.visit.pain_before == 3


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"excluded_groups": ["low_back"]}, "excluded by the screening"),
        ({"banned_techniques": ["TEC-SWE"]}, "ruled out"),
        ({"pressure_ceiling": 2}, "ceiling here is 2"),
    ],
)
def test_work_that_was_closed_since_does_not_come_back_by_taking_back(
    again: visits.Room, changes: dict[str, Any], why: str
) -> None:
    visit, ann = again.visit, again.ann
    actions.take_up(visit=visit, area="low_back", by=ann, now=WEEK)
    actions.change_work(visit=visit, pressure=3, by=ann, now=WEEK)
    actions.pause_work(visit=visit, by=ann, now=WEEK)
    newer = visits.screen(again.house, **changes)
    Screening.everything.filter(pk=newer.pk).update(decided_at=WEEK + timedelta(minutes=1))
    with pytest.raises(OutsideLimits, match=why):
        _undo(again)
    visit.refresh_from_db()
    assert visit.area_in_work == ""


def test_only_the_last_steps_are_kept_and_none_after_the_end(again: visits.Room) -> None:
    for pain in range(undo.STEPS + 2):
        actions.set_pain(visit=again.visit, when="before", pain=pain, by=again.ann, now=WEEK)
    assert len(again.visit.undo) == undo.STEPS
    actions.finish_visit(visit=again.visit, by=again.ann, now=WEEK)
    assert undo.newest(again.visit) is None


def test_somebody_outside_the_care_team_takes_nothing_back(again: visits.Room) -> None:
    actions.set_pain(visit=again.visit, when="before", pain=7, by=again.ann, now=WEEK)
    step = undo.newest(again.visit)
    assert step is not None
    with pytest.raises(Refused):
        undo.undo(
            visit=again.visit, step=step["id"], by=again.house.actor(again.house.ben), now=WEEK
        )


def test_an_entry_that_came_late_still_says_so_once_it_was_put_back(again: visits.Room) -> None:
    actions.take_up(visit=again.visit, area="low_back", by=again.ann, now=WEEK)
    actions.pause_work(visit=again.visit, by=again.ann, now=WEEK)
    entry = again.visit.entries.get()
    entry.received_at = WEEK
    entry.save(update_fields=["received_at"])
    actions.remove_entry(entry=entry, by=again.ann, now=WEEK)
    _undo(again)
    assert again.visit.entries.get().received_at == WEEK
