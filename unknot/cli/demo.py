"""``unknot demo``: loads the demo clinic into an empty installation."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import Any

from ._verb import describe

CODES = {0: "the demo clinic was loaded", 1: "there is a practice already"}
EXAMPLES = ("unknot demo --today 2026-11-22",)


def add(verbs: Any) -> None:
    """Adds the verb to the command line."""
    demo = verbs.add_parser(
        "demo", help="load the demo clinic: invented people and a year of care"
    )
    demo.add_argument("--today", type=_day, help="the day it is seen from, like 2026-11-22")
    demo.add_argument("--seed", type=int, help="another clinic of the same kind")
    describe(demo, codes=CODES, examples=EXAMPLES)


def run(args: argparse.Namespace) -> int:
    """Exit code 0 when loaded; 1 when there is a practice already, and then nothing changes."""
    from ._django import set_up

    set_up()
    from django.core.management import call_command

    from ..clinic.demo import load

    call_command("migrate", verbosity=0, interactive=False)
    seed = load.SEED if args.seed is None else args.seed
    try:
        made = load.load(args.today, seed, _say)
    except load.DemoRefused as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{made.clients} clients, {made.visits} visits, {made.check_ins} check-ins.\n")
    print("Sign in with one of these, after `unknot serve`:")
    for who, email in made.logins:
        print(f"  {who:<12} {email}")
    print(f"  Password     {made.password}")
    return 0


def _say(what: str) -> None:
    print(f"  writing {what} ...", flush=True)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("write the day like 2026-11-22") from None
