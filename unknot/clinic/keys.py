"""Secret keys: from the environment, else from a file only the owner can read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def load_or_make(name: str, folder: Path) -> str:
    """The secret ``name``: environment variable ``UNKNOT_<NAME>`` or ``folder/<name>.key``.

    A missing file is made with 256 random bits and mode 0400. Losing the audit key makes the
    trail and signed notes impossible to verify, so it belongs into backups kept apart.
    """
    given = os.environ.get(f"UNKNOT_{name.upper()}")
    if given:
        return given
    path = folder / f"{name}.key"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)
    key = secrets.token_hex(32)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    except FileExistsError:  # another process was first
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key + "\n")
    return key
