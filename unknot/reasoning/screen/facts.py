"""What is known of a person when they are screened: what they said, and what they drew."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from unknot.knowledge import Knowledge
from unknot.knowledge.questions import NONE
from unknot.reasoning import dates, medicine_facts
from unknot.reasoning.case import Case
from unknot.reasoning.derived import Derived, over, together
from unknot.reasoning.marks import Mark
from unknot.reasoning.medicine_facts import READING, summary
from unknot.reasoning.screen.program import Program
from unknot.reasoning.truth import Facts

AREA_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "neck_upper_back": ("neck", "upper_back", "shoulder"),
    "low_back": ("low_back", "buttock", "hip"),
}
"""The groups a course for a main area treats; any other area may turn out to be anywhere."""

DRAWN: Final = "drawn_numb"
"""The question that the drawing answers; nobody is asked it."""

_NUMB_KINDS: Final = frozenset({"numb", "tingling", "numbness"})
_HANDS: Final = frozenset({"hand", "wrist", "forearm"})
_LEGS: Final = frozenset({"thigh", "knee", "lower_leg", "ankle", "foot"})


@dataclass(frozen=True)
class Told:
    """Everything a screening reads of one person."""

    case: Case
    facts: Facts
    derived: Derived


def gather(case: Case, ready: Program) -> Told:
    """Every answer by question, with "no" for what cannot matter; a missing key is unknown.

    An empty list is no answer: silence never counts as "none of these". What follows from the
    names of medicines and from days counts over what was ticked.
    """
    known = ready.knowledge
    derived = derive(case.answers, case.as_of, known)
    drawn = {DRAWN: drawn_numb(case.marks, known)}
    names = {READING: summary(case.answers, known)}
    facts = ready.board.read({**over(case.answers, derived), **drawn, **names})
    return Told(case, facts, derived)


def derive(said: Mapping[str, object], on: date, knowledge: Knowledge) -> Derived:
    """What follows from days, then from the names of medicines."""
    by_day = dates.derive(said, on, knowledge)
    by_name = medicine_facts.derive(over(said, by_day), knowledge)
    return together([by_day, by_name]) if by_day.answers or by_name.answers else by_day


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


def to_ask(names: Iterable[str], told: Told, ready: Program) -> tuple[str, ...]:
    """The questions to ask now to learn these answers: where a question only comes up after
    another one, that one; where it was answered and something else made it unknown, what settles
    that.
    """
    found: dict[str, None] = {}
    for name in names:
        when = ready.asked_when.get(name)
        first = when.undecided(told.facts) if when else ()
        found.update(
            dict.fromkeys(
                to_ask(first, told, ready) if first else told.derived.ask.get(name, (name,))
            )
        )
    return tuple(found)


def treated_groups(case: Case, knowledge: Knowledge) -> frozenset[str] | None:
    """The groups a course would treat: of the main area, and drawn; None when it may be any."""
    groups = AREA_GROUPS.get(str(case.answer("main_area")))
    if groups is None:
        return None
    return frozenset(groups) | {knowledge.regions[mark.region].group for mark in case.marks}
