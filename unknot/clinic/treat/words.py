"""Words and figures of this stage's pages that need no database."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from unknot.reasoning.treat.note import RESPONSE_WORDS, Response, day_words

from ..models import Client, TreatmentEntry
from ..ui import words as ui_words
from .areas import technique_name

RESPONSE_CHIPS = {
    Response.EASED: "Eased",
    Response.UNCHANGED: "No change",
    Response.TENDER: "Tender",
    Response.REFERRED: "Referred",
    Response.GUARDED: "Guarding",
}
PART_NAMES = {
    "subjective": "Subjective: what the client says",
    "objective": "Objective: what was found and done",
    "assessment": "Assessment: what it means",
    "plan": "Plan: what comes next",
    "client_summary": "Summary for the client",
    "private": "Private working notes",
}
LONGEST_PART = 10_000
"""Letters in one part of a note, or in one addendum."""


def called(client: Client) -> str:
    """The name the client likes to hear."""
    return client.called or client.name


def detail(technique: str, pressure: int) -> str:
    """Such as "Relaxation massage, pressure 2"; the words of the level stand beside the choice."""
    return f"{technique_name(technique)}, pressure {pressure}"


def entry_detail(entry: TreatmentEntry) -> str:
    """An entry's technique and pressure."""
    return detail(entry.technique, entry.pressure)


def response_words(response: str) -> str:
    """The response in words, "" when none was tapped."""
    return RESPONSE_WORDS[Response(response)] if response else ""


def clock(since: datetime, now: datetime) -> str:
    """Time gone by as m:ss, never below zero."""
    seconds = max(0, int((now - since).total_seconds()))
    return f"{seconds // 60}:{seconds % 60:02d}"


def instant(at: datetime, zone: str) -> str:
    """Such as "22 November 2026, 2:05 pm", on the wall clock of that zone."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{day_words(local.date())}, {ui_words.clock(at, zone)}"
