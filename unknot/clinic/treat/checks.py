"""A start without the guard of signed notes is refused: a change would go unseen for a while."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import Error, Tags, register
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import DatabaseError

from .note import guard

MIGRATION = ("clinic", "0004_signed_notes")


@register(Tags.database)
def signed_notes_are_guarded(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[Error]:
    """unknot.E020: a trigger that keeps signed notes as they are is missing."""
    if not databases or "default" not in databases:
        return []
    try:
        if MIGRATION not in MigrationRecorder(connection).applied_migrations():
            return []
        missing = guard.missing(connection)
    except DatabaseError:
        return []  # no database yet, or not reachable: migrate and /healthz say so
    return [
        Error(
            f"The database does not refuse changes of signed notes: {name} is missing.",
            hint="Restore a complete backup, or undo and repeat the migration "
            "clinic 0004_signed_notes (migrate --skip-checks).",
            id="unknot.E020",
        )
        for name in missing
    ]
