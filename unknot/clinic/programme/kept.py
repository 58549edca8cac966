"""The published figures read back from their row."""

from __future__ import annotations

from unknot.reasoning import stored
from unknot.reasoning.outcomes.programme.published import Published

from ..access import scope, system
from ..models import Practice, ProgrammeReport


def published_of(row: ProgrammeReport | None) -> Published | None:
    """What was published; None when nothing was yet, or when it cannot be read any more."""
    if row is None or not row.result:
        return None
    try:
        return stored.pooled_from_dict(row.result, Published)
    except stored.StoredError:
        return None


def latest(practice: Practice) -> Published | None:
    """What was published last for a practice; None when nothing was yet. For the command line."""
    rows = scope(ProgrammeReport, system(practice), "programme.publish")
    return published_of(rows.defer("population", "made_of").first())
