"""The whole run: the reasoning with its branch coverage, the rest on SQLite and in Chromium,
then what touches a database or a browser again on PostgreSQL.

``python3 run.py test`` calls this. Each part is shared out by file among as many workers as
there are processors, at most four, each with a data folder and a database of its own. Where
PostgreSQL or Chromium is missing, the tests that need it are skipped with the reason; with
UNKNOT_NO_SKIPS=1, as in CI, that is a failure.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

from tests.support import postgres, shared

WORKERS = ["-n", "auto", "--maxprocesses", "4", "--dist", "loadfile", "--no-loadscope-reorder"]
PYTEST = ["-m", "pytest", "-q", *WORKERS]
REASONING = ["tests/reasoning", "tests/knowledge", "tests/cli"]
WITH_A_DATABASE = ["tests/clinic", "tests/race", "tests/browser"]


def main() -> int:
    started = time.monotonic()
    shared.folder()  # one for all parts
    failed = [*_reasoning(), *_sqlite(), *_postgresql()]
    seconds = time.monotonic() - started
    print(f"== {seconds:.0f} s; " + (f"failed: {', '.join(failed)}" if failed else "green"))
    return 1 if failed else 0


def _reasoning() -> list[str]:
    """What failed of the reasoning and of the coverage of its branches."""
    print("== the reasoning, with the coverage of its branches", flush=True)
    steps = {
        "coverage of a run before": ["erase"],
        "the reasoning": ["run", *PYTEST, *REASONING],
        "coverage of the workers": ["combine", "-q"],
        "coverage of the reasoning": ["report"],
    }
    return [name for name, step in steps.items() if _run("-m", "coverage", *step)]


def _sqlite() -> list[str]:
    """What failed of all the rest, the rules about the code among it."""
    print("== SQLite and Chromium, and the rules about the code", flush=True)
    rest = ["tests", *(f"--ignore={folder}" for folder in REASONING)]
    return ["SQLite"] if _run(*PYTEST, *rest) else []


def _postgresql() -> list[str]:
    """What failed on a PostgreSQL server of this run alone."""
    print("== PostgreSQL and Chromium", flush=True)
    try:
        server = postgres.start()
    except postgres.NoPostgres as reason:
        print(f"skipped: {reason}")
        return ["PostgreSQL is missing"] if os.environ.get("UNKNOT_NO_SKIPS") == "1" else []
    try:
        done = _run(*PYTEST, *WITH_A_DATABASE, UNKNOT_DATABASE_URL=server.url)
        return ["PostgreSQL"] if done else []
    finally:
        server.stop()


def _run(*arguments: str, **environ: str) -> int:
    """The exit code of this Python with the arguments."""
    command = [sys.executable, *arguments]
    return subprocess.run(command, env={**os.environ, **environ}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
