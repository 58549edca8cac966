"""The safety rules for two public rule engines, translated by program; see bench/screening.py.

Neither engine knows "unknown", so each condition is written twice: certainly true, may be true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from operator import ge, gt, le, lt
from typing import Any

from unknot.knowledge import load
from unknot.knowledge.questions import Question
from unknot.knowledge.when import Group, Test, When
from unknot.reasoning.case import Case
from unknot.reasoning.scale import Disposition, Urgency, severity
from unknot.reasoning.screen.facts import gather
from unknot.reasoning.screen.program import Entry, program

COMPARE = {"at_least": ">=", "at_most": "<=", "above": ">", "below": "<"}
Answer = tuple[Disposition, Urgency, Disposition]
"""The worst that fired, how soon, and the worst it could still be."""
Decider = Callable[[Mapping[str, object]], bool]


@dataclass(frozen=True)
class Both:
    """One condition twice: whether it is certainly true, and whether it may be."""

    certain: Decider
    may_be: Decider


@dataclass(frozen=True)
class Translated:
    """One record: its condition, and each step with its urgency and disposition."""

    when: Both
    own: tuple[Urgency, Disposition]
    worse: tuple[tuple[Both, tuple[Urgency, Disposition]], ...]


Translate = Callable[[When], Both]


def translated(entry: Entry, translate: Translate) -> Translated:
    """The record with every condition in the other engine's form."""
    record = entry.record
    assert record.when is not None
    steps = zip(record.worse_when, (step for _, step in entry.worse), strict=True)
    worse = tuple((translate(written.when), step) for written, step in steps)
    return Translated(translate(record.when), entry.own, worse)


def judge(records: Iterable[Translated], facts: Mapping[str, object]) -> Answer:
    """The worst of all records by the other engine; the sums are the same Python for both."""
    fired: list[tuple[Urgency, Disposition]] = []
    possible: list[Disposition] = []
    for record in records:
        if not record.when.may_be(facts):
            continue
        certain = record.when.certain(facts)
        possible.append(record.own[1])
        if certain:
            fired.append(record.own)
        for when, step in record.worse:
            if when.may_be(facts):
                possible.append(step[1])
                if certain and when.certain(facts):
                    fired.append(step)
    worst = max((step[1] for step in fired), key=severity, default=Disposition.PROCEED)
    soonest = max((step[0] for step in fired), key=severity, default=Urgency.NONE)
    return worst, soonest, max([worst, *possible], key=severity)


def parts_of(group: Group) -> Iterator[tuple[Test | Group, ...]]:
    """A group as alternatives of which all parts must hold."""
    yield from combinations(group.parts, group.least)


class RuleEngine:
    """rule-engine: one expression of text for each condition, parsed once."""

    name = "rule-engine"

    def __init__(self) -> None:
        import rule_engine

        self.rule = rule_engine.Rule
        self.context = rule_engine.Context(resolver=rule_engine.resolve_item)

    def __call__(self, when: When) -> Both:
        """The two expressions as functions of the facts."""
        certain = self.rule(self.text(when.root, may_be=False), context=self.context)
        may_be = self.rule(self.text(when.root, may_be=True), context=self.context)
        return Both(certain.matches, may_be.matches)

    def text(self, part: Test | Group, *, may_be: bool) -> str:
        """The expression; under a negation the two readings change places."""
        if isinstance(part, Test):
            known, unknown = f"known_{part.question}", f"not known_{part.question}"
            test = self.test(part)
            return f"({unknown} or {test})" if may_be else f"({known} and {test})"
        inner = may_be is not part.negated
        ways = (
            " and ".join(self.text(item, may_be=inner) for item in way) for way in parts_of(part)
        )
        whole = "(" + " or ".join(f"({way})" for way in ways) + ")"
        return f"(not {whole})" if part.negated else whole

    def test(self, test: Test) -> str:
        """One comparison."""
        kind = load().questions[test.question].kind
        if test.operator in COMPARE:
            return f"{test.question} {COMPARE[test.operator]} {test.values[0]}"
        if kind == "yes_no":
            return test.question if test.values[0] else f"not {test.question}"
        if kind == "several":
            return "(" + " or ".join(f'"{word}" in {test.question}' for word in test.values) + ")"
        return "(" + " or ".join(f'{test.question} == "{word}"' for word in test.values) + ")"

    def facts(self, answers: Mapping[str, object]) -> Mapping[str, object]:
        """The facts as it reads them."""
        return answers


