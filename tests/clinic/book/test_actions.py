"""Booking, moving, cancelling: by the right person, all or nothing, and never twice."""

from __future__ import annotations

from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.db import IntegrityError

from tests.clinic.book.calendar import (
    MONDAY,
    agreed,
    at,
    ghosts,
    overlaps,
    screened,
    slot,
    weekly,
)
from tests.support.cast import NOW, House, house
from unknot.clinic.access import Refused
from unknot.clinic.audit import ActionNotAudited
from unknot.clinic.book import actions
from unknot.clinic.book.occupy import TimeTaken
from unknot.clinic.book.permit import BookingRefused
from unknot.clinic.models import (
    Appointment,
    AuditRow,
    CareTeam,
    Consent,
    Occupancy,
    Series,
    TimeOff,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> House:
    made = house()
    screened(made)
    screened(made, made.other_episode)
    return made


def book(
    home: House, hour: int = 10, minute: int = 0, *, who: object = None, other: bool = False
) -> Appointment:
    staff = who or home.ann
    return actions.book(
        episode=home.other_episode if other else home.episode,
        slot=slot(staff, at(hour, minute)),  # type: ignore[arg-type]
        minutes=60,
        by=home.actor(home.desk),
        now=NOW,
    )


def test_a_booked_visit_holds_therapist_room_and_client_until_the_turnover_is_over(
    home: House,
) -> None:
    visit = book(home)
    held = Occupancy.everything.filter(appointment=visit)
    assert set(held.values_list("resource_id", flat=True)) == {
        home.ann.pk,
        visit.room_id,
        home.cora.pk,
    }
    assert {row.ends_at - row.starts_at for row in held} == {timedelta(minutes=70)}
    assert (visit.wall_start.hour, visit.zone) == (10, "America/New_York")


def test_the_trail_names_the_visit_in_the_same_transaction(home: House) -> None:
    visit = book(home)
    row = AuditRow.everything.filter(action="book.appointment").get()
    assert row.object_id == str(visit.pk)
    assert row.client_id == home.cora.pk
    with (
        patch.object(actions.visits, "record"),
        pytest.raises(ActionNotAudited),
    ):
        book(home, 14)
    assert Appointment.everything.count() == 1


def test_a_taken_therapist_is_refused_and_nothing_is_left_behind(home: House) -> None:
    book(home)
    before = AuditRow.everything.count()
    for hour, minute in ((10, 0), (9, 30), (11, 0), (11, 5)):
        with pytest.raises(TimeTaken):
            book(home, hour, minute, other=True)
    assert Appointment.everything.count() == 1
    assert AuditRow.everything.count() == before
    book(home, 11, 10, other=True)
    assert overlaps() == ghosts() == []


def test_one_client_cannot_be_in_two_rooms(home: House) -> None:
    book(home)
    with pytest.raises(TimeTaken):
        book(home, 10, who=home.ben)


def test_when_every_room_is_taken_a_free_therapist_does_not_help(home: House) -> None:
    home.rooms[1].delete()
    book(home)
    with pytest.raises(TimeTaken):
        book(home, 10, who=home.ben, other=True)


def test_the_database_refuses_what_the_look_before_did_not_see(home: House) -> None:
    """The look is switched off: only the constraint is left, and it holds."""
    first = book(home)
    with (
        patch.object(actions.visits, "_room", return_value=first.room_id),
        pytest.raises(TimeTaken),
    ):
        book(home, 10, 30, other=True)
    assert Appointment.everything.count() == 1


def test_an_occupancy_longer_than_a_day_is_refused_by_the_database(home: House) -> None:
    visit = book(home)
    with pytest.raises(IntegrityError):
        Occupancy.everything.create(
            kind="room",
            resource_id=home.rooms[1].pk,
            starts_at=at(12),
            ends_at=at(13) + timedelta(days=1),
            appointment=visit,
        )


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


def test_a_whole_course_is_booked_in_one_step(home: House) -> None:
    plan = agreed(home)
    series = actions.book_series(
        episode=home.episode,
        plan=plan,
        slots=weekly(home.ann, 4),
        by=home.actor(home.cora),
        now=NOW,
    )
    visits = list(series.appointments.order_by("number"))
    assert [visit.number for visit in visits] == [1, 2, 3, 4]
    assert [visit.is_review for visit in visits] == [False, True, False, True]
    assert {visit.wall_start.hour for visit in visits} == {10}
    assert overlaps() == ghosts() == []
    assert AuditRow.everything.filter(action="book.series").count() == 5


def test_a_course_with_one_taken_time_books_nothing(home: House) -> None:
    actions.book(
        episode=home.other_episode,
        slot=slot(home.ann, at(10, day=MONDAY + timedelta(weeks=2))),
        minutes=60,
        by=home.actor(home.desk),
        now=NOW,
    )
    with pytest.raises(TimeTaken):
        actions.book_series(
            episode=home.episode,
            plan=agreed(home),
            slots=weekly(home.ann, 4),
            by=home.actor(home.desk),
            now=NOW,
        )
    assert Appointment.everything.count() == 1
    assert not Series.everything.exists()


def test_a_course_needs_an_agreed_plan_of_this_episode(home: House) -> None:
    plan = agreed(home)
    for wrong in (plan, agreed(home, home.other_episode)):
        plan.state = "replaced"
        plan.save()
        with pytest.raises(BookingRefused, match="plan"):
            actions.book_series(
                episode=home.episode,
                plan=wrong,
                slots=weekly(home.ann, 4),
                by=home.actor(home.desk),
                now=NOW,
            )


def test_a_course_that_needs_training_is_refused_to_who_lacks_it(home: House) -> None:
    plan = agreed(home, skills=["prenatal"])
    slots = weekly(home.ann, 4)
    with pytest.raises(BookingRefused, match="therapist"):
        actions.book_series(
            episode=home.episode, plan=plan, slots=slots, by=home.actor(home.desk), now=NOW
        )
    home.ann.skills = ["prenatal"]
    home.ann.save()
    actions.book_series(
        episode=home.episode, plan=plan, slots=slots, by=home.actor(home.desk), now=NOW
    )


@pytest.fixture
def course(home: House) -> list[Appointment]:
    series = actions.book_series(
        episode=home.episode,
        plan=agreed(home),
        slots=weekly(home.ann, 4),
        by=home.actor(home.desk),
        now=NOW,
    )
    return list(series.appointments.order_by("number"))


def test_one_visit_moves_and_the_others_stay(home: House, course: list[Appointment]) -> None:
    moved = actions.move(
        appointment=course[1], slot=slot(home.ann, at(14)), by=home.actor(home.desk), now=NOW
    )
    assert (moved.starts_at, moved.number, moved.revision) == (at(14), 2, 1)
    assert moved.is_review
    assert Appointment.everything.get(pk=course[2].pk).starts_at == course[2].starts_at
    assert overlaps() == ghosts() == []
    book(home, 10, other=True, who=home.ben)


def test_a_visit_may_move_into_its_own_old_time(home: House, course: list[Appointment]) -> None:
    moved = actions.move(
        appointment=course[0], slot=slot(home.ann, at(10, 30)), by=home.actor(home.desk), now=NOW
    )
    assert moved.starts_at == at(10, 30)
    assert overlaps() == ghosts() == []


def test_the_rest_moves_by_a_week_through_its_own_old_times(
    home: House, course: list[Appointment]
) -> None:
    """Each visit takes the time of the next one; the database sees no overlap on the way."""
    later = {
        visit.number: slot(home.ann, visit.starts_at + timedelta(weeks=1), visit.number)
        for visit in course[1:]
    }
    moved = actions.move_rest(
        appointment=course[1], slots=later, by=home.actor(home.desk), now=NOW
    )
    assert len(moved) == 3
    assert Appointment.everything.get(pk=course[0].pk).starts_at == course[0].starts_at
    assert overlaps() == ghosts() == []


def test_a_taken_time_leaves_a_moved_visit_where_it_was(
    home: House, course: list[Appointment]
) -> None:
    book(home, 14, other=True)
    with pytest.raises(TimeTaken):
        actions.move(
            appointment=course[0], slot=slot(home.ann, at(14)), by=home.actor(home.desk), now=NOW
        )
    assert Appointment.everything.get(pk=course[0].pk).starts_at == at(10)
    assert overlaps() == ghosts() == []


def test_a_cancelled_visit_gives_its_time_back_and_leaves_the_others(
    home: House, course: list[Appointment]
) -> None:
    gone = actions.cancel(
        appointment=course[0], reason="The client is ill", by=home.actor(home.cora), now=NOW
    )
    assert (gone.state, gone.cancel_reason, gone.cancelled_at) == (
        "cancelled",
        "The client is ill",
        NOW,
    )
    assert Appointment.everything.filter(state="booked").count() == 3
    book(home, 10, other=True)
    assert overlaps() == ghosts() == []


def test_the_rest_of_a_series_is_cancelled_from_here_on(
    home: House, course: list[Appointment]
) -> None:
    gone = actions.cancel_rest(
        appointment=course[2], reason="The client asked", by=home.actor(home.desk), now=NOW
    )
    assert {visit.number for visit in gone} == {3, 4}
    assert ghosts() == []


def test_what_is_no_longer_booked_cannot_be_moved_cancelled_or_closed(
    home: House, course: list[Appointment]
) -> None:
    desk = home.actor(home.desk)
    actions.cancel(appointment=course[0], reason="ill", by=desk, now=NOW)
    stale = course[0]
    with pytest.raises(actions.NotBooked):
        actions.move(appointment=stale, slot=slot(home.ann, at(14)), by=desk, now=NOW)
    with pytest.raises(actions.NotBooked):
        actions.cancel(appointment=stale, reason="ill", by=desk, now=NOW)
    with pytest.raises(actions.NotBooked):
        actions.complete(appointment=stale, by=desk, now=at(12))
    with pytest.raises(actions.NotBooked):
        actions.move_rest(appointment=course[1], slots={}, by=desk, now=NOW)


def test_a_visit_is_closed_only_once_it_should_have_begun(home: House) -> None:
    visit = book(home)
    desk = home.actor(home.desk)
    for close in (actions.mark_no_show, actions.complete):
        with pytest.raises(actions.NotBooked):
            close(appointment=visit, by=desk, now=at(9, 59))
    assert actions.mark_no_show(appointment=visit, by=desk, now=at(10)).state == "no_show"
    other = book(home, 14)
    assert actions.complete(appointment=other, by=desk, now=at(15)).state == "done"
    assert ghosts() == []


def test_a_course_has_no_more_visits_than_the_plan_the_client_agreed_to(home: House) -> None:
    plan, by = agreed(home), home.actor(home.cora)

    def take(slots: list[actions.Slot]) -> Series:
        return actions.book_series(episode=home.episode, plan=plan, slots=slots, by=by, now=NOW)

    with pytest.raises(BookingRefused, match="plan"):
        take(weekly(home.ann, 5))
    take(weekly(home.ann, 4))
    with pytest.raises(BookingRefused, match="plan"):
        take(weekly(home.ann, 4, hour=14))


def test_a_visit_of_a_course_moves_only_to_somebody_with_the_training(home: House) -> None:
    home.ann.skills = ["prenatal"]
    home.ann.save()
    desk = home.actor(home.desk)
    series = actions.book_series(
        episode=home.episode,
        plan=agreed(home, skills=["prenatal"]),
        slots=weekly(home.ann, 4),
        by=desk,
        now=NOW,
    )
    visit = series.appointments.order_by("number")[0]
    with pytest.raises(BookingRefused, match="therapist"):
        actions.move(appointment=visit, slot=slot(home.ben, at(14)), by=desk, now=NOW)
    assert actions.move(appointment=visit, slot=slot(home.ann, at(14)), by=desk, now=NOW)


def test_a_client_does_not_undo_a_visit_whose_time_has_come(home: House) -> None:
    visit, cora = book(home), home.actor(home.cora)
    later = slot(home.ann, at(14, day=MONDAY + timedelta(weeks=1)))
    with pytest.raises(actions.NotBooked):
        actions.move(appointment=visit, slot=later, by=cora, now=at(10))
    with pytest.raises(actions.NotBooked):
        actions.cancel(appointment=visit, reason="late", by=cora, now=at(10))
    assert actions.cancel(appointment=visit, reason="late", by=home.actor(home.desk), now=at(10))
