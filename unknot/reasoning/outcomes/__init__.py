"""Is it working for this person? ``fit`` reads the diary, ``verdict`` answers in words."""

from unknot.reasoning.outcomes.diary import Diary, Entry, Session
from unknot.reasoning.outcomes.diary import Kind as EntryKind
from unknot.reasoning.outcomes.fit import Fit, Flag, fit
from unknot.reasoning.outcomes.read import DiaryError, read_diary
from unknot.reasoning.outcomes.steps import NextStep, Step
from unknot.reasoning.outcomes.verdict import Kind, Needs, Verdict, verdict

__all__ = [
    "Diary",
    "DiaryError",
    "Entry",
    "EntryKind",
    "Fit",
    "Flag",
    "Kind",
    "Needs",
    "NextStep",
    "Session",
    "Step",
    "Verdict",
    "fit",
    "read_diary",
    "verdict",
]
