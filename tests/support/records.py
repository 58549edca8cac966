"""One row of every kind for a house of the cast: enough to be refused, not to be read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.support.cast import NOW, TODAY, House
from unknot.clinic import models as m


def one_of_each(house: House) -> dict[str, Any]:
    """Keys of one row of each kind, by the name its address uses."""
    episode = house.episode
    intake = m.Intake.everything.create(
        episode=episode, version=1, as_of=TODAY, saved_at=NOW, completed_at=NOW
    )
    screening = m.Screening.everything.create(
        episode=episode,
        intake=intake,
        result={},
        disposition="proceed",
        urgency="none",
        pressure_ceiling=5,
        blocks_booking=False,
        knowledge_version="test",
        decided_at=NOW,
    )
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
    appointment = m.Appointment.everything.create(
        client=house.cora,
        episode=episode,
        staff=house.ann,
        room=house.room,
        starts_at=NOW,
        ends_at=NOW + timedelta(hours=1),
        wall_start=NOW,
        zone=house.practice.zone,
    )
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
    }
    return {key: row.pk for key, row in made.items()}
