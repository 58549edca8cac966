"""An entry that a device kept and somebody or something damaged: refused, and nothing breaks."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client as Browser

from tests.support import visits
from unknot.clinic.models import FieldChange

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(room: visits.Room) -> visits.Room:
    """A visit going on now by the clock on the wall, an area in work."""
    room.visit.started_at = datetime.now(UTC)
    room.visit.save(update_fields=["started_at"])
    room.house.episode.screenings.update(decided_at=datetime.now(UTC))
    assert _tap(room, "tablet", area="low_back").status_code == 200
    return room


def _tap(room: visits.Room, device: str, bases: str = "{}", **data: Any) -> Any:
    browser = Browser(raise_request_exception=False)
    browser.force_login(room.house.ann.user)
    headers = {"Accept": "application/json", "Unknot-Device": device}
    sent = {**data, "bases": bases}
    return browser.post(f"/visits/{room.visit.pk}/tap/", sent, headers=headers)


DAMAGED = (
    {"technique": "bogus"},
    {"response": "bogus"},
    {"tender": "low_back_left:9"},
    {"tender": "low_back_left:\u0663"},
    {"tender": "nowhere:1"},
    {"trigger": "low_back_left:bogus"},
    {"trigger": "nowhere:active"},
    {"motion": "bogus.left", "degrees": "3"},
    {"motion": "neck_rotation.bogus", "degrees": "3"},
    {"motion": "neck_rotation", "degrees": "3"},
)


@pytest.mark.parametrize("data", DAMAGED, ids=lambda data: "-".join(data.values()))
@pytest.mark.parametrize("device", ["tablet", "phone"])
def test_a_value_nobody_could_tap_is_neither_written_nor_set_beside(
    session: visits.Room, device: str, data: dict[str, str]
) -> None:
    """Set beside unread, it would break every page that shows the choice between the two."""
    for whole in ({"tender": "low_back_left:3"}, {"trigger": "low_back_left:active"}):
        assert _tap(session, "tablet", **whole).status_code == 200
    assert _tap(session, device, **data).status_code == 422
    assert not session.visit.changes.exclude(state=FieldChange.State.KEPT).exists()
    browser = Browser()
    browser.force_login(session.house.ann.user)
    assert browser.get(f"/visits/{session.visit.pk}/").status_code == 200
    assert browser.get(f"/visits/{session.visit.pk}/state/").status_code == 200


@pytest.mark.parametrize(
    "bases",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        json.dumps({"pain_before": 10**40}),
        json.dumps({"pain_before": 2**31}),
        json.dumps({"pain_before": -1}),
        '{"pain_before": NaN}',
        '{"\\ud800": 1}',
    ],
    ids=["nested lists", "nested objects", "huge", "one too large", "below zero", "nan", "half"],
)
def test_versions_that_cannot_be_are_as_if_none_were_said(
    session: visits.Room, bases: str
) -> None:
    assert _tap(session, "tablet", bases=bases, pain_before="4").status_code == 200
    session.visit.refresh_from_db()
    assert session.visit.pain_before == 4


def test_marks_of_a_note_that_cannot_be_read_are_as_if_none_were_said(done: visits.Room) -> None:
    browser = Browser(raise_request_exception=False)
    browser.force_login(done.house.ann.user)
    sent = {"plan": "Twice a week.", "shown": "[" * 100_000, "bases": "[" * 100_000}
    assert browser.post(f"/visits/{done.visit.pk}/note/edit/", sent).status_code == 302
    done.visit.refresh_from_db()
    assert done.visit.note.content["parts"]["plan"] == "Twice a week."
