"""``unknot explain FILE``: why a result says what it says, also one that was kept long ago."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from ..reasoning import plan as plans
from ..reasoning import stored
from ..reasoning.case import read_case
from ..reasoning.explain import Explanation, explain, in_words
from ..reasoning.plan import PlanError
from ..reasoning.screen import decide
from ..reasoning.stored import StoredError
from ._read import (
    Unreadable,
    knowledge_with,
    name_of,
    read_case_file,
    read_text,
    rules_option,
)
from ._verb import describe, json_option, print_json, refusing

CODES = {
    0: "the result was explained",
    1: "there is no plan to explain; the reason is printed",
    2: "the file cannot be read, or holds neither a case nor a result",
}
EXAMPLES = (
    "unknot explain examples/typist_numb_fingers.toml",
    "unknot explain --plan examples/low_back_two_years.toml",
    "unknot screen --json CASE.toml > kept.json; unknot explain kept.json --case CASE.toml",
)


def add(verbs: Any) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "explain",
        help="why a result says what it says: rules, versions, facts, sources",
        description="Explains the screening of a case, or a result kept with --json, as it was "
        "decided then, and says what has changed in the knowledge since.",
    )
    parser.add_argument(
        "file", metavar="FILE", help="a case, or a result as JSON; - reads standard input"
    )
    parser.add_argument("--plan", action="store_true", help="explain the plan of the case")
    parser.add_argument(
        "--case", metavar="CASE.toml", help="the case of a kept screening, to ask today's rules"
    )
    rules_option(parser)
    json_option(parser)
    describe(parser, codes=CODES, examples=EXAMPLES)


@refusing(StoredError)
def run(args: argparse.Namespace) -> int:
    """Prints the explanation. Exit codes as in CODES."""
    try:
        found = _explained(args)
    except PlanError as error:
        print(f"No plan: {error}", file=sys.stderr)
        return 1
    if args.json:
        print_json(found.to_dict())
    else:
        print(in_words(found))
    return 0


def _explained(args: argparse.Namespace) -> Explanation:
    text, name = read_text(args.file), name_of(args.file)
    kept, known = _result(text), knowledge_with(args.rules)
    if kept is not None:
        case = read_case_file(args.case) if args.case else None
        return explain(_one(kept, name), case=case, knowledge=known)
    case = read_case(text, name=name)
    screening = decide(case, knowledge=known)
    if not args.plan:
        return explain(screening, case=case, knowledge=known)
    plan = plans.propose(
        case, screening, today=case.as_of, price_cents_per_visit=0, knowledge=known
    )
    return explain(plan, knowledge=known)


def _result(text: str) -> dict[str, Any] | None:
    """The JSON of a kept result, or None for anything else, such as a case."""
    if not text.lstrip().startswith("{"):
        return None
    try:
        kept = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return kept if isinstance(kept, dict) and "schema" in kept else None


def _one(kept: dict[str, Any], name: str) -> stored.Result:
    """The result that was kept; of a ranking the first muscle."""
    if kept.get("schema") == "unknot-ranking-1":
        muscles = kept.get("muscles")
        if not isinstance(muscles, list) or not muscles or not isinstance(muscles[0], dict):
            raise Unreadable(
                f"{name}: the ranking names no muscle, so nothing is to be explained."
            )
        kept = muscles[0]
    return stored.from_dict(kept)
