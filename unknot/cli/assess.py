"""``unknot assess CASE.toml``: where the drawn pain could come from. A place to look, no more."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from ..knowledge import load
from ..reasoning import assess, stored
from ..reasoning.assess import Check, Ranked
from ..reasoning.screen import decide
from ._read import case_argument, read_case_file
from ._verb import describe, json_option, print_json, refusing

SCHEMA = "unknot-ranking-1"
STATES = {
    "fired": "it fired",
    "unknown": "still to be asked",
    "set_aside": "set aside by a therapist",
    "cleared": "cleared by a clinician",
    "clear": "no sign of it",
}
CODES = {0: "the list was made, even an empty one", 2: "the case cannot be read"}
EXAMPLES = ("unknot assess examples/typist_numb_fingers.toml",)


def add(verbs: Any) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "assess",
        help="muscles that could refer pain to where it was drawn",
        description="Ranks muscles by how well their referral maps explain the drawing of a case.",
    )
    case_argument(parser)
    json_option(parser)
    describe(parser, codes=CODES, examples=EXAMPLES)


@refusing()
def run(args: argparse.Namespace) -> int:
    """Prints the ranking. Exit codes as in CODES."""
    case = read_case_file(args.case)
    ranked = assess.rank_sources(case.marks)
    checks = assess.checks(ranked, decide(case))
    caution = assess.sources.overrides(case.marks)
    if args.json:
        muscles = [stored.to_dict(one) for one in ranked]
        flags = [asdict(one) for one in checks]
        print_json({"schema": SCHEMA, "caution": caution, "muscles": muscles, "checks": flags})
    else:
        print(in_words(ranked, caution, checks))
    return 0


def in_words(ranked: Sequence[Ranked], caution: str, checks: Sequence[Check] = ()) -> str:
    """The ranking as plain text with every part of its points, what must be said first before it,
    and the red flags behind what looks alike after it.
    """
    lines = [f"{caution}\n"] if caution else []
    lines.append(
        "A place to look, not a diagnosis." if ranked else "Nothing drawn that a muscle explains."
    )
    for one in ranked:
        where = ", ".join(load().regions[region].plain for region in one.explains)
        lines.append(f"{one.score * 100:3.0f}  {one.name}, {one.side}: explains {where}")
        for part in one.parts:
            lines.append(f"     {part.points * 100:3.0f} {part.name}: {part.says}")
        if one.lookalikes:
            lines.append(f"     {one.lookalikes}")
    for check in checks:
        names = ", ".join(check.asks_for)
        lines.append(f"{check.rule_id} ({check.title}) asks for {names}: {STATES[check.state]}.")
    return "\n".join(lines)
