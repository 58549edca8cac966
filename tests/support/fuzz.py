"""Documents that are nearly cases, or not at all, and what must hold of whatever is made of them.

    documents()         a hypothesis strategy: TOML, JSON and plain nonsense
    pass_through(text)  reads, screens, assesses and plans it; says what came of it

Either every stage gives a result, or the reader or the planner refuses in its own words. Anything
else is an error of the program and is raised as it is.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, Final

from hypothesis import strategies as st

from tests.support.cases import screened, written
from unknot.cli import plan as plan_words
from unknot.cli import screen as screen_words
from unknot.knowledge import load
from unknot.knowledge.questions import NONE, Question
from unknot.reasoning import assess, plan
from unknot.reasoning.case import Case, CaseError, read_case, write_case
from unknot.reasoning.marks import CLIENT_KINDS, Mark
from unknot.reasoning.screen import Screening, decide

_REGIONS: Final = (*load().regions, "", "knee", "🦵")
ODD: Final = (
    "nan", "-inf", "1e400", "-1", "0", "1" * 400, "0x7f", "1_000", "51.5", '"51"', '"51 years"',
    '"180/95"', "true", "[]", "[[]]", "{}", '""', '"none"', '["none", "none"]', '["none", "x"]',
    "2026-02-30", "0001-01-01", "9999-12-31", "1979-05-27T07:32:00Z", "07:32:00", "'''",
    '"\\ud800"', '"\u202e\u0000"', "null", "NaN",
     "[1, 2", '"not_sure"', '["not_sure"]', "‘yes’", "１２",
    '"2 years"', '"3 furlongs"', '{ value = 150, unit = "mmHg", on = 2026-11-20 }',
    '{ value = 1, on = 2030-01-01 }', '{ unit = "kPa" }', '{ value = "x", unit = 3 }',
    "\ufeff", "[" * 600, '{"a":' * 300,
)  # fmt: skip
"""Values that no question takes, or that only look like one it takes."""


@lru_cache(maxsize=1)
def seeds() -> tuple[str, ...]:
    """Whole people as TOML and as JSON, to be damaged."""
    cases = [screened(entry) for entry in written("vignettes")]
    tomls = [write_case(case) for case in cases]
    return (*tomls, *(_as_json(case) for case in cases))


def _as_json(case: Any) -> str:
    answers = {key: _plain(value) for key, value in case.answers.items()}
    whole = {"format": "unknot-case-1", "as_of": case.as_of.isoformat(), "answers": answers}
    return json.dumps(whole, indent=1)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


# --- Damage ------------------------------------------------------------------------------------


def _line(text: str, dice: random.Random) -> tuple[list[str], int]:
    lines = text.split("\n")
    return lines, dice.randrange(len(lines))


def _drop(text: str, dice: random.Random) -> str:
    lines, at = _line(text, dice)
    return "\n".join(lines[:at] + lines[at + 1 :])


def _twice(text: str, dice: random.Random) -> str:
    lines, at = _line(text, dice)
    return "\n".join([*lines[: at + 1], lines[at], *lines[at + 1 :]])


def _value(text: str, dice: random.Random) -> str:
    """Another value behind a key: an odd one, or one that belongs to another line."""
    lines, at = _line(text, dice)
    other = lines[dice.randrange(len(lines))]
    taken = re.split(r"[=:]", other, maxsplit=1)[-1].strip().rstrip(",")
    new = dice.choice([*ODD, taken])
    lines[at] = re.sub(r"([=:]).*", lambda found: f"{found[1]} {new}", lines[at], count=1)
    return "\n".join(lines)


def _key(text: str, dice: random.Random) -> str:
    lines, at = _line(text, dice)
    new = dice.choice([*load().questions, "marks", "answers", "answers.age_years", "", "é", "a b"])
    lines[at] = re.sub(r"^\s*[\"']?[\w]+[\"']?", new, lines[at], count=1)
    return "\n".join(lines)


def _character(text: str, dice: random.Random) -> str:
    at = dice.randrange(len(text) + 1)
    new = dice.choice(
        ['"', "'", "[", "]", "{", "}", "=", "\\", "\x00", "\r", "\u2028", "𝟙", "ß", "\ud83d"]
    )
    return text[:at] + new + text[at + dice.randrange(2) :]


def _cut(text: str, dice: random.Random) -> str:
    return text[: dice.randrange(len(text) + 1)]


def _front(text: str, dice: random.Random) -> str:
    return dice.choice(["\ufeff", "\n\n", "{", "# ", "[answers]\n", "[[mark]]\n"]) + text


def _mark(text: str, dice: random.Random) -> str:
    rows = [
        f'[[mark]]\nregion = "{dice.choice(_REGIONS)}"\n'
        f'kind = "{dice.choice(["ache", "numb", "x"])}"\n'
        f'view = "{dice.choice(["front", "back", "side"])}"\nintensity = {dice.choice(ODD)}\n'
        for _ in range(dice.randrange(1, 4))
    ]
    return "\n".join([text, *rows])


DAMAGE: Final[tuple[Callable[[str, random.Random], str], ...]] = (
    _drop, _twice, _value, _value, _value, _key, _character, _cut, _front, _mark,
)  # fmt: skip


def damaged(seed: int) -> str:
    """A whole person's document with one to four things wrong; the same seed, the same text."""
    dice = random.Random(seed)
    text = dice.choice(seeds())
    for _ in range(dice.randrange(1, 5)):
        text = dice.choice(DAMAGE)(text, dice) if text else text
    return text


# --- Valid, and unlikely -----------------------------------------------------------------------


