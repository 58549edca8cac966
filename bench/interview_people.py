"""People who are nobody: whole sets of answers, made from a seed, and the walk through a check.

Two kinds. *Mixed*: ages 18 to 85, mostly well; each warning sign, illness and medicine is true
with a small probability of its own. The probabilities are chosen to exercise the rules; they
describe no population. *Uniform*: every answer equally likely, each choice of
a list with one half.
"""

import random
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from unknot.knowledge import load
from unknot.knowledge.questions import NONE, Question
from unknot.reasoning.case import Answer, Case
from unknot.reasoning.derived import over
from unknot.reasoning.interview import Step, next_step, settle, ticks
from unknot.reasoning.marks import Mark
from unknot.reasoning.medicine_facts import KINDS, READING, SPELLING, summary
from unknot.reasoning.medicine_facts import NAMES as NAMES_OF
from unknot.reasoning.screen.facts import AREA_GROUPS, derive, drawn_numb, gather, treated_groups
from unknot.reasoning.screen.program import program
from unknot.reasoning.ternary import holds

KNOWN = load()
TODAY = date(2026, 11, 22)
FACTS = [q for q in KNOWN.questions.values() if not (q.staff or q.is_checklist)]
NAMES = ("ibuprofen", "warfarin", "prednisolon, metformin", "xyzzolin", "ramipril, Xarelto")
RARE, ILL, MEDICINE = 0.01, 0.04, 0.10
FAR_MARKS = 0.02
FLAGS = [(flag.id, frozenset(flag.groups)) for flag in KNOWN.red_flags.values() if flag.groups]
Choose = Callable[[Question, random.Random], Answer | None]


def mixed(question: Question, dice: random.Random) -> Answer | None:
    """An answer of somebody who is mostly well."""
    if question.id == "age_years":
        return dice.randint(18, 85)
    if question.id == "decides_for_self":
        return dice.random() > RARE
    often = {"medicines": MEDICINE, "health": ILL}.get(question.section, RARE)
    if question.kind == "yes_no":
        return dice.random() < often
    if question.kind == "choice" and NONE in question.choice_ids:
        return dice.choice(question.choice_ids) if dice.random() < 3 * RARE else NONE
    if question.kind == "several" and not question.choices_from:
        return some(question, dice, often)
    return uniform(question, dice)


def uniform(question: Question, dice: random.Random) -> Answer | None:
    """Any answer, each as likely as any other."""
    if question.kind == "yes_no":
        return dice.random() < 0.5
    if question.kind == "choice":
        return dice.choice(question.choice_ids)
    if question.kind == "several":
        return some(question, dice, 1 / 10 if question.choices_from else 1 / 2)
    if question.kind in ("number", "scale_0_10"):
        return dice.randint(question.low or 0, min(question.high or 0, 300))
    if question.id == NAMES_OF:
        return dice.choice((None, *NAMES))
    return ("a text",) if question.lines > 1 else "a text"


def some(question: Question, dice: random.Random, often: float) -> tuple[str, ...]:
    """Each choice with this probability; "none of these", or one of them, where none came up."""
    chosen = tuple(c for c in question.choice_ids if c != NONE and dice.random() < often)
    return chosen or (NONE if NONE in question.choice_ids else question.choice_ids[0],)


def everything(question: Question, _dice: random.Random) -> Answer | None:
    """The worst of every question at once, as far as one can answer so."""
    if question.kind == "yes_no":
        return question.id != "decides_for_self"
    if question.kind == "several":
        return tuple(choice for choice in question.choice_ids if choice != NONE)
    if question.kind == "choice":
        return question.choice_ids[-1]
    return uniform(question, _dice) if question.kind == "text" else question.high


def nothing(question: Question, dice: random.Random) -> Answer | None:
    """The mildest of every question."""
    if question.kind == "yes_no":
        return question.id == "decides_for_self"
    if NONE in question.choice_ids:
        return (NONE,) if question.kind == "several" else NONE
    if question.kind in ("number", "scale_0_10"):
        return question.low
    return uniform(question, dice)


