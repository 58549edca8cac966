"""For each model: the way from a row to its practice, its client and its episode.

A model that is not here cannot be found by any page (default refusal), and a test lists the
few that are left out on purpose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Model

from .. import models as m


@dataclass(frozen=True)
class Paths:
    """Lookups from the row; an empty string means the row itself, ``None`` means no such way.

    ``shared`` rows (who works here, where, when) belong to the whole practice: whoever may do
    an action at all may do it with any such row of their own practice.
    """

    practice: str | None = None
    client: str | None = None
    episode: str | None = None
    shared: bool = False


def _by_client(client: str = "client") -> Paths:
    return Paths(practice=f"{client}__practice", client=client)


def _by_episode(episode: str = "episode") -> Paths:
    return Paths(
        practice=f"{episode}__client__practice", client=f"{episode}__client", episode=episode
    )


PATHS: Final[Mapping[type[Model], Paths]] = {
    m.Practice: Paths(practice="", shared=True),
    m.Location: Paths(practice="practice", shared=True),
    m.Room: Paths(practice="location__practice", shared=True),
    m.Staff: Paths(practice="practice", shared=True),
    m.WorkingHours: Paths(practice="staff__practice", shared=True),
    m.TimeOff: Paths(practice="staff__practice", shared=True),
    m.Questionnaire: Paths(practice="practice", shared=True),
    m.CalendarFeed: Paths(practice="staff__practice"),
    m.Outbox: Paths(practice="practice"),
    m.Client: Paths(practice="practice", client=""),
    m.AddressChange: _by_client(),
    m.CareTeam: _by_client(),
    m.Consent: _by_client(),
    m.Preferences: _by_client(),
    m.Episode: Paths(practice="client__practice", client="client", episode=""),
    m.Intake: _by_episode(),
    m.Screening: _by_episode(),
    m.Override: _by_episode("screening__episode"),
    m.Clearance: _by_episode(),
    m.Assessment: _by_episode(),
    m.MotionReading: _by_episode("assessment__episode"),
    m.Measure: _by_episode(),
    m.PlanVersion: _by_episode(),
    m.HomeCareDay: _by_episode(),
    m.HomeCareStep: _by_episode(),
    m.Series: _by_episode(),
    m.Appointment: _by_episode(),
    m.Occupancy: _by_episode("appointment__episode"),
    m.Visit: _by_episode("appointment__episode"),
    m.PlannedWork: _by_episode("visit__appointment__episode"),
    m.AskLink: _by_episode("appointment__episode"),
    m.TreatmentEntry: _by_episode("visit__appointment__episode"),
    m.FieldChange: _by_episode("visit__appointment__episode"),
    m.Bedside: Paths(practice="room__location__practice", shared=True),
    m.DialLink: _by_episode("visit__appointment__episode"),
    m.DialEvent: _by_episode("visit__appointment__episode"),
    m.Note: _by_episode("visit__appointment__episode"),
    m.NoteVersion: _by_episode("note__visit__appointment__episode"),
    m.PrivateOpening: _by_episode("note__visit__appointment__episode"),
    m.Addendum: _by_episode("note__visit__appointment__episode"),
    m.CheckInLink: _by_episode(),
    m.CheckIn: _by_episode(),
    m.Alert: _by_episode(),
    m.ReminderPlan: _by_client(),
    m.ReminderChoice: _by_client("plan__client"),
    m.Reminder: _by_client("plan__client"),
    m.Decision: _by_episode(),
    m.OutcomeFit: _by_episode(),
    m.ProgrammeReport: Paths(practice="practice"),
}
