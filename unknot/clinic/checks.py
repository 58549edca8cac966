"""Faults of the installation, said at the start with their cure."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register

from .database import has_wal_reset_bug


@register(Tags.security)
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
            Error(
                f"SQLite {version} can corrupt a database in WAL mode.",
                hint=hint,
                id="unknot.E001",
            )
        ]
    return [
        Warning(
            f"SQLite {version} has the WAL-reset fault, so a slower journal is used.",
            hint=hint,
            id="unknot.W001",
        )
    ]
