"""``unknot outcomes DIARY.csv``: is it working? The verdict on a diary, in words or as JSON."""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..reasoning import outcomes
from ..reasoning.outcomes import Verdict
from ..reasoning.outcomes import read as reader

FORMAT = (reader.__doc__ or "").split("\n", 1)[1]
WIDTH = 88


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "outcomes",
        help="is it working? the verdict on a diary of pain scores",
        description="Reads a diary of pain scores and visits, and says what it can honestly say.",
        epilog=f"The diary:\n{FORMAT}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("diary", metavar="DIARY.csv", help="a table; - reads standard input")
    parser.add_argument("--zone", default="UTC", help="time zone of times without an offset")
    parser.add_argument("--json", action="store_true", help="the same as JSON")


def run(args: argparse.Namespace) -> int:
    """Exit code 0 with a verdict, also when it is "too early"; 2 when the diary cannot be read."""
    name = "standard input" if args.diary == "-" else args.diary
    try:
        text = sys.stdin.read() if args.diary == "-" else Path(args.diary).read_text("utf-8-sig")
        diary = outcomes.read_diary(text, name=name, zone=args.zone)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        print(f"{name}: cannot be read: {reason}.", file=sys.stderr)
        return 2
    except outcomes.DiaryError as error:
        print(error, file=sys.stderr)
        return 2
    found = outcomes.verdict(outcomes.fit(diary))
    print(json.dumps(asdict(found), default=str, indent=2) if args.json else in_words(found))
    return 0


def in_words(found: Verdict) -> str:
    """The verdict as plain text of at most 88 columns."""
    parts = [_wrap(found.sentence), *map(_item, found.reasons), *map(_item, found.caveats)]
    if found.needs:
        parts.append(_item(found.needs.says))
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
