"""What is known of a person when they are screened: what they said, and what they drew."""

from collections.abc import Iterable, Mapping
from typing import Final

from unknot.knowledge import Knowledge
from unknot.knowledge.questions import NONE
from unknot.reasoning.case import Case
from unknot.reasoning.marks import Mark
from unknot.reasoning.screen.program import Program
from unknot.reasoning.truth import Facts

AREA_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "neck_upper_back": ("neck", "upper_back", "shoulder"),
    "low_back": ("low_back", "buttock", "hip"),
}
"""The groups a course for a main area treats; any other area may turn out to be anywhere."""

_NUMB_KINDS: Final = frozenset({"numb", "tingling", "numbness"})
_HANDS: Final = frozenset({"hand", "wrist", "forearm"})
_LEGS: Final = frozenset({"thigh", "knee", "lower_leg", "ankle", "foot"})


def gather(case: Case, ready: Program) -> Facts:
    """Every answer by question, with "no" for what cannot matter; a missing key is unknown.

    An empty list is no answer: silence never counts as "none of these".
    """
    drawn = drawn_numb(case.marks, ready.knowledge)
    return ready.board.read({**case.answers, "drawn_numb": drawn})


def drawn_numb(marks: Iterable[Mark], knowledge: Knowledge) -> tuple[str, ...]:
    """Where the chart shows numbness or tingling, in the words of question `numb_areas`."""
    drawn = [knowledge.regions[mark.region] for mark in marks if mark.kind in _NUMB_KINDS]
    hands = {region.side for region in drawn if region.group in _HANDS}
    legs = {region.side for region in drawn if region.group in _LEGS}
    little = {region.side for region in drawn if "little_finger" in region.id}
    found: list[str] = []
    if {"left", "right"} <= little:
        found.append("little_fingers_both")
    elif {"left", "right"} <= hands:
        found.append("hands_both")
    elif hands:
        found.append("hand_one")
    if legs:
        found.append("legs_both" if {"left", "right"} <= legs else "leg_one")
    return tuple(found) or (NONE,)


def to_ask(names: Iterable[str], facts: Facts, ready: Program) -> tuple[str, ...]:
    """The questions to ask now to learn these answers: where a question only comes up after
    another one, that one.
    """
    found: dict[str, None] = {}
    for name in names:
        when = ready.asked_when.get(name)
        first = when.undecided(facts) if when else ()
        found.update(dict.fromkeys(to_ask(first, facts, ready) if first else (name,)))
    return tuple(found)


def treated_groups(case: Case, knowledge: Knowledge) -> frozenset[str] | None:
    """The groups a course would treat: of the main area, and drawn; None when it may be any."""
    groups = AREA_GROUPS.get(str(case.answer("main_area")))
    if groups is None:
        return None
    return frozenset(groups) | {knowledge.regions[mark.region].group for mark in case.marks}
