"""``unknot score OM-PEG average=6 enjoyment=5 activity=7``: a score, and whether it changed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ..knowledge import Knowledge, load, read_instrument, with_instrument
from ..knowledge.instruments import Instrument
from ..reasoning import assess, stored
from ..reasoning.assess import Change, Score, ScoreError
from ._read import Unreadable
from ._verb import describe, json_option, print_json, refusing

LIST_SCHEMA = "unknot-instruments-1"
CODES = {
    0: "there is a score, or the instruments were listed",
    1: "too few questions are answered for a score",
    2: "an answer or a name is wrong",
}
EXAMPLES = (
    "unknot score",
    "unknot score OM-PEG",
    "unknot score OM-PEG average=6 enjoyment=5 activity=7 --before 8",
)


def add(verbs: Any) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "score",
        help="score a questionnaire, and say whether a change matters",
        description="Scores one set of answers by the questionnaire's own rule for missing ones. "
        "Without answers it shows what the questionnaire asks; without a name, all names.",
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
    json_option(parser)
    describe(parser, codes=CODES, examples=EXAMPLES)


@refusing(ScoreError)
def run(args: argparse.Namespace) -> int:
    """Prints the score. Exit codes as in CODES."""
    if args.file and not args.instrument:
        raise Unreadable("Name the instrument before the file, such as OM-ODI.")
    if not args.instrument:
        return _list(list(load().instruments.values()), args.json)
    known = _with_file(args.instrument, args.file)
    instrument = assess.scores.find(args.instrument, known)
    if not args.answers:
        return _list([instrument], args.json) if args.json else _describe(instrument)
    answers = dict(_answer(text) for text in args.answers)
    found = assess.score(instrument.id, answers, knowledge=known)
    change = None
    if args.before is not None and found.value is not None:
        change = assess.change(instrument.id, args.before, found.value, knowledge=known)
    if args.json:
        kept = stored.to_dict(change) if change else None
        print_json({**stored.to_dict(found), "change": kept})
    else:
        print(in_words(found, change))
    return 1 if found.value is None else 0


def _with_file(name: str, file: Path | None) -> Knowledge:
    """The knowledge, with the practice's own instrument where a file is given."""
    known = load()
    return with_instrument(known, read_instrument(file, name, known)) if file else known


def in_words(found: Score, change: Change | None) -> str:
    """The score as plain text."""
    lines = [f"{found.name}: {'no score' if found.value is None else f'{found.value:g}'}"]
    lines.append(found.explanation)
    return "\n".join([*lines, change.says] if change else lines)


def _list(instruments: list[Instrument], as_json: bool) -> int:
    if as_json:
        rows = [_as_dict(one) for one in instruments]
        print_json({"schema": LIST_SCHEMA, "instruments": rows})
    else:
        print("\n".join(f"{one.id:10} {one.name}" for one in instruments))
    return 0


def _as_dict(one: Instrument) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "items": {item.id: item.text for item in one.items},
        "item_low": one.item_low,
        "item_high": one.item_high,
        "item_count": one.item_count,
        "licence": one.licence,
    }


def _describe(instrument: Instrument) -> int:
    print(f"{instrument.name}. {instrument.tell}")
    for item in instrument.items:
        print(f"  {item.id}: {item.text} ({instrument.item_low} to {instrument.item_high})")
    if not instrument.items:
        print(f"  {instrument.licence}")
    return 0


def _answer(text: str) -> tuple[str, int | None]:
    """Item and answer. Raises ScoreError for what is no whole number."""
    item, _, number = text.partition("=")
    if not number:
        return item, None
    try:
        return item, int(number[:20])
    except ValueError:
        cure = "Write item=number, such as pain=6"
        raise ScoreError(item, "is not a whole number", cure) from None
