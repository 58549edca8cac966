"""Questionnaires a practice brought under its own licence, read again from what was kept.

The wording stays with the practice; the scoring is that of the listed instrument. A file that
could be read once but not by a later version of the program is left out rather than guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...knowledge import Knowledge, KnowledgeError, load, parse_instrument, with_instrument
from ...knowledge.imported import awaits_wording
from ...knowledge.instruments import Instrument
from ..access import Actor
from ..access.find import scope
from ..models import Questionnaire


@dataclass(frozen=True)
class Listed:
    """One instrument of the list that waits for its wording."""

    id: str
    name: str


def listed() -> tuple[Listed, ...]:
    """The instruments a practice may bring the wording of."""
    return tuple(
        Listed(one.id, one.name) for one in load().instruments.values() if awaits_wording(one)
    )


def instruments(actor: Actor, groups: Iterable[str]) -> tuple[Instrument, ...]:
    """What the actor's practice brought for these parts of the body, and for no part at all."""
    asked = set(groups)
    read = (_read(row) for row in scope(Questionnaire, actor, "measure.record"))
    return tuple(one for one in read if one and (not one.groups or asked & set(one.groups)))


def knowledge_with(brought: Iterable[Instrument]) -> Knowledge:
    """The knowledge with these instruments worded."""
    known = load()
    for one in brought:
        known = with_instrument(known, one)
    return known


def _read(row: Questionnaire) -> Instrument | None:
    try:
        return parse_instrument(row.content.encode(), row.file_name, row.instrument, load())
    except KnowledgeError:
        return None
