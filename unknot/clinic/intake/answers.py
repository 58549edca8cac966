"""Answers between the form, the reasoning and the stored row: one case, three clothes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ...reasoning.case import Answer, Case
from ...reasoning.interview import without_closed
from ...reasoning.marks import Mark, dump_marks, parse_marks
from ..models import Intake, Practice

MOST_POINTS_KEPT = 24
"""Points of a drawn stroke kept while the self-check travels with the browser."""


def day_at(now: datetime, practice: Practice | None) -> date:
    """The day it is at the practice, which is what people mean by today; UTC without one."""
    return now.astimezone(ZoneInfo(practice.zone)).date() if practice else now.date()


def case_of(intake: Intake) -> Case:
    """The case a stored intake holds. Its marks are those of the client."""
    return case_from(intake.answers, intake.marks, intake.as_of)


def case_from(answers: Mapping[str, Any], marks: Any, as_of: date) -> Case:
    """The case from stored answers and marks; raises MarksError for marks that are none."""
    return Case(
        {key: _to_answer(value) for key, value in answers.items()},
        as_of,
        parse_marks(json.dumps(marks)),
    )


def stored_answers(case: Case) -> dict[str, Any]:
    """The answers as the row keeps them: lists instead of tuples, days as text."""
    return {key: _to_stored(value) for key, value in case.answers.items()}


def stored_marks(case: Case) -> list[dict[str, Any]]:
    """The marks as the row keeps them."""
    rows: list[dict[str, Any]] = json.loads(dump_marks(case.marks))
    return rows


def with_changes(
    case: Case, changes: Mapping[str, Answer | None], marks: tuple[Mark, ...] | None
) -> Case:
    """The case with these answers (None takes one away) and, unless None, these marks.

    Answers that the new ones have closed go, so that a correction leaves nothing stale behind.
    """
    changed = case.with_answers(**changes)
    if marks is not None:
        changed = Case(changed.answers, changed.as_of, marks)
    return without_closed(changed)


def lighter(mark: Mark) -> Mark:
    """The mark with its stroke thinned to a few whole-numbered points."""
    step = max(1, -(-len(mark.stroke) // MOST_POINTS_KEPT))
    stroke = tuple((float(round(x)), float(round(y))) for x, y in mark.stroke[::step])
    return Mark(mark.region, mark.kind, mark.intensity, mark.view, mark.layer, stroke, mark.note)


def _to_answer(value: Any) -> Answer:
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    answer: Answer = value
    return answer


def _to_stored(value: Answer) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value
