"""``unknot serve``: migrate, then serve the clinic on this machine until Ctrl-C."""

from __future__ import annotations

import argparse
import logging
import os
import socket
import threading
import time
from datetime import UTC, datetime
from typing import Any, Final

from ._verb import describe

ROUND_SECONDS: Final = 300
REFIT_SECONDS: Final = 3
LOG = logging.getLogger("unknot.serve")


CODES = {0: "stopped with Ctrl-C", 1: "no port is free, or a check of the installation failed"}
EXAMPLES = ("unknot serve", "unknot serve --port 9000 --no-background")


def add(verbs: Any) -> None:
    """Adds the verb to the command line."""
    serve = verbs.add_parser("serve", help="start the clinic and print its address")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on")
    serve.add_argument("--port", type=int, default=8000, help="the next free one if it is taken")
    serve.add_argument("--no-background", action="store_true", help="no mail and no refits here")
    serve.add_argument("--debug", action="store_true", help="development mode, with the gallery")
    describe(serve, codes=CODES, examples=EXAMPLES)


def run(args: argparse.Namespace) -> int:
    """Exit code 0 after Ctrl-C; 1 when no port is free or the database cannot be migrated."""
    if args.debug:
        os.environ["UNKNOT_DEBUG"] = "1"
    from ._django import set_up

    set_up()
    from django.core.checks import ERROR, run_checks
    from django.core.management import call_command

    print("Preparing the database ...", flush=True)
    call_command("migrate", verbosity=0, interactive=False)
    if faults := [fault for fault in run_checks(databases=["default"]) if fault.level >= ERROR]:
        print(*(f"{fault.id}: {fault.msg}\n  {fault.hint or ''}" for fault in faults), sep="\n")
        return 1
    port = free_port(args.host, args.port)
    if port is None:
        print(f"No free port from {args.port} to {args.port + 99}. Give another with --port.")
        return 1
    if port != args.port:
        print(f"Port {args.port} is taken, so this is on {port}.")
    host = "localhost" if args.host in ("127.0.0.1", "0.0.0.0", "::") else args.host  # noqa: S104
    print(f"\n  Unknot is at  http://{host}:{port}/\n\n  Ctrl-C stops it.\n", flush=True)
    if not args.no_background:
        threading.Thread(
            target=_send_for_ever, args=(f"http://{host}:{port}",), daemon=True
        ).start()
        threading.Thread(target=_refit_for_ever, daemon=True).start()
    import uvicorn

    uvicorn.run(
        "unknot.clinic.asgi:application",
        host=args.host,
        port=port,
        log_level="warning",
        lifespan="off",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    print("Stopped.")
    return 0


def _send_for_ever(here: str) -> None:
    """Sends due checks and waiting mail every five minutes, and forgets old answers to forms.

    A fault is logged by its kind alone, and the next round tries again.
    """
    from django.db import close_old_connections

    from ..clinic.audit import forget
    from ..clinic.follow_up import due

    while True:
        time.sleep(ROUND_SECONDS)
        try:
            due.run(origin=os.environ.get("UNKNOT_SITE", here), now=datetime.now(UTC))
            forget(datetime.now(UTC))
        except Exception as error:
            LOG.warning("a round of sending failed: %s", type(error).__name__)
        finally:
            close_old_connections()


def _refit_for_ever() -> None:
    """Makes the fits that entries have made stale, in this process; see ``unknot refit``.

    The practice's figures follow, once a day.
    """
    from django.db import close_old_connections

    from ..clinic.outcomes import refit
    from ..clinic.programme import publish

    while True:
        try:
            while refit.run(now=datetime.now(UTC), limit=20):
                time.sleep(0.05)  # leaves the machine to the pages between two rounds
            publish.run(now=datetime.now(UTC))
        except Exception as error:
            LOG.warning("a round of refits failed: %s", type(error).__name__)
        finally:
            close_old_connections()
        refit.wait(REFIT_SECONDS)


def free_port(host: str, first: int) -> int | None:
    """The first port from ``first`` on that can be listened to; ``None`` after a hundred."""
    for port in range(first, min(first + 100, 65536)):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    return None
