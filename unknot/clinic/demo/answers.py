"""The intake answers of an invented person: everything asked, nothing alarming unless told."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from unknot.knowledge import load
from unknot.knowledge.questions import Question
from unknot.reasoning.case import Case
from unknot.reasoning.marks import Mark
from unknot.reasoning.screen import Screening, decide

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
LOW_BACK_ONLY = ("sexual_change", "belly_signs")
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
WITH_HEALTH = 0.35
# Everyday health that asks for some care in treatment and stops nothing.
HEALTH: tuple[dict[str, Any], ...] = (
    {"heart_and_blood": ["high_blood_pressure"], "medicines": ["blood_pressure"]},
    {"heart_and_blood": ["varicose_veins"]},
    {"anticoagulant": True, "anticoagulant_unstable": False},
    {"osteoporosis": True, "onset": "gradual", "trauma": "none"},
    {"illnesses": ["diabetes"]},
    {"illnesses": ["hypermobility"]},
    {"skin": ["fragile"]},
    {"allergies": ["nut", "scent"]},
    {"medicines": ["painkillers"]},
    {"operations": ["metalwork"]},
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
    if not story.name and dice.random() < WITH_HEALTH:
        found |= dice.choice(HEALTH)
    found |= story.answers
    closed = ["birth_recent"] if found.get("pregnant") else []
    for question in (*closed, *(LOW_BACK_ONLY if story.area == NECK else ())):
        found.pop(question, None)
    return found


def case_of(
    story: Story, dice: random.Random, *, age: int, sex: str, as_of: date
) -> tuple[Case, Screening]:
    """The whole case, a plain no to whatever is still asked, and what the rules make of it."""
    told = answers(story, dice, age=age, sex=sex)
    return complete(
        Case(
            {
                key: tuple(value) if isinstance(value, list) else value
                for key, value in told.items()
            },
            as_of,
            marks(story, dice),
        )
    )


def complete(case: Case) -> tuple[Case, Screening]:
    """The case with every open question of safety answered harmlessly, and its screening."""
    known = load().questions
    screening = decide(case)
    while missing := [key for key in screening.missing if key not in case.answers]:
        case = case.with_answers(**{key: _harmless(known[key]) for key in missing})
        screening = decide(case)
    return case, screening


def _harmless(question: Question) -> Any:
    if question.id in HARMLESS:
        return HARMLESS[question.id]
    if question.kind == "yes_no":
        return False
    if question.kind == "several":
        return ("none",)
    return question.choice_ids[0] if question.choices else question.low


HARMLESS = {
    "decides_for_self": True,
    "age_at_onset": 44,
    "bp_known": True,
    "bp_systolic": 124,
    "bp_diastolic": 78,
}


def marks(story: Story, dice: random.Random) -> tuple[Mark, ...]:
    """What such a person would mark on the chart."""
    sides = dice.choice((("left", "right"), ("left",), ("right",)))
    found = [
        _mark(f"{region}_{side}", dice.choice(("ache", "ache", "stiff", "burning")), story.start)
        for region in dice.sample(MARKS[story.area], 2)
        for side in sides
    ]
    for numb in story.answers.get("numb_areas", ()):
        found += [_mark(region, kind, 4) for region, kind in NUMB.get(numb, ())]
    return tuple(found)


NUMB = {
    "little_fingers_both": (("little_finger_left", "numb"), ("little_finger_right", "numb")),
    "hands_both": (("palm_left", "tingling"), ("palm_right", "tingling")),
    "saddle": (("saddle_mid", "numb"),),
}


def _mark(region: str, kind: str, intensity: float) -> Mark:
    return Mark(region, kind, min(10, round(intensity)), load().regions[region].view)
