"""``unknot outcomes DIARY.csv``: is it working? The verdict on a diary, in words or as JSON."""

from __future__ import annotations

import argparse
import textwrap
from datetime import UTC, datetime
from typing import Any

from ..reasoning import outcomes, stored
from ..reasoning.outcomes import Verdict
from ..reasoning.outcomes import read as reader
from ..reasoning.outcomes.report import to_dict
from ._read import name_of, read_text
from ._verb import describe, json_option, print_json, refusing

FORMAT = (reader.__doc__ or "").split("\n", 1)[1].strip("\n")
WIDTH = 88
SAVE_AS = "“CSV UTF-8”"
"""How spreadsheets call a table in UTF-8."""
CODES = {0: "there is a verdict, also when it is too early to tell", 2: "the diary cannot be read"}
EXAMPLES = ("unknot outcomes examples/diary_ten_weeks.csv",)


def add(verbs: Any) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "outcomes",
        help="is it working? the verdict on a diary of pain scores",
        description="Reads a diary of pain scores and visits, and says what it can honestly say.",
    )
    parser.add_argument("diary", metavar="DIARY.csv", help="a table; - reads standard input")
    parser.add_argument("--sessions", metavar="VISITS.csv", help="visits in a table of their own")
    parser.add_argument("--zone", default="UTC", help="time zone of times without an offset")
    parser.add_argument("--region", help="which region; the one with most answers if not given")
    parser.add_argument("--seed", type=int, default=0, help="of the model's points; default 0")
    json_option(parser)
    describe(parser, codes=CODES, examples=EXAMPLES, more=f"the diary:\n\n{FORMAT}")


@refusing(outcomes.DiaryError)
def run(args: argparse.Namespace) -> int:
    """Prints the verdict. Exit codes as in CODES."""
    text = read_text(args.diary, save_as=SAVE_AS)
    visits = read_text(args.sessions, save_as=SAVE_AS) if args.sessions else ""
    diary = outcomes.read_diary(
        text,
        name=name_of(args.diary),
        zone=args.zone,
        sessions=visits,
        sessions_name=name_of(args.sessions or ""),
        today=datetime.now(UTC).date(),
    )
    found = outcomes.report(diary, seed=args.seed, region=args.region)
    if args.json:
        model = to_dict(found)
        del model["verdict"]
        print_json({**stored.to_dict(found.verdict), "model": model})
    else:
        print(in_words(found.verdict))
    return 0


def in_words(found: Verdict) -> str:
    """The verdict as plain text of at most 88 columns."""
    parts = [_wrap(found.sentence), *map(_item, found.reasons), *map(_item, found.caveats)]
    parts += [_item(found.needs.says)] if found.needs else []
    parts += [_item(found.find_out)] if found.find_out else []
    step = found.next_step
    parts += ["", f"Next, for people to decide: {step.step} ({step.rule_id})"]
    parts += [_wrap(step.tell, "  "), ""]
    longest = max(len(label) for label, _ in found.numbers)
    parts += [f"  {label:<{longest}}  {value}" for label, value in found.numbers]
    return "\n".join(parts)


def _wrap(text: str, indent: str = "") -> str:
    return textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent=indent)


def _item(text: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent="- ", subsequent_indent="  ")
