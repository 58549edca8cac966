"""Facts corrected from the note: only what was touched, nothing overwritten or lost unseen."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta

import pytest
from django.test import Client as Browser

from tests.support import visits
from tests.support.cast import NOW, House
from unknot.clinic.models import Note
from unknot.clinic.treat.actions import facts, notes
from unknot.clinic.treat.errors import NoteNotReady
from unknot.clinic.treat.note.facts import Correction, Facts

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def ann(linden: House) -> Browser:
    browser = Browser()
    browser.force_login(linden.ann.user)
    return browser


def _facts_page(browser: Browser, room: visits.Room) -> dict[str, str]:
    """What the form of the facts holds: its hidden fields, pains, minutes and answers."""
    page = browser.get(f"/visits/{room.visit.pk}/note/quick/").content.decode()
    hidden = re.findall(r'name="(bases|shown)" value="([^"]*)"', page)
    held = {name: html.unescape(value) for name, value in hidden}
    return {**held, **json.loads(held["shown"])}


def test_a_refused_fact_says_where_and_stays_as_typed(ann: Browser, done: visits.Room) -> None:
    entry = done.visit.entries.get()
    sent = _facts_page(ann, done) | {f"minutes-{entry.pk}": "300", "pain_after": "1"}
    page = ann.post(f"/visits/{done.visit.pk}/note/facts/", sent).content.decode()
    assert "Low back: minutes are a whole number from 1 to 120." in page
    assert 'value="300"' in page
    assert '<option value="1" selected>1</option>' in page


def test_an_old_page_of_facts_changes_only_what_was_touched_on_it(
    ann: Browser, done: visits.Room
) -> None:
    entry = done.visit.entries.get()
    sent = _facts_page(ann, done) | {f"minutes-{entry.pk}": "33"}
    ann.post(f"/visits/{done.visit.pk}/tap/", {"pain_after": "9"})
    ann.post(f"/visits/{done.visit.pk}/tap/", {"response": "eased"})
    assert ann.post(f"/visits/{done.visit.pk}/note/facts/", sent).status_code == 302
    done.visit.refresh_from_db()
    entry.refresh_from_db()
    assert (done.visit.pain_after, entry.minutes, entry.response) == (9, 33, "eased")


def test_a_fact_corrected_twice_without_knowing_is_shown_and_chosen(
    ann: Browser, done: visits.Room
) -> None:
    notes.write_note(visit=done.visit, by=done.ann, now=LATER)
    sent = _facts_page(ann, done) | {"pain_after": "2"}
    ann.post(f"/visits/{done.visit.pk}/tap/", {"pain_after": "9"})
    ann.post(f"/visits/{done.visit.pk}/note/facts/", sent)
    done.visit.refresh_from_db()
    assert done.visit.pain_after == 9
    change = done.visit.changes.get(state="open")
    assert (change.field, change.value) == ("pain_after", 2)
    with pytest.raises(NoteNotReady, match="in the session room"):
        notes.sign_note(note=Note.everything.get(), by=done.ann, now=LATER)


def test_a_pain_that_was_not_asked_after_all_can_be_chosen(
    ann: Browser, done: visits.Room
) -> None:
    sent = _facts_page(ann, done) | {"pain_after": ""}
    ann.post(f"/visits/{done.visit.pk}/tap/", {"pain_after": "9"})
    ann.post(f"/visits/{done.visit.pk}/note/facts/", sent)
    change = done.visit.changes.get(state="open")
    assert change.value is None
    take = {"change": str(change.pk), "take": "beside"}
    assert ann.post(f"/visits/{done.visit.pk}/choose/", take).status_code == 302
    done.visit.refresh_from_db()
    assert done.visit.pain_after is None


def test_a_fact_corrected_on_the_note_is_news_to_a_device_that_was_away(
    ann: Browser, done: visits.Room
) -> None:
    away = _facts_page(ann, done)["bases"]
    ann.post(
        f"/visits/{done.visit.pk}/note/facts/",
        _facts_page(ann, done) | {"pain_after": "2"},
    )
    ann.post(f"/visits/{done.visit.pk}/tap/", {"pain_after": "8", "bases": away})
    done.visit.refresh_from_db()
    assert done.visit.pain_after == 2
    assert done.visit.changes.get(state="open").value == 8


def test_taking_back_a_tap_does_not_take_a_correction_with_it(
    ann: Browser, done: visits.Room
) -> None:
    ann.post(f"/visits/{done.visit.pk}/tap/", {"pain_after": "3"})
    ann.post(
        f"/visits/{done.visit.pk}/note/facts/",
        _facts_page(ann, done) | {"pain_before": "8"},
    )
    done.visit.refresh_from_db()
    assert (done.visit.pain_before, done.visit.pain_after, done.visit.undo) == (8, 3, [])


def test_a_pain_that_cannot_be_is_refused(done: visits.Room) -> None:
    key = done.visit.entries.get().pk
    with pytest.raises(NoteNotReady, match="0 to 10"):
        facts.correct(
            visit=done.visit,
            facts=Facts({"pain_before": 11}, {key: Correction(5, "")}),
            by=done.ann,
            now=LATER,
        )
