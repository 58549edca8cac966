"""The words of a note as somebody outside the practice reads them."""

from __future__ import annotations

from unknot.knowledge import load
from unknot.reasoning.treat.abbreviations import expand

from ..models import Visit


def written_out(text: str, visit: Visit) -> str:
    """The text with its short forms written out; names of people stay whole."""
    return expand(text, load().abbreviations.values(), keep=names_of(visit))


def names_of(visit: Visit) -> tuple[str, ...]:
    """The names that may stand in a note, which no short form may be read into."""
    appointment = visit.appointment
    return appointment.client.name, appointment.client.called, appointment.staff.name
