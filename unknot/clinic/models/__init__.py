"""The rows of the clinic, one noun a file. Fields and constraints only; verbs are actions."""

from .assess import Assessment, Measure, MotionReading, Questionnaire
from .book import Appointment, CalendarFeed, Occupancy, Series, TimeOff, WorkingHours
from .device import FieldChange
from .episode import Episode
from .follow_up import (
    Alert,
    Channel,
    CheckIn,
    CheckInLink,
    Outbox,
    Reminder,
    ReminderChoice,
    ReminderPlan,
)
from .home import HomeCareDay, HomeCareStep
from .intake import Consent, Intake, Preferences
from .note import Addendum, Note, NoteVersion, PrivateOpening
from .outcomes import Decision, OutcomeFit, ProgrammeReport
from .people import AddressChange, CareTeam, Client, SignInLink, Staff, User
from .plan import PlanVersion
from .practice import Location, Practice, Room
from .screening import Clearance, Override, Screening
from .treat import (
    AskLink,
    Bedside,
    DialEvent,
    DialGuess,
    DialLink,
    PlannedWork,
    TreatmentEntry,
    Visit,
)
from .trust import AuditRow, OnceKey

__all__ = [
    "Addendum",
    "AddressChange",
    "Alert",
    "Appointment",
    "AskLink",
    "Assessment",
    "AuditRow",
    "Bedside",
    "CalendarFeed",
    "CareTeam",
    "Channel",
    "CheckIn",
    "CheckInLink",
    "Clearance",
    "Client",
    "Consent",
    "Decision",
    "DialEvent",
    "DialGuess",
    "DialLink",
    "Episode",
    "FieldChange",
    "HomeCareDay",
    "HomeCareStep",
    "Intake",
    "Location",
    "Measure",
    "MotionReading",
    "Note",
    "NoteVersion",
    "Occupancy",
    "OnceKey",
    "Outbox",
    "OutcomeFit",
    "Override",
    "PlanVersion",
    "PlannedWork",
    "Practice",
    "Preferences",
    "PrivateOpening",
    "ProgrammeReport",
    "Questionnaire",
    "Reminder",
    "ReminderChoice",
    "ReminderPlan",
    "Room",
    "Screening",
    "Series",
    "SignInLink",
    "Staff",
    "TimeOff",
    "TreatmentEntry",
    "User",
    "Visit",
    "WorkingHours",
]
