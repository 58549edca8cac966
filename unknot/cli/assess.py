"""``unknot assess CASE.toml``: where the drawn pain could come from. A place to look, no more."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from ..knowledge import load
from ..reasoning import assess, stored
from .plan import read


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "assess",
        help="muscles that could refer pain to where it was drawn",
        description="Ranks muscles by how well their referral maps explain the drawing of a case.",
    )
    parser.add_argument("case", metavar="CASE.toml", help="a case; - reads standard input")
    parser.add_argument("--json", action="store_true", help="the same as JSON")


def run(args: argparse.Namespace) -> int:
    """Exit code 0 with a list, even an empty one; 2 when the case cannot be read."""
    try:
        case = read(args.case)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    ranked = assess.rank_sources(case.marks)
    caution = assess.sources.overrides(case.marks)
    if args.json:
        print(json.dumps({"caution": caution, "muscles": [stored.plain(one) for one in ranked]}))
        return 0
    if caution:
        print(f"{caution}\n")
    print(
        "A place to look, not a diagnosis." if ranked else "Nothing drawn that a muscle explains."
    )
    for one in ranked:
        where = ", ".join(load().regions[region].plain for region in one.explains)
        print(f"{one.score:4.0%}  {one.name}, {one.side}: explains {where}")
        if one.lookalikes:
            print(f"      {one.lookalikes}")
    return 0
