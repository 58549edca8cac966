"""``unknot send``: send the checks after visits that are due, and the mail that waits."""

from __future__ import annotations

import argparse
import os
import time
from datetime import UTC, datetime
from typing import Any

from ._verb import describe

CODES = {0: "what was due was sent"}
EXAMPLES = ("unknot send --every 5",)


def add(verbs: Any) -> None:
    """Adds the verb to the command line."""
    send = verbs.add_parser("send", help="send due check-ins and waiting mail")
    send.add_argument("--site", default="", help="address of the clinic, for the links in mail")
    send.add_argument("--every", type=int, default=0, metavar="MINUTES", help="and go on so")
    describe(send, codes=CODES, examples=EXAMPLES)


def run(args: argparse.Namespace) -> int:
    """Exit code 0; with ``--every`` it runs until Ctrl-C."""
    from ._django import set_up

    set_up()
    from django.conf import settings

    from ..clinic.audit import forget
    from ..clinic.follow_up import due

    known = next(iter(settings.CSRF_TRUSTED_ORIGINS), "http://localhost:8000")
    origin = args.site or os.environ.get("UNKNOT_SITE", known)
    while True:
        done = due.run(origin=origin, now=datetime.now(UTC))
        forget(datetime.now(UTC))
        print(
            f"{done.checks} checks made, {done.reminders} reminders, {done.escalated} brought to"
            f" the owner, {done.mails} messages sent.",
            flush=True,
        )
        if not args.every:
            return 0
        time.sleep(args.every * 60)
