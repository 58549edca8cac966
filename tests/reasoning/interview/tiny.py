"""Small made-up knowledge, and the best interview one could hold over it.

Every rule set here has so few questions that all answers of all people can be gone through.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product
from types import MappingProxyType

from unknot.knowledge import Knowledge, load
from unknot.knowledge.errors import Place
from unknot.knowledge.questions import Choice, Question
from unknot.knowledge.rules import Rule
from unknot.knowledge.vocabulary import Disposition, Urgency
from unknot.knowledge.when import When
from unknot.reasoning.case import Answer, Case
from unknot.reasoning.screen import Screening, decide

TODAY = date(2026, 11, 22)
PLACE = Place("rules.toml", "made up", "when")
LEVELS = ("a", "b", "none")
CONSEQUENCES = (
    {"disposition": Disposition.TOTAL_CONTRAINDICATION, "urgency": Urgency.EMERGENCY_NOW},
    {"disposition": Disposition.TOTAL_CONTRAINDICATION, "urgency": Urgency.NONE},
    {"disposition": Disposition.MEDICAL_CLEARANCE, "urgency": Urgency.GP_SOON},
    {"disposition": Disposition.LOCAL_CONTRAINDICATION, "urgency": Urgency.NONE},
    {"disposition": Disposition.ADAPT, "urgency": Urgency.NONE, "pressure_ceiling": 2},
    {"disposition": Disposition.ADAPT, "urgency": Urgency.NONE, "exclude_groups": ("abdomen",)},
    {"disposition": Disposition.ADAPT, "urgency": Urgency.SAME_DAY, "pain_cap": 3},
)


def made_up(dice: random.Random, questions: int, rules: int) -> Knowledge:
    """A knowledge of a few yes-or-no and three-way questions and rules over them."""
    asked = {f"q{number}": _question(f"q{number}", dice) for number in range(questions)}
    if dice.random() < 0.5 and questions > 2:
        opener = dice.choice(list(asked)[:-1])
        last = list(asked)[-1]
        asked[last] = replace(asked[last], ask_when=_when(_test(asked[opener], dice)))
    written = {f"R{number}": _rule(f"R{number}", asked, dice) for number in range(rules)}
    staff = {name: load().questions[name] for name in ("drawn_numb",)}
    return replace(
        load(),
        version=f"made up {dice.random()}",
        questions=MappingProxyType({**asked, **staff}),
        rules=MappingProxyType(written),
        red_flags=MappingProxyType({}),
    )


def _question(name: str, dice: random.Random) -> Question:
    like = load().questions["fever"]
    base = replace(like, id=name, screen="", ask_when=None, section="warning_signs")
    if dice.random() < 0.6:
        return base
    choices = tuple(Choice(id=level, text=level) for level in LEVELS)
    return replace(base, kind="choice", choices=choices)


def _rule(name: str, asked: Mapping[str, Question], dice: random.Random) -> Rule:
    like = next(rule for rule in load().rules.values() if rule.id == "SR-061")
    consequence = dice.choice(CONSEQUENCES)
    worse = ()
    plain = replace(like, id=name, when=_when(_condition(asked, dice)), worse_when=worse)
    return replace(plain, clearance_days=0, overridable=False, **consequence)


def _when(condition: object) -> When:
    return When.from_toml(condition, PLACE)


def _condition(asked: Mapping[str, Question], dice: random.Random) -> object:
    """A condition that reads no question twice, so that what looks open can come true."""
    names = dice.sample(list(asked), min(len(asked), dice.choice((1, 1, 2, 2, 3))))
    tests = [_test(asked[name], dice) for name in names]
    if len(tests) == 1:
        return tests[0]
    kind = dice.choice(("all", "any", "none", "some"))
    if kind == "some":
        return {"at_least": dice.randint(1, len(tests)), "of": tests}
    if kind == "none":
        return {"all": [tests[0], {"none": tests[1:]}]}
    return {kind: tests}


def _test(question: Question, dice: random.Random) -> dict[str, object]:
    if question.kind == "yes_no":
        return {"question": question.id, "is": dice.random() < 0.7}
    return {"question": question.id, "any_of": dice.sample(LEVELS, dice.choice((1, 1, 2)))}


def values(question: Question) -> tuple[Answer, ...]:
    """Every answer a question can be given."""
    return (True, False) if question.kind == "yes_no" else question.choice_ids


def people(knowledge: Knowledge) -> Iterator[dict[str, Answer]]:
    """Everybody there can be: every answer to every question."""
    asked = [question for question in knowledge.questions.values() if not question.staff]
    for told in product(*(values(question) for question in asked)):
        yield dict(zip((question.id for question in asked), told, strict=True))


def outcome(screening: Screening) -> tuple[object, ...]:
    """What a screening allows; where nobody is treated, only how soon they are seen matters."""
    if screening.so_far is Disposition.TOTAL_CONTRAINDICATION:
        return screening.so_far, screening.urgency
    return (
        screening.so_far,
        screening.urgency,
        screening.pressure_ceiling,
        screening.pain_cap,
        screening.most_minutes,
        screening.excluded_groups,
        screening.gentle_groups,
        screening.banned_techniques,
        screening.positions,
    )


class Best:
    """The best interview over a small knowledge, found by going through all of them."""

    def __init__(self, knowledge: Knowledge) -> None:
        """The results of every person, worked out once."""
        self.names = [q.id for q in knowledge.questions.values() if not q.staff]
        self.values = {name: values(knowledge.questions[name]) for name in self.names}
        self.result = {
            tuple(told.values()): outcome(decide(_open(told, knowledge), knowledge=knowledge))
            for told in people(knowledge)
        }
        self.people = len(self.result)

    def settled(self, known: tuple[Answer | None, ...]) -> bool:
        """Whether everybody who would answer like this has the same result."""
        return len({self.result[told] for told in self._like(known)}) == 1

    @cache  # noqa: B019 - one short-lived object a rule set
    def total(self, known: tuple[Answer | None, ...]) -> int:
        """The fewest questions asked of everybody who would answer like this, added up."""
        if self.settled(known):
            return 0
        return min(
            sum(
                self.total((*known[:place], value, *known[place + 1 :]))
                for value in self.values[name]
            )
            + sum(1 for _ in self._like(known))
            for place, name in enumerate(self.names)
            if known[place] is None
        )

    def _like(self, known: tuple[Answer | None, ...]) -> Iterator[tuple[Answer, ...]]:
        return product(
            *(
                self.values[name] if value is None else (value,)
                for name, value in zip(self.names, known, strict=True)
            )
        )


def _open(told: Mapping[str, Answer], knowledge: Knowledge) -> Case:
    """The case of somebody who answers only what is asked of them."""
    from unknot.reasoning.interview import without_closed

    return without_closed(Case(told, TODAY), knowledge=knowledge)
