"""Findings made in the room: beside the start, the error of measuring and what is normal."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client as Browser

from tests.support import visits
from tests.support.cast import NOW, House
from unknot.clinic.access import Refused
from unknot.clinic.models import Assessment, MotionReading
from unknot.clinic.treat import limits
from unknot.clinic.treat.actions import findings, undo
from unknot.clinic.treat.actions import visit as actions
from unknot.clinic.treat.errors import NotInSession, OutsideLimits
from unknot.clinic.treat.room import found

pytestmark = pytest.mark.django_db
BEFORE = NOW - timedelta(days=14)


@pytest.fixture
def motion() -> str:
    """A motion of the low back."""
    from unknot.knowledge import load

    return next(
        one.id for one in load().motions.values() if "low_back" in one.groups and one.usual
    )


def _start(house: House, motion: str) -> Assessment:
    mark = {
        "region": "low_back_left",
        "kind": "tenderness",
        "intensity": 4,
        "view": "back",
        "layer": "therapist",
        "stroke": [],
        "note": "",
    }
    day = Assessment.everything.create(
        episode=house.episode, staff=house.ann, marks=[mark], assessed_at=BEFORE
    )
    MotionReading.everything.create(assessment=day, motion=motion, side="", degrees=40)
    return day


def test_tenderness_and_trigger_points_are_kept_with_the_visit(room: visits.Room) -> None:
    who = {"visit": room.visit, "by": room.ann, "now": NOW}
    findings.note_tenderness(region="low_back_left", grade=3, **who)
    findings.note_tenderness(region="low_back_left", grade=2, **who)
    findings.note_trigger(region="low_back_left", kind="active", **who)
    findings.note_trigger(region="low_back_left", kind="latent", **who)
    kept = Assessment.everything.get(visit=room.visit)
    assert sorted((mark["kind"], mark.get("intensity")) for mark in kept.marks) == [
        ("tenderness", 2),
        ("trigger_point_latent", None),
    ]
    assert kept.staff == room.house.ann


def test_what_is_taken_back_leaves_no_empty_day(room: visits.Room, motion: str) -> None:
    who = {"visit": room.visit, "by": room.ann, "now": NOW}
    findings.note_tenderness(region="low_back_left", grade=0, **who)
    findings.note_tenderness(region="low_back_left", grade=None, **who)
    findings.note_motion(motion=motion, side="", degrees=Decimal(50), **who)
    findings.note_motion(motion=motion, side="", degrees=None, **who)
    assert not Assessment.everything.filter(visit=room.visit).exists()


def test_each_finding_stands_beside_its_start(room: visits.Room, motion: str) -> None:
    room.house.episode.main_area = "low_back"
    room.house.episode.save()
    room.visit.refresh_from_db()
    _start(room.house, motion)
    who = {"visit": room.visit, "by": room.ann, "now": NOW}
    findings.note_tenderness(region="low_back_left", grade=2, **who)
    findings.note_motion(motion=motion, side="", degrees=Decimal(41), **who)
    panel = found.panel(room.visit, limits.read(room.house.episode))
    rows = [row for group in panel.groups for row in group.rows if row.region == "low_back_left"]
    assert rows[0].says == "At the start 4. 2 grades less, not counted as better."
    moved = next((row for row in panel.motions if row.key == f"{motion}."), None)
    if moved is None:
        pytest.fail("the motion is not offered in the room")
    assert (moved.start, moved.now) == ("40", "41")
    assert "too small to tell from measuring error" in moved.says
    assert moved.normal
    said = found.sentences(room.visit)
    assert "Low back, left: tenderness 2 of 4 (at the start 4)." in said


@pytest.mark.parametrize("grade", [-1, 5])
def test_a_grade_outside_the_scale_is_refused(room: visits.Room, grade: int) -> None:
    with pytest.raises(OutsideLimits, match="0 to 4"):
        findings.note_tenderness(
            visit=room.visit, region="low_back_left", grade=grade, by=room.ann, now=NOW
        )


def test_unknown_places_kinds_and_impossible_degrees_are_refused(
    room: visits.Room, motion: str
) -> None:
    who = {"visit": room.visit, "by": room.ann, "now": NOW}
    with pytest.raises(OutsideLimits, match="not known"):
        findings.note_tenderness(region="soul", grade=1, **who)
    with pytest.raises(OutsideLimits, match="active or latent"):
        findings.note_trigger(region="low_back_left", kind="huge", **who)
    with pytest.raises(OutsideLimits, match="enter"):
        findings.note_motion(motion=motion, side="", degrees=Decimal(400), **who)
    assert not Assessment.everything.filter(visit=room.visit).exists()


def test_a_finding_can_be_undone(room: visits.Room, motion: str) -> None:
    who = {"visit": room.visit, "by": room.ann, "now": NOW}
    findings.note_motion(motion=motion, side="", degrees=Decimal(50), **who)
    findings.note_motion(motion=motion, side="", degrees=Decimal(60), **who)
    for wanted in (Decimal(50), None):
        step = undo.newest(room.visit)
        assert step is not None
        undo.undo(step=step["id"], **who)
        reading = MotionReading.everything.filter(assessment__visit=room.visit).first()
        assert (reading.degrees if reading else None) == wanted


def test_findings_need_a_started_visit_and_somebody_of_the_care_team(linden: House) -> None:
    visits.plan(linden, visits.screen(linden))
    by = linden.actor(linden.ann)
    visit = actions.open_visit(appointment=visits.appointment(linden), by=by, now=NOW)
    with pytest.raises(NotInSession):
        findings.note_tenderness(visit=visit, region="low_back_left", grade=1, by=by, now=NOW)
    with pytest.raises(Refused):
        findings.note_tenderness(
            visit=visit, region="low_back_left", grade=1, by=linden.actor(linden.ben), now=NOW
        )


def test_taps_of_every_kind_work_as_plain_forms(room: visits.Room, motion: str) -> None:
    ann = Browser()
    ann.force_login(room.house.ann.user)
    address = f"/visits/{room.visit.pk}/"
    for tap in (
        {"copy_all": "1"},
        {"tender": "low_back_left:3"},
        {"trigger": "low_back_left:active"},
        {"motion": f"{motion}.", "degrees": "45"},
        {"words": "Guarded at first.", "keep_words": "1"},
    ):
        assert ann.post(f"{address}tap/", tap).status_code == 302, tap
    planned = room.visit.planned.all()
    tap = {"planned": str(planned[0].pk), "begin": "1"}
    assert ann.post(f"{address}tap/", tap).status_code == 302
    tap = {"planned": str(planned[1].pk), "remove": "1"}
    assert ann.post(f"{address}tap/", tap).status_code == 302
    wanted = {"accept": "application/json"}
    state = ann.post(f"{address}tap/", {"pain_before": "6"}, headers=wanted).json()
    assert state["findings"]["regions"]["low_back_left"]["tender"] == "3"
    assert state["work"]["planned_minutes"] == planned[0].minutes
    answer = ann.post(f"{address}tap/", {"undo": state["undo"]["id"]}, headers=wanted)
    assert answer.json()["pressed"]["pain_before"] == ""
    refused = ann.post(f"{address}tap/", {"tender": "low_back_left:x"}, headers=wanted)
    assert refused.status_code == 422
    for gone in ({"planned": str(room.visit.pk)}, {"entry": str(room.visit.pk)}):
        assert ann.post(f"{address}tap/", gone, headers=wanted).status_code == 409
    note = ann.get(f"{address}note/").content.decode()
    assert "Guarded at first." in note
    assert "Low back, left: tenderness 3 of 4." in note


def test_the_light_of_the_room_is_kept_on_the_device(room: visits.Room) -> None:
    ann = Browser()
    ann.force_login(room.house.ann.user)
    address = f"/visits/{room.visit.pk}/"
    assert b'data-theme="dim"' in ann.get(address).content
    ann.post("/theme/", {"room": "plain", "back": address})
    assert b'data-theme="dim"' not in ann.get(address).content
    ann.post("/theme/", {"room": "dim", "back": address})
    assert b'data-theme="dim"' in ann.get(address).content
