"""One record seen three ways, its versions, its private part, and the consents it rests on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from tests.support import visits
from tests.support.cast import NOW, PASSWORD, TODAY, House
from unknot.clinic.models import Consent, Note, PrivateOpening
from unknot.clinic.treat import consents
from unknot.clinic.treat.actions import letters, notes
from unknot.clinic.treat.errors import NoteNotReady
from unknot.clinic.treat.note import build as note_build
from unknot.clinic.treat.note import letter as note_letter
from unknot.clinic.treat.note import seals

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
WORDS = "c/o tight UT b/l, ROM freer. PT told."


@pytest.fixture
def ann(linden: House) -> Browser:
    browser = Browser()
    browser.force_login(linden.ann.user)
    return browser


@pytest.fixture
def owner(linden: House) -> Browser:
    browser = Browser()
    browser.force_login(linden.owner.user)
    return browser


def drafted(room: visits.Room, **parts: str) -> Note:
    note = notes.write_note(visit=room.visit, by=room.ann, now=LATER)
    return notes.edit_note(note=note, parts=parts, by=room.ann, now=LATER) if parts else note


def signed(room: visits.Room, **parts: str) -> Note:
    return notes.sign_note(note=drafted(room, **parts), by=room.ann, now=LATER)


def shown(browser: Browser, room: visits.Room, view: str = "") -> str:
    return browser.get(f"/visits/{room.visit.pk}/note/{view}").content.decode()


def release(house: House, **changes: Any) -> Consent:
    valid = {"signed_at": datetime.now(UTC), "expires_on": None, "recipient": "Dr Ruiz"}
    return visits.consent(house, "release", **{**valid, **changes})


# --- One record, three views


def test_a_change_in_one_view_shows_in_the_others(ann: Browser, done: visits.Room) -> None:
    release(done.house)
    ann.post(f"/visits/{done.visit.pk}/note/edit/", {"plan": "See the dentist."})
    for view in ("", "quick/", "letter/"):
        assert "See the dentist." in shown(ann, done, view)


def test_a_fact_corrected_at_a_glance_is_in_the_words(ann: Browser, done: visits.Room) -> None:
    drafted(done)
    entry = done.visit.entries.get()
    sent = {
        "pain_before": "8",
        "pain_after": "2",
        f"minutes-{entry.pk}": "25",
        f"response-{entry.pk}": "eased",
    }
    assert ann.post(f"/visits/{done.visit.pk}/note/facts/", sent).status_code == 302
    said = shown(ann, done)
    assert "Pain 8/10 before, 2/10 after" in said
    assert "25 min, pressure 1/5" in said
    glance = shown(ann, done, "quick/")
    assert "8 before, 2 after" in glance
    assert "eased" in glance
    assert Note.everything.get().version == 2


@pytest.mark.parametrize(
    ("field", "value"), [("minutes", "0"), ("minutes", "x"), ("response", "?")]
)
def test_a_fact_that_cannot_be_is_refused(
    ann: Browser, done: visits.Room, field: str, value: str
) -> None:
    entry = done.visit.entries.get()
    sent = {f"minutes-{entry.pk}": "20", f"response-{entry.pk}": "", "pain_before": "6"}
    answer = ann.post(
        f"/visits/{done.visit.pk}/note/facts/", {**sent, f"{field}-{entry.pk}": value}
    )
    assert answer.status_code == 409
    entry.refresh_from_db()
    assert entry.minutes == 20


def test_what_was_written_by_hand_is_marked_and_can_be_written_anew(
    ann: Browser, done: visits.Room
) -> None:
    drafted(done, plan="Nothing.")
    page = shown(ann, done)
    assert "By hand" in page
    assert 'name="anew" value="plan"' in page
    assert 'name="anew" value="subjective"' not in page
    ann.post(f"/visits/{done.visit.pk}/note/write/", {"anew": "plan"})
    note = Note.everything.get()
    assert note.content["parts"]["plan"] == note.content["written"]["plan"]
    assert [version.how for version in note.versions.all()] == ["taps", "hand", "taps"]


def test_a_part_sent_back_as_the_taps_wrote_it_goes_on_following_them(
    done: visits.Room,
) -> None:
    note = drafted(done)
    parts = dict(note.content["parts"])
    notes.edit_note(note=note, parts=parts, by=done.ann, now=LATER)
    assert notes.by_hand(note) == frozenset()
    assert note.version == 1


def test_short_forms_are_whole_on_paper_and_marked_when_unclear(
    ann: Browser, done: visits.Room
) -> None:
    signed(done, plan=WORDS)
    page = shown(ann, done)
    assert '<span class="short__whole">range of motion</span>' in page
    assert "physiotherapist or client" in page
    release(done.house)
    letter = shown(ann, done, "letter/")
    assert "Reports tight upper trapezius on both sides, range of motion freer. PT told." in letter


def test_the_client_reads_whole_words(done: visits.Room) -> None:
    signed(done, client_summary="Your ROM is freer.")
    browser = Browser()
    assert done.house.cora.user is not None
    browser.force_login(done.house.cora.user)
    assert "Your range of motion is freer." in browser.get("/me/").content.decode()


# --- The letter: only what the client agreed to


def test_without_consent_there_is_no_letter(ann: Browser, done: visits.Room) -> None:
    note = signed(done, plan="See the dentist.")
    page = shown(ann, done, "letter/")
    assert "No letter without consent" in page
    assert "/intake/consent/release/" in page
    assert "See the dentist." not in page
    assert ann.post(f"/visits/{done.visit.pk}/note/letter/make/").status_code == 409
    with pytest.raises(NoteNotReady, match="not agreed"):
        letters.release_letter(note=note, by=done.ann, now=LATER)


@pytest.mark.parametrize("why", ["withdrawn", "ended"])
def test_a_consent_withdrawn_or_ended_is_none(ann: Browser, done: visits.Room, why: str) -> None:
    signed(done)
    now = datetime.now(UTC)
    gone: dict[str, Any] = {"withdrawn": {"revoked_at": now}, "ended": {"expires_on": TODAY}}[why]
    release(done.house, **gone)
    assert "No letter without consent" in shown(ann, done, "letter/")


def test_only_the_parts_agreed_to_are_in_the_letter_and_never_the_private_one(
    ann: Browser, done: visits.Room
) -> None:
    note = signed(done, plan="See the dentist.", assessment="Calmer.", private="Fears dogs.")
    notes.add_addendum(note=note, text="Rang.", reason="Late", by=done.ann, now=LATER)
    release(done.house, scope=["assessment"])
    page = shown(ann, done, "letter/")
    assert "Calmer." in page
    assert "Left out, as the client chose" in page
    for kept_back in ("See the dentist.", "Fears dogs.", "Rang."):
        assert kept_back not in page


def test_a_whole_letter_has_its_addenda_and_is_made_as_a_paper(
    ann: Browser, done: visits.Room
) -> None:
    note = signed(done)
    notes.add_addendum(note=note, text="Rang.", reason="Late", by=done.ann, now=LATER)
    release(done.house)
    page = shown(ann, done, "letter/")
    assert "Rang." in page
    assert "Dr Ruiz" in page
    answer = ann.post(f"/visits/{done.visit.pk}/note/letter/make/")
    assert answer.status_code == 200
    assert answer.content[:4] == b"%PDF" or b"Dear colleague" in answer.content


def test_a_draft_is_shown_as_a_letter_and_not_made(ann: Browser, done: visits.Room) -> None:
    note = drafted(done)
    release(done.house)
    assert "Not signed, not to be sent." in shown(ann, done, "letter/")
    assert ann.post(f"/visits/{done.visit.pk}/note/letter/make/").status_code == 409
    with pytest.raises(NoteNotReady, match="signed"):
        letters.release_letter(note=note, by=done.ann, now=LATER)


def test_a_consent_to_a_report_names_who_and_what(ann: Browser, done: visits.Room) -> None:
    address = f"/episodes/{done.house.episode.pk}/intake/consent/release/"
    assert ann.post(address, {"signed_name": "Cora"}).status_code == 422
    sent = {"signed_name": "Cora", "recipient": "Dr Ruiz", "scope": ["plan"]}
    assert ann.post(address, sent).status_code == 302
    given = note_letter.allowed(done.house.cora, now=datetime.now(UTC))
    assert given is not None
    assert (given.recipient, note_letter.scope_of(given)) == ("Dr Ruiz", ("plan",))


# --- The private part


def test_only_the_therapist_of_the_visit_reads_the_private_part(
    ann: Browser, owner: Browser, done: visits.Room
) -> None:
    drafted(done, private="Fears dogs.")
    assert "Fears dogs." in shown(ann, done)
    assert "Fears dogs." in shown(ann, done, "versions/")
    for view in ("", "quick/", "letter/", "versions/"):
        assert "Fears dogs." not in shown(owner, done, view)
    assert "keeps working notes of this visit" in shown(owner, done)


def test_another_writer_leaves_the_private_part_as_it_is(done: visits.Room) -> None:
    note = drafted(done, private="Fears dogs.")
    by = done.house.actor(done.house.owner)
    notes.edit_note(note=note, parts={"private": "x", "plan": "y"}, by=by, now=LATER)
    assert (note.private, note.content["parts"]["plan"]) == ("Fears dogs.", "y")


def test_the_owner_opens_it_with_a_reason_that_its_author_sees(
    ann: Browser, owner: Browser, done: visits.Room
) -> None:
    drafted(done, private="Fears dogs.")
    address = f"/visits/{done.visit.pk}/note/private/"
    assert owner.post(address, {"reason": ""}).status_code == 422
    assert PrivateOpening.everything.count() == 0
    assert "Fears dogs." in owner.post(address, {"reason": "Court order 7"}).content.decode()
    assert "Court order 7" in shown(ann, done)
    assert ann.post(address, {"reason": "x"}).status_code == 403


# --- Versions and late entries


def test_every_saved_version_is_kept_and_compared(ann: Browser, done: visits.Room) -> None:
    note = drafted(done, plan="See the doctor.")
    notes.edit_note(note=note, parts={"plan": "See the dentist."}, by=done.ann, now=LATER)
    page = shown(ann, done, "versions/?from=2&to=3")
    assert "From version 2 to version 3" in page
    assert "doctor<span" in page
    assert "dentist<span" in page
    assert page.count("<h2>Version ") == 3
    assert "Nothing differs" in shown(ann, done, "versions/?from=3&to=3")
    assert "From version" not in shown(ann, done, "versions/?from=99&to=x")
    assert [one.number for one in note.versions.all()] == [1, 2, 3]


def test_a_note_not_saved_yet_has_no_versions(ann: Browser, done: visits.Room) -> None:
    assert "Nothing saved yet" in shown(ann, done, "versions/")


def test_a_late_entry_says_both_times(ann: Browser, done: visits.Room) -> None:
    note = drafted(done)
    notes.sign_note(note=note, by=done.ann, now=NOW + timedelta(days=2))
    assert "Late entry: the visit ended on 2 March 2026, 4:20 am; the note was begun on" in shown(
        ann, done
    )


def test_a_note_in_time_is_no_late_entry(ann: Browser, done: visits.Room) -> None:
    signed(done)
    assert "Late entry" not in shown(ann, done)


# --- Consent before the signature


def without_consent(room: visits.Room) -> None:
    Consent.everything.filter(client=room.house.cora).delete()


def sign(room: visits.Room, **more: Any) -> Note:
    return notes.sign_note(note=drafted(room), by=room.ann, **{"now": LATER, **more})


def test_a_note_is_not_signed_without_consent_and_says_where_to_get_it(
    ann: Browser, done: visits.Room
) -> None:
    without_consent(done)
    with pytest.raises(NoteNotReady, match=r"Treatment: not signed\. .* Intake, Consent"):
        sign(done)
    page = shown(ann, done)
    assert "Missing before you can sign" in page
    assert f"/episodes/{done.house.episode.pk}/intake/consent/general/" in page
    answer = ann.post(f"/visits/{done.visit.pk}/note/sign/", {"proof": PASSWORD})
    assert answer.status_code == 409


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"revoked_at": NOW - timedelta(hours=1)}, "withdrawn on 2 March 2026"),
        ({"expires_on": TODAY - timedelta(days=1)}, "ended on 1 March 2026"),
    ],
)
def test_a_consent_withdrawn_or_expired_on_the_day_does_not_count(
    done: visits.Room, changes: dict[str, Any], why: str
) -> None:
    without_consent(done)
    visits.consent(done.house, **changes)
    with pytest.raises(NoteNotReady, match=why):
        sign(done)


@pytest.mark.parametrize(
    "changes", [{"revoked_at": LATER}, {"expires_on": TODAY}, {"expires_on": None}]
)
def test_a_consent_that_held_on_the_day_counts(done: visits.Room, changes: dict[str, Any]) -> None:
    without_consent(done)
    visits.consent(done.house, **changes)
    assert sign(done).state == "signed"


def test_a_consent_put_on_record_later_counts_and_is_said(ann: Browser, done: visits.Room) -> None:
    without_consent(done)
    visits.consent(done.house, signed_at=LATER)
    sign(done, now=LATER + timedelta(minutes=1))
    assert "put on record after the visit" in shown(ann, done)


def test_a_minor_needs_the_word_of_a_guardian(done: visits.Room) -> None:
    done.house.cora.born_on = TODAY.replace(year=TODAY.year - 15)
    done.house.cora.save()
    with pytest.raises(NoteNotReady, match="guardian"):
        sign(done)
    visits.consent(done.house, "minor")
    assert sign(done).state == "signed"


def test_a_sensitive_area_needs_its_own_consent(done: visits.Room) -> None:
    done.visit.entries.update(area="buttock_left")
    with pytest.raises(NoteNotReady, match="sensitive area, buttock, left"):
        sign(done)
    visits.consent(done.house, "sensitive_area", area="buttock_right")
    with pytest.raises(NoteNotReady, match="buttock, left"):
        sign(done)
    visits.consent(done.house, "sensitive_area", area="buttock_left")
    note = sign(done)
    assert [one["name"] for one in note.content["consents"]] == [
        "Treatment",
        "Treatment of a sensitive area, buttock, left",
    ]


def test_work_on_a_group_rests_on_a_consent_for_a_part_of_it(done: visits.Room) -> None:
    done.visit.entries.update(area="buttock")
    (gap,) = consents.missing(done.visit, LATER)
    assert gap.name.startswith("Treatment of a sensitive area, buttock")
    visits.consent(done.house, "sensitive_area", area="buttock_left")
    assert consents.missing(done.visit, LATER) == ()


# --- What was there once


def test_a_note_that_vanished_is_said_on_its_page(ann: Browser, done: visits.Room) -> None:
    from django.db import connection

    from unknot.clinic.treat.note import guard

    note = signed(done)
    guard.remove(connection)
    note.versions.all().delete()
    note.delete()
    guard.install(connection)
    assert "The signed note of this visit is missing." in shown(ann, done)
    visit = type(done.visit).everything.get(pk=done.visit.pk)
    assert note_build.gone(visit).broken
    again = notes.write_note(visit=visit, by=done.ann, now=LATER)
    with pytest.raises(NoteNotReady, match="signed before"):
        notes.sign_note(note=again, by=done.ann, now=LATER)
    assert [fault.visit_id for fault in seals.faults()] == [str(visit.pk)]
