"""How pain moves through one course: pure, from a story and dice."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from .stories import Story

PASSES_IN_DAYS = 25.0
HANGS_TOGETHER = 0.4  # correlation of a day with the day before
COURSE_DAYS = 45.0  # by when the lasting change is there
FLARE_DAYS = 6
HALF_GONE_DAYS = 3.0  # of what a visit leaves behind
STILL_IN_THE_EVENING = 0.5  # of the drop within a visit
FLARE_POINTS = 3.0


def pain_path(story: Story, days: int, dice: random.Random) -> tuple[float, ...]:
    """Pain on each day from the opening of the course, unrounded, kept within 0 to 10."""
    drift, path = dice.gauss(0, story.wobble), []
    fresh = story.wobble * math.sqrt(1 - HANGS_TOGETHER**2)
    for day in range(days):
        drift = HANGS_TOGETHER * drift + dice.gauss(0, fresh)
        level = story.start + story.spell * (math.exp(-day / PASSES_IN_DAYS) - 0.5)
        level -= story.change * _share_done(day)
        path.append(min(10.0, max(0.0, level + drift + _flare(story, day))))
    return tuple(path)


def eased(
    path: Sequence[float], visit_day: int, *, carry: float, relief: float
) -> tuple[float, ...]:
    """The path after a visit that lowers pain by ``carry`` the next day, half of it gone in three.

    In the evening of the visit a part of its ``relief`` is still there. The score before the
    visit was told already, with the pain the person came with.
    """
    evening = max(carry, STILL_IN_THE_EVENING * relief)
    return (
        *path[:visit_day],
        *(
            max(0.0, pain - (evening if not day else carry * 0.5 ** ((day - 1) / HALF_GONE_DAYS)))
            for day, pain in enumerate(path[visit_day:])
        ),
    )


def _share_done(day: int) -> float:
    """How much of the lasting change has come, slow at first, then faster, then level."""
    done = min(1.0, max(0.0, (day - 7) / COURSE_DAYS))
    return done * done * (3 - 2 * done)


def _flare(story: Story, day: int) -> float:
    if story.flare_day is None or not 0 <= day - story.flare_day < FLARE_DAYS:
        return 0.0
    return FLARE_POINTS * (1 - (day - story.flare_day) / FLARE_DAYS)


def answered_days(story: Story, path: Sequence[float], dice: random.Random) -> tuple[int, ...]:
    """The days with a check-in: some people answer mostly when it is bad."""
    return tuple(
        day
        for day, pain in enumerate(path)
        if dice.random() < story.answered
        and (not story.only_bad_days or day < 7 or pain > _around(path, day) + 0.7)
    )


def _around(path: Sequence[float], day: int) -> float:
    """The mean of the days around a day."""
    near = path[max(0, day - 10) : day + 11]
    return sum(near) / len(near)


def score(pain: float) -> int:
    """What a person would tap."""
    return min(10, max(0, round(pain)))
