"""A start without the overlap constraint is refused: double bookings would go unseen."""

from __future__ import annotations

from typing import Any

from django.core.checks import Error, Tags, register
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import DatabaseError

_TABLE = "clinic_occupancy"
_WANTED = {
    "sqlite": ("occupancy_no_overlap_insert", "occupancy_no_overlap_update"),
    "postgresql": ("occupancy_no_overlap", "occupancy_within_a_day"),
}
_SQL = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": "SELECT conname FROM pg_constraint"
    " WHERE conrelid = to_regclass(%s) AND convalidated",
}


@register(Tags.database)
def overlap_is_refused(app_configs: Any, **kwargs: Any) -> list[Error]:
    """unknot.E010 when the table is there and what keeps two bookings apart is not.

    A restore that skips triggers, or a rebuild of the table on SQLite, would lose them silently.
    """
    if "default" not in (kwargs.get("databases") or ["default"]):
        return []
    try:
        missing = missing_guards(connection)
    except DatabaseError:
        return []  # no database yet, or not reachable: migrate and /healthz say so
    return [
        Error(
            f"The database does not refuse double bookings: {name} is missing.",
            hint="Restore a complete backup, or undo and repeat the migration "
            "clinic 0002_occupancy (migrate --skip-checks).",
            id="unknot.E010",
        )
        for name in missing
    ]


def missing_guards(database: BaseDatabaseWrapper) -> tuple[str, ...]:
    """The constraints or triggers that should be there and are not; none before their migration
    ran.
    """
    if ("clinic", "0002_occupancy") not in MigrationRecorder(database).applied_migrations():
        return ()
    with database.cursor() as cursor:
        cursor.execute(_SQL[database.vendor], [_TABLE])
        present = {row[0] for row in cursor.fetchall()}
    return tuple(name for name in _WANTED[database.vendor] if name not in present)
