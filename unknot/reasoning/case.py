"""A case: what one person answered and drew, as of one day. It can be written down and read back.

    format = "unknot-case-1"
    as_of = 2026-11-22

    [answers]
    age_years = 51
    pain_weeks = "2 years"
    bp_systolic = { value = 150, unit = "mmHg", on = 2026-11-20 }
    numb_areas = ["none"]

    [[mark]]
    region = "low_back_left"
    kind = "ache"
    view = "back"

A question without an answer is unknown. Writing "not_sure" for an answer says the same. A number
is in the unit of its question, or in quotes with a unit of its own; an answer is true of `as_of`,
or of its own day `on`. The same as JSON has days in quotes.

    CaseError    the text is not a case: says which line, which key and how to mend it
"""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from unknot.knowledge import Knowledge, load
from unknot.knowledge.questions import NONE, Question
from unknot.reasoning import notation, places, units
from unknot.reasoning.marks import Mark, MarksError, dump_marks, parse_marks

FORMAT: Final = "unknot-case-1"
NOT_SURE: Final = "not_sure"
LONGEST_TEXT: Final = 500_000
LONGEST_ANSWER: Final = 2_000
LONGEST_KEY: Final = 60
YEARS: Final = range(1900, 2200)
"""Years a day of a case can lie in; any other is a slip of the pen."""

Answer: TypeAlias = bool | int | float | str | date | tuple[str, ...]


class CaseError(ValueError):
    """The text is not a case: which line and column (0 when there is none), which key, what is
    wrong, the cure.

    The column is counted for JSON, which often stands on one line. No answer is repeated in the
    message, because an answer is health data.
    """

    def __init__(
        self, name: str, line: int, key: str, what: str, cure: str, column: int = 0
    ) -> None:
        """Build the sentence from its parts."""
        self.name, self.line, self.key, self.what, self.cure = name, line, key, what, cure
        self.column = column
        parts = (name, f"line {line}" if line else "", f"column {column}" if column else "", key)
        super().__init__(f"{', '.join(part for part in parts if part)}: {what}. {cure}.")


@dataclass(frozen=True)
class Case:
    """Answers by question id, marks on the body chart, and the day they are true of."""

    answers: Mapping[str, Answer]
    as_of: date
    marks: tuple[Mark, ...] = field(default=())
    on: Mapping[str, date] = field(default_factory=dict)
    """Days of answers that are true of another day, such as a reading of the blood pressure."""

    def __post_init__(self) -> None:
        """Keep a copy of the answers that nobody can change."""
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))
        days = {key: day for key, day in self.on.items() if key in self.answers}
        object.__setattr__(self, "on", MappingProxyType(days))

    def answer(self, key: str) -> Answer | None:
        """The answer to one question, or None when it is unknown."""
        return self.answers.get(key)

    def day_of(self, key: str) -> date:
        """The day the answer to one question is true of."""
        return self.on.get(key, self.as_of)

    def with_answers(self, **more: Answer | None) -> "Case":
        """The same case with other answers, true of `as_of`; None takes an answer away."""
        answers = {**self.answers, **more}
        known = {key: value for key, value in answers.items() if value is not None}
        days = {key: day for key, day in self.on.items() if key not in more}
        return Case(known, self.as_of, self.marks, days)


@dataclass(frozen=True)
class NotingCase(Case):
    """A case that notes which questions were read of it, in the order they were first read."""

    read: dict[str, None] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, case: Case) -> "NotingCase":
        """The same case, nothing read yet."""
        return cls(case.answers, case.as_of, case.marks, case.on)

    def answer(self, key: str) -> Answer | None:
        """The answer to one question, or None when it is unknown; notes that it was read."""
        self.read[key] = None
        return super().answer(key)


# --- Reading -----------------------------------------------------------------------------------


def read_case(text: str, *, name: str = "case", knowledge: Knowledge | None = None) -> Case:
    """The case written in `text`: TOML, or JSON when it begins with a brace.

    Numbers come back in the unit of their question. A question without an answer, or answered
    "not_sure", is unknown. `name` is how errors call the text. Raises CaseError for anything that
    is not exactly a case, with line, key and cure.
    """
    reader = _Reader(text, name, (knowledge or load()))
    return reader.case()


