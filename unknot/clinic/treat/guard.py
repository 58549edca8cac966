"""The database's own refusal to change what was signed, on both engines.

A signed note, its addenda, and the rows its signature stands for (visit, treatment entries, taps
of the dial) take no UPDATE, no DELETE and, where that would alter the record, no INSERT.
"""

from __future__ import annotations

from typing import Any, Final

NAME: Final = "signed_note"
SAYS: Final = "what was signed is never changed"

_SIGNED = "SELECT 1 FROM clinic_note AS n WHERE n.state = 'signed' AND n.visit_id = {row}.{key}"
# table: (verbs, column that leads to the visit, or "" where the row says by itself)
_TABLES: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    "clinic_note": (("INSERT", "UPDATE", "DELETE"), ""),
    "clinic_addendum": (("INSERT", "UPDATE", "DELETE"), ""),
    "clinic_visit": (("INSERT", "UPDATE", "DELETE"), "id"),
    "clinic_treatmententry": (("INSERT", "UPDATE", "DELETE"), "visit_id"),
    "clinic_dialevent": (("INSERT", "UPDATE", "DELETE"), "visit_id"),
}

# SQLite's INSERT OR REPLACE takes the old row away without a DELETE that a trigger would see.
_TAKEN: Final[dict[str, str]] = {
    "clinic_note": "EXISTS (SELECT 1 FROM clinic_note AS n WHERE n.state = 'signed'"
    " AND (n.id = NEW.id OR n.visit_id = NEW.visit_id))",
    "clinic_addendum": "EXISTS (SELECT 1 FROM clinic_addendum AS a WHERE a.id = NEW.id)",
    "clinic_visit": "EXISTS (SELECT 1 FROM clinic_visit AS v JOIN clinic_note AS n"
    " ON n.visit_id = v.id WHERE n.state = 'signed'"
    " AND (v.id = NEW.id OR v.appointment_id = NEW.appointment_id))",
}


def _condition(table: str, verb: str, key: str) -> str:
    """When the row is a signed one. An update is looked at on both sides, so that a row can
    neither leave a signed visit nor enter one."""
    if verb == "INSERT" and table in _TAKEN:
        return _TAKEN[table]
    if table == "clinic_note":
        return "OLD.state = 'signed'"
    if table == "clinic_addendum":
        return "1 = 1"
    rows = {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("OLD", "NEW")}[verb]
    return " OR ".join(f"EXISTS ({_SIGNED.format(row=row, key=key)})" for row in rows)


def _pairs() -> list[tuple[str, str, str]]:
    return [
        (table, verb, _condition(table, verb, key))
        for table, (verbs, key) in _TABLES.items()
        for verb in verbs
    ]


def names() -> tuple[str, ...]:
    """The triggers that must be there."""
    return tuple(f"{NAME}_{table}_{verb}".lower() for table, verb, _ in _pairs())


def install(connection: Any) -> None:
    """Puts the guard up."""
    for (table, verb, condition), name in zip(_pairs(), names(), strict=True):
        if connection.vendor == "sqlite":
            body = f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        else:  # a trigger's WHEN cannot look into another table there, so a function does
            body = f"FOR EACH ROW EXECUTE FUNCTION {name}()"
            _run(connection, _function(name, verb, condition))
        _run(connection, f"CREATE TRIGGER {name} BEFORE {verb} ON {table} {body}")


def _function(name: str, verb: str, condition: str) -> str:
    row = "OLD" if verb == "DELETE" else "NEW"
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{SAYS}'; END IF; RETURN {row}; END $$"
    )


def remove(connection: Any) -> None:
    """Takes the guard down; only the migration backwards and the tests of tampering do that."""
    for (table, _, _), name in zip(_pairs(), names(), strict=True):
        if connection.vendor == "sqlite":
            _run(connection, f"DROP TRIGGER IF EXISTS {name}")
        else:
            _run(connection, f"DROP TRIGGER IF EXISTS {name} ON {table}")
            _run(connection, f"DROP FUNCTION IF EXISTS {name}")


def missing(connection: Any) -> tuple[str, ...]:
    """The triggers that should be there and are not, as after a restore by hand."""
    question = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE tgname LIKE %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(question, [f"{NAME}%"])
        present = {row[0] for row in cursor.fetchall()}
    return tuple(name for name in names() if name not in present)


def _run(connection: Any, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
