"""``unknot score OM-PEG average=6 enjoyment=5 activity=7``: a score, and whether it changed."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from ..knowledge import load
from ..reasoning import assess
from ..reasoning.assess import ScoreError


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "score",
        help="score a questionnaire, and say whether a change matters",
        description="Scores one set of answers by the questionnaire's own rule for missing ones.",
        epilog="Without answers it shows what the questionnaire asks; without a name, all names.",
    )
    parser.add_argument("instrument", nargs="?", metavar="ID", help="such as OM-PEG")
    parser.add_argument("answers", nargs="*", metavar="item=number")
    parser.add_argument("--before", type=float, metavar="SCORE", help="an earlier score")


def run(args: argparse.Namespace) -> int:
    """Exit code 0 with a score, 1 when too few questions are answered, 2 when one is wrong."""
    if not args.instrument:
        for one in load().instruments.values():
            print(f"{one.id:10} {one.name}")
        return 0
    try:
        instrument = assess.scores.find(args.instrument)
        if not args.answers:
            return _describe(instrument)
        found = assess.score(instrument.id, dict(_answer(text) for text in args.answers))
        print(f"{found.name}: {'no score' if found.value is None else f'{found.value:g}'}")
        print(found.explanation)
        if args.before is not None and found.value is not None:
            print(assess.change(instrument.id, args.before, found.value).says)
    except ScoreError as error:
        print(error, file=sys.stderr)
        return 2
    return 1 if found.value is None else 0


def _describe(instrument: Any) -> int:
    print(f"{instrument.name}. {instrument.tell}")
    for item in instrument.items:
        print(f"  {item.id}: {item.text} ({instrument.item_low} to {instrument.item_high})")
    if not instrument.items:
        print(f"  {instrument.licence}")
    return 0


def _answer(text: str) -> tuple[str, int | None]:
    item, _, number = text.partition("=")
    if not number:
        return item, None
    if not number.lstrip("-").isdigit():
        raise ScoreError(item, "is not a whole number", "Write item=number, such as pain=6")
    return item, int(number)
