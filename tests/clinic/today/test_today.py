"""The page a day begins with: what waits from other days stands on today's page, nowhere else."""

from __future__ import annotations

import pytest
from django.test import Client as Browser

from tests.support import visits
from tests.support.cast import NOW, House
from unknot.clinic.models import Staff
from unknot.clinic.treat.actions import notes

pytestmark = pytest.mark.django_db
WAITING = "Notes to sign from other days"


def page(who: Staff, query: str = "") -> str:
    browser = Browser()
    browser.force_login(who.user)
    return browser.get(f"/today/{query}").content.decode()


@pytest.fixture
def done(linden: House) -> visits.Room:
    return visits.finished(linden)


def test_a_note_left_from_another_day_waits_on_today(done: visits.Room) -> None:
    found = page(done.house.ann)
    assert WAITING in found
    assert f"/visits/{done.visit.pk}/note/" in found


def test_it_waits_neither_on_other_days_nor_for_other_therapists(done: visits.Room) -> None:
    assert WAITING not in page(done.house.ann, "?day=2026-01-05")
    assert WAITING not in page(done.house.ben)


def test_a_signed_note_waits_no_longer(done: visits.Room) -> None:
    note = notes.write_note(visit=done.visit, by=done.ann, now=NOW)
    notes.sign_note(note=note, by=done.ann, now=NOW)
    assert WAITING not in page(done.house.ann)


def test_the_owner_reads_whose_note_waits(done: visits.Room) -> None:
    whose = f"· {done.house.ann.name}</span>"
    assert whose in page(done.house.owner)
    assert whose not in page(done.house.ann)


def test_the_front_desk_reads_of_no_note(done: visits.Room) -> None:
    assert WAITING not in page(done.house.desk)


def test_everybodys_day_offers_to_open_only_ones_own_clients(done: visits.Room) -> None:
    """Another's visit is listed, and nothing on it leads to a page that is not there."""
    appointment = done.visit.appointment
    query = f"?day={appointment.starts_at.date()}&who=all"
    link = f"/visits/{done.visit.pk}/"
    assert link in page(done.house.ann, query)
    others = page(done.house.ben, query)
    assert appointment.client.name in others
    assert link not in others
