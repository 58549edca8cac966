"""``unknot audit``: read the audit trail and every signed note, and say whether they hold."""

from __future__ import annotations

import argparse
from typing import Any

from ._verb import describe

CODES = {
    0: "every row and every signed note fits",
    1: "the trail is broken, at the row named first, or a signed note is",
}
EXAMPLES = ("unknot audit",)


def add(verbs: Any) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "audit", help="verify the audit trail and the signed notes; exit code 1 when one is broken"
    )
    describe(parser, codes=CODES, examples=EXAMPLES)


def run(args: argparse.Namespace) -> int:
    """Exit code 0 when everything fits, 1 with what does not."""
    from ._django import set_up

    set_up()
    from ..clinic.audit import verify
    from ..clinic.treat.note.seals import faults

    broken = list(faults())
    for one in broken:
        print(f"Note of visit {one.visit_id}: {one.says}")
    trail = verify()
    if trail.broken_at is None:
        print(f"The audit trail holds: {trail.rows} rows.")
        return 1 if broken else 0
    print(f"The audit trail breaks at row {trail.broken_at} of {trail.rows}.")
    print("After a backup put back on purpose, move the file audit-anchors aside.")
    return 1
