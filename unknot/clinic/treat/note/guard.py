"""The database's own refusal to change what was signed, on both engines.

A signed note, its addenda, the versions of its draft and the rows its signature stands for (visit,
treatment entries, taps of the dial) take no UPDATE, no DELETE, no TRUNCATE and, where that would
alter the record, no INSERT.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

NAME: Final = "signed_note"
SAYS: Final = "what was signed is never changed"

_SIGNED: Final = "EXISTS (SELECT 1 FROM clinic_note AS n WHERE n.state = 'signed' AND {where})"
_VISIT_IS_SIGNED: Final = _SIGNED.format(where="n.visit_id = {row}.{key}")
# A row with the key of a signed one: SQLite's OR REPLACE takes the old row away without a DELETE
# that a trigger would see, on INSERT and on UPDATE alike.
_TAKES_A_SIGNED_ONE: Final = (
    "EXISTS (SELECT 1 FROM {table} AS kept JOIN clinic_note AS n ON n.visit_id = kept.visit_id"
    " WHERE n.state = 'signed' AND {same})"
)
_TAPS: Final = {
    "clinic_treatmententry": "kept.id = NEW.id",
    "clinic_plannedwork": "kept.id = NEW.id",
    "clinic_dialevent": "(kept.seq = NEW.seq"
    " OR (kept.about_id = NEW.about_id AND kept.kind = NEW.kind))",
}
_NOTE_TAKEN: Final = _SIGNED.format(where="(n.id = NEW.id OR n.visit_id = NEW.visit_id)")
_VISIT_TAKEN: Final = (
    "EXISTS (SELECT 1 FROM clinic_visit AS v JOIN clinic_note AS n ON n.visit_id = v.id"
    " WHERE n.state = 'signed' AND (v.id = NEW.id OR v.appointment_id = NEW.appointment_id))"
)
_VERSION_TAKEN: Final = (
    "EXISTS (SELECT 1 FROM clinic_noteversion AS kept WHERE kept.id = NEW.id"
    " OR (kept.note_id = NEW.note_id AND kept.number = NEW.number))"
)
_ALWAYS: Final = "1 = 1"


def _conditions() -> Iterator[tuple[str, str, str]]:
    """Table, verb, and when the verb is refused there."""
    yield "clinic_note", "INSERT", _NOTE_TAKEN
    yield "clinic_note", "UPDATE", f"OLD.state = 'signed' OR {_NOTE_TAKEN}"
    yield "clinic_note", "DELETE", "OLD.state = 'signed'"
    added = "EXISTS (SELECT 1 FROM clinic_addendum AS a WHERE a.id = NEW.id)"
    yield "clinic_addendum", "INSERT", added
    yield "clinic_addendum", "UPDATE", _ALWAYS
    yield "clinic_addendum", "DELETE", _ALWAYS
    closed = _SIGNED.format(where="n.id = NEW.note_id")
    yield "clinic_noteversion", "INSERT", f"{_VERSION_TAKEN} OR {closed}"
    yield "clinic_noteversion", "UPDATE", _ALWAYS
    yield "clinic_noteversion", "DELETE", _ALWAYS
    yield "clinic_visit", "INSERT", _VISIT_TAKEN
    yield "clinic_visit", "UPDATE", f"{_on_signed('OLD', 'id')} OR {_VISIT_TAKEN}"
    yield "clinic_visit", "DELETE", _on_signed("OLD", "id")
    for table, same in _TAPS.items():
        yield from _of_taps(table, _TAKES_A_SIGNED_ONE.format(table=table, same=same))


def _of_taps(table: str, taken: str) -> Iterator[tuple[str, str, str]]:
    """An update is looked at on both sides: a row neither leaves a signed visit nor enters one."""
    old, new = _on_signed("OLD", "visit_id"), _on_signed("NEW", "visit_id")
    yield table, "INSERT", f"{new} OR {taken}"
    yield table, "UPDATE", f"{old} OR {new} OR {taken}"
    yield table, "DELETE", old


def _on_signed(row: str, key: str) -> str:
    return _VISIT_IS_SIGNED.format(row=row, key=key)


TABLES: Final = tuple(dict.fromkeys(table for table, _, _ in _conditions()))


def _name(table: str, verb: str) -> str:
    return f"{NAME}_{table}_{verb}".lower()


def _statements(vendor: str) -> dict[str, tuple[str, ...]]:
    """By name of the trigger, what puts it up; the last statement makes the trigger itself."""
    if vendor == "sqlite":
        return {
            _name(table, verb): (
                f"CREATE TRIGGER {_name(table, verb)} BEFORE {verb} ON {table} "
                f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
            )
            for table, verb, condition in _conditions()
        }
    # A trigger's WHEN cannot look into another table there, so a function does.
    made: dict[str, tuple[str, ...]] = {
        _name(table, verb): _with_function(
            _name(table, verb), table, verb, condition, "OLD" if verb == "DELETE" else "NEW"
        )
        for table, verb, condition in _conditions()
    }
    any_signed = _SIGNED.format(where=_ALWAYS)
    for table in TABLES:
        name = _name(table, "TRUNCATE")
        made[name] = _with_function(name, table, "TRUNCATE", any_signed, "NULL")
    return made


def _with_function(
    name: str, table: str, verb: str, condition: str, gives: str
) -> tuple[str, str]:
    each = "STATEMENT" if verb == "TRUNCATE" else "ROW"
    when = f"BEFORE {verb} ON {table} FOR EACH {each}"
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$${_body(condition, gives)}$$",
        f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()",
    )


def _body(condition: str, gives: str) -> str:
    return f" BEGIN IF {condition} THEN RAISE EXCEPTION '{SAYS}'; END IF; RETURN {gives}; END "


def names(vendor: str) -> tuple[str, ...]:
    """The triggers that must be there."""
    return tuple(_statements(vendor))


def install(connection: Any) -> None:
    """Puts the guard up."""
    for statements in _statements(connection.vendor).values():
        for statement in statements:
            _run(connection, statement)


def remove(connection: Any) -> None:
    """Takes the guard down; only the migration backwards and the tests of tampering do that."""
    for name in names(connection.vendor):
        if connection.vendor == "sqlite":
            _run(connection, f"DROP TRIGGER IF EXISTS {name}")
        else:
            _run(connection, f"DROP FUNCTION IF EXISTS {name} CASCADE")


def missing(connection: Any) -> tuple[str, ...]:
    """The triggers that should be there and are not, are switched off, or say something else, as
    after a restore or a change by hand."""
    present = _present_sqlite if connection.vendor == "sqlite" else _present_postgresql
    there = present(connection)
    return tuple(
        name
        for name, statements in _statements(connection.vendor).items()
        if not there.get(name) or there[name] not in statements[0]
    )


def _present_sqlite(connection: Any) -> dict[str, str]:
    rows = _rows(connection, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return dict(rows)


def _present_postgresql(connection: Any) -> dict[str, str]:
    """By name of the trigger the body of its function; a trigger that is off is not there."""
    rows = _rows(
        connection,
        "SELECT t.tgname, p.prosrc FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid"
        " WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')",
    )
    return dict(rows)


def _rows(connection: Any, question: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return list(cursor.fetchall())


def _run(connection: Any, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
