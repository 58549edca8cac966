"""What one process of a test run makes and the others take: a folder for the whole run.

Each worker of a parallel run is a process of its own, and the parts of the whole run follow each
other. They find the folder in the environment; it is gone when the process that made it ends.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

NAME = "UNKNOT_TEST_RUN"


def folder() -> Path:
    """The folder of this run, made by the first process that asks."""
    if NAME not in os.environ:
        os.environ[NAME] = tempfile.mkdtemp(prefix="unknot-run-")
        atexit.register(shutil.rmtree, os.environ[NAME], ignore_errors=True)
    return Path(os.environ[NAME])


def once(of: str, make: Callable[[Path], None]) -> Path:
    """The folder that ``make`` filled, by whichever process of the run asked first; the others
    wait for it. ``of`` names what it depends on. What failed is made anew by the next."""
    key = hashlib.sha256(of.encode()).hexdigest()[:16]
    place, is_made = folder() / key, folder() / f"{key}.made"
    with (folder() / f"{key}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_made.exists():
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            make(place)
            is_made.touch()
    return place
