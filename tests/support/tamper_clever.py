"""Ways for somebody who has the whole database in their hands, but not the key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from tests.support.tamper import LATER, Scene, Way, sql
from unknot.clinic import models as m
from unknot.clinic.audit import canonical
from unknot.clinic.treat.note import seals


def clever() -> Iterator[Way]:
    """Each with the guard down; the note's page must tell of it too."""
    for name, attempt in (
        ("the words of two signed notes swapped", _swap_words),
        ("two signed notes swapped whole", _swap_whole),
        ("addenda swapped between two notes", _swap_addenda),
        ("two addenda in another order", _reorder),
        ("the words of two addenda swapped", _swap_texts),
        ("the last addendum taken out", _without_last),
        ("all addenda taken out", _without_addenda),
        ("an addendum sent a second time", _twice),
        ("an addendum made without the key", _forged_addendum),
        ("an old version played back", _play_back),
        ("the note made a draft again", _draft_again),
        ("the note gone, its versions too", _gone),
        ("sealed anew without the key", _sealed_anew),
        ("signed text and row changed alike", _both),
        ("another signer in row and text", _signer),
        ("another time of signing in row and text", _time),
        ("the last version taken out", _without_version),
        ("the versions numbered anew", _renumbered),
        ("a version slipped in", _slipped_in),
        ("private words changed", sql("UPDATE clinic_note SET private = 'x'")),
        ("the visit given to another client", _other_client),
        ("the visit's day changed in the calendar", _other_day),
        ("the screening behind it changed", _other_screening),
        ("an entry moved to the other visit", _moved_entry),
        ("an addendum gone with its lines in the trail", _cut_middle),
    ):
        yield Way(name, "database, guard down", attempt, past_the_guard=True, looks_at_page=True)


def _swap(model: Any, one: Any, other: Any, *fields: str) -> None:
    """The fields of two rows exchanged, past every unique constraint."""
    first = {field: getattr(one, field) for field in fields}
    second = {field: getattr(other, field) for field in fields}
    model._default_manager.filter(pk=one.pk).update(**second)
    model._default_manager.filter(pk=other.pk).update(**first)


def _swap_words(on: Scene) -> None:
    _swap(m.Note, on.note, on.other, "content", "private")


def _swap_whole(on: Scene) -> None:
    fields = ("content", "private", "sealed_content", "digest", "seal", "signed_at", "edited_at")
    _swap(m.Note, on.note, on.other, *fields)


def _swap_addenda(on: Scene) -> None:
    ours, theirs = (
        list(note.addenda.values_list("pk", flat=True)) for note in (on.note, on.other)
    )
    m.Addendum.everything.filter(pk__in=ours).update(note=on.other)
    m.Addendum.everything.filter(pk__in=theirs).update(note=on.note)


def _reorder(on: Scene) -> None:
    _swap(m.Addendum, *on.note.addenda.all(), "signed_at")


def _swap_texts(on: Scene) -> None:
    _swap(m.Addendum, *on.note.addenda.all(), "text", "reason")


def _without_last(on: Scene) -> None:
    on.note.addenda.order_by("-signed_at")[0].delete()


def _without_addenda(on: Scene) -> None:
    on.note.addenda.all().delete()


def _twice(on: Scene) -> None:
    row = on.note.addenda.order_by("signed_at")[0]
    row.pk = m.base.new_id()
    row._state.adding = True
    row.save(force_insert=True)


def _forged_addendum(on: Scene) -> None:
    last = on.note.addenda.order_by("-signed_at")[0]
    row = m.Addendum(
        note=on.note,
        text="Never said.",
        reason="x",
        staff=on.house.ann,
        signed_name=on.house.ann.name,
        signed_at=last.signed_at + timedelta(hours=1),
        parent_digest=last.digest,
    )
    row.digest = seals.digest_of(canonical(seals.addendum_content(row)))
    row.seal = "0" * 64
    row.save(force_insert=True)


def _play_back(on: Scene) -> None:
    version = on.note.versions.order_by("number")[0]
    content = {**on.note.content, "parts": version.parts}
    m.Note.everything.filter(pk=on.note.pk).update(content=content, private=version.private)


def _draft_again(on: Scene) -> None:
    on.note.addenda.all().delete()
    m.Note.everything.filter(pk=on.note.pk).update(
        state="draft", seal="", digest="", sealed_content="", signed_at=None, signed_name=""
    )


def _gone(on: Scene) -> None:
    on.note.addenda.all().delete()
    on.note.versions.all().delete()
    on.note.delete()


def _sealed_anew(on: Scene) -> None:
    note = on.note
    note.signed_name = "Somebody Else"
    note.sealed_content = canonical(seals.content_of(note))
    note.digest = seals.digest_of(note.sealed_content)
    note.seal = seals.digest_of(note.digest)  # the best one can do without the key
    note.save()


def _both(on: Scene) -> None:
    note = on.note
    note.content["parts"]["plan"] = "Nothing was agreed."
    note.sealed_content = canonical(seals.content_of(note))
    note.save()


def _signer(on: Scene) -> None:
    note, ben = on.note, on.house.ben
    note.signed_by, note.signed_name = ben, ben.name
    note.sealed_content = canonical(seals.content_of(note))
    note.save()


def _time(on: Scene) -> None:
    note = on.note
    assert note.signed_at is not None
    note.signed_at -= timedelta(days=3)
    note.sealed_content = canonical(seals.content_of(note))
    note.save()


def _without_version(on: Scene) -> None:
    on.note.versions.order_by("-number")[0].delete()


def _renumbered(on: Scene) -> None:
    for version in on.note.versions.order_by("-number"):
        m.NoteVersion.everything.filter(pk=version.pk).update(number=version.number + 1)


def _slipped_in(on: Scene) -> None:
    last = on.note.versions.order_by("-number")[0]
    last.pk, last.number = m.base.new_id(), last.number + 1
    last._state.adding = True
    last.save(force_insert=True)


def _other_client(on: Scene) -> None:
    m.Appointment.everything.filter(pk=on.visit.appointment_id).update(client=on.house.dan)


def _other_day(on: Scene) -> None:
    booked = on.visit.appointment
    m.Appointment.everything.filter(pk=booked.pk).update(
        starts_at=booked.starts_at - timedelta(days=1)
    )


def _other_screening(on: Scene) -> None:
    assert on.visit.screening is not None
    result = {**on.visit.screening.result, "findings": []}
    m.Screening.everything.filter(pk=on.visit.screening_id).update(result=result)
    m.Visit.everything.filter(pk=on.visit.pk).update(wish_today="other")


def _moved_entry(on: Scene) -> None:
    on.visit.entries.update(visit=on.other.visit)


def _cut_middle(on: Scene) -> None:
    last = on.other.addenda.order_by("-signed_at")[0]
    last.delete()
    lines = m.AuditRow.everything.filter(object_id__in=[last.pk, on.other.pk], action="note.add")
    keys = list(lines.order_by("-seq").values_list("seq", flat=True)[:2])
    m.AuditRow.everything.filter(seq__in=keys).delete()
    m.AuditRow.everything.create(
        seq=max(keys),
        at=LATER,
        actor_kind="system",
        action="x",
        object_type="x",
        object_id="x",
        previous_mac="0" * 64,
        mac="0" * 64,
    )
