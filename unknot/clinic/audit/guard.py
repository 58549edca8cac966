"""The database's own refusal to change or remove a row of the audit trail, on both engines."""

from __future__ import annotations

from typing import Any

NAME = "audit_append_only"
TABLE = "clinic_auditrow"

SQLITE_INSTALL = [
    f"CREATE TRIGGER {NAME}_{verb.lower()} BEFORE {verb} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
    for verb in ("UPDATE", "DELETE")
]
# INSERT OR REPLACE takes the old row away without a DELETE that a trigger would see.
SQLITE_INSTALL.append(
    f"CREATE TRIGGER {NAME}_insert BEFORE INSERT ON {TABLE} "  # noqa: S608  # our own names
    "WHEN EXISTS (SELECT 1 FROM clinic_auditrow AS old WHERE old.seq = NEW.seq) "
    f"BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
)
SQLITE_REMOVE = [
    f"DROP TRIGGER IF EXISTS {NAME}_{verb}" for verb in ("insert", "update", "delete")
]
POSTGRESQL_INSTALL = [
    f"CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$",
    f"CREATE TRIGGER {NAME} BEFORE UPDATE OR DELETE ON {TABLE} "
    f"FOR EACH STATEMENT EXECUTE FUNCTION {NAME}()",
]
POSTGRESQL_REMOVE = [
    f"DROP TRIGGER IF EXISTS {NAME} ON {TABLE}",
    f"DROP FUNCTION IF EXISTS {NAME}",
]


def install(connection: Any) -> None:
    """Puts the guard up."""
    _run(connection, SQLITE_INSTALL if connection.vendor == "sqlite" else POSTGRESQL_INSTALL)


def remove(connection: Any) -> None:
    """Takes the guard down; only the migration backwards and the tests of tampering do that."""
    _run(connection, SQLITE_REMOVE if connection.vendor == "sqlite" else POSTGRESQL_REMOVE)


def is_up(connection: Any) -> bool:
    """Whether the database has the guard; it can be missing after a restore by hand."""
    question = (
        "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
        if connection.vendor == "sqlite"
        else "SELECT count(*) FROM pg_trigger WHERE tgname LIKE %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(question, [f"{NAME}%"])
        return bool(cursor.fetchone()[0])


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
