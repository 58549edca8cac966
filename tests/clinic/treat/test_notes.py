"""The note: written from taps, signed once, never changed, and every change found out."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core import checks
from django.db import DatabaseError, connection, transaction

from tests.support import visits
from tests.support.cast import NOW, House
from unknot.clinic.access import Refused
from unknot.clinic.intake.actions import revoke_consent, sign_consent
from unknot.clinic.models import (
    AuditRow,
    CheckIn,
    Consent,
    DialEvent,
    Note,
    Screening,
    TreatmentEntry,
)
from unknot.clinic.treat import gather
from unknot.clinic.treat.actions import notes
from unknot.clinic.treat.actions import visit as visit_actions
from unknot.clinic.treat.errors import NoteIsSigned, NoteNotReady, NotInSession
from unknot.clinic.treat.note import guard, seals

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def signed(room: visits.Room) -> Note:
    note = notes.write_note(visit=room.visit, by=room.ann, now=LATER)
    return notes.sign_note(note=note, by=room.ann, now=LATER)


def test_the_note_is_written_from_the_taps(done: visits.Room) -> None:
    note = notes.write_note(visit=done.visit, by=done.ann, now=LATER)
    parts = note.content["parts"]
    assert "Pain 6/10 before, 4/10 after: 2 points lower" in parts["assessment"]
    assert "Low back: Relaxation massage, 20 min, pressure 1/5" in parts["objective"]
    assert "kept off belly" in parts["objective"]
    assert "we worked for 20 minutes" in parts["client_summary"]


def test_the_note_says_the_limits_of_the_visit_and_not_those_of_today(done: visits.Room) -> None:
    def objective() -> str:
        note = notes.write_note(visit=done.visit, by=done.ann, now=LATER)
        return str(note.content["parts"]["objective"])

    assert "pressure held at or below 3/5; kept off belly." in objective()
    since = visits.screen(done.house, pressure_ceiling=1, excluded_groups=["neck"])
    Screening.everything.filter(pk=since.pk).update(decided_at=LATER)
    CheckIn.everything.create(
        episode=done.house.episode,
        visit=done.visit,
        kind="soreness",
        answers={},
        at=LATER,
        zone="UTC",
        pressure_cap=1,
    )
    assert "pressure held at or below 3/5; kept off belly." in objective()


def test_a_visit_that_was_only_opened_is_not_counted(done: visits.Room) -> None:
    for days in (7, 14):
        booked = visits.appointment(done.house, days=days)
        then = NOW + timedelta(days=days)
        visit = visit_actions.open_visit(appointment=booked, by=done.ann, now=then)
        assert gather.number_of(visit) == 2


def test_a_part_the_author_changed_stays_and_the_others_follow_the_taps(
    done: visits.Room,
) -> None:
    note = notes.write_note(visit=done.visit, by=done.ann, now=LATER)
    notes.edit_note(note=note, parts={"plan": "See the doctor."}, by=done.ann, now=LATER)
    visit_actions.set_pain(visit=done.visit, when="after", pain=2, by=done.ann, now=LATER)
    parts = notes.write_note(visit=done.visit, by=done.ann, now=LATER).content["parts"]
    assert parts["plan"] == "See the doctor."
    assert "2/10 after: 4 points lower" in parts["assessment"]


def test_signing_seals_and_the_seal_holds(done: visits.Room) -> None:
    note = signed(done)
    note.refresh_from_db()
    assert note.state == "signed"
    assert note.signed_name == done.house.ann.name
    assert note.signed_meaning == seals.MEANING
    assert len(note.digest) == len(note.seal) == 64
    assert seals.check_seal(note).broken == ""


def test_an_unfinished_visit_cannot_be_signed(room: visits.Room) -> None:
    note = notes.write_note(visit=room.visit, by=room.ann, now=NOW)
    with pytest.raises(NoteNotReady, match="Finish"):
        notes.sign_note(note=note, by=room.ann, now=NOW)


def test_an_empty_part_cannot_be_signed(done: visits.Room) -> None:
    note = notes.write_note(visit=done.visit, by=done.ann, now=LATER)
    notes.edit_note(note=note, parts={"plan": "  "}, by=done.ann, now=LATER)
    with pytest.raises(NoteNotReady, match="needs words"):
        notes.sign_note(note=note, by=done.ann, now=LATER)


@pytest.mark.parametrize("who", ["ben", "desk", "cora", "owner"])
def test_only_a_therapist_of_the_care_team_signs(done: visits.Room, who: str) -> None:
    note = notes.write_note(visit=done.visit, by=done.ann, now=LATER)
    with pytest.raises(Refused):
        notes.sign_note(note=note, by=done.house.actor(getattr(done.house, who)), now=LATER)
    note.refresh_from_db()
    assert note.state == "draft"


def test_a_note_is_not_signed_when_the_trail_fails(
    done: visits.Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = notes.write_note(visit=done.visit, by=done.ann, now=LATER)

    def broken(**_: object) -> None:
        raise OSError("no room left")

    monkeypatch.setattr("unknot.clinic.audit.act.append", broken)
    with pytest.raises(OSError, match="no room"):
        notes.sign_note(note=note, by=done.ann, now=LATER)
    note.refresh_from_db()
    assert (note.state, note.seal) == ("draft", "")


def test_a_signed_note_takes_no_second_signature_no_edit_and_no_rewriting(
    done: visits.Room,
) -> None:
    note = signed(done)
    for attempt in (
        lambda: notes.sign_note(note=note, by=done.ann, now=LATER),
        lambda: notes.edit_note(note=note, parts={"plan": "x"}, by=done.ann, now=LATER),
        lambda: notes.write_note(visit=done.visit, by=done.ann, now=LATER),
    ):
        with pytest.raises(NoteIsSigned):
            attempt()


def test_the_visit_behind_a_signed_note_takes_no_more_taps(done: visits.Room) -> None:
    signed(done)
    with pytest.raises(NotInSession, match="signed"):
        visit_actions.set_pain(visit=done.visit, when="after", pain=0, by=done.ann, now=LATER)


def test_the_model_s_own_save_and_delete_are_refused(done: visits.Room) -> None:
    note = signed(done)
    note.content = {"parts": {}}
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        note.save()
    with pytest.raises(DatabaseError, match="protected foreign"), transaction.atomic():
        note.delete()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Note.everything.filter(pk=note.pk).update(state="draft", seal="", signed_at=None)
    entry = done.visit.entries.get()
    entry.minutes = 99
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        entry.save()


STATEMENTS = [
    "UPDATE clinic_note SET content = '{}'",
    "UPDATE clinic_note SET state = 'draft', seal = '', signed_at = NULL",
    "UPDATE clinic_note SET signed_name = 'Somebody Else'",
    "DELETE FROM clinic_note",
    "UPDATE clinic_addendum SET text = 'x'",
    "DELETE FROM clinic_addendum",
    "UPDATE clinic_visit SET pain_after = 0",
    "UPDATE clinic_treatmententry SET minutes = 90",
    "DELETE FROM clinic_treatmententry",
    "UPDATE clinic_dialevent SET kind = 'right', pain = NULL",
    "DELETE FROM clinic_dialevent",
]


def with_everything(room: visits.Room) -> Note:
    DialEvent.everything.create(
        visit=room.visit, kind="pain", pain=8, area="low_back", pain_cap=3, at=NOW
    )
    note = signed(room)
    notes.add_addendum(note=note, text="More.", reason="Asked later", by=room.ann, now=LATER)
    return note


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_refuses_every_statement_against_what_was_signed(
    done: visits.Room, statement: str
) -> None:
    with_everything(done)
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("clinic_note", "signed_name"),
        ("clinic_addendum", "text"),
        ("clinic_visit", "wish_today"),
        ("clinic_treatmententry", "area"),
    ],
)
def test_what_was_signed_is_not_replaced_either(
    done: visits.Room, table: str, column: str
) -> None:
    if connection.vendor != "sqlite":  # only SQLite has a statement that replaces a row unseen
        return
    with_everything(done)
    with connection.cursor() as cursor:
        names = [one.name for one in connection.introspection.get_table_description(cursor, table)]
    row = ", ".join("'x'" if name == column else name for name in names)
    columns = ", ".join(names)
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"REPLACE INTO {table} ({columns}) SELECT {row} FROM {table}")


def test_nothing_can_be_slipped_into_a_signed_visit(done: visits.Room) -> None:
    signed(done)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        TreatmentEntry.everything.create(
            visit=done.visit,
            area="neck",
            technique="TEC-SWE",
            pressure=1,
            minutes=5,
            recorded_at=LATER,
        )


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("UPDATE clinic_note SET content = '{\"parts\": {}}'", "content"),
        ("UPDATE clinic_note SET signed_name = 'Somebody Else'", "signed_name"),
        ("UPDATE clinic_note SET sealed_content = '{}'", "text was changed"),
        ("UPDATE clinic_note SET digest = 'abc'", "not made by this practice"),
        ("UPDATE clinic_note SET seal = 'abc'", "not made by this practice"),
        ("UPDATE clinic_visit SET pain_after = 0", "visit"),
        ("UPDATE clinic_treatmententry SET minutes = 90", "entries"),
        ("DELETE FROM clinic_treatmententry", "entries"),
        ("UPDATE clinic_dialevent SET pain = 1", "dial"),
        ("DELETE FROM clinic_dialevent", "dial"),
    ],
)
def test_a_change_past_the_database_s_guard_breaks_the_seal(
    done: visits.Room, tampering: str, found: str
) -> None:
    note = with_everything(done)
    guard.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(tampering)
    guard.install(connection)
    assert found in seals.check_seal(Note.everything.get(pk=note.pk)).broken


def test_a_seal_made_without_the_key_is_found_out(
    done: visits.Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as guess:
        guess.setattr("django.conf.settings.AUDIT_KEY", b"a guess")
        note = signed(done)
        assert seals.check_seal(note).broken == ""
    assert "not made by this practice" in seals.check_seal(note).broken


def test_addenda_are_bound_to_the_note_and_to_each_other(done: visits.Room) -> None:
    note = signed(done)
    one = notes.add_addendum(note=note, text="One.", reason="Late", by=done.ann, now=LATER)
    two = notes.add_addendum(
        note=note, text="Two.", reason="Later", by=done.ann, now=LATER + timedelta(minutes=1)
    )
    assert (one.parent_digest, two.parent_digest) == (note.digest, one.digest)
    assert [seal.broken for _, seal in seals.check_addenda(note)] == ["", ""]
    guard.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM clinic_addendum WHERE text = 'One.'")
    guard.install(connection)
    assert [seal.broken for _, seal in seals.check_addenda(note)] == [
        "An addendum before this is missing."
    ]


def test_addenda_stay_in_their_order_when_the_clock_is_set_back(done: visits.Room) -> None:
    note = signed(done)
    for number, at in enumerate((LATER, LATER - timedelta(hours=2), LATER - timedelta(hours=1))):
        notes.add_addendum(note=note, text=f"{number}", reason="Late", by=done.ann, now=at)
    checked = seals.check_addenda(note)
    assert [one.text for one, _ in checked] == ["0", "1", "2"]
    assert [seal.broken for _, seal in checked] == ["", "", ""]


def test_an_addendum_changed_afterwards_is_found_out(done: visits.Room) -> None:
    note = signed(done)
    notes.add_addendum(note=note, text="One.", reason="Late", by=done.ann, now=LATER)
    guard.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE clinic_addendum SET text = 'Other.'")
    guard.install(connection)
    ((_, seal),) = seals.check_addenda(note)
    assert "changed after signing" in seal.broken


@pytest.mark.parametrize(("text", "reason"), [("", "Late"), ("More", " ")])
def test_an_addendum_needs_words_and_a_reason(done: visits.Room, text: str, reason: str) -> None:
    note = signed(done)
    with pytest.raises(NoteNotReady, match="what you add"):
        notes.add_addendum(note=note, text=text, reason=reason, by=done.ann, now=LATER)


def test_a_draft_takes_no_addendum(done: visits.Room) -> None:
    note = notes.write_note(visit=done.visit, by=done.ann, now=LATER)
    with pytest.raises(NoteNotReady, match="not signed"):
        notes.add_addendum(note=note, text="x", reason="y", by=done.ann, now=LATER)


def test_a_missing_guard_is_said_at_the_start(db: None) -> None:
    assert guard.missing(connection) == ()
    guard.remove(connection)
    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    guard.install(connection)
    assert {one.id for one in found} == {"unknot.E020"}


def test_the_trail_names_no_words_of_the_note(done: visits.Room) -> None:
    signed(done)
    rows = AuditRow.everything.filter(object_type="Note")
    assert {row.action for row in rows} == {"note.write", "note.sign"}
    assert "Low back" not in " ".join(str(row.changed) for row in rows)


def test_another_practice_cannot_read_or_sign(done: visits.Room, maple: House) -> None:
    note = notes.write_note(visit=done.visit, by=done.ann, now=LATER)
    with pytest.raises(Refused):
        notes.sign_note(note=note, by=maple.actor(maple.ann), now=LATER)


def test_the_note_keeps_off_what_was_withdrawn_at_the_visit_not_since(done: visits.Room) -> None:
    visit, cora = done.visit, done.house.actor(done.house.cora)
    ended = visit.finished_at
    assert ended is not None

    def given(area: str, at: datetime) -> Consent:
        return sign_consent(
            episode=done.house.episode,
            kind=Consent.Kind.SENSITIVE_AREA,
            area=area,
            signed_name=done.house.cora.name,
            by=cora,
            now=at,
        )

    before = ended - timedelta(days=2)
    left, right = given("buttock_left", before), given("buttock_right", before)
    revoke_consent(consent=left, by=cora, now=ended - timedelta(days=1))
    revoke_consent(consent=right, by=cora, now=ended + timedelta(days=1))
    kept_off = gather.visit_record(visit).kept_off
    assert "buttock, left" in kept_off
    assert "buttock, right" not in kept_off
    given("buttock_left", ended + timedelta(hours=1))
    assert gather.visit_record(visit).kept_off == kept_off
