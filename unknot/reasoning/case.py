"""A case: what one person answered and drew, as of one day. It can be written down and read back.

    format = "unknot-case-1"
    as_of = 2026-11-22

    [answers]
    age_years = 51
    numb_areas = ["none"]

    [[mark]]
    region = "low_back_left"
    kind = "ache"
    view = "back"

A question without an answer is unknown. Writing "not_sure" for an answer says the same.

    CaseError    the text is not a case: says which line, which key and how to mend it
"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from unknot.knowledge import Knowledge, load
from unknot.knowledge.questions import NONE, Question
from unknot.reasoning.marks import Mark, MarksError, dump_marks, parse_marks

FORMAT: Final = "unknot-case-1"
NOT_SURE: Final = "not_sure"
LONGEST_TEXT: Final = 500_000
LONGEST_ANSWER: Final = 2_000

Answer: TypeAlias = bool | int | float | str | date | tuple[str, ...]


class CaseError(ValueError):
    """The text is not a case: which line (0 when it has none), which key, what is wrong, the cure.

    No answer is repeated in the message, because an answer is health data.
    """

    def __init__(self, name: str, line: int, key: str, what: str, cure: str) -> None:
        """Build the sentence from its parts."""
        self.name, self.line, self.key, self.what, self.cure = name, line, key, what, cure
        place = ", ".join(part for part in (name, f"line {line}" if line else "", key) if part)
        super().__init__(f"{place}: {what}. {cure}.")


@dataclass(frozen=True)
class Case:
    """Answers by question id, marks on the body chart, and the day they are true of."""

    answers: Mapping[str, Answer]
    as_of: date
    marks: tuple[Mark, ...] = field(default=())

    def __post_init__(self) -> None:
        """Keep a copy of the answers that nobody can change."""
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))

    def answer(self, key: str) -> Answer | None:
        """The answer to one question, or None when it is unknown."""
        return self.answers.get(key)

    def with_answers(self, **more: Answer | None) -> "Case":
        """The same case with other answers; None takes an answer away."""
        answers = {**self.answers, **more}
        known = {key: value for key, value in answers.items() if value is not None}
        return Case(known, self.as_of, self.marks)


@dataclass(frozen=True)
class NotingCase(Case):
    """A case that notes which questions were read of it, in the order they were first read."""

    read: dict[str, None] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, case: Case) -> "NotingCase":
        """The same case, nothing read yet."""
        return cls(case.answers, case.as_of, case.marks)

    def answer(self, key: str) -> Answer | None:
        """The answer to one question, or None when it is unknown; notes that it was read."""
        self.read[key] = None
        return super().answer(key)


# --- Reading -----------------------------------------------------------------------------------


def read_case(text: str, *, name: str = "case", knowledge: Knowledge | None = None) -> Case:
    """The case written in `text`: TOML, or JSON when it begins with a brace. Raises CaseError."""
    reader = _Reader(text, name, (knowledge or load()))
    return reader.case()


class _Reader:
    """Reads one text; holds what every error must name."""

    def __init__(self, text: str, name: str, knowledge: Knowledge) -> None:
        self.text, self.name, self.knowledge = text, name, knowledge

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
        return Case(
            answers={
                key: answer
                for key, value in answers.items()
                if (answer := self.answer(key, value)) is not None
            },
            as_of=self.day("as_of", tables.get("as_of")),
            marks=self.marks(tables.get("mark", [])),
        )

    def tables(self) -> dict[str, Any]:
        if len(self.text) > LONGEST_TEXT:
            raise self.error("", "is too long", f"A case has at most {LONGEST_TEXT} characters")
        is_json = self.text.lstrip().startswith("{")
        try:
            return dict(json.loads(self.text) if is_json else tomllib.loads(self.text))
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"line (\d+)", str(error))
            line = int(found[1]) if found else self.text.count("\n") + 1
            raise CaseError(self.name, line, "", "is not TOML", "Correct this line") from None
        except json.JSONDecodeError as error:
            line = error.lineno
            raise CaseError(self.name, line, "", "is not JSON", "Correct this line") from None
        except (ValueError, RecursionError, OverflowError):
            raise self.error("", "cannot be read", "Write it as TOML or JSON") from None

    def answer(self, key: str, value: Any) -> Answer | None:
        question = self.knowledge.questions.get(key)
        if question is None or question.kind == "marks":
            raise self.error(key, "is no question", "List the questions with: unknot questions")
        if value == NOT_SURE:
            return None
        answer, cure = _ANSWERS[question.kind](value, question)
        if answer is None:
            raise self.error(key, "cannot be answered like this", cure)
        return answer

    def day(self, key: str, value: Any) -> date:
        day = _day(value)
        if day is None:
            raise self.error(key, "is not a date", f"Write {key} = 2026-11-22")
        return day

    def marks(self, rows: Any) -> tuple[Mark, ...]:
        try:
            text = json.dumps(rows)
        except (TypeError, ValueError, RecursionError):
            raise self.error("mark", "holds something that is no mark", _MARK) from None
        try:
            return parse_marks(text, regions=self.knowledge.regions)
        except MarksError as error:
            raise self.error(
                f"mark {error.index}, {error.key}" if error.index else "mark",
                "is wrong",
                error.cure,
            ) from None

    def error(self, key: str, what: str, cure: str) -> CaseError:
        return CaseError(self.name, self.line_of(key), key, what, cure.rstrip("."))

    def line_of(self, key: str) -> int:
        """The first line that begins with the key; 0 when there is none."""
        start = re.compile(rf'\s*\[*["\']?{re.escape(key.split(" ")[0])}["\']?\s*[\]=:]')
        lines = enumerate(self.text.splitlines(), start=1)
        return next((number for number, line in lines if key and start.match(line)), 0)


_MARK = "Give region, kind and view for each [[mark]]"
Read: TypeAlias = tuple[Answer | None, str]


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return None
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _read_yes_no(value: Any, _question: Question) -> Read:
    return (value if isinstance(value, bool) else None), "Write true, false or not_sure in quotes"


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
    cure = f"Write a number from {question.low} to {question.high} {question.unit}".rstrip()
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
    """The case as TOML that `read_case` reads back to the same case."""
    lines = [f'format = "{FORMAT}"', f"as_of = {case.as_of.isoformat()}", "", "[answers]"]
    lines += [f"{key} = {_toml(value)}" for key, value in case.answers.items()]
    for row in json.loads(dump_marks(case.marks)):
        lines += ["", "[[mark]]", *(f"{key} = {_toml(value)}" for key, value in row.items())]
    return "\n".join(lines) + "\n"


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
