"""A screened episode with a plan and a visit, ready for the session room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.support.cast import NOW, TODAY, House
from unknot.clinic import models as m
from unknot.clinic.access import Actor
from unknot.clinic.treat.actions import visit as actions

RESULT: dict[str, Any] = {
    "pressure_ceiling": 3,
    "pain_cap": 5,
    "excluded_groups": ["abdomen"],
    "excluded_regions": [],
    "gentle_groups": ["neck"],
    "banned_techniques": ["TEC-DTM"],
    "positions": ["face_down"],
    "headline": "With limits",
    "findings": [{"title": "Takes a blood thinner", "state": "fired"}],
}
TECHNIQUES = ["TEC-SWE", "TEC-NMT"]


@dataclass
class Room:
    """A visit that has begun, and who may work in it."""

    house: House
    visit: m.Visit
    ann: Actor


def screen(house: House, *, blocks: bool = False, **changes: Any) -> m.Screening:
    """A screening of the house's episode, decided now."""
    number = house.episode.intakes.count() + 1
    intake = m.Intake.everything.create(
        episode=house.episode,
        version=number,
        answers={
            "massage_before_weeks": 104,
            "massage_before_helped": "no",
            "activities": ["sit through a film"],
            "pressure_wish": 4,
        },
        as_of=TODAY,
        saved_at=NOW,
        completed_at=NOW,
    )
    return m.Screening.everything.create(
        episode=house.episode,
        intake=intake,
        result={**RESULT, **changes},
        disposition="medical_clearance" if blocks else "adapt",
        urgency="none",
        pressure_ceiling=3,
        blocks_booking=blocks,
        knowledge_version="test",
        decided_at=NOW,
    )


def plan(house: House, screening: m.Screening) -> m.PlanVersion:
    """The plan the client agreed to."""
    return m.PlanVersion.everything.create(
        episode=house.episode,
        screening=screening,
        number=1,
        content={"techniques": [{"technique_id": one} for one in TECHNIQUES]},
        state="agreed",
        made_by=house.ann,
        made_at=NOW,
        agreed_name="Cora",
        agreed_at=NOW,
    )


def appointment(house: House, *, days: int = 0) -> m.Appointment:
    """A booked hour, `days` from now."""
    starts = NOW + timedelta(days=days)
    return m.Appointment.everything.create(
        client=house.cora,
        episode=house.episode,
        staff=house.ann,
        room=house.room,
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        wall_start=starts,
        zone=house.practice.zone,
    )


def consent(house: House, kind: str = "general", **changes: Any) -> m.Consent:
    """A consent the client signed the day before."""
    signed = {
        "signed_at": NOW - timedelta(days=1),
        "expires_on": TODAY + timedelta(days=364),
        "signed_name": "Cora",
        "text_version": f"{kind}-1",
        "text": "I agree.",
        "episode": house.episode,
    }
    return m.Consent.everything.create(client=house.cora, kind=kind, **{**signed, **changes})


def begun(house: House) -> Room:
    """A visit in session."""
    plan(house, screen(house))
    consent(house)
    ann = house.actor(house.ann)
    visit = actions.open_visit(appointment=appointment(house), by=ann, now=NOW)
    return Room(house, actions.start_visit(visit=visit, by=ann, now=NOW), ann)


def finished(house: House) -> Room:
    """A visit with an area treated and pain asked both times, ended."""
    room = begun(house)
    actions.set_pain(visit=room.visit, when="before", pain=6, by=room.ann, now=NOW)
    actions.take_up(visit=room.visit, area="low_back", by=room.ann, now=NOW)
    actions.set_pain(visit=room.visit, when="after", pain=4, by=room.ann, now=NOW)
    end = NOW + timedelta(minutes=20)
    actions.finish_visit(visit=room.visit, by=room.ann, now=end)
    return room
