"""Booking a course; moving, cancelling and closing its visits."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.clinic.book.calendar import (
    MONDAY,
    agreed,
    at,
    book,
    ghosts,
    overlaps,
    slot,
    weekly,
)
from tests.support.cast import NOW, House
from unknot.clinic.book import actions
from unknot.clinic.book.occupy import TimeTaken
from unknot.clinic.book.permit import BookingRefused
from unknot.clinic.models import (
    Appointment,
    AuditRow,
    Series,
)

pytestmark = pytest.mark.django_db


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
