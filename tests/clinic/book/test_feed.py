"""The calendar feed: a secret address, times and rooms, lines that real calendars accept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.clinic.book.calendar import at, screened, slot
from tests.support.cast import NOW, House, house
from unknot.clinic.book import actions
from unknot.clinic.book.feed import Event, write
from unknot.clinic.models import CalendarFeed

EVENT = Event(
    uid="1@unknot",
    starts_at=datetime(2026, 3, 9, 14, tzinfo=UTC),
    ends_at=datetime(2026, 3, 9, 15, tzinfo=UTC),
    summary="Booked",
    location="Linden House, Room 1",
    revision=2,
)


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_an_event_is_written_in_utc_with_its_revision() -> None:
    lines = unfolded(write("Unknot", [EVENT], now=NOW))
    assert "DTSTART:20260309T140000Z" in lines
    assert "DTEND:20260309T150000Z" in lines
    assert "SEQUENCE:2" in lines
    assert "LOCATION:Linden House\\, Room 1" in lines
    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")


@given(st.text(max_size=200))
def test_no_text_begins_a_line_of_its_own_and_no_line_is_too_long(text: str) -> None:
    feed = write(text, [Event(**{**vars(EVENT), "summary": text, "location": text})], now=NOW)
    pieces = feed.split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert "\n" not in feed.replace("\r\n", "")
    names = [line.split(":", 1)[0].split(";")[0] for line in unfolded(feed)[:-1]]
    assert names.count("SUMMARY") == names.count("LOCATION") == names.count("BEGIN") / 2 == 1
    assert len(names) == 19


@pytest.mark.django_db
def test_the_address_shows_when_and_where_and_nobodys_name() -> None:
    home = house()
    screened(home)
    visit = actions.book(
        episode=home.episode,
        slot=slot(home.ann, at(10)),
        minutes=60,
        by=home.actor(home.desk),
        now=NOW,
    )
    token = actions.make_feed(staff=home.ann, by=home.actor(home.ann), now=NOW)
    (event,) = actions.events_of(home.ann, NOW)
    assert (event.summary, event.starts_at, event.cancelled) == ("Booked", at(10), False)
    actions.cancel(appointment=visit, reason="ill", by=home.actor(home.desk), now=NOW)
    (event,) = actions.events_of(home.ann, NOW)
    assert (event.cancelled, event.revision) == (True, 1)
    answer = Browser().get(reverse("calendar_feed", args=[token]))
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    assert "Cora" not in answer.content.decode()


@pytest.mark.django_db
def test_a_new_address_ends_the_one_before_and_only_its_hash_is_kept() -> None:
    home: House = house()
    first, second = (
        actions.make_feed(staff=home.ann, by=home.actor(home.ann), now=NOW + timedelta(minutes=n))
        for n in range(2)
    )
    browser = Browser()
    assert browser.get(reverse("calendar_feed", args=[first])).status_code == 404
    assert browser.get(reverse("calendar_feed", args=[second])).status_code == 200
    assert browser.get(reverse("calendar_feed", args=["x" * 43])).status_code == 404
    assert not CalendarFeed.everything.filter(token_hash__in=[first, second]).exists()
    home.ann.active = False
    home.ann.save()
    assert browser.get(reverse("calendar_feed", args=[second])).status_code == 404


@pytest.mark.django_db
def test_the_page_shows_a_new_address_once() -> None:
    home = house()
    browser = Browser()
    browser.force_login(
        home.ann.user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    page = browser.post(reverse("calendar_feed_make")).content.decode()
    assert "/feeds/" in page
    assert ".ics" in page
