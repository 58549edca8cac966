"""Writes of findings: what a therapist found on one day, and scores of questionnaires.

NothingToKeep    nothing was entered
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from ...reasoning import assess
from ...reasoning.assess import rom
from ...reasoning.marks import Mark, dump_marks
from ..access import Actor
from ..audit import action, record
from ..models import Assessment, Episode, Measure, MotionReading


class NothingToKeep(Exception):
    """Nothing was entered, so nothing is kept."""


@action("assess.record")
def record_findings(
    *,
    episode: Episode,
    marks: Sequence[Mark],
    motions: Mapping[tuple[str, str], Decimal],
    words: str,
    by: Actor,
    now: datetime,
) -> Assessment:
    """One day's findings: therapist's marks, motion by (motion id, side), and a sentence.

    Raises NothingToKeep, and RangeError for a reading that cannot be.
    """
    if by.staff is None or not (marks or motions or words.strip()):
        raise NothingToKeep
    kept = Assessment.everything.create(
        episode=episode,
        staff=by.staff,
        marks=json.loads(dump_marks(marks)),
        words=words.strip(),
        assessed_at=now,
    )
    for (motion, side), degrees in motions.items():
        rom.compare(motion, float(degrees), None)  # refuses the impossible
        MotionReading.everything.create(assessment=kept, motion=motion, side=side, degrees=degrees)
    record(kept, changed=["marks", "motions", "words"])
    return kept


@action("measure.record")
def record_measures(
    *,
    episode: Episode,
    answers: Mapping[str, Mapping[str, int | None]],
    by: Actor,
    now: datetime,
) -> tuple[Measure, ...]:
    """The scores of the instruments that were answered, with the answers they came from.

    An instrument with too few answers is kept without a score. Raises NothingToKeep and
    ScoreError.
    """
    kept = []
    for name, given in answers.items():
        if all(answer is None for answer in given.values()):
            continue
        score = assess.score(name, given)
        measure = Measure.everything.create(
            episode=episode,
            instrument=name,
            answers=dict(given),
            value=None if score.value is None else Decimal(str(score.value)),
            taken_at=now,
            source="client" if by.kind == "client" else "therapist",
        )
        record(measure, changed=["answers", "value"])
        kept.append(measure)
    if not kept:
        raise NothingToKeep
    return tuple(kept)
