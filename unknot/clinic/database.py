"""Which database, and which SQLite: one setting, and a refusal to lose data quietly.

SQLite before 3.51.3 (bar the backports 3.44.6 and 3.50.7) can corrupt a WAL database when two
connections write and checkpoint together (https://sqlite.org/wal.html#walresetbug). The
``pysqlite3`` wheel brings a mended one; without it we fall back to a rollback journal, which
the fault does not touch.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

Version = tuple[int, int, int]


def has_wal_reset_bug(version: Version) -> bool:
    """Whether this SQLite may corrupt a database in WAL mode."""
    if version >= (3, 51, 3) or version < (3, 7, 0):
        return False
    return not ((3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0))


def use_mended_sqlite() -> Version:
    """Puts ``pysqlite3`` in the place of ``sqlite3`` where it is installed; gives the version."""
    try:
        import pysqlite3
    except ImportError:
        import sqlite3
    else:
        sys.modules["sqlite3"] = pysqlite3
        sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
        sqlite3 = pysqlite3
    major, minor, patch = (int(part) for part in sqlite3.sqlite_version.split("."))
    return major, minor, patch


def journal_mode(version: Version) -> str:
    """WAL where it is safe, else TRUNCATE: slower, and never touched by the fault."""
    return "TRUNCATE" if has_wal_reset_bug(version) else "WAL"


def sqlite(path: Path, version: Version) -> dict[str, Any]:
    """Settings measured to lose nothing at a power cut and to never answer "database is locked"
    to a read that becomes a write: IMMEDIATE transactions, synchronous FULL, a long timeout."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                f"PRAGMA journal_mode={journal_mode(version)};"
                "PRAGMA synchronous=FULL;"
                "PRAGMA foreign_keys=ON;"
                "PRAGMA trusted_schema=OFF;"
                "PRAGMA secure_delete=ON;"
                "PRAGMA cell_size_check=ON;"
                "PRAGMA journal_size_limit=67108864;"
                "PRAGMA cache_size=-20000;"
            ),
        },
    }


POOL: Final = {"min_size": 0, "max_size": 24, "timeout": 10}
"""Connections to PostgreSQL of one process; who finds none free waits for so many seconds."""


class DatabaseUrlError(Exception):
    """UNKNOT_DATABASE_URL cannot be used. Names the fault and the cure, never the password."""


def from_url(url: str) -> dict[str, Any]:
    """Settings for ``postgresql://user:password@host:port/name``; an empty host is the socket."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise DatabaseUrlError(
            "UNKNOT_DATABASE_URL must look like postgresql://user:password@host:5432/unknot; "
            "leave it unset to use SQLite"
        )
    query = dict(item.split("=", 1) for item in parts.query.split("&") if "=" in item)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        # Under ASGI each request runs in a thread of its own, and connections belong to threads:
        # one kept open would never be used again. The pool hands it to the next request instead.
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,  # one that a restart of the database cut is not handed out
        "OPTIONS": {"pool": dict(POOL)},
    }