def finish(
    case: Case, choose: Choose, dice: random.Random, *, passed: Collection[str] = ()
) -> Case:
    """The case with an answer to everything a person like this would still be asked.

    What was `passed` over stays so. A later answer can open an earlier question, so it is gone
    through until nothing more opens.
    """
    answers: dict[str, object] = dict(case.answers)
    done = {*answers, *passed}
    drawn = {"drawn_numb": drawn_numb(case.marks, KNOWN)}
    for _ in range(3):
        counted, closed = {**_counted(answers), **drawn}, dict[str, object]()
        for question in FACTS:
            if question.id in done or question.kind == "marks":
                continue
            if holds(question.ask_when, counted) is False:
                closed[question.id] = False if question.kind == "yes_no" else ()
                counted[question.id] = closed[question.id]
                continue
            done.add(question.id)
            if (told := choose(question, dice)) is not None:
                answers[question.id] = counted[question.id] = told
                if question.id in (NAMES_OF, KINDS, SPELLING):
                    counted = {**closed, **_counted(answers), **drawn}
        if NAMES_OF not in answers:
            break
    return Case(answers, case.as_of, case.marks)  # type: ignore[arg-type]


def _counted(answers: dict[str, object]) -> dict[str, object]:
    """The answers as they count, once the names of medicines have been read."""
    if NAMES_OF not in answers:
        return {**answers, READING: (NONE,)}
    names = {READING: summary(answers, KNOWN)}
    return {**over(answers, derive(answers, TODAY, KNOWN)), **names}


def person(choose: Choose, dice: random.Random) -> Case:
    """Somebody with every answer, and with one or two marks on the body chart."""
    told = finish(Case({}, TODAY), choose, dice)
    near = AREA_GROUPS.get(str(told.answer("main_area")), ())
    regions = [
        region.id
        for region in KNOWN.regions.values()
        if region.group in near or dice.random() < FAR_MARKS
    ]
    kinds = ("ache", "ache", "sharp", "stiff", "tingling")
    marks = [Mark(dice.choice(regions or ["knee_front_left"]), dice.choice(kinds), 5)]
    return finish(Case(told.answers, TODAY, tuple(marks)), choose, dice)


@dataclass
class Walk:
    """One person's way through the self-check."""

    case: Case
    screens: int = 0
    questions: int = 0
    seconds: int = 0
    passed: set[str] = field(default_factory=set)
    """Questions passed over."""


class Walker:
    """Asks people; remembers what it asked of others who had said the same."""

    def __init__(self) -> None:
        self.steps: dict[object, Step | None] = {}

    def walk(self, told: Case) -> Walk:
        """The self-check of somebody, until nothing more is asked."""
        walk = Walk(Case({}, TODAY))
        while step := self._next(walk):
            assert walk.screens < len(FACTS), step.screen.id
            walk.screens += 1
            walk.seconds += step.seconds
            for question in step.screen.questions:
                if question.id not in walk.case.answers or question.is_checklist:
                    walk.questions += 1
                    self._answer(walk, question, told)
        return walk

    def _answer(self, walk: Walk, question: Question, told: Case) -> None:
        if question.kind == "marks" and told.marks:
            walk.case = Case(walk.case.answers, TODAY, told.marks)
        elif question.is_checklist:
            walk.case = tick(walk.case, question, told)
        elif (answer := told.answer(question.id)) is None:
            walk.passed.add(question.id)
        else:
            walk.case = walk.case.with_answers(**{question.id: answer})

    def _next(self, walk: Walk) -> Step | None:
        facts = gather(walk.case, program(KNOWN)).facts
        said = frozenset(
            (
                name,
                "" if isinstance(answer, int | float) and not isinstance(answer, bool) else answer,
            )
            for name, answer in walk.case.answers.items()
        )
        near = treated_groups(walk.case, KNOWN)
        far = near and frozenset(name for name, groups in FLAGS if groups.isdisjoint(near))
        drawn = bool(walk.case.marks)
        key = facts.true, facts.unknown, said, drawn, far, frozenset(walk.passed)
        if key not in self.steps:
            self.steps[key] = next_step(walk.case, answered=walk.passed)
        return self.steps[key]


def tick(case: Case, checklist: Question, told: Case) -> Case:
    """The case once somebody has filled in a checklist truthfully."""
    mildest: Mapping[str, Answer | None] = {
        name: nothing(KNOWN.questions[name], random.Random(0)) for name in checklist.members
    }
    whole = Case({**mildest, **told.answers}, TODAY)  # type: ignore[dict-item]
    chosen = ticks(checklist, whole)
    assert chosen is not None
    settled = settle(checklist, chosen, case, KNOWN)
    return case.with_answers(**{checklist.id: chosen}, **settled)
