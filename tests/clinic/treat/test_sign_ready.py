"""What holds a signature up, whoever asks and however the request was made."""

from __future__ import annotations

import html
import json
import re

import pytest
from django.test import Client as Browser

from tests.support import visits
from tests.support.cast import NOW, PASSWORD
from unknot.clinic.access import Refused
from unknot.clinic.models import CareTeam, Note, Staff, Visit
from unknot.clinic.treat.actions import dial_link, notes
from unknot.clinic.treat.actions import visit as actions
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


def _form(browser: Browser, room: visits.Room) -> dict[str, str]:
    """What the note's page sends when it is signed, with the words it shows."""
    page = browser.get(f"/visits/{room.visit.pk}/note/").content.decode()
    (shown,) = re.findall(r'name="shown" value="([^"]*)"', page)
    texts = re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>([^<]*)</textarea>', page)
    parts = {name: html.unescape(text) for name, text in texts if name in notes.PARTS}
    assert set(parts) == set(json.loads(html.unescape(shown)))
    return {**parts, "shown": html.unescape(shown), "proof": PASSWORD}


@pytest.fixture
def ann(done: visits.Room) -> Browser:
    browser = Browser()
    browser.force_login(done.house.ann.user)
    return browser


def test_what_is_signed_is_what_its_page_shows_and_not_an_older_draft(
    ann: Browser, done: visits.Room, draft: Note
) -> None:
    notes.edit_note(note=draft, parts={"plan": "See the doctor."}, by=done.ann, now=NOW)
    actions.set_pain(visit=done.visit, when="after", pain=1, by=done.ann, now=NOW)
    sent = _form(ann, done)
    assert "1/10 after" in sent["assessment"]
    ann.post(f"/visits/{done.visit.pk}/note/sign/", sent)
    signed = Note.everything.get(pk=draft.pk)
    assert signed.state == Note.State.SIGNED
    assert signed.content["parts"] == {part: sent[part] for part in notes.WRITTEN}
    assert signed.versions.get(number=signed.version).parts == signed.content["parts"]


def test_a_note_that_was_not_read_as_it_is_now_is_not_signed(
    ann: Browser, done: visits.Room, draft: Note
) -> None:
    sent = _form(ann, done)
    actions.set_pain(visit=done.visit, when="after", pain=1, by=done.ann, now=NOW)
    notes.edit_note(note=draft, parts={"private": "Mine."}, by=done.ann, now=NOW)
    answer = ann.post(f"/visits/{done.visit.pk}/note/sign/", sent)
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "Changed since you read it: Assessment, Summary for the client, Private" in said
    assert "Pain 6/10 before, 1/10 after" in said
    assert Note.everything.get(pk=draft.pk).state == Note.State.DRAFT
    ann.post(f"/visits/{done.visit.pk}/note/sign/", _form(ann, done))
    assert Note.everything.get(pk=draft.pk).state == Note.State.SIGNED


def test_a_signer_who_may_not_read_the_private_part_cannot_guess_it(
    done: visits.Room, draft: Note
) -> None:
    notes.edit_note(note=draft, parts={"private": "Mine."}, by=done.ann, now=NOW)
    CareTeam.everything.create(client=done.house.cora, staff=done.house.ben, since=NOW)
    ben = done.house.actor(done.house.ben)
    signed = notes.sign_note(note=draft, by=ben, now=NOW, read={"private": "A guess."})
    assert signed.state == Note.State.SIGNED
