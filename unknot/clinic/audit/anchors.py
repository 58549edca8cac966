"""Marks of the trail kept outside the database, so that an end cut off it is noticed.

The chain shows every row changed or taken out before the last one. Whoever cuts rows off its end
leaves a shorter chain that fits; but then a mark kept here names a row that is no longer there.
The same holds for a backup put back on purpose: then the file is moved aside, knowingly.
A mark is a sequence number and that row's keyed hash: without the key none can be made up.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction

from ..models import AuditRow

EVERY: Final = 100
SIGNED: Final = frozenset({"note.sign", "note.add"})
"""What is signed is marked at once; of the rest every hundredth row."""


def path() -> Path:
    """Where the marks are kept: beside the keys, outside the database."""
    return Path(settings.AUDIT_ANCHORS)


def keep(row: AuditRow) -> None:
    """Keeps the mark of this row once its transaction holds, if it is one to be marked."""
    if row.action in SIGNED or row.seq % EVERY == 0:
        transaction.on_commit(partial(write, row.seq, row.mac))


def write(seq: int, mac: str) -> None:
    """Adds one mark at the end of the file."""
    file = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(file, f"{seq} {mac}\n".encode())
        os.fsync(file)
    finally:
        os.close(file)


def marks() -> Iterator[tuple[int, str]]:
    """Every mark, oldest first; a line that is not whole is passed over."""
    if not path().exists():
        return
    for line in path().read_text().splitlines():
        seq, _, mac = line.partition(" ")
        if seq.isdigit() and len(mac) == 64:
            yield int(seq), mac


def wanted() -> dict[int, set[str]]:
    """By sequence number the hashes that row must carry; more than one cannot be met."""
    found: dict[int, set[str]] = {}
    for seq, mac in marks():
        found.setdefault(seq, set()).add(mac)
    return found
