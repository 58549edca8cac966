"""The intake answers of an invented person: everything asked, nothing alarming unless told."""

from __future__ import annotations

import random
from typing import Any

from .stories import NECK, Story


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_NONE_OF = _words(
    "numb_areas weakness cord_signs head_neck_signs chest_signs belly_signs leg_signs today"
    " heart_and_blood illnesses operations skin allergies medicines room_wishes"
)
_NO = _words(
    "night_pain bowel_change saddle_numb sexual_change fever unexplained_weight_loss"
    " cancer_history osteoporosis anticoagulant steroid_long_term"
)
ACTIVITIES = {
    NECK: (
        "Turning my head to park",
        "Working at a screen for an hour",
        "Sleeping through",
        "Lifting a pan",
        "Reading in bed",
        "Carrying a rucksack",
    ),
    "low_back": (
        "Putting on socks",
        "Standing while cooking",
        "Sitting through a film",
        "Lifting a child",
        "Walking to the shop",
        "Getting out of bed",
    ),
}
GOALS = (
    "Work a whole day without thinking about it.",
    "Play with the children on the floor.",
    "Sleep through the night.",
    "Walk for an hour again.",
    "Get back to swimming.",
)
MARKS = {
    NECK: ("neck_back", "shoulder_top", "upper_back", "shoulder_blade"),
    "low_back": ("low_back", "buttock"),
}


def answers(story: Story, dice: random.Random, *, age: int, sex: str) -> dict[str, Any]:
    """Answers by question id, as an intake stores them; the story's own answers win."""
    pain = round(story.start)
    found: dict[str, Any] = {
        "age_years": age,
        "sex": sex,
        "main_area": story.area,
        "pain_weeks": dice.choice((10, 16, 30, 52, 78, 110, 200)),
        "pain_now": pain,
        "pain_average": max(1, pain - dice.randint(0, 1)),
        "onset": dice.choice(("gradual", "gradual", "sudden")),
        "trauma": "none",
        "worse_by": dice.sample(("sitting", "standing", "lifting", "typing", "stress"), 2),
        "better_by": dice.sample(("moving", "rest", "heat", "touch"), 2),
        "morning_stiffness": dice.choice(("none", "under_30")),
        "bladder_change": "none",
        "typing_hours_per_day": dice.randint(0, 9),
        "lifting_hours_per_day": dice.randint(0, 3),
        "standing_hours_per_day": dice.randint(1, 6),
        "sleep_quality_0_10": dice.randint(3, 8),
        "stress_0_10": dice.randint(2, 8),
        "activities": dice.sample(ACTIVITIES[story.area], 3),
        "tried_before": dice.sample(("exercise", "painkillers", "heat", "physiotherapy"), 2),
        "pressure_wish": dice.choice((2, 3, 3, 4)),
        "goals": dice.choice(GOALS),
        "arm_pain" if story.area == NECK else "leg_pain": "none",
        **{question: ["none"] for question in _NONE_OF},
        **dict.fromkeys(_NO, False),
    }
    if sex != "male" and age <= 56:
        found |= {"pregnant": False, "birth_recent": "none"}
    found |= story.answers
    if found.get("pregnant"):
        found.pop("birth_recent", None)
    return found


def marks(story: Story, dice: random.Random) -> list[dict[str, Any]]:
    """What such a person would mark on the chart."""
    sides = dice.choice((("left", "right"), ("left",), ("right",)))
    found = [
        _mark(f"{region}_{side}", dice.choice(("ache", "ache", "stiff", "burning")), story.start)
        for region in dice.sample(MARKS[story.area], 2)
        for side in sides
    ]
    for fingers in story.answers.get("numb_areas", ()):
        for side in ("left", "right"):
            if fingers == "little_fingers_both":
                found.append(_mark(f"little_finger_{side}", "numb", 3, view="front"))
            if fingers == "hands_both":
                found.append(_mark(f"palm_{side}", "tingling", 4, view="front"))
        if fingers == "saddle":
            found.append(_mark("saddle_mid", "numb", 8, view="front"))
    return found


def _mark(region: str, kind: str, intensity: float, *, view: str = "back") -> dict[str, Any]:
    return {
        "region": region,
        "kind": kind,
        "intensity": min(10, round(intensity)),
        "view": view,
        "layer": "client",
    }
