"""The courses people go through: who they are, how their pain moves, how the course ends."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

NECK, BACK = "neck_upper_back", "low_back"


@dataclass(frozen=True)
class Story:
    """One person's course. Pain is 0 to 10; the course opens ``weeks_ago`` weeks before today.

    ``spell`` is the part that would pass by itself, ``change`` what stays in the end, ``relief``
    the drop within a visit, ``answered`` the share of days with a check-in. ``ends`` is how the
    course stands: open, discharged, referred, cancelled, or waiting (nothing may be booked).
    """

    kind: str
    area: str = BACK
    start: float = 6.0
    spell: float = 1.0
    change: float = 0.0
    relief: float = 1.5
    wobble: float = 0.8
    answered: float = 0.5
    weeks_ago: int = 6
    visits: int = 10
    every_days: int = 7
    ends: str = "open"
    flare_day: int | None = None
    no_show: int | None = None
    only_bad_days: bool = False
    function: float = 0.0  # how much easier daily life became, 0 to 1
    age: int | None = None
    sex: str | None = None
    name: str | None = None
    complaint: str | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    cleared_after_days: int | None = None


KINDS: tuple[tuple[str, int], ...] = (
    ("good", 26),
    ("modest", 17),
    ("flat", 17),
    ("unclear", 17),
    ("new", 17),
    ("worse", 3),
    ("bad_days", 3),
)


def invent(dice: random.Random) -> Story:
    """An everyday course: more often good than not, sometimes flat, sometimes unclear."""
    kinds, weights = zip(*KINDS, strict=True)
    kind = dice.choices(kinds, weights)[0]
    area = dice.choice((NECK, BACK))
    weeks = dice.choices((dice.randint(2, 12), dice.randint(13, 50)), (62, 38))[0]
    twice = area == NECK and dice.random() < 0.4
    story = Story(
        kind,
        area=area,
        start=dice.uniform(4.5, 7.5),
        spell=dice.uniform(0.3, 1.8),
        relief=dice.uniform(0.5, 2.5),
        wobble=dice.uniform(0.5, 1.2),
        answered=dice.uniform(0.35, 0.85),
        weeks_ago=weeks,
        visits=8 if area == NECK else 10,
        every_days=4 if twice else 7,
        ends="discharged" if weeks > 14 else "open",
        no_show=dice.randint(2, 5) if dice.random() < 0.08 else None,
        flare_day=dice.randint(20, 45) if dice.random() < 0.12 else None,
    )
    return _shape(story, dice)


def _shape(story: Story, dice: random.Random) -> Story:
    if story.kind == "good":
        return replace(story, change=dice.uniform(2.2, 3.8), function=dice.uniform(0.6, 1))
    if story.kind == "modest":
        return replace(story, change=dice.uniform(0.8, 1.6), function=dice.uniform(0.2, 0.6))
    if story.kind == "unclear":
        return replace(story, change=dice.uniform(0, 2), answered=dice.uniform(0.05, 0.15))
    if story.kind == "new":
        return replace(story, weeks_ago=dice.randint(0, 2), ends="open")
    if story.kind == "worse":
        return replace(story, start=4.0, spell=0.0, change=-3.0, visits=6, ends="open")
    if story.kind == "bad_days":
        return replace(story, only_bad_days=True, wobble=1.4, change=1.0)
    return replace(story, change=dice.uniform(-0.4, 0.4), spell=0.2)


TYPIST = {
    "typing_hours_per_day": 11,
    "numb_areas": ["little_fingers_both"],
    "numb_since": "years",
    "tried_before": ["massage"],
    "massage_before_weeks": 104,
    "massage_before_helped": "no",
    "worse_by": ["typing", "sitting"],
    "better_by": ["heat", "touch"],
    "pain_weeks": 130,
    "activities": ["Typing for an hour", "Carrying shopping", "Sleeping on my side"],
    "goals": "Finish a working day without counting the hours.",
}
LIFTER = {
    "pain_weeks": 104,
    "onset": "gradual",
    "leg_pain": "none",
    "tried_before": ["painkillers", "heat"],
    "activities": ["Standing through a shift", "Lifting a crate", "Tying my shoes"],
    "goals": "Garden on Saturdays again.",
}
EMERGENCY = {
    "pain_weeks": 2,
    "onset": "sudden",
    "saddle_numb": True,
    "bladder_change": "cannot_pass",
    "numb_areas": ["saddle"],
    "numb_since": "days",
}
NUMB_HANDS = {
    "numb_areas": ["hands_both"],
    "numb_since": "weeks",
    "typing_hours_per_day": 7,
    "worse_by": ["typing", "lying"],
}
PREGNANT = {
    "pregnant": True,
    "gestation_weeks": 24,
    "pregnancy_signs": ["none"],
    "pregnancy_risks": ["none"],
    "bp_known": True,
    "bp_systolic": 112,
    "bp_diastolic": 70,
    "worse_by": ["standing", "turning_head"],
    "activities": ["Turning over in bed", "Climbing stairs", "Standing in a queue"],
    "goals": "Sleep through until four.",
}

# The people whom somebody looking at the demo should meet. Order matters: it is their order of
# appearance, and a new one goes to the end so that the others keep their names.
CAST: tuple[Story, ...] = (
    Story(
        "typist",
        NECK,
        start=6.2,
        spell=0.4,
        change=0.9,
        relief=1.2,
        answered=0.8,
        weeks_ago=7,
        visits=8,
        age=36,
        sex="female",
        name="Wren Paperwick",
        function=0.3,
        complaint="Upper back pain, and both little fingers are numb",
        answers=TYPIST,
        cleared_after_days=16,
    ),
    Story(
        "course",
        BACK,
        start=6.5,
        spell=1.0,
        change=1.4,
        relief=1.8,
        answered=0.75,
        weeks_ago=7,
        visits=10,
        age=51,
        sex="male",
        name="Oswin Barleyridge",
        function=0.5,
        complaint="Low back pain for two years",
        answers=LIFTER,
    ),
    Story(
        "emergency",
        BACK,
        start=8.0,
        answered=0.0,
        weeks_ago=0,
        visits=0,
        age=38,
        sex="female",
        name="Tamsin Lanternwell",
        complaint="Back pain, and numb since yesterday",
        ends="waiting",
        answers=EMERGENCY,
    ),
    Story(
        "good",
        NECK,
        start=7.0,
        spell=1.2,
        change=3.2,
        relief=2.0,
        answered=0.85,
        weeks_ago=10,
        visits=10,
        age=44,
        sex="female",
        name="Marigold Copperleigh",
        function=0.9,
        complaint="A stiff, burning neck after work",
    ),
    Story(
        "flat",
        BACK,
        start=5.8,
        spell=0.0,
        change=0.0,
        relief=1.9,
        answered=0.8,
        weeks_ago=7,
        visits=10,
        age=58,
        sex="male",
        name="Jasper Winterford",
        complaint="A low back that never lets go",
    ),
    Story(
        "unclear",
        NECK,
        start=5.5,
        spell=1.0,
        change=1.0,
        answered=0.1,
        weeks_ago=6,
        visits=8,
        age=29,
        sex="other",
        name="Robin Oatcroft",
        complaint="Tight shoulders and headaches",
    ),
    Story(
        "week",
        BACK,
        start=6.0,
        spell=0.0,
        wobble=0.9,
        answered=1.0,
        weeks_ago=1,
        visits=0,
        age=47,
        sex="male",
        name="Silas Pebblebank",
        complaint="Low back pain",
    ),
    Story(
        "week",
        NECK,
        start=4.5,
        spell=1.5,
        wobble=0.6,
        answered=1.0,
        weeks_ago=1,
        visits=0,
        age=33,
        sex="female",
        name="Petra Mossgate",
        complaint="Neck pain on the right",
    ),
    Story(
        "week",
        BACK,
        start=7.2,
        spell=0.0,
        wobble=1.4,
        answered=1.0,
        weeks_ago=1,
        visits=0,
        age=62,
        sex="female",
        name="Viola Kettlestead",
        complaint="Low back pain",
    ),
    Story(
        "flare",
        BACK,
        start=6.0,
        spell=0.8,
        change=2.0,
        answered=0.85,
        weeks_ago=8,
        visits=10,
        flare_day=50,
        age=41,
        sex="female",
        name="Clover Riverdale",
        function=0.5,
        complaint="Low back pain that comes in waves",
    ),
    Story(
        "pregnant",
        BACK,
        start=5.5,
        spell=0.3,
        change=0.8,
        relief=1.5,
        answered=0.6,
        weeks_ago=4,
        visits=8,
        age=31,
        sex="female",
        name="Una Honeymere",
        complaint="Low back pain in pregnancy",
        answers=PREGNANT,
    ),
    Story(
        "cancelled",
        NECK,
        start=5.0,
        spell=0.8,
        answered=0.3,
        weeks_ago=4,
        visits=8,
        ends="cancelled",
        age=39,
        sex="male",
        name="Piers Walnutdale",
        complaint="Neck pain from driving",
    ),
    Story(
        "referred",
        BACK,
        start=4.5,
        spell=0.0,
        change=-3.2,
        answered=0.8,
        weeks_ago=7,
        visits=5,
        ends="referred",
        age=55,
        sex="female",
        name="Odelia Frosthurst",
        complaint="Low back pain, getting worse",
    ),
    Story(
        "no_show",
        NECK,
        start=5.5,
        change=1.0,
        answered=0.4,
        weeks_ago=5,
        visits=8,
        no_show=3,
        age=24,
        sex="male",
        name="Flint Appleford",
        complaint="Neck and jaw tension",
    ),
    Story(
        "numb_hands",
        NECK,
        start=5.0,
        answered=0.0,
        weeks_ago=0,
        visits=0,
        ends="waiting",
        age=49,
        sex="male",
        name="Ulric Thimblegate",
        complaint="Neck pain, both hands tingle",
        answers=NUMB_HANDS,
    ),
    Story(
        "bad_days",
        BACK,
        start=5.0,
        change=0.6,
        wobble=1.5,
        answered=0.5,
        weeks_ago=9,
        visits=10,
        only_bad_days=True,
        age=37,
        sex="female",
        name="Sorrel Nettlecombe",
        complaint="Low back pain, some days",
    ),
    Story(
        "good",
        BACK,
        start=6.8,
        spell=1.0,
        change=3.4,
        answered=0.7,
        weeks_ago=26,
        visits=10,
        ends="discharged",
        age=66,
        sex="female",
        name="Alexandrina-Philippa Thistlecombe-Harbourstead",
        function=1.0,
        complaint="Low back pain since moving house, worst on the stairs in the morning",
    ),
)
