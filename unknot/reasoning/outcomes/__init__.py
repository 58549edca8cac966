"""Is it working for this person? ``fit`` reads the diary, ``verdict`` answers in words."""

from unknot.reasoning.outcomes.diary import SCALES, Diary, Entry, Factor, Scale, Session
from unknot.reasoning.outcomes.diary import Kind as EntryKind
from unknot.reasoning.outcomes.flags import Flag
from unknot.reasoning.outcomes.read import DiaryError, read_diary
from unknot.reasoning.outcomes.results import (
    Basis,
    Contrast,
    Decomposition,
    Figure,
    Fit,
    Forecast,
    Hyper,
    PathPoint,
    Reevaluation,
    Relief,
    Summary,
    Trigger,
    WeekAhead,
)
from unknot.reasoning.outcomes.seen import Seen
from unknot.reasoning.outcomes.seen import look as fit
from unknot.reasoning.outcomes.steps import NextStep, Step
from unknot.reasoning.outcomes.verdict import Kind, Needs, Verdict, verdict

__all__ = [
    "SCALES",
    "Basis",
    "Contrast",
    "Decomposition",
    "Diary",
    "DiaryError",
    "Entry",
    "EntryKind",
    "Factor",
    "Figure",
    "Fit",
    "Flag",
    "Forecast",
    "Hyper",
    "Kind",
    "Needs",
    "NextStep",
    "PathPoint",
    "Reevaluation",
    "Relief",
    "Scale",
    "Seen",
    "Session",
    "Step",
    "Summary",
    "Trigger",
    "Verdict",
    "WeekAhead",
    "fit",
    "read_diary",
    "verdict",
]
