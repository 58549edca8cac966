"""Two write to one visit and its note at the same moment; SQLite takes one writer at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from tests.support import visits
from tests.support.cast import NOW, house
from unknot.clinic.access import Sent
from unknot.clinic.models import Note, Visit
from unknot.clinic.treat.actions import dial_link, facts, notes
from unknot.clinic.treat.actions import visit as actions
from unknot.clinic.treat.errors import NotInSession
from unknot.clinic.treat.note import seals
from unknot.clinic.treat.note.facts import Facts

pytestmark = pytest.mark.django_db(transaction=True)
AWHILE = 0.5
"""Long enough for somebody who waits for nobody to be through; who waits is not hurried by it."""


def _at_once(first: Callable[[], Any], then: Callable[[], Any]) -> list[Exception]:
    """What the second one ran into, who began while the first one's transaction was open."""
    ran_into: list[Exception] = []
    is_through = threading.Event()

    def run() -> None:
        try:
            then()
        except Exception as error:
            ran_into.append(error)
        finally:
            connection.close()
            is_through.set()

    second = threading.Thread(target=run)
    with transaction.atomic():
        first()
        second.start()
        is_through.wait(AWHILE)
    second.join()
    return ran_into


def _sign(room: visits.Room) -> None:
    note = Note.everything.get(visit=room.visit)
    notes.sign_note(note=note, by=room.ann, now=NOW + timedelta(hours=1))


if connection.vendor == "postgresql":

    def test_a_tap_on_its_way_is_in_before_the_note_is_sealed() -> None:
        done = visits.finished(house("Linden"))
        notes.write_note(visit=done.visit, by=done.ann, now=NOW)

        def tap() -> None:
            with_entry = Visit.everything.select_for_update().get(pk=done.visit.pk)
            entry = with_entry.entries.get()
            actions.change_minutes(entry=entry, by_minutes=7, by=done.ann, now=NOW)

        assert _at_once(tap, lambda: _sign(done)) == []
        signed = Note.everything.get(visit=done.visit)
        assert signed.state == Note.State.SIGNED
        assert seals.check_seal(signed).broken == ""
        assert "27 min" in signed.content["parts"]["objective"]

    def test_a_dial_opened_by_two_at_once_has_one_address() -> None:
        room = visits.begun(house("Linden"))

        def open_dial() -> None:
            dial_link.open_dial(visit=room.visit, by=room.ann, now=NOW)

        def open_it_too() -> None:
            visit = Visit.everything.get(pk=room.visit.pk)
            dial_link.open_dial(visit=visit, by=room.ann, now=NOW)

        assert _at_once(open_dial, open_it_too) == []
        assert room.visit.dial_links.filter(closed_at=None).count() == 1

    def test_a_correction_that_comes_while_the_note_is_signed_is_refused() -> None:
        done = visits.finished(house("Linden"))
        notes.write_note(visit=done.visit, by=done.ann, now=NOW)

        def correct() -> None:
            visit = Visit.everything.get(pk=done.visit.pk)
            facts.take(
                visit=visit,
                facts=Facts(pains={"pain_after": 1}),
                sent=Sent(at=NOW, received=NOW),
                by=done.ann,
            )

        (error,) = _at_once(lambda: _sign(done), correct)
        assert isinstance(error, NotInSession)

    def test_a_note_begun_by_two_at_once_is_one_note() -> None:
        done = visits.finished(house("Linden"))

        def begin() -> None:
            visit = Visit.everything.get(pk=done.visit.pk)
            notes.write_note(visit=visit, by=done.ann, now=NOW)

        assert _at_once(begin, begin) == []
        assert Note.everything.get(visit=done.visit).version == 1
