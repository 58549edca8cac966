"""``unknot audit``: read the audit trail from end to end and say whether it holds."""

from __future__ import annotations

import argparse
from typing import Any

from ._verb import describe

CODES = {0: "every row fits", 1: "the trail is broken; the first row that does not fit is named"}
EXAMPLES = ("unknot audit",)


def add(verbs: Any) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "audit", help="verify the audit trail; exit code 1 when it is broken"
    )
    describe(parser, codes=CODES, examples=EXAMPLES)


def run(args: argparse.Namespace) -> int:
    """Exit code 0 when every row fits, 1 with the first that does not."""
    from ._django import set_up

    set_up()
    from ..clinic.audit import verify

    trail = verify()
    if trail.broken_at is None:
        print(f"The audit trail holds: {trail.rows} rows.")
        return 0
    print(f"The audit trail breaks at row {trail.broken_at} of {trail.rows}.")
    return 1
