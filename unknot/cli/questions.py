"""``unknot questions``: every question a case can answer, with the answers it takes."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from ..knowledge import load
from ..knowledge.questions import Question
from ..reasoning.case import Case
from ..reasoning.interview import Step, is_left, next_step, sections
from ..reasoning.units import accepted
from ._read import case_argument, read_case_file
from ._verb import describe, json_option, print_json, refusing

SCHEMA = "unknot-questions-1"
CODES = {0: "the questions were listed", 2: "the case cannot be read"}
EXAMPLES = (
    "unknot questions",
    "unknot questions --next examples/typist_numb_fingers.toml",
)


def add(verbs: Any) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "questions",
        help="the questions of the self-check and the answers they take",
        description="Lists the questions. With a case, only those that can still matter for it.",
    )
    case_argument(parser, optional=True)
    parser.add_argument(
        "--next", action="store_true", help="only what to ask now; empty when nothing is left"
    )
    json_option(parser)
    describe(parser, codes=CODES, examples=EXAMPLES)


@refusing()
def run(args: argparse.Namespace) -> int:
    """Prints the questions. Exit codes as in CODES."""
    case = read_case_file(args.case) if args.case else None
    begun = case or Case({}, date.today())
    step = next_step(begun) if args.next else None
    if args.next:
        asked = step.screen.questions if step else ()
        questions = [question for question in asked if is_left(question, begun)]
    else:
        questions = still_open(case) if case else list(load().questions.values())
    if args.json:
        rows = [as_dict(question) for question in questions]
        print_json({"schema": SCHEMA, "questions": rows, "why": why(step)})
    else:
        told = [in_words(question) for question in questions]
        print("\n".join([*told, *([why_words(step)] if step else [])]))
    return 0


def why(step: Step | None) -> dict[str, Any] | None:
    """What the next screen helps to decide; None without one."""
    if step is None:
        return None
    return {"rules": list(step.rules), "soonest": str(step.soonest), "seconds": step.seconds}


def why_words(step: Step) -> str:
    """Why the next screen is asked, in one line."""
    if not any(question.opening for question in step.screen.questions) and not step.rules:
        return "Asked now: the names may say more than what was ticked."
    if not step.rules:
        return "Asked first: every rule and every region rests on it."
    return f"Asked now to decide {', '.join(step.rules)} (at worst: {step.soonest})."


def still_open(case: Case) -> list[Question]:
    """The questions that matter for the case and have no answer yet."""
    asked = [question for section in sections(case) for question in section.questions]
    return [question for question in asked if is_left(question, case)]


def as_dict(question: Question) -> dict[str, Any]:
    """What one needs to answer the question in a case."""
    return {
        "id": question.id,
        "text": question.text,
        "kind": question.kind,
        "unit": question.unit,
        "units": list(accepted(question.unit)),
        "low": question.low,
        "high": question.high,
        "choices": {choice.id: choice.text for choice in question.choices},
        "settles": [
            {"choice": choice.id, "facts": list(choice.settles)}
            for choice in question.choices
            if choice.settles
        ],
    }


def in_words(question: Question) -> str:
    """The question on a few lines, with an example of an answer."""
    lines = [f"{question.id} = {_example(question)}", f"    {question.text}"]
    for choice in question.choices:
        lines.append(f"    {choice.id:<20} {choice.text}")
        if choice.settles:
            lines.append(f"    {'':<20} {', '.join(choice.settles)}")
    return "\n".join(lines)


def _example(question: Question) -> str:
    if question.kind in ("number", "scale_0_10"):
        return f"{question.low} to {question.high} {question.unit}".rstrip()
    if question.kind == "date":
        return date(2026, 11, 22).isoformat()
    return _EXAMPLES.get(question.kind, "")


_EXAMPLES = {
    "yes_no": "true or false",
    "choice": '"one of these"',
    "several": '["some of these"]',
    "text": '"text"',
    "marks": "see [[mark]] in the description of a case",
}
