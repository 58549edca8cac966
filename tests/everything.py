"""The whole run: the reasoning with its branch coverage, the rest on SQLite and in Chromium,
then what touches a database or a browser again on PostgreSQL.

``python3 run.py test`` calls this. Where PostgreSQL or Chromium is missing, the tests that
need it are skipped with the reason; with UNKNOT_NO_SKIPS=1, as in CI, that is a failure.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

from tests.support import postgres

PYTEST = [sys.executable, "-m", "pytest", "-q"]
REASONING = ["tests/reasoning", "tests/knowledge", "tests/cli"]
WITH_A_DATABASE = ["tests/clinic", "tests/race", "tests/browser"]


def main() -> int:
    started = time.monotonic()
    failed = []
    print("== the reasoning, with the coverage of its branches", flush=True)
    if _run([sys.executable, "-m", "coverage", "run", "-m", "pytest", "-q", *REASONING]):
        failed.append("the reasoning")
    if _run([sys.executable, "-m", "coverage", "report"]):
        failed.append("coverage of the reasoning")
    print("== SQLite and Chromium, and the rules about the code", flush=True)
    if _run([*PYTEST, "tests", *(f"--ignore={folder}" for folder in REASONING)]):
        failed.append("SQLite")
    print("== PostgreSQL and Chromium", flush=True)
    try:
        server = postgres.start()
    except postgres.NoPostgres as reason:
        print(f"skipped: {reason}")
        if os.environ.get("UNKNOT_NO_SKIPS") == "1":
            failed.append("PostgreSQL is missing")
    else:
        try:
            if _run(
                [*PYTEST, *WITH_A_DATABASE],
                UNKNOT_DATABASE_URL=server.url,
            ):
                failed.append("PostgreSQL")
        finally:
            server.stop()
    print(
        f"== {time.monotonic() - started:.0f} s; " + (f"failed: {failed}" if failed else "green")
    )
    return 1 if failed else 0


def _run(command: list[str], **environ: str) -> int:
    return subprocess.run(command, env={**os.environ, **environ}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