class BusinessRules:
    """business-rules (Venmo): nested tables of conditions over a class of variables."""

    name = "business-rules"

    def __init__(self) -> None:
        from business_rules import engine, variables

        self.check = engine.check_conditions_recursively
        kinds = {
            "yes_no": variables.boolean_rule_variable,
            "several": variables.select_multiple_rule_variable(options=[]),
            "choice": variables.string_rule_variable,
        }
        methods: dict[str, Any] = {"__init__": _hold}
        for question in load().questions.values():
            kind = kinds.get(question.kind, variables.numeric_rule_variable)
            methods[question.id] = kind(_reader(question.id))
            known = f"known_{question.id}"
            methods[known] = variables.boolean_rule_variable(_reader(known))
        self.variables = type("Variables", (variables.BaseVariables,), methods)

    def __call__(self, when: When) -> Both:
        """The two tables as functions of the facts."""
        certain, may_be = (self.table(when.root, may_be=way, no=False) for way in (False, True))
        return Both(
            lambda facts: bool(self.check(certain, facts)),
            lambda facts: bool(self.check(may_be, facts)),
        )

    def table(self, part: Test | Group, *, may_be: bool, no: bool) -> dict[str, Any]:
        """The table; it has no "not", so a negation is carried down to the comparisons."""
        if isinstance(part, Test):
            known = {
                "name": f"known_{part.question}",
                "operator": "is_false" if may_be else "is_true",
                "value": "",
            }
            return {"any" if may_be else "all": [known, self.test(part, no)]}
        no = no is not part.negated
        least = len(part.parts) - part.least + 1 if no else part.least
        ways = [
            {"all": [self.table(item, may_be=may_be, no=no) for item in way]}
            for way in combinations(part.parts, least)
        ]
        return ways[0] if len(ways) == 1 else {"any": ways}

    def test(self, test: Test, no: bool) -> dict[str, Any]:
        """One comparison, or its opposite."""
        kind = load().questions[test.question].kind
        if test.operator in COMPARE:
            name = _SIZES_NOT[test.operator] if no else _SIZES[test.operator]
            return {"name": test.question, "operator": name, "value": test.values[0]}
        if kind == "yes_no":
            name = "is_true" if bool(test.values[0]) is not no else "is_false"
            return {"name": test.question, "operator": name, "value": ""}
        if kind == "several":
            name = "shares_no_elements_with" if no else "shares_at_least_one_element_with"
            return {"name": test.question, "operator": name, "value": list(test.values)}
        if no:
            raise LookupError("its text has no opposite of equal_to")
        equal = [
            {"name": test.question, "operator": "equal_to", "value": word} for word in test.values
        ]
        return {"any": equal}

    def facts(self, answers: Mapping[str, object]) -> Any:
        """The variables as it reads them."""
        return self.variables(answers)


_SIZES = {
    "at_least": "greater_than_or_equal_to",
    "at_most": "less_than_or_equal_to",
    "above": "greater_than",
    "below": "less_than",
}
_SIZES_OF = {"at_least": ge, "at_most": le, "above": gt, "below": lt}
_SIZES_NOT = {
    "at_least": "less_than",
    "at_most": "greater_than",
    "above": "less_than_or_equal_to",
    "below": "greater_than_or_equal_to",
}


def _hold(self: Any, answers: Mapping[str, object]) -> None:
    self.answers = answers


def _reader(name: str) -> Callable[[Any], object]:
    def read(self: Any) -> object:
        return self.answers[name]

    read.__name__ = name
    return read


def neutral(question: Question) -> object:
    """An answer that makes no comparison of the rules true: what "left out" means to them."""
    if question.kind not in ("number", "scale_0_10"):
        return {"yes_no": False, "several": ()}.get(question.kind, "")
    records = (*load().rules.values(), *load().red_flags.values())
    whens = [when for record in records if (when := record.when)]
    whens += [worse.when for record in records for worse in record.worse_when]
    tests = [test for when in whens for test in when.tests if test.question == question.id]
    numbers = range(question.low or 0, (question.high or 0) + 1)
    fitting = (
        number
        for number in numbers
        if not any(_SIZES_OF[t.operator](number, t.values[0]) for t in tests)
    )
    return next(fitting, 0)


def settled(cases: Iterable[Case]) -> list[Mapping[str, object]]:
    """The settled answers of the cases for the other engines, marked as known or not."""
    empty = {question.id: neutral(question) for question in load().questions.values()}
    found: list[Mapping[str, object]] = []
    for case in cases:
        answers = gather(case, program(load())).facts.answers
        facts: dict[str, object] = {f"known_{name}": name in answers for name in empty}
        facts.update(empty)
        facts.update({name: said for name, said in answers.items() if said != ()})
        found.append(facts)
    return found
