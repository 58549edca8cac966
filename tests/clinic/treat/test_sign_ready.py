"""What holds a signature up, whoever asks and however the request was made."""

from __future__ import annotations

import pytest

from tests.support import visits
from tests.support.cast import NOW
from unknot.clinic.access import Refused
from unknot.clinic.models import CareTeam, Note, Staff, Visit
from unknot.clinic.treat.actions import dial_link, notes
from unknot.clinic.treat.errors import NoteNotReady

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(done: visits.Room) -> Note:
    """The draft of a finished visit, ready to be signed."""
    return notes.write_note(visit=done.visit, by=done.ann, now=NOW)


def test_a_draft_of_which_a_version_is_missing_is_not_signed(
    done: visits.Room, draft: Note
) -> None:
    Note.everything.filter(pk=draft.pk).update(version=draft.version + 1)
    with pytest.raises(NoteNotReady, match="changed or is missing"):
        notes.sign_note(note=draft, by=done.ann, now=NOW)
    assert Note.everything.get(pk=draft.pk).state == Note.State.DRAFT


def test_somebody_who_treats_no_longer_signs_nothing(done: visits.Room, draft: Note) -> None:
    Staff.everything.filter(pk=done.house.ann.pk).update(treats=False)
    by = done.house.actor(Staff.everything.get(pk=done.house.ann.pk))
    with pytest.raises((NoteNotReady, Refused)):
        notes.sign_note(note=draft, by=by, now=NOW)
    assert Note.everything.get(pk=draft.pk).state == Note.State.DRAFT


def test_only_the_therapist_of_the_visit_writes_its_private_part(
    done: visits.Room, draft: Note
) -> None:
    notes.edit_note(note=draft, parts={"private": "Mine."}, by=done.ann, now=NOW)
    CareTeam.everything.create(client=done.house.cora, staff=done.house.ben, since=NOW)
    ben = done.house.actor(done.house.ben)
    parts = {"private": "Written over.", "plan": "Next week."}
    notes.edit_note(note=draft, parts=parts, by=ben, now=NOW)
    kept = Note.everything.get(pk=draft.pk)
    assert kept.private == "Mine."
    assert kept.content["parts"]["plan"] == "Next week."


def test_an_address_of_the_dial_left_open_leads_nowhere_once_the_visit_is_finished(
    room: visits.Room,
) -> None:
    link = dial_link.open_dial(visit=room.visit, by=room.ann, now=NOW)
    token, code = dial_link.token_of(link), dial_link.code_of(link)
    assert dial_link.link_for_token(token, NOW) == link
    Visit.everything.filter(pk=room.visit.pk).update(finished_at=NOW)
    assert dial_link.link_for_token(token, NOW) is None
    assert dial_link.link_for_code(code, "here", NOW) is None
