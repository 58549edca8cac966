"""Findings read from rows: marks, motion from visit to visit, scores from first to last."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ...knowledge import load
from ...knowledge.motions import Motion
from ...reasoning.assess import Change, change, rom
from ...reasoning.case import Case
from ...reasoning.marks import Mark, MarksError, parse_marks
from ...reasoning.plan.conditions import drawn_groups
from ...reasoning.screen import Screening
from ..intake.answers import case_of
from ..models import Assessment, Episode, MotionReading
from ..screen import gate
from ..ui.words import local_day

AREA_GROUPS = {
    "neck_upper_back": ("neck", "shoulder"),
    "low_back": ("low_back",),
}
CORE = ("OM-NPRS", "OM-PEG", "OM-PSFS")


@dataclass(frozen=True)
class Course:
    """An instrument's first and latest score, and whether the change matters."""

    instrument: str
    name: str
    first: float | None
    first_on: date | None
    last: float | None
    last_on: date | None
    change: Change
    is_lower_better: bool


def case_for(episode: Episode) -> Case | None:
    """What the client told last."""
    intake = episode.intakes.order_by("-version").first()
    return None if intake is None else case_of(intake)


def decision_of(episode: Episode) -> Screening | None:
    """What the latest screening decided; None when there is none or it cannot be read."""
    row = gate.latest(episode)
    try:
        return None if row is None else gate.decision_of(row)
    except ValueError:
        return None


def client_marks(case: Case | None) -> tuple[Mark, ...]:
    """Where the client says it hurts."""
    return () if case is None else tuple(m for m in case.marks if m.layer == "client")


def marks_of(assessment: Assessment | None) -> tuple[Mark, ...]:
    """What the therapist marked that day; empty for marks that cannot be read."""
    if assessment is None:
        return ()
    try:
        return parse_marks(json.dumps(assessment.marks))
    except MarksError:
        return ()


def motions_for(episode: Episode) -> tuple[tuple[Motion, str], ...]:
    """Motions worth measuring in an episode, each with its side ("" where there is none): the
    usual ones of its area, or all of the parts that were drawn where it has no area of its own.
    """
    usual = set(AREA_GROUPS.get(episode.main_area, ()))
    case = None if usual else case_for(episode)
    groups = usual if case is None else drawn_groups(case, load())
    return tuple(
        (motion, side)
        for motion in load().motions.values()
        if groups & set(motion.groups) and (motion.usual or not usual)
        for side in (("left", "right") if motion.both_sides else ("",))
    )


def comparisons(
    assessments: Iterable[Assessment], age: int | None, sex: str
) -> tuple[tuple[str, rom.Comparison], ...]:
    """Each motion that was measured, by side: the first reading against the latest."""
    readings: dict[tuple[str, str], list[tuple[Assessment, MotionReading]]] = {}
    for assessment in assessments:
        for reading in assessment.motions.all():
            key = (reading.motion, reading.side)
            readings.setdefault(key, []).append((assessment, reading))
    return tuple(
        (side, _compare(motion, readings[motion, side], age, sex))
        for motion in load().motions
        for side in ("", "left", "right")
        if (motion, side) in readings
    )


def _compare(
    motion: str, found: list[tuple[Assessment, MotionReading]], age: int | None, sex: str
) -> rom.Comparison:
    (first, start), (last, now) = found[0], found[-1]
    return rom.compare(
        motion,
        float(start.degrees),
        float(now.degrees) if len(found) > 1 else None,
        age=age,
        sex=sex,
        same_examiner=first.staff_id == last.staff_id,
    )


def courses(episode: Episode, case: Case | None) -> tuple[Course, ...]:
    """First and latest score of every instrument in use; pain at intake counts as the first."""
    scores: dict[str, list[tuple[date, float]]] = {name: [] for name in CORE}
    said = case.answer("pain_average") if case else None
    if case is not None and isinstance(said, int | float):
        scores["OM-NPRS"].append((case.as_of, float(said)))
    zone = episode.client.practice.zone
    for measure in episode.measures.order_by("taken_at", "pk"):
        if measure.value is not None and measure.instrument in load().instruments:
            entry = (local_day(measure.taken_at, zone), float(measure.value))
            scores.setdefault(measure.instrument, []).append(entry)
    return tuple(
        _course(name, sorted(found, key=lambda entry: entry[0])) for name, found in scores.items()
    )


def _course(name: str, found: list[tuple[date, float]]) -> Course:
    instrument = load().instruments[name]
    first = found[0] if found else (None, None)
    last = found[-1] if len(found) > 1 else (None, None)
    return Course(
        instrument=name,
        name=instrument.short,
        first=first[1],
        first_on=first[0],
        last=last[1],
        last_on=last[0],
        change=change(name, first[1], last[1]),
        is_lower_better=instrument.direction == "lower_better",
    )


def activities(episode: Episode, case: Case | None) -> tuple[str, ...]:
    """The client's own activities: those scored last, else those named at intake.

    Those named at intake keep their order; PostgreSQL does not keep that of stored answers.
    """
    named = _named(case)
    scored = episode.measures.filter(instrument="OM-PSFS").order_by("-taken_at", "-pk").first()
    if scored is None or not scored.answers:
        return named
    known = tuple(name for name in named if name in scored.answers)
    return (*known, *sorted(name for name in scored.answers if name not in known))


def _named(case: Case | None) -> tuple[str, ...]:
    """The activities of the intake, in the client's order."""
    named = case.answer("activities") if case else None
    lines = named.splitlines() if isinstance(named, str) else named
    if not isinstance(lines, list | tuple):
        return ()
    return tuple(line.strip() for line in lines if line.strip())
