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
_REFUSES = " BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END "
_KEEPS_ROWS = (
    f" BEGIN IF EXISTS (SELECT 1 FROM {TABLE}) THEN"  # noqa: S608  # our own names
    " RAISE EXCEPTION 'the audit trail is append-only'; END IF; RETURN NULL; END "
)
_FUNCTIONS = {NAME: _REFUSES, f"{NAME}_truncate": _KEEPS_ROWS}
POSTGRESQL_INSTALL = [
    *(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
        for name, body in _FUNCTIONS.items()
    ),
    f"CREATE TRIGGER {NAME} BEFORE UPDATE OR DELETE ON {TABLE} "
    f"FOR EACH STATEMENT EXECUTE FUNCTION {NAME}()",
    f"CREATE TRIGGER {NAME}_truncate BEFORE TRUNCATE ON {TABLE} "
    f"FOR EACH STATEMENT EXECUTE FUNCTION {NAME}_truncate()",
]
POSTGRESQL_REMOVE = [f"DROP FUNCTION IF EXISTS {name} CASCADE" for name in _FUNCTIONS]


def install(connection: Any) -> None:
    """Puts the guard up."""
    _run(connection, SQLITE_INSTALL if connection.vendor == "sqlite" else POSTGRESQL_INSTALL)


def remove(connection: Any) -> None:
    """Takes the guard down; only the migration backwards and the tests of tampering do that."""
    _run(connection, SQLITE_REMOVE if connection.vendor == "sqlite" else POSTGRESQL_REMOVE)


def is_up(connection: Any) -> bool:
    """Whether the database has the whole guard, switched on and as we made it; it can be missing
    after a restore by hand."""
    if connection.vendor == "sqlite":
        question = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
        wanted = set(SQLITE_INSTALL)
    else:
        question = (
            "SELECT p.prosrc FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid"
            " WHERE t.tgname LIKE %s AND t.tgenabled IN ('O', 'A')"
        )
        wanted = set(_FUNCTIONS.values())
    with connection.cursor() as cursor:
        cursor.execute(question, [f"{NAME}%"])
        return {row[0] for row in cursor.fetchall()} == wanted


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
