"""The demo clinic: the same every time, believable, and never beside a real practice."""

from collections import Counter
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from unknot.clinic.access.policy import relation
from unknot.clinic.audit import verify
from unknot.clinic.demo import load as demo
from unknot.clinic.models import (
    Addendum,
    Appointment,
    AskLink,
    Assessment,
    AuditRow,
    CheckIn,
    Client,
    DialEvent,
    Episode,
    Intake,
    Note,
    Occupancy,
    PlanVersion,
    Practice,
    Preferences,
    Screening,
    Staff,
    TreatmentEntry,
    User,
    Visit,
    WorkingHours,
)
from unknot.clinic.treat import gather
from unknot.clinic.treat.note import seals
from unknot.reasoning.case import Case
from unknot.reasoning.interview import without_closed
from unknot.reasoning.treat import note as writer

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def ledger():
    """The demo, not stored."""
    return demo.lay_out(TODAY, demo.SEED).ledger


@pytest.fixture(scope="module")
def rows(ledger):
    """Every row of it."""
    return ledger.rows


def episode_of(rows, name):
    return next(row for row in rows[Episode] if row.client.name == name)


def of(rows, model, episode):
    return [row for row in rows[model] if row.episode is episode]


@pytest.mark.django_db
def test_it_loads_a_whole_clinic_with_an_unbroken_trail_in_order_of_time():
    made = demo.load(TODAY)
    assert Client.everything.count() == made.clients == 120
    roles = Counter(Staff.everything.values_list("role", flat=True))
    assert roles == {"therapist": 6, "front_desk": 1, "owner": 1}
    assert Practice.everything.get().is_demo
    assert Practice.everything.get().locations.count() == 2
    assert Visit.everything.count() == made.visits > 500
    assert CheckIn.everything.count() == made.check_ins > 2000
    for _, email in made.logins:
        assert User.objects.get(email=email).check_password(made.password)
    assert verify().broken_at is None
    _notes_are_sealed()
    _stops_are_seen_slips_taken_back_and_findings_noted()
    times = list(AuditRow.everything.order_by("seq").values_list("at", flat=True))
    assert len(times) > 5000
    assert times == sorted(times)


def _notes_are_sealed():
    """As the session room seals them."""
    signed = Note.everything.filter(state="signed")
    written = Note.everything.order_by("id")[10]
    as_in_the_room = asdict(writer.write(gather.visit_record(written.visit)))
    for part in ("subjective", "objective", "assessment"):
        assert written.content["parts"][part] == as_in_the_room[part]
    assert signed.count() > 400
    assert Note.everything.filter(state="draft").exists()
    some = list(signed.order_by("id")[::40]) + [one.note for one in Addendum.everything.all()]
    assert [seals.check_seal(note).broken for note in some if seals.check_seal(note).broken] == []
    added = [seal for note in some for _, seal in seals.check_addenda(note)]
    assert added
    assert not [one.broken for one in added if one.broken]


def _stops_are_seen_slips_taken_back_and_findings_noted():
    stops = DialEvent.everything.filter(kind="stop")
    assert stops.filter(remarks__kind="seen").exists()
    assert stops.filter(remarks__kind="back").exists()
    back = DialEvent.everything.filter(kind="back").values("about__visit")
    slipped = Note.everything.filter(visit__in=back, state="signed").first()
    assert slipped is not None
    assert "stop" not in slipped.content["parts"]["objective"].lower()
    examined = Note.everything.filter(visit__assessment__isnull=False, state="signed")
    assert any("at the start" in one.content["parts"]["objective"] for one in examined)
    assert not any(seals.check_seal(one).broken for one in [slipped, *examined[:5]])


@pytest.mark.django_db
def test_it_refuses_to_load_beside_a_practice():
    Practice.everything.create(name="A real one", created_at=NOON)
    with pytest.raises(demo.DemoRefused, match="already"):
        demo.load(TODAY)
    assert not Client.everything.exists()


def test_nobody_can_be_reached_by_mail(rows):
    assert all(user.email.endswith("@example.invalid") for user in rows[User])
    assert all(client.email.endswith("@example.invalid") for client in rows[Client])


def test_no_therapist_room_or_client_is_held_twice(rows):
    held = sorted(
        (str(row.resource_id), row.starts_at, row.ends_at) for row in rows[Occupancy] if row.active
    )
    assert not [one for one, other in pairwise(held) if one[0] == other[0] and other[1] < one[2]]


def test_visits_take_place_in_working_hours(rows):
    hours = {(row.staff_id, row.weekday) for row in rows[WorkingHours]}
    assert all((row.staff_id, row.wall_start.weekday()) in hours for row in rows[Appointment])


def test_nothing_that_happened_lies_in_the_future(rows):
    assert all(row.finished_at < NOON for row in rows[Visit])
    assert all(row.at < NOON for row in rows[CheckIn])


def test_its_trail_names_actions_the_policy_knows_done_by_somebody_who_may(ledger):
    trail = ledger.trail
    assert {action for _, _, by, action, _, _ in trail if relation(by, action) is None} == set()
    assert [line[3] for line in trail if line[0] > NOON] == []