class _Reader:
    """Reads one text; holds what every error must name."""

    def __init__(self, text: str, name: str, knowledge: Knowledge) -> None:
        self.text, self.name, self.knowledge = text, name, knowledge
        self.is_json = text.lstrip().startswith("{")

    def case(self) -> Case:
        tables = self.tables()
        for key in tables:
            if key not in ("format", "as_of", "answers", "mark"):
                raise self.error(key, "is not part of a case", "Use format, as_of, answers, mark")
        if tables.get("format") != FORMAT:
            raise self.error("format", "is missing or unknown", f'Write format = "{FORMAT}"')
        answers = tables.get("answers", {})
        if not isinstance(answers, dict):
            raise self.error("answers", "is not a table", "Write [answers] with one answer a line")
        as_of = self.day("as_of", tables.get("as_of"))
        dated = {key: self.fact(key, value, as_of) for key, value in answers.items()}
        return Case(
            answers={key: answer for key, (answer, _) in dated.items() if answer is not None},
            as_of=as_of,
            marks=self.marks(tables.get("mark", [])),
            on={key: day for key, (_, day) in dated.items() if day != as_of},
        )

    def tables(self) -> dict[str, Any]:
        if len(self.text) > LONGEST_TEXT:
            cure = f"Write at most {LONGEST_TEXT} characters"
            raise CaseError(self.name, 0, "", "is too long", cure)
        try:
            if self.is_json:
                return dict(json.loads(self.text, object_pairs_hook=self.once))
            return dict(tomllib.loads(self.text))
        except tomllib.TOMLDecodeError as error:
            if notation.is_json_list(self.text):
                raise CaseError(self.name, 1, "", "is a list, not a case", _ONE_CASE) from None
            found = re.search(r"line (\d+)", str(error))
            line = int(found[1]) if found else self.text.count("\n") + 1
            cure = notation.cure(error)
            raise CaseError(self.name, line, "", "is not TOML", cure) from None
        except json.JSONDecodeError as error:
            cure = notation.cure(error)
            what = "is not JSON"
            raise CaseError(self.name, error.lineno, "", what, cure, error.colno) from None
        except CaseError:
            raise
        except (ValueError, RecursionError, OverflowError):
            cure = "Write it as TOML or JSON"
            raise CaseError(self.name, 0, "", "cannot be read", cure) from None

    def once(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """The object of these pairs; a key that stands twice is refused, as TOML does."""
        table = dict(pairs)
        if len(table) < len(pairs):
            names = [key for key, _ in pairs]
            twice = next(key for key in names if names.count(key) > 1)
            raise self.error(twice, "stands here twice", "Keep one of them")
        return table

    def fact(self, key: str, value: Any, as_of: date) -> tuple[Answer | None, date]:
        """The answer and its day: a value alone, or a table of value, unit and on."""
        if not isinstance(value, dict):
            return self.answer(key, value), as_of
        if "value" not in value or not value.keys() <= {"value", "unit", "on"}:
            raise self.error(key, "is a table without value", _TABLE)
        day = self.day(key, value["on"]) if "on" in value else as_of
        if day > as_of:
            raise self.error(key, "is dated after as_of", "Correct the day, or as_of")
        said = value["value"]
        if "unit" in value:
            if type(said) not in (int, float) or not isinstance(value["unit"], str):
                raise self.error(key, "has a unit but no number", _TABLE)
            said = f"{said} {value['unit']}"
        return self.answer(key, said), day

    def answer(self, key: str, value: Any) -> Answer | None:
        question = self.knowledge.questions.get(key)
        if question is None or question.kind == "marks":
            hint = _nearest(key, self.knowledge.questions)
            cure = f"{hint}List the questions with: unknot questions"
            raise self.error(key, "is no question", cure)
        if value == NOT_SURE:
            return None
        answer, cure = _ANSWERS[question.kind](value, question)
        if answer is None:
            raise self.error(key, "cannot be answered like this", cure)
        return answer

    def day(self, key: str, value: Any) -> date:
        day = _day(value)
        if day is None:
            raise self.error(key, "is not a date", "Write a date such as 2026-11-22")
        return day

    def marks(self, rows: Any) -> tuple[Mark, ...]:
        try:
            text = json.dumps(rows)
        except (TypeError, ValueError, RecursionError):
            raise self.error("mark", "holds something that is no mark", _MARK) from None
        try:
            return parse_marks(text, regions=self.knowledge.regions)
        except MarksError as error:
            where = f"mark {error.index}, {error.key}" if error.index else "mark"
            cure = error.cure
            if error.key == "region":
                hint = _nearest(rows[error.index - 1].get("region"), self.knowledge.regions)
                cure = f"{hint}{cure[:1].upper()}{cure[1:]}"
            raise self.error(where, "is wrong", cure, error.key, error.index) from None

    def error(
        self, key: str, what: str, cure: str, find: str | None = None, mark: int = 0
    ) -> CaseError:
        """The error at the place of the key, or of `find` in the n-th mark."""
        line, column = places.find(self.text, key if find is None else find, mark)
        if find is not None and not mark:
            line, column = places.find(self.text, "mark")
        counted = column if self.is_json else 0
        return CaseError(self.name, line, _shown(key), what, cure.rstrip("."), counted)


def _nearest(written: object, known: Iterable[str]) -> str:
    """Asks whether the nearest known name was meant; empty where none is near."""
    close = get_close_matches(written, list(known), n=1) if isinstance(written, str) else []
    return f"Did you mean {close[0]}? " if close and close[0] != written else ""


def _shown(key: str) -> str:
    """The key as it is, or quoted and escaped where it is not made of words; cut when long."""
    words = key.replace(", ", "_").replace(" ", "_")
    return key if words.isidentifier() else json.dumps(key)[:LONGEST_KEY]


_ONE_CASE: Final = 'Write one case a file, as an object: { "format": ..., "answers": { ... } }'
_YES_NO: Final = 'Write true for yes and false for no, without quotes; "not_sure" has quotes'
_TABLE: Final = (
    'Write { value = 150, unit = "mmHg", on = 2026-11-20 }; unit and on may be left out'
)
_MARK = "Give region, kind and view for each [[mark]]"
Read: TypeAlias = tuple[Answer | None, str]


def _day(value: Any) -> date | None:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime) or not isinstance(value, date):
        return None
    return value if value.year in YEARS else None


