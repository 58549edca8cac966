"""Taps that waited on the phone while there was no line, and came later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from tests.clinic.treat.test_dial import opened_now
from tests.support import visits
from tests.support.cast import NOW
from unknot.clinic.access import for_link
from unknot.clinic.models import DialEvent
from unknot.clinic.treat import gather, limits
from unknot.clinic.treat.actions import dial
from unknot.clinic.treat.actions import visit as visit_actions
from unknot.clinic.treat.dial import log as dial_log
from unknot.clinic.treat.dial import panel as dial_panel
from unknot.clinic.treat.errors import OutsideLimits
from unknot.reasoning.treat import note

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=10)


def late(
    room: visits.Room, kind: str, *, at: datetime = NOW, pain: int | None = None
) -> DialEvent:
    """A tap made `at` that comes ten minutes into the visit."""
    by = for_link(room.house.episode)
    return dial.turn(visit=room.visit, kind=kind, pain=pain, by=by, now=LATER, made_at=at)


def work(room: visits.Room, area: str, at: datetime, pressure: int = 0) -> None:
    visit_actions.take_up(visit=room.visit, area=area, by=room.ann, now=at)
    if pressure:
        visit_actions.change_work(visit=room.visit, pressure=pressure, by=room.ann, now=at)


def test_a_late_tap_keeps_when_it_was_made_and_when_it_came(room: visits.Room) -> None:
    event = late(room, "less")
    assert (event.at, event.received_at) == (NOW, LATER)
    (shown,) = dial_log.shown([event])
    assert (shown.late, shown.word) == (True, "Late: less")
    assert shown.say == "Received only now, from 10 minutes ago: less."
    assert shown.as_json()["late"] is True


def test_a_tap_that_came_within_half_a_minute_is_not_late(room: visits.Room) -> None:
    event = late(room, "pain", at=LATER - timedelta(seconds=30), pain=9)
    assert event.received_at is None
    (shown,) = dial_log.shown([event])
    assert not shown.late
    assert shown.stands is not None


def test_late_pain_above_the_cap_is_kept_and_raises_no_alarm(room: visits.Room) -> None:
    work(room, "low_back", NOW)
    event = late(room, "pain", pain=9)
    panel = dial_panel.panel(room.visit, limits.read(room.house.episode), LATER)
    assert panel.alert is None
    assert panel.word == "Late: 9"
    assert [(row.area, row.pain, row.is_above) for row in panel.rows] == [("Low back", 9, True)]
    assert event.pain_cap < 9


def test_a_late_stop_tells_the_therapist(room: visits.Room) -> None:
    late(room, "stop")
    panel = dial_panel.panel(room.visit, limits.read(room.house.episode), LATER)
    assert panel.alert is not None
    assert panel.alert.words.startswith("Stop, tapped 10 minutes ago and received only now.")


def test_a_late_tap_belongs_to_what_was_in_work_when_it_was_made(room: visits.Room) -> None:
    work(room, "low_back", NOW, pressure=3)
    work(room, "neck", NOW + timedelta(minutes=5))
    event = late(room, "less", at=NOW + timedelta(minutes=2))
    assert (event.area, event.pressure) == ("low_back", 3)
    now = late(room, "less", at=NOW + timedelta(minutes=6))
    assert (now.area, now.pressure) == ("neck", 2)


def test_a_late_tap_of_the_first_seconds_belongs_to_the_area_though_minutes_are_rounded(
    room: visits.Room,
) -> None:
    """2 minutes 25 are kept as 2."""
    work(room, "low_back", NOW + timedelta(minutes=1))
    end = NOW + timedelta(minutes=3, seconds=25)
    visit_actions.pause_work(visit=room.visit, by=room.ann, now=end)
    assert late(room, "stop", at=NOW + timedelta(minutes=1, seconds=5)).area == "low_back"
    assert late(room, "less", at=NOW + timedelta(seconds=30)).area == ""


def test_a_late_tap_of_a_moment_nothing_was_in_work_belongs_to_no_area(room: visits.Room) -> None:
    work(room, "low_back", NOW + timedelta(minutes=6))
    visit_actions.pause_work(visit=room.visit, by=room.ann, now=NOW + timedelta(minutes=8))
    for minute in (2, 9):
        event = late(room, "less", at=NOW + timedelta(minutes=minute))
        assert (event.area, event.pressure) == ("", None)


def test_the_row_of_an_area_keeps_the_word_said_last_not_the_one_received_last(
    room: visits.Room,
) -> None:
    work(room, "low_back", NOW)
    late(room, "right", at=LATER)
    late(room, "less", at=NOW + timedelta(minutes=1))
    (row,) = dial_log.rows_of(dial_log.touches(room.visit.dial_events.all()))
    assert row.word == "Just right"


def test_a_flood_of_late_taps_is_held_back_too(room: visits.Room) -> None:
    for _ in range(dial.FASTEST_TAPS):
        late(room, "less")
    with pytest.raises(dial.TooFast):
        late(room, "less")
    assert late(room, "stop").kind == "stop"


def test_a_slip_taken_back_in_time_is_taken_back_though_the_line_was_away(
    room: visits.Room,
) -> None:
    by, touched = for_link(room.house.episode), late(room, "less", at=LATER)
    how: dict[str, Any] = {"visit": room.visit, "seq": touched.seq, "by": by}
    come = LATER + timedelta(minutes=2)
    with pytest.raises(OutsideLimits):
        dial.take_back(**how, now=come)
    made = LATER + timedelta(seconds=5)
    assert dial.take_back(**how, now=come, made_at=made).about_id == touched.seq


def _post(token: str, waited_ms: str, **data: str) -> Any:
    headers = {"accept": "application/json", "unknot-age": waited_ms}
    return Browser().post(f"/dial/{token}/", data, headers=headers)


def test_the_phone_s_own_measure_of_the_wait_decides(room: visits.Room) -> None:
    link, token = opened_now(room)
    link.opened_at -= timedelta(minutes=30)
    link.save()
    said = _post(token, "240000", pain="9").json()["said"]
    assert "4 minutes ago" in said
    event = DialEvent.everything.get()
    assert event.received_at is not None
    assert event.received_at - event.at == timedelta(minutes=4)
    assert datetime.now(UTC) - event.received_at < timedelta(minutes=1)


@pytest.mark.parametrize("waited", ["99999999999", "-5000", "soon", ""])
def test_a_wait_that_cannot_be_is_not_believed_and_the_tap_alarms(
    room: visits.Room, waited: str
) -> None:
    _, token = opened_now(room)
    _post(token, waited, pain="9")
    event = DialEvent.everything.get()
    assert event.received_at is None
    (shown,) = dial_log.shown([event])
    assert shown.stands is not None


def test_late_pain_above_the_cap_stands_in_the_log_and_in_the_note(room: visits.Room) -> None:
    work(room, "low_back", NOW)
    event = late(room, "pain", pain=9)
    (log,) = dial_log.area_logs(room.visit)
    assert (log.area, log.pain_highest_0_10, log.alerts) == ("Low back", 9, 1)
    parts = note.write(gather.visit_record(room.visit))
    assert "On the pressure dial, Low back: pain up to 9/10." in parts.objective
    limit = f"passed the pain limit: Low back (limit {event.pain_cap}/10)."
    assert limit in parts.assessment
