"""The pages of the calendar: what they show to whom, what they answer, what they cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from tests.clinic.book.calendar import MONDAY, agreed, at, screened, slot, weekly
from tests.support.cast import NOW, House, house
from unknot.clinic.book import actions
from unknot.clinic.book.forms import slot_value
from unknot.clinic.models import Alert, Appointment, OnceKey, PlanVersion, Series, Staff
from unknot.clinic.screen.gate import decision_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> House:
    made = house()
    screened(made)
    screened(made, made.other_episode)
    return made


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(NOW, tick=False) as frozen:
        yield frozen


def browser(who: object) -> Browser:
    """A browser in which this member of the cast is signed in."""
    made = Browser()
    made.force_login(
        who.user,  # type: ignore[attr-defined]
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return made


def book(home: House, hour: int = 10, *, other: bool = False, week: int = 0) -> Appointment:
    return actions.book(
        episode=home.other_episode if other else home.episode,
        slot=slot(home.ann, at(hour, day=MONDAY + timedelta(weeks=week))),
        minutes=60,
        by=home.actor(home.desk),
        now=NOW,
    )


def course(home: House) -> Series:
    return actions.book_series(
        episode=home.episode,
        plan=agreed(home),
        slots=weekly(home.ann, 4),
        by=home.actor(home.desk),
        now=NOW,
    )


def test_the_day_shows_a_therapist_their_own_visits(home: House) -> None:
    course(home)
    page = browser(home.ann).get("/today/?day=2026-03-09").content.decode()
    assert "Cora Linden" in page
    assert "Visit 1 of 4" in page
    assert "10:00 am" in page
    assert "Cora" not in browser(home.ben).get("/today/?day=2026-03-09").content.decode()
    everybody = browser(home.ben).get("/today/?day=2026-03-09&who=all").content.decode()
    assert "Cora Linden" in everybody


def test_an_old_emergency_stays_above_many_newer_alerts(home: House) -> None:
    for number in range(25):
        Alert.everything.create(
            episode=home.episode,
            rule_id="note",
            words="A note",
            raised_at=NOW,
            urgency="emergency_now" if number == 0 else "none",
        )
    Alert.everything.filter(urgency="emergency_now").update(
        raised_at=NOW - timedelta(days=2), words="Numb since yesterday"
    )
    page = browser(home.ann).get("/today/").content.decode()
    assert page.index("Numb since yesterday") < page.index("A note")


def test_another_practice_sees_nothing_of_it(home: House) -> None:
    visit = book(home)
    elsewhere = house("Alder")
    stranger = browser(elsewhere.owner)
    assert "Cora Linden" not in stranger.get("/today/?day=2026-03-09&who=all").content.decode()
    calendar = stranger.get(f"/calendar/?week=2026-03-09&who={home.ann.pk}").content.decode()
    assert "Cora Linden" not in calendar
    for name in ("book_move", "book_cancel"):
        assert stranger.get(reverse(name, args=[visit.pk])).status_code == 404
        assert stranger.post(reverse(name, args=[visit.pk])).status_code == 404
    assert stranger.get(reverse("book_series", args=[home.episode.pk])).status_code == 404


def test_the_week_lists_visits_by_day_with_their_place_on_the_scale(home: House) -> None:
    course(home)
    page = browser(home.ann).get("/calendar/?week=2026-03-11").content.decode()
    assert "Week of 9 March" in page
    assert 'class="week__block from-9 for-4"' in page  # ten o'clock, two hours after eight
    rooms = browser(home.desk).get("/calendar/?week=2026-03-09&by=room").content.decode()
    assert "Room 1, Linden House" in rooms


@pytest.mark.parametrize(
    "query", ["week=x&who=x&by=x", "week=9999-99-99", "who=", "day=0001-01-01"]
)
def test_a_damaged_address_shows_the_present(home: House, query: str) -> None:
    for path in ("/calendar/", "/today/"):
        assert browser(home.desk).get(f"{path}?{query}").status_code == 200


def test_without_an_agreed_plan_one_visit_is_offered(home: House) -> None:
    page = browser(home.desk).get(reverse("book_series", args=[home.episode.pk])).content.decode()
    assert "There is no agreed plan yet" in page
    assert "How long" in page


def test_the_whole_course_is_one_preview_and_one_tap(home: House) -> None:
    agreed(home)
    cora = browser(home.cora)
    page = cora.get(reverse("book_series", args=[home.episode.pk]) + "?from=2026-03-09")
    assert "Four visits of 60 minutes, once a week." in page.content.decode()
    first = f"?at=2026-03-09T14:00:00Z&with={home.ann.pk}"
    preview = cora.get(reverse("book_course", args=[home.episode.pk]) + first).content.decode()
    assert "Same weekday, same time and same therapist throughout." in preview
    assert preview.count('name="slot"') == 4
    sent = {"slot": [slot_value(each) for each in weekly(home.ann, 4)], "once": "a"}
    answer = cora.post(reverse("book_course", args=[home.episode.pk]) + first, sent)
    assert (answer.status_code, answer["Location"]) == (
        302,
        reverse("book_series", args=[home.episode.pk]),
    )
    assert Appointment.everything.filter(state="booked").count() == 4
    after = cora.get(answer["Location"]).content.decode()
    assert "Every visit of the plan is booked or over." in after


def test_after_part_of_a_course_is_cancelled_the_rest_can_be_booked(home: House) -> None:
    last = course(home).appointments.get(number=3)
    actions.cancel_rest(appointment=last, reason="away", by=home.actor(home.desk), now=NOW)
    desk = browser(home.desk)
    page = desk.get(reverse("book_series", args=[home.episode.pk])).content.decode()
    assert "Rest of the course, two visits" in page
    first = f"?at=2026-03-25T14:00:00Z&with={home.ann.pk}"
    preview = desk.get(reverse("book_course", args=[home.episode.pk]) + first).content.decode()
    assert 'value="3|2026-03-25T14:00:00Z' in preview
    assert preview.count(">Review<") == 2  # the one after the second visit, and the last


def test_a_preview_says_what_had_to_give(home: House) -> None:
    agreed(home)
    book(home, 10, other=True, week=1)
    first = f"?at=2026-03-09T14:00:00Z&with={home.ann.pk}"
    preview = browser(home.desk).get(reverse("book_course", args=[home.episode.pk]) + first)
    words = preview.content.decode()
    assert "One visit differs from the first" in words
    assert "instead of 10:00 am" in words


def test_a_time_taken_meanwhile_is_answered_with_what_is_still_open(home: House) -> None:
    agreed(home)
    book(home, 10, other=True)
    desk = browser(home.desk)
    one = {"slot": slot_value(slot(home.ann, at(10))), "minutes": "60"}
    answer = desk.post(reverse("book_one", args=[home.episode.pk]), one)
    assert answer.status_code == 409
    assert "just taken" in answer.content.decode()
    sent = {"slot": [slot_value(each) for each in weekly(home.ann, 4)]}
    first = f"?at=2026-03-09T14:00:00Z&with={home.ann.pk}"
    for query in (first, ""):
        answer = desk.post(reverse("book_course", args=[home.episode.pk]) + query, sent)
        assert answer.status_code == 409
        assert "just taken" in answer.content.decode()
    assert Appointment.everything.count() == 1


def test_why_booking_is_refused_stands_on_the_page(home: House) -> None:
    agreed(home)
    screened(home, blocks=True)
    desk = browser(home.desk)
    page = desk.get(reverse("book_series", args=[home.episode.pk]))
    assert "This cannot be booked now." in page.content.decode()
    assert 'class="time"' not in page.content.decode()
    sent = {"slot": [slot_value(each) for each in weekly(home.ann, 4)]}
    assert desk.post(reverse("book_course", args=[home.episode.pk]), sent).status_code == 422
    assert not Appointment.everything.exists()


@pytest.mark.parametrize(
    "value",
    [
        "",
        "x",
        "1|2026-03-09|x|0",
        "1|2026-03-09T14:00:00Z|x|0",
        "1|9999-03-09T14:00:00Z|x|0",
        "²|x|x|x",
    ],
)
def test_a_damaged_form_books_nothing(home: House, value: str) -> None:
    answer = browser(home.desk).post(
        reverse("book_one", args=[home.episode.pk]), {"slot": value, "minutes": "60"}
    )
    assert answer.status_code == 422
    assert "Choose" in answer.content.decode()


def test_a_double_tap_books_once_and_answers_the_same(home: House) -> None:
    desk = browser(home.desk)
    sent = {"slot": slot_value(slot(home.ann, at(10))), "minutes": "60", "once": "key"}
    answers = [desk.post(reverse("book_one", args=[home.episode.pk]), sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Appointment.everything.count() == 1
    other = {**sent, "slot": slot_value(slot(home.ann, at(14)))}
    assert desk.post(reverse("book_one", args=[home.episode.pk]), other).status_code == 422
    assert Appointment.everything.count() == 1


def test_the_confirmation_says_when_and_with_whom(home: House) -> None:
    sent = {"slot": slot_value(slot(home.ann, at(10))), "minutes": "60"}
    here = reverse("book_one", args=[home.episode.pk])
    page = browser(home.cora).post(here, sent, follow=True).content.decode()
    made = Appointment.everything.get()
    when = f"{made.wall_start:%A} {made.wall_start.day} {made.wall_start:%B}, 10:00 am"
    assert f"The visit is booked: {when}, with {made.staff.name}." in page


def test_a_refused_form_can_be_sent_again_with_the_same_token(home: House) -> None:
    book(home, 10, other=True)
    desk = browser(home.desk)
    sent = {"slot": slot_value(slot(home.ann, at(10))), "minutes": "60", "once": "key"}
    assert desk.post(reverse("book_one", args=[home.episode.pk]), sent).status_code == 409
    assert not OnceKey.everything.exists()
    sent["slot"] = slot_value(slot(home.ann, at(14)))
    assert desk.post(reverse("book_one", args=[home.episode.pk]), sent).status_code == 302


def test_a_visit_moves_and_its_rest_with_it(home: House) -> None:
    first = course(home).appointments.get(number=1)
    desk, here = browser(home.desk), reverse("book_move", args=[first.pk])
    assert "Move this visit" in desk.get(here).content.decode()
    new = f"?at=2026-03-10T15:00:00Z&with={home.ann.pk}"
    one = desk.get(f"{here}{new}&scope=one").content.decode()
    assert one.count('name="slot"') == 1
    rest = desk.get(f"{here}{new}&scope=rest").content.decode()
    assert rest.count('name="slot"') == 4
    sent = [
        slot_value(slot(home.ann, at(11, day=MONDAY + timedelta(days=1, weeks=n)), n + 1))
        for n in range(4)
    ]
    assert desk.post(here, {"slot": sent, "scope": "rest"}).status_code == 302
    days = {visit.wall_start.weekday() for visit in Appointment.everything.all()}
    assert days == {1}


def test_cancelling_asks_why(home: House) -> None:
    visit = course(home).appointments.get(number=2)
    cora, here = browser(home.cora), reverse("book_cancel", args=[visit.pk])
    assert "This visit and the rest, three visits" in cora.get(here).content.decode()
    assert cora.post(here, {"scope": "one"}).status_code == 422
    assert cora.post(here, {"scope": "rest", "reason": "The client is ill"}).status_code == 302
    assert Appointment.everything.filter(state="cancelled").count() == 3
    assert cora.post(here, {"scope": "one", "reason": "again"}).status_code == 409


def test_the_desk_closes_a_visit_once(home: House, clock: time_machine.Traveller) -> None:
    visit = book(home)
    clock.move_to(at(12))
    desk = browser(home.desk)
    assert desk.post(reverse("book_no_show", args=[visit.pk])).status_code == 302
    assert desk.post(reverse("book_complete", args=[visit.pk])).status_code == 409
    page = desk.get("/today/").content.decode()
    assert "Did not come" in page


@pytest.mark.parametrize(
    "path", ["/today/?day=2026-03-09&who=all", "/calendar/?week=2026-03-09&who=all"]
)
def test_a_list_costs_the_same_queries_however_long_it_is(
    home: House, path: str, django_assert_max_num_queries: object
) -> None:
    book(home, 9)
    desk = browser(home.desk)
    desk.get(path)
    with django_assert_max_num_queries(14) as few:  # type: ignore[operator]
        desk.get(path)
    for hour in (11, 13, 15):
        book(home, hour, other=True)
    with django_assert_max_num_queries(len(few)) as many:  # type: ignore[operator]
        assert desk.get(path).status_code == 200
    assert len(many) == len(few)


def test_the_page_of_open_times_costs_the_same_queries_however_full(
    home: House, django_assert_max_num_queries: object
) -> None:
    agreed(home)
    desk, here = browser(home.desk), reverse("book_series", args=[home.episode.pk])
    desk.get(here)
    with django_assert_max_num_queries(30) as few:  # type: ignore[operator]
        desk.get(here)
    for hour in (9, 11, 13, 15):
        book(home, hour, other=True)
    with django_assert_max_num_queries(len(few)):  # type: ignore[operator]
        desk.get(here)


def test_a_plan_of_another_length_of_gap_is_said_in_words(home: House) -> None:
    plan = agreed(home, visits=8, per_week=2)
    assert plan.state == PlanVersion.State.AGREED
    page = browser(home.desk).get(reverse("book_series", args=[home.episode.pk])).content.decode()
    assert "Eight visits of 60 minutes, twice a week." in page


def test_when_no_therapist_fits_the_plan_the_page_says_so(home: House) -> None:
    agreed(home, skills=["lymphatic"])
    page = browser(home.desk).get(reverse("book_series", args=[home.episode.pk])).content.decode()
    assert "No therapist here has the licence and training this plan needs." in page
    Staff.everything.filter(pk=home.ben.pk).update(skills=["lymphatic"])
    page = browser(home.desk).get(reverse("book_series", args=[home.episode.pk])).content.decode()
    assert "Ben Linden" in page
    assert "Ann Linden" not in page


def test_who_may_not_read_the_safety_check_does_not_hear_what_it_found(home: House) -> None:
    found = decision_of(screened(home, blocks=True)).headline
    address = f"/episodes/{home.episode.pk}/book/"
    form = {"slot": f"1|2026-03-10T15:00:00Z|{home.ann.pk}|0"}
    for who in (home.desk, home.ben):
        asker = browser(who)
        for answer in (asker.get(address), asker.post(f"{address}one/", form)):
            page = answer.content.decode()
            assert "The safety check does not allow a booking now" in page
            assert found not in page
            assert f"/episodes/{home.episode.pk}/screen/" not in page
    assert found in browser(home.ann).get(address).content.decode()


def test_a_nul_in_the_reason_is_left_out(home: House) -> None:
    visit = book(home)
    answer = browser(home.desk).post(f"/appointments/{visit.pk}/cancel/", {"reason": "I\0ll"})
    assert answer.status_code == 302
    assert Appointment.everything.get(pk=visit.pk).cancel_reason == "Ill"
