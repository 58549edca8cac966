"""``unknot score OM-PEG average=6 enjoyment=5 activity=7``: a score, and whether it changed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ..knowledge import Knowledge, KnowledgeError, load, read_instrument, with_instrument
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
    parser.add_argument(
        "--instrument",
        dest="file",
        type=Path,
        metavar="FILE",
        help="a questionnaire of your own licence: TOML, or a FHIR R4 Questionnaire as JSON",
    )
    parser.add_argument("--before", type=float, metavar="SCORE", help="an earlier score")


def run(args: argparse.Namespace) -> int:
    """Exit code 0 with a score, 1 when too few questions are answered, 2 when one is wrong."""
    if args.file and not args.instrument:
        print("Name the instrument before the file, such as OM-ODI.", file=sys.stderr)
        return 2
    if not args.instrument:
        for one in load().instruments.values():
            print(f"{one.id:10} {one.name}")
        return 0
    try:
        known = _with_file(args.instrument, args.file)
        instrument = assess.scores.find(args.instrument, known)
        if not args.answers:
            return _describe(instrument)
        answers = dict(_answer(text) for text in args.answers)
        found = assess.score(instrument.id, answers, knowledge=known)
        print(f"{found.name}: {'no score' if found.value is None else f'{found.value:g}'}")
        print(found.explanation)
        if args.before is not None and found.value is not None:
            print(assess.change(instrument.id, args.before, found.value, knowledge=known).says)
    except (ScoreError, KnowledgeError) as error:
        print(error, file=sys.stderr)
        return 2
    return 1 if found.value is None else 0


def _with_file(name: str, file: Path | None) -> Knowledge:
    """The knowledge, with the practice's own instrument where a file is given."""
    known = load()
    return with_instrument(known, read_instrument(file, name, known)) if file else known


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
