"""Writes: permitted, in one transaction, with their trail inside."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from tests.support.cast import NOW, House
from unknot.clinic.access import Refused, system
from unknot.clinic.audit import (
    ActionNotAudited,
    action,
    anchors,
    forget,
    guard,
    record,
    verify,
)
from unknot.clinic.audit.chain import append, mac_of
from unknot.clinic.models import AuditRow, Client, OnceKey
from unknot.clinic.people import actions

pytestmark = pytest.mark.django_db


def test_an_action_leaves_one_row_that_names_fields_and_no_values(linden: House) -> None:
    actions.change_client(
        now=NOW, client=linden.cora, changes={"phone": "555 0100"}, by=linden.actor(linden.desk)
    )
    row = AuditRow.everything.get()
    assert (row.action, row.changed, row.actor_kind) == ("client.change", ["phone"], "front_desk")
    assert (row.client_id, row.practice_id) == (linden.cora.pk, linden.practice.pk)
    kept = str(row.__dict__)
    assert "555 0100" not in kept
    assert "5550100" not in kept


def test_an_action_is_refused_to_somebody_of_another_practice(linden: House, maple: House) -> None:
    with pytest.raises(Refused):
        actions.change_client(
            now=NOW, client=linden.cora, changes={"phone": "1"}, by=maple.actor(maple.owner)
        )
    assert not AuditRow.everything.exists()
    linden.cora.refresh_from_db()
    assert linden.cora.phone == ""


def test_nothing_is_saved_when_the_trail_cannot_be_written(
    linden: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise OSError("no room left")

    monkeypatch.setattr("unknot.clinic.audit.act.append", broken)
    with pytest.raises(OSError, match="no room"):
        actions.change_client(
            now=NOW, client=linden.cora, changes={"phone": "1"}, by=linden.actor(linden.desk)
        )
    linden.cora.refresh_from_db()
    assert linden.cora.phone == ""


def test_an_action_that_records_nothing_is_undone(linden: House) -> None:
    @action("client.change")
    def careless(*, client: Client, by: object) -> None:
        client.phone = "1"
        client.save(update_fields=["phone"])

    with pytest.raises(ActionNotAudited):
        careless(client=linden.cora, by=system(linden.practice))
    linden.cora.refresh_from_db()
    assert linden.cora.phone == ""


def test_recording_outside_an_action_is_refused(linden: House) -> None:
    with pytest.raises(ActionNotAudited):
        record(linden.cora)


def _three_rows(house: House) -> None:
    for name in ("one", "two", "three"):
        append(by=house.actor(house.desk), action="client.change", on=house.cora, changed=[name])


def test_an_untouched_trail_verifies(linden: House) -> None:
    _three_rows(linden)
    assert (verify().rows, verify().broken_at) == (3, None)


@pytest.mark.parametrize(
    ("tampering", "broken_at"),
    [
        ("UPDATE clinic_auditrow SET action = 'note.sign' WHERE seq = 2", 2),
        ("UPDATE clinic_auditrow SET actor_kind = 'owner' WHERE seq = 1", 1),
        ("UPDATE clinic_auditrow SET changed = '[]' WHERE seq = 3", 3),
        ("DELETE FROM clinic_auditrow WHERE seq = 2", 3),
        ("DELETE FROM clinic_auditrow WHERE seq = 1", 2),
        ("UPDATE clinic_auditrow SET seq = 9 WHERE seq = 3", 9),
        ("UPDATE clinic_auditrow SET previous_mac = mac WHERE seq = 2", 2),
    ],
)
def test_a_trail_somebody_changed_in_the_database_is_found_out(
    linden: House, tampering: str, broken_at: int
) -> None:
    _three_rows(linden)
    with _GuardsOff(), connection.cursor() as cursor:
        cursor.execute(tampering)
    assert verify().broken_at == broken_at


def test_a_trail_made_again_without_the_key_is_found_out(
    linden: House, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    _three_rows(linden)
    monkeypatch.setattr("django.conf.settings.AUDIT_KEY", b"a guess")
    row = AuditRow.everything.get(seq=1)
    row.action = "note.sign"
    forged = mac_of(row)
    monkeypatch.undo()
    with _GuardsOff(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE clinic_auditrow SET action = 'note.sign', mac = %s WHERE seq = 1", [forged]
        )
    assert verify().broken_at == 1


@pytest.mark.parametrize(
    "statement", ["UPDATE clinic_auditrow SET action = 'x'", "DELETE FROM clinic_auditrow"]
)
def test_the_database_itself_refuses_to_change_the_trail(linden: House, statement: str) -> None:
    from django.db import DatabaseError, transaction

    _three_rows(linden)
    with (
        pytest.raises(DatabaseError, match="append"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditRow.everything.filter(seq=1, at__lt=NOW.replace(year=2100)).exists()


class _GuardsOff:
    """Takes the guard off for the length of a test, as somebody with the file in hand could."""

    def __enter__(self) -> None:
        from unknot.clinic.audit.guard import remove

        remove(connection)

    def __exit__(self, *_: object) -> None:
        from unknot.clinic.audit.guard import install

        install(connection)


def test_answers_to_forms_are_forgotten_after_two_days() -> None:
    for name, hours in (("old", 49), ("new", 47)):
        made = NOW - timedelta(hours=hours)
        OnceKey.everything.create(actor="a", key=name, body="{}", made_at=made)
    assert forget(NOW) == 1
    assert OnceKey.everything.get(body="{}").key == "new"


def test_the_token_of_a_form_is_known_for_ninety_days() -> None:
    """A device may send an entry again weeks later, when the answer to it was lost."""
    for name, days in (("gone", 91), ("known", 89)):
        OnceKey.everything.create(actor="a", key=name, made_at=NOW - timedelta(days=days))
    forget(NOW)
    assert OnceKey.everything.get().key == "known"


def test_an_end_cut_off_the_trail_is_noticed_by_the_marks_beside_the_keys(
    linden: House, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            append(by=system(), action="note.sign", on=linden.cora, changed=[])
    assert len(list(anchors.marks())) == 2
    assert verify().broken_at is None
    guard.remove(connection)
    try:
        AuditRow.everything.filter(seq=2).delete()
        assert verify().broken_at == 2
        append(by=system(), action="note.sign", on=linden.cora, changed=["other"])
        assert verify().broken_at == 2, "another row in its place has another hash"
    finally:
        guard.install(connection)


def test_a_row_is_marked_when_it_is_signed_and_every_hundredth(
    linden: House, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(101):
            append(by=system(), action="client.change", on=linden.cora, changed=[])
    assert [seq for seq, _ in anchors.marks()] == [100]
    with anchors.path().open("a") as file:
        file.write("torn li")
    assert [seq for seq, _ in anchors.marks()] == [100]
