"""``unknot plan CASE.toml``: the plan that fits a case within its safety check, as a letter."""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ..reasoning import plan as plans
from ..reasoning.case import Case, CaseError, read_case
from ..reasoning.plan import Plan, PlanError
from ..reasoning.screen import decide

WIDTH = 88


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "plan",
        help="a course of treatment for a case, within its safety check",
        description="Screens a case and proposes a plan: dose, reviews, way out, home care, cost.",
        epilog="Exit code 1 means that no plan may be made; the reason is printed.",
    )
    parser.add_argument("case", metavar="CASE.toml", help="a case; - reads standard input")
    parser.add_argument("--from", dest="start", metavar="DAY", help="first visit, as 2026-11-23")
    parser.add_argument("--price", type=float, default=90.0, help="of one hour (default 90)")
    parser.add_argument("--json", action="store_true", help="the same as JSON")


def run(args: argparse.Namespace) -> int:
    """Exit code 0 with a plan, 1 when none may be made, 2 when the case cannot be read."""
    try:
        case = read(args.case)
        start = date.fromisoformat(args.start) if args.start else case.as_of
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    try:
        found = plans.propose(
            case, decide(case), today=start, price_cents_per_visit=round(args.price * 100)
        )
    except PlanError as error:
        print(f"No plan: {error}", file=sys.stderr)
        return 1
    print(json.dumps(plans.to_dict(found), indent=2) if args.json else in_words(found))
    return 0


def read(path: str) -> Case:
    """The case in a file, or on standard input. Raises OSError or CaseError."""
    name = "standard input" if path == "-" else path
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise CaseError(name, 0, "", "is not UTF-8 text", "Save it as UTF-8") from None
    return read_case(text, name=name)


def in_words(plan: Plan) -> str:
    """The plan as plain text of at most 88 columns."""
    return "\n".join(_lines(plan))


def _lines(plan: Plan) -> Iterator[str]:
    yield plan.title.upper()
    yield _wrap(plan.tell)
    yield from _part("How much", [f"{plan.dose.says} ({plan.dose.source}).", plan.dose.found])
    yield from _part("First visit and reviews", _days(plan))
    yield from _part("What we do", (f"{one.name}: {one.why}" for one in plan.techniques))
    yield from _part("What helps first", plan.besides)
    yield from _part("At home", (f"{one.name}: {one.dose}." for one in plan.home_care))
    yield from _part("What to expect", plan.expect)
    yield from _part("Not promised", plan.not_promised)
    yield from _part("When we stop", (rule.tell for rule in plan.stop_rules))
    yield from _part("Afterwards", (f"{step.name}. {step.tell}" for step in plan.taper))
    yield from _part("Left alone", (group.replace("_", " ") for group in plan.excluded_groups))
    yield from _part("Keep in mind", (*plan.cautions, plan.history_tell))
    visits = f"{plan.dose.visits} visits at {plan.price_cents_per_visit / 100:g}"
    yield from _part("Cost", [f"{visits}, {plan.cost_cents / 100:g} in all."])
    yield ""
    yield f"Sources: {', '.join(plan.sources)}. Clinician review: pending."


def _days(plan: Plan) -> list[str]:
    reviews = ", ".join(day.isoformat() for day in plan.review_on)
    return [f"From {plan.starts_on.isoformat()}; reviews on {reviews}."]


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    said = [line for line in lines if line]
    if said:
        yield ""
        yield f"{title}:"
        yield from (textwrap.fill(f"- {line}", WIDTH, subsequent_indent="  ") for line in said)


def _wrap(text: str) -> str:
    return textwrap.fill(text, WIDTH)