def test_somebody_with_an_emergency_has_no_appointment(rows):
    assert not of(rows, Appointment, episode_of(rows, "Tamsin Lanternwell"))


def test_three_people_have_a_week_of_scores_and_no_visit(rows):
    for name in ("Silas Pebblebank", "Petra Mossgate", "Viola Kettlestead"):
        episode = episode_of(rows, name)
        assert len(of(rows, CheckIn, episode)) == 7
        assert not of(rows, Appointment, episode)


def screening_of(rows, name):
    return of(rows, Screening, episode_of(rows, name))


def test_the_screenings_are_those_the_rules_give(rows):
    emergency = screening_of(rows, "Tamsin Lanternwell")[-1]
    assert (emergency.urgency, emergency.blocks_booking) == ("emergency_now", True)
    first, second = screening_of(rows, "Wren Paperwick")
    assert first.blocks_booking
    assert not second.blocks_booking
    assert screening_of(rows, "Ulric Thimblegate")[-1].blocks_booking
    assert screening_of(rows, "Una Honeymere")[-1].disposition == "adapt"
    assert screening_of(rows, "Oswin Barleyridge")[-1].disposition == "proceed"
    assert not [row for row in rows[Screening] if row.result["missing"]]
    assert sum(row.disposition == "adapt" for row in rows[Screening]) >= 10


def test_nobody_is_booked_against_a_screening_or_without_an_agreed_plan(rows):
    planned = {row.episode.pk: row for row in rows[PlanVersion]}
    for appointment in rows[Appointment]:
        assert not planned[appointment.episode.pk].screening.blocks_booking
        assert appointment.starts_at > planned[appointment.episode.pk].agreed_at


def test_no_entry_goes_past_the_pressure_ceiling(rows):
    for entry in rows[TreatmentEntry]:
        assert entry.pressure <= entry.visit.screening.pressure_ceiling
        assert entry.recorded_at <= entry.visit.finished_at


def test_the_man_of_51_has_ten_weekly_hours_with_reviews(rows):
    episode = episode_of(rows, "Oswin Barleyridge")
    plan = of(rows, PlanVersion, episode)[0]
    assert plan.content["dose"]["says"] == "60 minutes, once a week, for 10 weeks"
    visits = of(rows, Appointment, episode)
    assert [one.number for one in visits if one.is_review] == plan.content["review_weeks"]
    assert len(visits) == 10


def test_the_stories_it_promises_are_there(rows):
    states = Counter(row.state for row in rows[Appointment])
    assert states["no_show"] >= 1
    assert states["cancelled"] >= 5
    assert episode_of(rows, "Odelia Frosthurst").state == "referred"


def test_the_same_seed_and_day_give_the_same_clinic(ledger):
    again = demo.lay_out(TODAY, demo.SEED).ledger
    assert _told(ledger) == _told(again)
    assert _told(ledger) != _told(demo.lay_out(TODAY, 4).ledger)


def _told(one):
    return [
        (model.__name__, row.pk, getattr(row, "name", ""), getattr(row, "pain", None))
        for model, found in one.rows.items()
        for row in found
    ]


@pytest.mark.parametrize("days", [1, 2, 5, 6])
def test_every_weekday_can_be_today(days):
    day = TODAY + timedelta(days=days)
    appointments = demo.lay_out(day, demo.SEED).ledger.rows[Appointment]
    wall = [one.wall_start.date() for one in appointments if one.state == "booked"]
    assert wall.count(day) >= 4
    assert sum(day <= one < day + timedelta(days=7) for one in wall) >= 30


def test_no_answer_stands_where_no_question_was_asked(rows):
    for intake in rows[Intake][::9]:
        case = Case(
            {
                key: tuple(one) if isinstance(one, list) else one
                for key, one in intake.answers.items()
            },
            intake.as_of,
        )
        assert set(without_closed(case).answers) == set(case.answers)


def test_visits_of_this_morning_are_over_by_the_evening():
    evening = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    appointments = demo.lay_out(TODAY, demo.SEED, now=evening).ledger.rows[Appointment]
    today = [one for one in appointments if one.wall_start.date() == TODAY]
    assert {one.state for one in today if one.ends_at < evening - timedelta(hours=1)} <= {
        "done",
        "no_show",
        "cancelled",
    }


def test_every_part_of_brief_and_room_has_something_to_show(rows):
    news = [row.news_from for row in rows[Visit]]
    assert 0.1 < news.count("client") / len(news) < 0.5
    waiting = [row for row in rows[AskLink] if row.appointment.state == "booked"]
    assert waiting, "somebody who comes today has answered by phone"
    assert all(row.news and row.wish and row.screening.disposition for row in waiting)
    assert all(row.visit is not None for row in rows[Assessment])
    assert {"stop", "pain", "less", "right", "more"} == {row.kind for row in rows[DialEvent]}
    said = [row for row in rows[Preferences] if row.room]
    assert len(said) >= 20
    assert any(row.avoid for row in said)
