"""What a therapist found at the first visit and again at a review: marks and motion."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta

from unknot.knowledge import load
from unknot.reasoning.marks import Mark, dump_marks

from .. import models as m
from ..access import for_staff
from .arrival import Person
from .ledger import Ledger
from .stories import NECK

# Region without its side, kinds a therapist would find there.
FOUND: Mapping[str, tuple[tuple[str, str], ...]] = {
    NECK: (
        ("shoulder_top", "trigger_point_active"),
        ("shoulder_blade", "trigger_point_latent"),
        ("neck_back", "hypertonic"),
        ("skull_base", "tenderness"),
        ("upper_back", "taut_band"),
    ),
    "low_back": (
        ("low_back", "hypertonic"),
        ("buttock", "trigger_point_active"),
        ("low_back", "tenderness"),
        ("mid_back", "taut_band"),
        ("buttock", "trigger_point_latent"),
    ),
}
# Motion, sides, usual degrees when it hurts, degrees won when it is well.
MOTIONS: Mapping[str, tuple[tuple[str, tuple[str, ...], int, int], ...]] = {
    NECK: (
        ("neck_rotation", ("left", "right"), 48, 18),
        ("neck_side_bend", ("left", "right"), 28, 10),
        ("neck_flexion", ("",), 40, 8),
    ),
    "low_back": (
        ("trunk_flexion", ("",), 55, 18),
        ("trunk_side_bend", ("left", "right"), 20, 7),
    ),
}
WORDS = (
    "Protective on the first stroke, eases with slow work.",
    "Familiar pain on pressure, spreads a hand's width.",
    "Guarding gone after some minutes of warmth.",
    "",
)


def examine(ledger: Ledger, person: Person, visit: m.Visit) -> m.Assessment:
    """The findings in the room of one visit, fewer and milder as daily life gets easier."""
    dice, appointment = person.dice, visit.appointment
    week = (appointment.starts_at - person.episode.opened_at).days / 7
    easier = min(1.0, week / 10) * person.story.function
    at = appointment.starts_at + timedelta(minutes=9)
    by = for_staff(person.therapist)
    marks = tuple(_marks(person, easier))
    found = ledger.add(
        m.Assessment,
        at,
        by,
        "assess.record",
        episode=person.episode,
        staff=person.therapist,
        visit=visit,
        marks=json.loads(dump_marks(marks)),
        words=dice.choice(WORDS),
        assessed_at=at,
    )
    for motion, sides, stiff, won in MOTIONS[person.story.area]:
        for side in sides:
            degrees = stiff + won * easier + dice.uniform(-3, 3)
            ledger.add(
                m.MotionReading,
                at,
                assessment=found,
                motion=motion,
                side=side,
                degrees=round(degrees),
            )
    return found


def _marks(person: Person, easier: float) -> list[Mark]:
    regions = load().regions
    found = []
    for place, kind in FOUND[person.story.area]:
        if person.dice.random() < easier * 0.7:
            continue
        region = f"{place}_{person.dice.choice(('left', 'right'))}"
        most = 4 if kind == "tenderness" else 8
        strength = max(1, round(most * (1 - 0.6 * easier) - person.dice.random()))
        found.append(Mark(region, kind, strength, regions[region].view, "therapist"))
    return found
