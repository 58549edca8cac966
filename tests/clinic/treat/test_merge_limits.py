"""Entries that come late or beside others: inside the limits of their moment, never past a
signature."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.support import visits
from tests.support.devices import Device
from unknot.clinic.models import FieldChange
from unknot.clinic.treat.actions import notes
from unknot.clinic.treat.errors import NoteNotReady

pytestmark = pytest.mark.django_db


def test_work_beside_another_is_barred_like_any_other(
    tablet: Device, phone: Device, session: visits.Room
) -> None:
    tablet.tap(area="low_back")
    row = visits.screen(session.house, blocks=True)
    row.decided_at = datetime.now(UTC)
    row.save()
    assert "problem" in phone.tap(area="neck", follow=False)
    assert not FieldChange.everything.filter(state="open").exists()


def test_work_beside_another_goes_on_only_inside_the_limits_of_its_moment(
    tablet: Device, phone: Device, session: visits.Room
) -> None:
    tablet.tap(area="low_back")
    phone.tap(area="buttock", ago=300, follow=False)
    phone.tap(pressure=3, ago=280, follow=False)
    row = visits.screen(session.house, pressure_ceiling=2)
    row.decided_at = datetime.now(UTC)
    row.save()
    assert "problem" not in phone.tap(technique="TEC-NMT", ago=60, follow=False)
    told = phone.tap(technique="TEC-SWE", follow=False)
    assert told["problem"] == "The pressure ceiling here is 2 of 5."


def test_what_arrives_after_the_signature_is_refused_and_stays_on_its_device(
    tablet: Device, phone: Device
) -> None:
    tablet.tap(area="low_back")
    tablet.tap(pain_before=6)
    tablet.tap(words="Slept badly.", keep_words="1")
    tablet.post("finish", {})
    now = datetime.now(UTC)
    note = notes.write_note(visit=phone.fresh(), by=phone.by, now=now)
    notes.sign_note(note=note, by=phone.by, now=now)
    for late in ({"area": "neck"}, {"pain_before": 4}, {"words": "Slept.", "keep_words": "1"}):
        assert "is signed" in phone.tap(ago=60, follow=False, **late)["problem"]
    assert "is signed" in phone.edit(bases={}, plan="Nothing more for now.")["problem"]
    assert not FieldChange.everything.filter(state="open").exists()


def test_two_versions_of_the_private_part_are_chosen_before_their_author_signs(
    tablet: Device, phone: Device
) -> None:
    """A signed note takes no choice any more: the other words would be lost."""
    tablet.post("finish", {})
    tablet.edit(bases={}, private="Call the doctor.")
    (conflict,) = phone.edit(bases={}, private="Ask about sleep.")["conflicts"]
    note, now = phone.fresh().note, datetime.now(UTC)
    with pytest.raises(NoteNotReady, match="above the note"):
        notes.sign_note(note=note, by=phone.by, now=now)
    phone.post("choose", {"change": conflict["id"], "take": "holds"})
    assert notes.sign_note(note=phone.fresh().note, by=phone.by, now=now).private
