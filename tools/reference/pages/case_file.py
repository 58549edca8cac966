"""How a case is written down."""

from collections.abc import Iterator
from inspect import cleandoc

from tools.reference.text import plain, wrapped
from unknot.knowledge import Knowledge
from unknot.reasoning import case, marks, units

TITLE = "Case file"
ABOUT = "how the answers and marks of one person are written down, as TOML or JSON."
SOURCE = "the reader of cases"

_SEEN = """
format = "unknot-case-1"
as_of = 2026-11-22

[answers]
age_years = 51
pain_weeks = "2 years"
bp_systolic = { value = 150, unit = "mmHg", on = 2026-11-20 }
fever = "not_sure"
numb_areas = ["none"]

[[mark]]
region = "low_back_left"
kind = "ache"
view = "back"
intensity = 6
"""
_KINDS = {
    "yes_no": "`true` or `false`",
    "choice": "one id of its choices, in quotes",
    "several": 'a list of ids; `["none"]` stands alone and must be said',
    "number": "a number in the unit of the question, or text with a unit",
    "scale_0_10": 'a number from 0 to 10, or `"6 of 10"`',
    "date": "a date; in quotes in JSON",
    "text": "text; where several lines are asked for, a list of texts",
}


def body(knowledge: Knowledge) -> Iterator[str]:
    """An example, what each kind of question takes, units, days and errors."""
    yield from wrapped(
        "One file holds what one person answered and drew. The self-check offers it for download; "
        "`unknot questions` lists the ids and what each takes."
    )
    yield from ("", "```toml", *cleandoc(_SEEN).splitlines(), "```", "")
    yield from wrapped(
        "The same as JSON: one object with `format`, `as_of`, `answers` and `mark`, days "
        "in quotes."
    )
    yield from ("", "## Answers", "")
    for kind, takes in _KINDS.items():
        yield from wrapped(f"- **{plain(kind)}:** {takes}", "  ")
    yield ""
    yield from wrapped(
        'A question without an answer is unknown, and unknown never counts as no. `"not_sure"` '
        "says the same. A question that is not known, or an answer it does not take, is refused."
    )
    yield from (
        "",
        "## Units",
        "",
        "| the question counts | an answer may be in |",
        "| --- | --- |",
    )
    used = {question.unit for question in knowledge.questions.values() if question.unit}
    for unit in sorted({*used, "of 10"}):
        yield f"| {unit} | {', '.join(units.accepted(unit))} |"
    yield ""
    yield from wrapped(
        "A year counts as 52 weeks and a month as a twelfth of that. A comma may stand for the "
        "decimal point. Another unit is refused, and the message names those that are taken."
    )
    yield from ("", "## Days", "")
    yield from wrapped(
        "Every answer is true of `as_of`. One that is true of an earlier day is written as a "
        "table with `value` and `on`; a day after `as_of` is refused."
    )
    yield from ("", "## Marks", "")
    yield from wrapped(
        "`region` is an id of the body chart, `kind` one of "
        f"{', '.join(marks.CLIENT_KINDS)}, `view` front or back, `intensity` 0 to 10 or left out."
    )
    yield from ("", "## Errors", "")
    yield from wrapped(
        "A message names the file, the line, the key and the cure; for JSON the column too. It "
        f"never repeats an answer. A file has at most {case.LONGEST_TEXT:,} characters."
    )