def lively(seed: int) -> str:
    """A document that can be read, whose answers contradict each other and whose day may be any.

    The same seed, the same text.
    """
    dice = random.Random(seed)
    entry = dice.choice(_entries(may_be_treated=dice.random() < 0.7))
    answers: dict[str, Any] = dict(screened(entry).answers)
    asked = [question for question in load().questions.values() if question.kind != "marks"]
    for question in dice.sample(asked, dice.randrange(12)):
        answers[question.id] = _calm(question) if dice.random() < 0.7 else _valid(question, dice)
    if answers and dice.random() < 0.3:
        del answers[dice.choice(sorted(answers))]
    day = dice.choice(_DAYS)
    marks = [
        Mark(region, dice.choice(CLIENT_KINDS), dice.choice([None, 0, 5, 10]))
        for region in dice.sample(sorted(load().regions), dice.randrange(6))
    ]
    return write_case(Case(answers, day, tuple(marks)))


_DAYS: Final = (
    *[date(2026, 11, 22)] * 5,
    *[date(2024, 2, 29), date(1900, 1, 1), date(2199, 12, 31)] * 2,
    date.max,
    date.min,
)


@lru_cache(maxsize=2)
def _entries(may_be_treated: bool) -> list[dict[str, Any]]:
    every = list(written("vignettes"))
    return [one for one in every if one["expect"].get("blocks") is not may_be_treated]


def _calm(question: Question) -> Any:
    """The answer that says nothing is wrong, where there is one."""
    if question.kind == "yes_no":
        return question.id == "decides_for_self"
    if NONE in question.choice_ids:
        return (NONE,) if question.kind == "several" else NONE
    return _valid(question, random.Random(0))


def _valid(question: Question, dice: random.Random) -> Any:
    if question.kind == "yes_no":
        return dice.random() < 0.5
    if question.kind == "choice":
        return dice.choice(question.choice_ids)
    if question.kind == "several":
        others = [name for name in question.choice_ids if name != NONE] or ["RF-NECK-03", "SR-041"]
        return tuple(dice.sample(others, dice.randint(1, min(4, len(others)))))
    if question.kind == "date":
        return dice.choice([*_DAYS, date(2026, 11, 21)])
    if question.kind == "text":
        line = dice.choice(["Räder 🦵 wechseln", "x" * (question.high or 200), "a\nb\u202e"])
        return (line,) if question.lines > 1 else line
    assert question.low is not None
    assert question.high is not None
    return dice.choice([question.low, question.high, dice.randint(question.low, question.high)])


# --- Nonsense ----------------------------------------------------------------------------------


def _anything() -> st.SearchStrategy[Any]:
    leaves = (
        st.none()
        | st.booleans()
        | st.integers()
        | st.integers(10**300, 10**320)
        | st.floats(allow_nan=True, allow_infinity=True)
        | st.text(max_size=20)
        | st.sampled_from(["none", "not_sure", "both", "2026-11-22", "10000-01-01", "yes"])
    )
    keys = st.text(max_size=8) | st.sampled_from(sorted(load().questions))
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
        max_leaves=12,
    )


def _fitting() -> st.SearchStrategy[dict[str, Any]]:
    """Answers whose keys are right, and whose values often are."""

    def value(name: str) -> st.SearchStrategy[Any]:
        choices = load().questions[name].choice_ids
        fit = [st.booleans(), st.integers(-5, 400), _anything()]
        if choices:
            fit += [st.sampled_from(choices), st.lists(st.sampled_from(choices), max_size=4)] * 2
        return st.one_of(fit)

    names = st.lists(st.sampled_from(sorted(load().questions)), max_size=12, unique=True)
    return names.flatmap(lambda some: st.fixed_dictionaries({name: value(name) for name in some}))


def _structured() -> st.SearchStrategy[str]:
    wholes = st.fixed_dictionaries(
        {"format": st.just("unknot-case-1") | st.text(max_size=5)},
        optional={
            "as_of": st.dates().map(str) | _anything(),
            "answers": _fitting() | _anything(),
            "mark": st.lists(_anything(), max_size=3),
            "extra": _anything(),
        },
    )
    return (wholes | st.dictionaries(st.text(max_size=8), _anything(), max_size=4)).map(json.dumps)


def documents() -> st.SearchStrategy[str]:
    """Damaged people, unlikely ones, structured nonsense in JSON, and text of any characters."""
    seeds = st.integers(0, 10**9)
    alive = seeds.map(lively)
    return seeds.map(damaged) | alive | alive | _structured() | st.text(max_size=300)


# --- What must hold ----------------------------------------------------------------------------


def pass_through(text: str) -> str:
    """What came of the text: "refused", "no plan", or "plan". Raises what must never be raised."""
    try:
        case = read_case(text, name="fuzzed")
    except CaseError as error:
        _speaks(error, text)
        return "refused"
    found = decide(case)
    assert Screening.from_dict(json.loads(json.dumps(found.to_dict()))) == found
    assert screen_words.in_words(found)
    assert found.blocks_booking or not found.missing
    assess.rank_sources(case.marks)
    assess.sources.overrides(case.marks)
    try:
        made = plan.propose(case, found, today=case.as_of, price_cents_per_visit=9000)
    except plan.PlanError:
        return "no plan"
    assert not found.blocks_booking
    assert plan_words.in_words(made)
    assert json.dumps(plan.to_dict(made))
    return "plan"


def _speaks(error: CaseError, text: str) -> None:
    """Says what is wrong and the cure, and points at a line or a key wherever there is one."""
    assert error.what
    assert error.cure
    assert str(error).startswith("fuzzed")
    assert 0 <= error.line <= text.count("\n") + text.count("\r") + len(text.splitlines()) + 1
    assert error.line or error.key or error.what in ("is too long", "cannot be read")
    assert not error.key or error.key in str(error)
