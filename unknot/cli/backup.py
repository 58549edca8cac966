"""``unknot backup FILE``: a consistent copy of a SQLite database, verified after writing."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ._verb import describe

CODES = {0: "the copy was written and checked", 2: "the file exists or cannot be made"}
EXAMPLES = ("unknot backup unknot-2026-11-22.sqlite3",)


def add(verbs: Any) -> None:
    """Adds the verb to the command line."""
    backup = verbs.add_parser("backup", help="write a verified copy of the database")
    backup.add_argument("file", type=Path, help="where to write it; must not exist")
    describe(backup, codes=CODES, examples=EXAMPLES)


def run(args: argparse.Namespace) -> int:
    """Exit code 0 when the copy passed its checks; 2 when the file exists or cannot be made.

    Beside FILE a manifest (FILE.json) holds its SHA-256, row counts and the end of the audit
    trail. PostgreSQL has pg_dump, which does this better than we could.
    """
    from ._django import set_up

    set_up()
    from django.db import connection

    if connection.vendor != "sqlite":
        print("This practice runs on PostgreSQL: use pg_dump -Fc.", file=sys.stderr)
        return 2
    if args.file.exists():
        print(f"{args.file} exists. Name a new file; nothing is overwritten.", file=sys.stderr)
        return 2
    partial = args.file.with_name(args.file.name + ".partial")
    try:
        manifest = _copy(partial)
    except OSError as error:
        print(f"{partial} cannot be written: {error.strerror}.", file=sys.stderr)
        return 2
    partial.rename(args.file)
    args.file.with_name(args.file.name + ".json").write_text(json.dumps(manifest, indent=2) + "\n")
    size, rows = manifest["bytes"], manifest["audit_rows"]
    print(f"{args.file}: {size:,} bytes, integrity ok, {rows} audit rows")
    return 0


def _copy(path: Path) -> dict[str, Any]:
    """Copies through SQLite's own backup, which is consistent while people write."""
    import sqlite3

    from django.db import connection

    from ..clinic.audit.chain import verify

    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    connection.ensure_connection()
    target = sqlite3.connect(path)
    with target:
        connection.connection.backup(target)
    answer = target.execute("PRAGMA integrity_check").fetchone()[0]
    target.close()
    if answer != "ok":
        raise OSError(5, "the copy failed its integrity check")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    trail = verify()
    return {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "sha256": digest,
        "bytes": path.stat().st_size,
        "audit_rows": trail.rows,
        "audit_broken_at": trail.broken_at,
    }
