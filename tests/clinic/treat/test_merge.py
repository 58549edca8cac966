"""Two devices, one visit: what one entered without knowing of the other is never overwritten."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.devices import Device
from unknot.clinic.access import Sent
from unknot.clinic.audit import verify
from unknot.clinic.models import AuditRow, FieldChange
from unknot.clinic.treat.actions import merge
from unknot.knowledge import load

pytestmark = pytest.mark.django_db


def test_the_same_field_changed_differently_keeps_both(tablet: Device, phone: Device) -> None:
    tablet.tap(pain_before=6)
    told = phone.tap(pain_before=4)
    assert phone.fresh().pain_before == 6
    (conflict,) = told["conflicts"]
    assert conflict["title"] == "Pain before"
    assert conflict["holds"]["words"] == "6 of 10"
    assert conflict["beside"]["words"] == "4 of 10"
    assert conflict["beside"]["who"].startswith("Ann")


def test_other_fields_of_the_two_devices_are_merged(tablet: Device, phone: Device) -> None:
    tablet.tap(pain_before=6)
    told = phone.tap(pain_after=3)
    visit = phone.fresh()
    assert (visit.pain_before, visit.pain_after) == (6, 3)
    assert told["conflicts"] == []


def test_the_same_value_twice_is_no_conflict(tablet: Device, phone: Device) -> None:
    tablet.tap(pain_before=6)
    assert phone.tap(pain_before=6)["conflicts"] == []


def test_a_device_s_own_earlier_taps_are_no_surprise_to_it(tablet: Device) -> None:
    """Taps kept offline all carry the versions of the page as it was before the first."""
    tablet.tap(pain_before=6, follow=False)
    assert tablet.tap(pain_before=5, follow=False)["conflicts"] == []
    assert tablet.fresh().pain_before == 5


def test_a_change_made_after_seeing_the_other_s_is_written(tablet: Device, phone: Device) -> None:
    tablet.tap(pain_before=6)
    phone.tap(pain_after=2)  # the answer tells the phone of the six
    assert phone.tap(pain_before=4)["conflicts"] == []
    assert phone.fresh().pain_before == 4


def test_a_plain_form_says_no_version_and_is_written(tablet: Device, phone: Device) -> None:
    tablet.tap(pain_before=6)
    phone.browser.post(f"/visits/{phone.visit.pk}/tap/", {"pain_before": "4"})
    assert phone.fresh().pain_before == 4
    assert tablet.tap(pain_before=7)["conflicts"][0]["holds"]["words"] == "4 of 10"


@pytest.mark.parametrize(("take", "left"), [("beside", 4), ("holds", 6)])
def test_the_choice_is_carried_out_and_audited(
    tablet: Device, phone: Device, take: str, left: int
) -> None:
    tablet.tap(pain_before=6)
    key = phone.tap(pain_before=4)["conflicts"][0]["id"]
    told = phone.post("choose", {"change": key, "take": take})
    assert told["conflicts"] == []
    assert phone.fresh().pain_before == left
    change = FieldChange.everything.get(pk=key)
    assert change.state == ("taken" if take == "beside" else "left")
    assert change.settled_by_id == phone.visit.appointment.staff_id
    row = AuditRow.everything.filter(object_type="FieldChange").latest("seq")
    assert row.changed == sorted(["pain_before", "taken" if take == "beside" else "left"])
    assert verify().broken_at is None


def test_what_was_chosen_once_stays_chosen(tablet: Device, phone: Device) -> None:
    tablet.tap(pain_before=6)
    key = phone.tap(pain_before=4)["conflicts"][0]["id"]
    phone.post("choose", {"change": key, "take": "beside"})
    tablet.post("choose", {"change": key, "take": "holds"})
    assert phone.fresh().pain_before == 4


def test_a_second_answer_of_the_same_device_replaces_its_own(
    tablet: Device, phone: Device
) -> None:
    tablet.tap(pain_before=6)
    phone.tap(pain_before=4, follow=False)
    told = phone.tap(pain_before=3, follow=False)
    assert [one["beside"]["words"] for one in told["conflicts"]] == ["3 of 10"]


def test_work_on_a_device_that_was_away_becomes_entries_beside(
    tablet: Device, phone: Device
) -> None:
    tablet.tap(area="low_back")
    phone.tap(area="neck", ago=600, follow=False)
    phone.tap(response="eased", ago=540, follow=False)
    told = phone.tap(pause="1", ago=120, follow=False)
    visit = phone.fresh()
    assert visit.area_in_work == "low_back"
    (entry,) = visit.entries.all()
    assert (entry.area, entry.minutes, entry.response) == ("neck", 8, "eased")
    assert entry.received_at is not None
    assert told["entries"][0]["detail"].endswith("entered late")
    assert told["conflicts"] == []


def test_two_areas_in_work_are_shown_and_both_are_kept(tablet: Device, phone: Device) -> None:
    tablet.tap(area="low_back")
    (conflict,) = phone.tap(area="neck", ago=600, follow=False)["conflicts"]
    assert conflict["holds"]["words"].startswith("Low back")
    assert conflict["beside"]["words"].startswith("Neck")
    told = phone.post("choose", {"change": conflict["id"], "take": "beside"})
    visit = phone.fresh()
    assert visit.area_in_work == "neck"
    assert [entry.area for entry in visit.entries.all()] == ["low_back"]
    assert told["conflicts"] == []


def test_the_same_area_in_work_on_both_counts_what_each_did(tablet: Device, phone: Device) -> None:
    tablet.tap(area="low_back", ago=1200)
    (conflict,) = phone.tap(area="low_back", ago=600)["conflicts"]
    tablet.post("choose", {"change": conflict["id"], "take": "beside"})
    visit = phone.fresh()
    assert [(one.area, one.minutes) for one in visit.entries.all()] == [("low_back", 20)]
    assert visit.area_in_work == "low_back"
    assert visit.work_since is not None
    assert 590 < (datetime.now(UTC) - visit.work_since).total_seconds() < 700


def test_a_finger_that_slips_on_a_device_that_was_away_makes_no_entry(
    tablet: Device, phone: Device
) -> None:
    tablet.tap(area="neck", ago=900)
    phone.tap(area="low_back", ago=600, follow=False)
    phone.tap(area="low_back", ago=590, follow=False)
    phone.tap(pressure=1, ago=300, follow=False)
    phone.tap(pressure=1, ago=200, follow=False)
    going = phone.fresh().changes.get(field="work", state="open").value
    assert going["area"] == "low_back"
    pressures = [one.pressure for one in phone.fresh().entries.all()]
    assert len(pressures) <= 1, "one entry at the most, for the one change of pressure"


def test_leaving_the_other_work_makes_it_an_entry(tablet: Device, phone: Device) -> None:
    tablet.tap(area="low_back")
    (conflict,) = phone.tap(area="neck", ago=600, follow=False)["conflicts"]
    phone.post("choose", {"change": conflict["id"], "take": "holds"})
    visit = phone.fresh()
    assert visit.area_in_work == "low_back"
    assert [(entry.area, entry.minutes) for entry in visit.entries.all()] == [("neck", 10)]


def test_pressure_for_an_area_that_is_no_longer_in_work_waits(
    tablet: Device, phone: Device
) -> None:
    phone.tap(area="neck")
    tablet.tap(area="low_back", follow=False)  # set beside: the tablet did not know
    key = phone.fresh().changes.get(state="open").pk
    tablet.post("choose", {"change": str(key), "take": "beside"})
    (conflict,) = phone.tap(pressure=2, follow=False)["conflicts"]
    assert conflict["title"] == "Pressure"
    assert phone.fresh().area_in_work == "low_back"


def test_taps_made_before_the_other_device_finished_are_kept(
    tablet: Device, phone: Device
) -> None:
    tablet.tap(area="low_back")
    tablet.post("finish", {})
    phone.tap(area="neck", ago=300, follow=False)
    told = phone.tap(pause="1", ago=60, follow=False)
    assert "problem" not in told
    assert {entry.area for entry in phone.fresh().entries.all()} == {"low_back", "neck"}


def test_finishing_twice_is_finishing_once(tablet: Device, phone: Device) -> None:
    tablet.post("finish", {})
    assert phone.post("finish", {})["next"].endswith("/note/")


def test_the_minutes_of_late_taps_are_those_on_the_device(tablet: Device) -> None:
    tablet.tap(area="low_back", ago=1500, follow=False)
    tablet.tap(pause="1", ago=300, follow=False)
    (entry,) = tablet.fresh().entries.all()
    assert entry.minutes == 20
    assert entry.received_at is not None


def test_a_key_of_another_visit_is_not_found(tablet: Device, phone: Device) -> None:
    answer = tablet.browser.post(
        f"/visits/{tablet.visit.pk}/choose/", {"change": str(phone.visit.pk), "take": "beside"}
    )
    assert answer.status_code == 404


def test_the_state_is_told_to_a_page_that_was_away(tablet: Device) -> None:
    tablet.tap(pain_before=6)
    told = tablet.browser.get(f"/visits/{tablet.visit.pk}/state/").json()
    assert told["pressed"]["pain_before"] == "6"
    assert told["versions"] == {"pain_before": 1}


def test_two_parts_of_a_note_are_merged(tablet: Device, phone: Device) -> None:
    tablet.edit(bases={}, plan="Same again in a week.")
    told = phone.edit(bases={}, assessment="Answers well.")
    assert told["conflicts"] == []
    assert told["parts"]["plan"] == "Same again in a week."
    assert told["parts"]["assessment"] == "Answers well."
    assert told["versions"] == {"note_plan": 1, "note_assessment": 1}


def test_one_part_of_a_note_edited_twice_keeps_both(tablet: Device, phone: Device) -> None:
    tablet.edit(bases={}, plan="Same again in a week.")
    (conflict,) = phone.edit(bases={}, plan="Nothing more for now.")["conflicts"]
    assert conflict["holds"]["words"] == "Same again in a week."
    assert conflict["beside"]["words"] == "Nothing more for now."
    phone.post("choose", {"change": conflict["id"], "take": "beside"})
    visit = phone.fresh()
    assert visit.note.content["parts"]["plan"] == "Nothing more for now."
    assert {v.parts["plan"] for v in visit.note.versions.all()} >= {
        "Same again in a week.",
        "Nothing more for now.",
    }


def test_a_part_is_held_against_the_note_as_it_is_and_not_as_it_was_read(
    tablet: Device, phone: Device
) -> None:
    """The note was read a moment before the visit was held; another device wrote in between."""
    tablet.edit(bases={}, plan="In a week.")
    visit = phone.fresh()
    read_before = visit.note
    tablet.edit(bases={}, plan="In a month.")
    now = datetime.now(UTC)
    sent = Sent(at=now, received=now, device="phone", bases={})
    parts = {"plan": "In a week."}
    merge.take_parts(visit=visit, note=read_before, parts=parts, sent=sent, by=phone.by)
    assert phone.fresh().note.content["parts"]["plan"] == "In a month."
    assert visit.changes.get(state="open").value == "In a week."


def test_an_old_page_sends_back_what_it_showed_and_changes_nothing(
    tablet: Device, phone: Device
) -> None:
    """A plain form sends every part; those nobody touched are no edits."""
    import html
    import re

    address = f"/visits/{phone.visit.pk}/note/"
    page = phone.browser.get(address).content.decode()
    hidden = {
        name: html.unescape(value)
        for name, value in re.findall(r'name="(bases|shown)" value="([^"]*)"', page)
    }
    texts = {
        name: html.unescape(text)
        for name, text in re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>([^<]*)</textarea>', page)
    }
    tablet.edit(bases={}, plan="Same again in a week.")
    phone.browser.post(f"{address}edit/", {**texts, **hidden, "assessment": "Mine."})
    visit = phone.fresh()
    parts = visit.note.content["parts"]
    assert (parts["plan"], parts["assessment"]) == ("Same again in a week.", "Mine.")
    assert not visit.changes.filter(state="open").exists()


def test_a_note_is_not_signed_while_two_answers_wait(tablet: Device, phone: Device) -> None:
    from unknot.clinic.treat.actions import notes
    from unknot.clinic.treat.errors import NoteNotReady

    tablet.tap(pain_before=6)
    phone.tap(pain_before=4)
    phone.post("finish", {})
    words = dict.fromkeys(notes.WRITTEN, "Nothing to report.")
    phone.edit(bases={}, **words)
    visit = phone.fresh()
    with pytest.raises(NoteNotReady, match="Choose between them first"):
        notes.sign_note(note=visit.note, by=phone.by, now=datetime.now(UTC))


def test_findings_of_two_devices_are_merged_region_by_region(
    tablet: Device, phone: Device
) -> None:
    tablet.tap(tender="low_back_left:3")
    told = phone.tap(tender="low_back_right:2", follow=False)
    assert told["conflicts"] == []
    (conflict,) = phone.tap(tender="low_back_left:1", follow=False)["conflicts"]
    assert conflict["title"].startswith("Tenderness, low back")
    assert (conflict["holds"]["words"], conflict["beside"]["words"]) == ("3 of 4", "1 of 4")
    phone.post("choose", {"change": conflict["id"], "take": "beside"})
    told = phone.tap(pain_after=3)
    assert told["conflicts"] == []
    newest = phone.visit.changes.filter(field="tender.low_back_left", state="kept").last()
    assert newest is not None
    assert newest.value == "1"


@pytest.mark.parametrize(
    ("first", "second", "other", "held"),
    [
        ({"tender": "low_back_left:2"}, {"tender": "low_back_left:3"}, 4, "2 of 4"),
        ({"trigger": "low_back_left:active"}, {"trigger": "low_back_left:"}, "latent", "active"),
        ({"motion": "", "degrees": "45.0"}, {"motion": "", "degrees": ""}, 30, "45°"),
    ],
)
def test_a_finding_taken_back_is_a_version_that_another_device_has_not_seen(
    tablet: Device, phone: Device, first: Any, second: Any, other: Any, held: str
) -> None:
    if "motion" in first:
        motion = next(iter(load().motions))
        first, second = first | {"motion": f"{motion}."}, second | {"motion": f"{motion}."}
    tablet.tap(**first)
    told = tablet.tap(**second)
    phone.bases = tablet.bases
    tablet.tap(undo=told["undo"]["id"])
    name, place = next(iter(first.items()))
    if name == "motion":
        blind = {"motion": place, "degrees": other}
    else:
        blind = {name: f"{place.partition(':')[0]}:{other}"}
    (conflict,) = phone.tap(**blind, follow=False)["conflicts"]
    assert conflict["holds"]["words"] == held
    assert [one.number for one in phone.visit.changes.filter(state="kept")] == [1, 2, 3]


def test_words_of_two_devices_are_both_kept(tablet: Device, phone: Device) -> None:
    tablet.tap(words="Slept badly.", keep_words="1")
    (conflict,) = phone.tap(words="Slept well.", keep_words="1")["conflicts"]
    assert conflict["beside"]["words"] == "Slept well."
    phone.post("choose", {"change": conflict["id"], "take": "beside"})
    assert phone.fresh().room_words == "Slept well."


def test_taking_back_a_tap_leaves_what_came_from_a_device_that_was_away(
    tablet: Device, phone: Device
) -> None:
    told = tablet.tap(area="low_back")
    phone.tap(area="neck", ago=600, follow=False)
    phone.tap(pause="1", ago=60, follow=False)
    refused = tablet.tap(undo=told["undo"]["id"])
    assert "problem" in refused
    assert [entry.area for entry in tablet.fresh().entries.all()] == ["neck"]


def test_a_pain_of_nought_is_an_answer(tablet: Device) -> None:
    assert tablet.tap(pain_before=0)["pressed"]["pain_before"] == "0"
