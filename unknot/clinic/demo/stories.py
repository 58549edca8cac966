"""The courses people go through: who they are, how their pain moves, how the course ends."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

NECK, BACK = "neck_upper_back", "low_back"
AREAS: Mapping[str, tuple[str, ...]] = {
    NECK: ("neck_back_left", "neck_back_right", "upper_back_left", "shoulder_top_right"),
    BACK: ("low_back_left", "low_back_right", "buttock_left", "mid_back_right"),
}


@dataclass(frozen=True)
class Story:
    """One person's course. Pain is 0 to 10; the course opens ``weeks_ago`` weeks before today.

    ``spell`` is the part that would pass by itself, ``change`` what stays in the end, ``relief``
    the drop within a visit, ``carry`` how much lower pain is the day after one, ``answered``
    the share of days with a check-in. ``ends`` is how the course stands: open, discharged,
    referred, cancelled, or waiting (nothing may be booked).
    """

    kind: str
    area: str = BACK
    start: float = 6.0
    spell: float = 1.0
    change: float = 0.0
    relief: float = 1.5
    carry: float = 0.0
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
    weeks = dice.choices((dice.randint(1, 10), dice.randint(11, 50)), (70, 30))[0]
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
        return replace(
            story,
            start=max(5.5, story.start),
            change=dice.uniform(1.2, 2.4),
            carry=dice.uniform(2.0, 3.2),
            function=dice.uniform(0.6, 1),
        )
    if story.kind == "modest":
        return replace(
            story,
            change=dice.uniform(0.4, 1.2),
            carry=dice.uniform(0.8, 1.6),
            function=dice.uniform(0.2, 0.6),
        )
    if story.kind == "unclear":
        return replace(story, change=dice.uniform(0, 2), answered=dice.uniform(0.05, 0.15))
    if story.kind == "new":
        return replace(story, weeks_ago=dice.randint(0, 2), ends="open")
    if story.kind == "worse":
        return replace(story, start=4.0, spell=0.0, change=-3.0, visits=6, ends="open")
    if story.kind == "bad_days":
        return replace(story, only_bad_days=True, wobble=1.8, change=1.0, answered=0.9)
    return replace(story, change=dice.uniform(-0.4, 0.4), spell=0.2)
