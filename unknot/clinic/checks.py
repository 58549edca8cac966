"""Faults of the installation, said at the start with their cure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connection

from .audit import guard
from .database import has_wal_reset_bug


@checks.register(checks.Tags.security)
def sqlite_is_safe(app_configs: Any, **kwargs: Any) -> list[Any]:
    """unknot.E001 refuses WAL on a SQLite with the WAL-reset fault; unknot.W001 names the
    slower journal that is used instead."""
    database = settings.DATABASES["default"]
    if "sqlite" not in database["ENGINE"] or not has_wal_reset_bug(settings.SQLITE_VERSION):
        return []
    version = ".".join(map(str, settings.SQLITE_VERSION))
    hint = "Install the pysqlite3 package, which brings a mended SQLite."
    if "journal_mode=WAL" in database["OPTIONS"]["init_command"]:
        return [
            checks.Error(
                f"SQLite {version} can corrupt a database in WAL mode.",
                hint=hint,
                id="unknot.E001",
            )
        ]
    return [
        checks.Warning(
            f"SQLite {version} has the WAL-reset fault, so a slower journal is used.",
            hint=hint,
            id="unknot.W001",
        )
    ]


@checks.register(checks.Tags.database)
def trail_is_guarded(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[Any]:
    """unknot.E002: the trigger that keeps the audit trail append-only is missing."""
    if not databases:
        return []
    if "clinic_auditrow" not in connection.introspection.table_names():
        return []
    if guard.is_up(connection):
        return []
    return [
        checks.Error(
            "The database no longer refuses changes to the audit trail.",
            hint="Run `python -m django migrate clinic 0002 && python -m django migrate clinic`.",
            id="unknot.E002",
        )
    ]
