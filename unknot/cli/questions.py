"""``unknot questions``: every question a case can answer, with the answers it takes."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from ..knowledge import load
from ..knowledge.questions import Question
from ..reasoning.case import Case, CaseError, read_case
from ..reasoning.interview import sections


def add(verbs: Any) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "questions",
        help="the questions of the self-check and the answers they take",
        description="Lists the questions. With a case, only those that can still matter for it.",
    )
    parser.add_argument("case", metavar="CASE.toml", nargs="?", help="a case begun")
    parser.add_argument("--json", action="store_true", help="the same as JSON")


def run(args: argparse.Namespace) -> int:
    """Prints the questions. Exit code 0; 2 when the case cannot be read."""
    try:
        case = (
            read_case(Path(args.case).read_text("utf-8-sig"), name=args.case)
            if args.case
            else None
        )
    except (OSError, UnicodeDecodeError, CaseError) as error:
        print(error, file=sys.stderr)
        return 2
    questions = still_open(case) if case else list(load().questions.values())
    if args.json:
        print(json.dumps([as_dict(question) for question in questions], indent=2))
    else:
        print("\n".join(in_words(question) for question in questions))
    return 0


def still_open(case: Case) -> list[Question]:
    """The questions that matter for the case and have no answer yet."""
    asked = [question for section in sections(case) for question in section.questions]
    return [question for question in asked if question.id not in case.answers]


def as_dict(question: Question) -> dict[str, Any]:
    """What one needs to answer the question in a case."""
    return {
        "id": question.id,
        "text": question.text,
        "kind": question.kind,
        "unit": question.unit,
        "low": question.low,
        "high": question.high,
        "choices": {choice.id: choice.text for choice in question.choices},
    }


def in_words(question: Question) -> str:
    """The question on a few lines, with an example of an answer."""
    lines = [f"{question.id} = {_example(question)}", f"    {question.text}"]
    lines += [f"    {choice.id:<20} {choice.text}" for choice in question.choices]
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