def _read_yes_no(value: Any, _question: Question) -> Read:
    return (value if isinstance(value, bool) else None), _YES_NO


def _read_choice(value: Any, question: Question) -> Read:
    known = isinstance(value, str) and value in question.choice_ids
    return (value if known else None), f"Use one of: {', '.join(question.choice_ids)}"


def _read_several(value: Any, question: Question) -> Read:
    cure = f"Write a list of some of: {', '.join(question.choice_ids) or 'ids of findings'}"
    if not isinstance(value, list) or not value or not all(isinstance(i, str) for i in value):
        return None, cure
    if question.choice_ids and not set(value) <= set(question.choice_ids):
        return None, cure
    if NONE in value and len(value) > 1:
        return None, f'"{NONE}" stands alone'
    return tuple(dict.fromkeys(value)), cure


def _read_number(value: Any, question: Question) -> Read:
    unit = "of 10" if question.kind == "scale_0_10" else question.unit
    cure = f"Write a number from {question.low} to {question.high} {question.unit}".rstrip()
    if known := units.accepted(unit):
        cure += f", or in quotes with one of: {', '.join(known)}"
    if isinstance(value, str):
        value = units.in_unit(value, unit)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None, cure
    low, high = question.low, question.high
    inside = low is not None and high is not None and low <= value <= high
    return (value if inside else None), cure


def _read_date(value: Any, _question: Question) -> Read:
    return _day(value), "Write a date such as 2026-11-22"


def _read_text(value: Any, question: Question) -> Read:
    longest = question.high or LONGEST_ANSWER
    cure = f"Write text of at most {longest} characters"
    if question.lines > 1:
        good = (
            isinstance(value, list)
            and 0 < len(value) <= question.lines
            and all(isinstance(line, str) and 0 < len(line) <= longest for line in value)
        )
        return (tuple(value) if good else None), f"Write a list of at most {question.lines} texts"
    return (value if isinstance(value, str) and 0 < len(value) <= longest else None), cure


_ANSWERS: Final = {
    "yes_no": _read_yes_no,
    "choice": _read_choice,
    "several": _read_several,
    "number": _read_number,
    "scale_0_10": _read_number,
    "date": _read_date,
    "text": _read_text,
}


# --- Writing -----------------------------------------------------------------------------------


def write_case(case: Case) -> str:
    """The case as TOML that `read_case` reads back to the same case. Raises nothing."""
    lines = [f'format = "{FORMAT}"', f"as_of = {case.as_of.isoformat()}", "", "[answers]"]
    lines += [f"{key} = {_fact(case, key)}" for key in case.answers]
    for row in json.loads(dump_marks(case.marks)):
        lines += ["", "[[mark]]", *(f"{key} = {_toml(value)}" for key, value in row.items())]
    return "\n".join(lines) + "\n"


def _fact(case: Case, key: str) -> str:
    said = _toml(case.answers[key])
    return f"{{ value = {said}, on = {case.on[key].isoformat()} }}" if key in case.on else said


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(_toml(item) for item in value)}]"
    if isinstance(value, str):
        # JSON's escapes are TOML's, but for the delete character and lone halves of pairs.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)
