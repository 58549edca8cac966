"""Writes of findings: what a therapist found on one day, and scores of questionnaires.

NothingToKeep    nothing was entered
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from ...knowledge import Knowledge, load, parse_instrument
from ...reasoning import assess
from ...reasoning.assess import rom
from ...reasoning.marks import Mark, dump_marks
from ..access import Actor
from ..audit import action, record
from ..models import Assessment, Episode, Measure, MotionReading, Practice, Questionnaire


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
    knowledge: Knowledge | None = None,
) -> tuple[Measure, ...]:
    """The scores of the instruments that were answered, with the answers they came from.

    `knowledge` holds the questionnaires the practice brought, where there are any. An instrument
    with too few answers is kept without a score. Raises NothingToKeep and ScoreError.
    """
    kept = []
    for name, given in answers.items():
        if all(answer is None for answer in given.values()):
            continue
        score = assess.score(name, given, knowledge=knowledge)
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


@action("questionnaire.bring")
def bring_questionnaire(
    *,
    practice: Practice,
    instrument: str,
    file_name: str,
    content: bytes,
    by: Actor,
    now: datetime,
) -> Questionnaire:
    """The practice's form for this instrument, in place of an earlier one.

    Raises KnowledgeError when the file cannot be used; its words hold no wording of the form.
    """
    parse_instrument(content, file_name, instrument, load())
    kept, _ = Questionnaire.everything.update_or_create(
        practice=practice,
        instrument=instrument,
        defaults={
            "file_name": file_name[-120:],
            "content": content.decode("utf-8"),
            "brought_at": now,
        },
    )
    record(kept, changed=["instrument", "file_name", "content"])
    return kept


@action("questionnaire.bring")
def take_out_questionnaire(*, form: Questionnaire, by: Actor) -> None:
    """The form is no longer asked and its file is gone; scores that were taken stay."""
    record(form)
    form.delete()
