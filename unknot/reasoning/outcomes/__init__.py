"""Is it working for this person? ``fit`` reads the diary, ``verdict`` answers in words."""

from unknot.reasoning.outcomes.band import band
from unknot.reasoning.outcomes.diary import SCALES, Diary, Entry, Factor, Scale, Session
from unknot.reasoning.outcomes.diary import Kind as EntryKind
from unknot.reasoning.outcomes.fit import fit, fit_all
from unknot.reasoning.outcomes.flags import Flag
from unknot.reasoning.outcomes.forecast import forecast
from unknot.reasoning.outcomes.read import read_diary
from unknot.reasoning.outcomes.reading import Reading, interpret
from unknot.reasoning.outcomes.reading import of as reading_of
from unknot.reasoning.outcomes.reevaluate import reevaluate
from unknot.reasoning.outcomes.report import Report, report
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
from unknot.reasoning.outcomes.seen import Seen, look
from unknot.reasoning.outcomes.steps import NextStep, Step
from unknot.reasoning.outcomes.table import DiaryError
from unknot.reasoning.outcomes.verdict import Answer, Kind, Needs, Verdict, verdict

__all__ = [
    "SCALES",
    "Answer",
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
    "Reading",
    "Reevaluation",
    "Relief",
    "Report",
    "Scale",
    "Seen",
    "Session",
    "Step",
    "Summary",
    "Trigger",
    "Verdict",
    "WeekAhead",
    "band",
    "fit",
    "fit_all",
    "forecast",
    "interpret",
    "look",
    "read_diary",
    "reading_of",
    "reevaluate",
    "report",
    "verdict",
]
