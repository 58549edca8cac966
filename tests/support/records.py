"""One row of every kind for a house of the cast: enough to be refused, not to be read."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tests.support.cast import NOW, House
from unknot.clinic import models as m


def screened(episode: m.Episode, now: datetime = NOW, **decided: Any) -> m.Screening:
    """A screening of answers completed now: proceed, unless ``decided`` says otherwise."""
    intake = m.Intake.everything.create(
        episode=episode, version=1, as_of=now.date(), saved_at=now, completed_at=now
    )
    row: dict[str, Any] = {
        "result": {},
        "disposition": "proceed",
        "urgency": "none",
        "pressure_ceiling": 5,
        "blocks_booking": False,
        "knowledge_version": "test",
    }
    return m.Screening.everything.create(
        episode=episode, intake=intake, decided_at=now, **{**row, **decided}
    )


def booked(house: House, episode: m.Episode, now: datetime = NOW) -> m.Appointment:
    """An hour with the house's first therapist that begins now."""
    return m.Appointment.everything.create(
        client=episode.client,
        episode=episode,
        staff=house.ann,
        room=house.room,
        starts_at=now,
        ends_at=now + timedelta(hours=1),
        wall_start=now,
        zone=house.practice.zone,
    )


def one_of_each(house: House) -> dict[str, Any]:
    """Keys of one row of each kind, by the name its address uses."""
    episode = house.episode
    screening = screened(episode)
    plan = m.PlanVersion.everything.create(
        episode=episode,
        screening=screening,
        number=1,
        content={},
        state="agreed",
        made_by=house.ann,
        made_at=NOW,
        agreed_name="Cora",
        agreed_at=NOW,
    )
    appointment = booked(house, episode)
    visit = m.Visit.everything.create(appointment=appointment, opened_at=NOW)
    link = m.CheckInLink.everything.create(
        episode=episode, kind="diary", token_hash="h", made_at=NOW, expires_at=NOW
    )
    made = {
        "episode_id": episode,
        "client_id": house.cora,
        "staff_id": house.ann,
        "appointment_id": appointment,
        "visit_id": visit,
        "plan_id": plan,
        "note_id": m.Note.everything.create(visit=visit, edited_at=NOW),
        "alert_id": m.Alert.everything.create(
            episode=episode, rule_id="STP-06", urgency="gp_soon", words="Worse", raised_at=NOW
        ),
        "screening_id": screening,
        "consent_id": m.Consent.everything.create(
            client=house.cora,
            kind="general",
            text_version="1",
            text="Yes",
            signed_name="Cora",
            signed_at=NOW,
        ),
        "link_id": link,
        "entry_id": m.TreatmentEntry.everything.create(
            visit=visit,
            area="low_back",
            technique="TEC-SWE",
            pressure=2,
            minutes=10,
            recorded_at=NOW,
        ),
        "room_id": house.room,
        "bedside_id": m.Bedside.everything.create(
            room=house.room, code_hash="b", code_until=NOW, made_by=house.ann, made_at=NOW
        ),
        "assessment_id": m.Assessment.everything.create(
            episode=episode, staff=house.ann, assessed_at=NOW
        ),
        "feed_id": m.CalendarFeed.everything.create(
            staff=house.ann, token_hash="f", created_at=NOW
        ),
        "questionnaire_id": m.Questionnaire.everything.create(
            practice=house.practice,
            instrument="OM-ODI",
            file_name="form.json",
            content="{}",
            brought_at=NOW,
        ),
        "mail_id": m.Outbox.everything.create(
            practice=house.practice, to="cora@maple.invalid", body="", made_at=NOW, due_at=NOW
        ),
    }
    return {key: row.pk for key, row in made.items()}
