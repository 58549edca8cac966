"""Who may book, whom, and when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.clinic.book.calendar import (
    MONDAY,
    at,
    book,
    slot,
)
from tests.support.cast import NOW, House, house
from unknot.clinic.access import Refused
from unknot.clinic.book import actions
from unknot.clinic.book.occupy import TimeTaken
from unknot.clinic.book.permit import BookingRefused
from unknot.clinic.models import (
    Appointment,
    CareTeam,
    Consent,
    TimeOff,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["cora", "desk", "ann", "owner"])
def test_who_may_book(home: House, role: str) -> None:
    visit = actions.book(
        episode=home.episode,
        slot=slot(home.ann, at(10)),
        minutes=60,
        by=home.actor(getattr(home, role)),
        now=NOW,
    )
    assert visit.state == Appointment.State.BOOKED


def test_another_client_and_another_practice_may_not_book_move_or_cancel(home: House) -> None:
    elsewhere = house("Alder")
    visit = book(home)
    for stranger in (home.actor(home.dan), elsewhere.actor(elsewhere.owner)):
        with pytest.raises(Refused):
            actions.book(
                episode=home.episode, slot=slot(home.ann, at(14)), minutes=60, by=stranger, now=NOW
            )
        with pytest.raises(Refused):
            actions.move(appointment=visit, slot=slot(home.ann, at(14)), by=stranger, now=NOW)
        with pytest.raises(Refused):
            actions.cancel(appointment=visit, reason="no", by=stranger, now=NOW)
    with pytest.raises(Refused):
        actions.mark_no_show(appointment=visit, by=home.actor(home.cora), now=at(12))


def test_a_therapist_of_another_practice_cannot_be_booked(home: House) -> None:
    elsewhere = house("Alder")
    with pytest.raises(BookingRefused, match="therapist"):
        book(home, who=elsewhere.ann)


def test_booking_makes_the_therapist_part_of_the_care_team(home: House) -> None:
    book(home, who=home.ben, other=True)
    assert CareTeam.everything.filter(client=home.dan, staff=home.ben).exists()
    home.other_episode.refresh_from_db()
    assert home.other_episode.therapist == home.ben


def test_a_therapist_cannot_book_themselves_into_somebody_else_s_record(home: House) -> None:
    visit, ben = book(home), home.actor(home.ben)
    mine = slot(home.ben, at(14))
    with pytest.raises(BookingRefused, match="therapist"):
        actions.book(episode=home.episode, slot=mine, minutes=60, by=ben, now=NOW)
    with pytest.raises(BookingRefused, match="therapist"):
        actions.move(appointment=visit, slot=mine, by=ben, now=NOW)
    assert not CareTeam.everything.filter(client=home.cora, staff=home.ben).exists()
    moved = actions.move(appointment=visit, slot=mine, by=home.actor(home.ann), now=NOW)
    assert moved.staff == home.ben


def refused(home: House, kind: str) -> None:
    with pytest.raises(BookingRefused) as raised:
        book(home)
    assert [obstacle.kind for obstacle in raised.value.obstacles] == [kind]
    assert not Appointment.everything.exists()


def test_an_expired_licence_is_refused_and_its_last_day_is_not(home: House) -> None:
    home.ann.licence_valid_until = MONDAY
    home.ann.save()
    book(home)
    Appointment.everything.all().delete()
    home.ann.licence_valid_until = MONDAY - timedelta(days=1)
    home.ann.save()
    refused(home, "therapist")


def test_who_no_longer_treats_is_refused(home: House) -> None:
    home.ann.treats = False
    home.ann.save()
    refused(home, "therapist")


def test_outside_the_hours_nobody_is_booked(home: House) -> None:
    with pytest.raises(BookingRefused, match="hours"):
        book(home, 16)  # would end at five, but the turnover would not
    TimeOff.everything.create(staff=home.ann, starts_at=at(9), ends_at=at(12))
    refused(home, "hours")


def test_a_minor_is_booked_only_with_a_guardians_consent(home: House) -> None:
    home.cora.born_on = date(2009, 3, 9)
    home.cora.save()
    refused(home, "consent")
    consent = Consent.everything.create(
        client=home.cora,
        kind=Consent.Kind.MINOR,
        text_version="1",
        text="I agree.",
        signed_name="A guardian",
        signed_at=NOW,
        expires_on=NOW.date() - timedelta(days=1),
    )
    refused(home, "consent")
    consent.expires_on = None
    consent.save()
    book(home)


def test_a_closed_episode_and_a_past_time_are_refused(home: House) -> None:
    with pytest.raises(BookingRefused, match="notice"):
        actions.book(
            episode=home.episode,
            slot=slot(home.ann, at(10)),
            minutes=60,
            by=home.actor(home.desk),
            now=at(10, 1),
        )
    home.episode.state = "discharged"
    home.episode.save()
    refused(home, "closed")


def test_a_client_keeps_the_notice_and_the_desk_need_not(home: House) -> None:
    home.practice.notice_hours = 24
    home.practice.save()
    late = {"episode": home.episode, "slot": slot(home.ann, at(10)), "minutes": 60, "now": at(9)}
    with pytest.raises(BookingRefused, match="notice"):
        actions.book(**late, by=home.actor(home.cora))
    actions.book(**late, by=home.actor(home.desk))


def test_the_daily_limit_of_hands_on_minutes_is_kept(home: House) -> None:
    home.ann.hands_on_minutes_per_day = 119
    home.ann.save()
    book(home)
    with pytest.raises(TimeTaken):
        book(home, 14, other=True)
