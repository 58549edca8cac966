"""``unknot plan CASE.toml``: the plan that fits a case within its safety check, as a letter."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from ..reasoning import plan as plans
from ..reasoning.plan import Plan, PlanError
from ..reasoning.screen import decide
from ._read import case_argument, knowledge_with, read_case_file, rules_option
from ._verb import describe, json_option, print_json, refusing

WIDTH = 88
NO_PLAN_SCHEMA = "unknot-no-plan-1"
DEAREST = 100_000
CODES = {
    0: "there is a plan",
    1: "no plan may be made; the reason is printed",
    2: "the case cannot be read, or an option is wrong",
}
EXAMPLES = (
    "unknot plan examples/low_back_two_years.toml --from 2026-11-23 --price 80",
    "unknot plan examples/low_back_two_years.toml --for CND-11",
)


def add(verbs: Any) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "plan",
        help="a course of treatment for a case, within its safety check",
        description="Screens a case and proposes a plan: dose, reviews, way out, home care, cost.",
    )
    case_argument(parser)
    rules_option(parser)
    parser.add_argument(
        "--from", dest="start", type=_day, metavar="DAY", help="first visit, as 2026-11-23"
    )
    parser.add_argument(
        "--price", type=_price, default=90.0, help="of one visit, in your currency (default 90)"
    )
    parser.add_argument(
        "--for",
        dest="condition",
        default="",
        metavar="CONDITION",
        help="what it is for, as CND-06; by default what the answers lead to",
    )
    json_option(parser)
    describe(parser, codes=CODES, examples=EXAMPLES)


@refusing()
def run(args: argparse.Namespace) -> int:
    """Prints the plan. Exit codes as in CODES."""
    case, known = read_case_file(args.case), knowledge_with(args.rules)
    cents = round(args.price * 100)
    try:
        found = plans.propose(
            case,
            decide(case, knowledge=known),
            today=args.start or case.as_of,
            price_cents_per_visit=cents,
            condition_id=args.condition,
            knowledge=known,
        )
    except PlanError as error:
        print(f"No plan: {error}", file=sys.stderr)
        if args.json:
            print_json(_refusal(error))
        return 1
    if args.json:
        print_json(plans.to_dict(found, whole=True))
    else:
        print(in_words(found))
    return 0


def _refusal(error: PlanError) -> dict[str, Any]:
    faults = [
        {"field": fault.field, "says": fault.says, "breaks_screening": fault.breaks_screening}
        for fault in error.faults
    ]
    return {"schema": NO_PLAN_SCHEMA, "reason": error.reason, "faults": faults}


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("write a day such as 2026-11-23") from None
    if not 2000 <= day.year <= 2200:
        raise argparse.ArgumentTypeError("write a day between 2000 and 2200")
    return day


def _price(text: str) -> float:
    try:
        price = float(text)
    except ValueError:
        price = -1.0
    if not 0 <= price <= DEAREST:
        raise argparse.ArgumentTypeError(f"write a number from 0 to {DEAREST}")
    return price


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
