"""``unknot refit``: make the fits that entries have made stale; with --every, a worker."""

from __future__ import annotations

import argparse
import time
from datetime import UTC, datetime
from typing import Any

from ._verb import describe

CODES = {0: "the episodes were fitted"}
EXAMPLES = ("unknot refit", "unknot refit --every 30")


def add(verbs: Any) -> None:
    """Adds the verb to the command line."""
    refit = verbs.add_parser(
        "refit",
        help="fit again the episodes with new entries, and publish the programme's figures",
    )
    refit.add_argument("--every", type=float, default=0, metavar="SECONDS", help="and go on so")
    describe(refit, codes=CODES, examples=EXAMPLES)


def run(args: argparse.Namespace) -> int:
    """Exit code 0; with ``--every`` it runs until Ctrl-C. Several may run at once."""
    from ._django import set_up

    set_up()
    from ..clinic.outcomes import refit
    from ..clinic.programme import publish

    while True:
        made = 0
        while done := refit.run(now=datetime.now(UTC)):
            made += done
        if made or not args.every:
            print(f"{made} fits made.", flush=True)
        if publish.run(now=datetime.now(UTC)):
            print("The programme's figures are new.", flush=True)
        if not args.every:
            return 0
        time.sleep(args.every)
