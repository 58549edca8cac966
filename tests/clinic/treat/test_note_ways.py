"""What leads to a note and away from it, and what may be done there without a password."""

from __future__ import annotations

import re

import pytest
from django.test import Client as Browser

from tests.support import visits
from tests.support.cast import NOW, House
from unknot.clinic.models import Visit
from unknot.clinic.treat.actions import notes
from unknot.clinic.treat.forms import WishForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(linden: House) -> Browser:
    browser = Browser()
    browser.force_login(linden.ann.user)
    return browser


def page(ann: Browser, visit: Visit, view: str = "") -> str:
    return ann.get(f"/visits/{visit.pk}/note/{view}").content.decode()


def test_the_draft_is_saved_without_the_password(ann: Browser, done: visits.Room) -> None:
    assert re.search(r"<button[^>]* formnovalidate>Save the draft", page(ann, done.visit))


def test_a_draft_that_was_saved_says_so(ann: Browser, done: visits.Room) -> None:
    words = {"plan": "Next week."}
    answer = ann.post(f"/visits/{done.visit.pk}/note/edit/", words, follow=True)
    assert "The draft is kept." in answer.content.decode()
    assert "The draft is kept." not in page(ann, done.visit)


def test_a_part_is_written_anew_without_the_password(ann: Browser, done: visits.Room) -> None:
    ann.post(f"/visits/{done.visit.pk}/note/edit/", {"plan": "Next week."})
    assert re.search(r"<button[^>]* formnovalidate>Write anew", page(ann, done.visit))


def test_a_draft_says_which_pain_was_not_entered_and_where_to(
    ann: Browser, done: visits.Room
) -> None:
    Visit.everything.filter(pk=done.visit.pk).update(pain_before=6, pain_after=None)
    assert "Pain after the visit was not entered" in page(ann, done.visit)
    assert f"/visits/{done.visit.pk}/note/quick/#facts" in page(ann, done.visit)
    assert re.search(r'<details[^>]* id="facts" open>', page(ann, done.visit, "quick/"))
    Visit.everything.filter(pk=done.visit.pk).update(pain_after=3)
    assert "was not entered" not in page(ann, done.visit)


def test_a_signed_visit_has_no_room_where_taps_would_be_refused(
    ann: Browser, done: visits.Room
) -> None:
    room = f"/visits/{done.visit.pk}/"
    assert ann.get(room).status_code == 200
    note = notes.write_note(visit=done.visit, by=done.ann, now=NOW)
    notes.sign_note(note=note, by=done.ann, now=NOW)
    assert ann.get(room)["location"] == f"{room}note/"


@pytest.mark.parametrize(
    ("wish", "quick", "kept"),
    [
        ("My left side", "The same as last time", "The same as last time"),
        ("My left side", "", None),
        ("", "", ""),
        ("My neck", "The same as last time", "My neck"),
    ],
)
def test_a_tapped_wish_holds_against_what_the_field_held_already(
    wish: str, quick: str, kept: str | None
) -> None:
    form = WishForm({"wish": wish, "wish_quick": quick, "wish_was": "My left side"})
    assert form.is_valid()
    assert form.said() == kept


@pytest.mark.parametrize("way", ["edit/", "write/", "sign/"])
def test_words_typed_while_somebody_else_signed_are_shown_to_be_copied(
    ann: Browser, done: visits.Room, way: str
) -> None:
    note = notes.write_note(visit=done.visit, by=done.ann, now=NOW)
    notes.sign_note(note=note, by=done.ann, now=NOW)
    same = note.content["parts"]["objective"]
    sent = {"plan": "Try the\nneck first.", "private": "Mine alone.", "objective": same}
    answer = ann.post(f"/visits/{done.visit.pk}/note/{way}", sent)
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "What you typed was not kept" in said
    words = said.split("What you typed was not kept")[1].split("</section>")[0]
    assert "Try the\nneck first." in words
    assert "Mine alone." in words
    assert "Objective" not in words
