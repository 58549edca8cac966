"""The list of ways in which a signed note could be changed, tried one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection

from tests.support.tamper import (
    LATER,
    SEALED,
    Scene,
    Way,
    columns,
    connection_is_postgresql,
    sql,
)
from tests.support.tamper_clever import clever
from unknot.clinic import models as m

FIRST = "(SELECT {pk} FROM {table} ORDER BY {pk} LIMIT 1)"
PKS = {model._meta.db_table: model._meta.pk.column for model in SEALED}  # type: ignore[union-attr]
TABLES = tuple(PKS)


def through_models() -> Iterator[Way]:
    """Everything Django's own rows and querysets can do."""
    for model in SEALED:
        name = model.__name__
        yield Way(f"{name}.save()", "model", _save(model))
        yield Way(f"{name}.save(force_update)", "model", _save(model, force_update=True))
        yield Way(f"{name}.delete()", "model", lambda on, model=model: _first(model).delete())
        yield Way(f"{name} query .update()", "model", _update(model))
        yield Way(f"{name} query .delete()", "model", lambda on, model=model: _all(model).delete())
        yield Way(f"{name} query ._raw_delete()", "model", _raw_delete(model))
        yield Way(f"{name} .bulk_update()", "model", _bulk_update(model))
        yield Way(f"{name} .bulk_create() over it", "model", _upsert(model))
        yield Way(f"{name} copied into it", "model", _copy(model))


def _all(model: Any) -> Any:
    return model._default_manager.all()


def _first(model: Any) -> Any:
    return _all(model).order_by("pk").first()


def _field(model: Any) -> str:
    """A text or number of the row that could be changed without breaking a constraint."""
    return {
        "Note": "signed_name",
        "NoteVersion": "by_name",
        "Addendum": "text",
        "Visit": "wish_today",
        "TreatmentEntry": "area",
        "PlannedWork": "area",
        "DialEvent": "area",
    }[model.__name__]


def _save(model: Any, **how: Any) -> Callable[[Scene], None]:
    def run(on: Scene) -> None:
        row = _first(model)
        setattr(row, _field(model), "neck x")
        row.save(**how)

    return run


def _update(model: Any) -> Callable[[Scene], None]:
    return lambda on: _all(model).update(**{_field(model): "neck x"})


def _raw_delete(model: Any) -> Callable[[Scene], None]:
    return lambda on: _all(model)._raw_delete("default")


def _bulk_update(model: Any) -> Callable[[Scene], None]:
    def run(on: Scene) -> None:
        row = _first(model)
        setattr(row, _field(model), "neck x")
        model._default_manager.bulk_update([row], [_field(model)])

    return run


def _upsert(model: Any) -> Callable[[Scene], None]:
    def run(on: Scene) -> None:
        row = _first(model)
        setattr(row, _field(model), "neck x")
        model._default_manager.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=[model._meta.pk.name],
            update_fields=[_field(model)],
        )

    return run


def _copy(model: Any) -> Callable[[Scene], None]:
    def run(on: Scene) -> None:
        row = _first(model)
        row.pk = None if model is m.DialEvent else m.base.new_id()
        row._state.adding = True
        row.save(force_insert=True)

    return run


def by_column(*, past_the_guard: bool) -> Iterator[Way]:
    """One UPDATE for every column of every table behind a signature."""
    where = "row, guard down" if past_the_guard else "row"
    for table, column, other in columns():
        pk = PKS[table]
        first = FIRST.format(pk=pk, table=table)
        statement = f'UPDATE {table} SET "{column}" = {other} WHERE {pk} = {first}'
        yield Way(f"UPDATE {table}.{column}", where, sql(statement), past_the_guard)


def by_row(*, past_the_guard: bool) -> Iterator[Way]:
    """Rows taken out, put in or put over."""
    where = "row, guard down" if past_the_guard else "row"
    for table in TABLES:
        pk = PKS[table]
        last = f"(SELECT {pk} FROM {table} ORDER BY {pk} DESC LIMIT 1)"
        yield Way(f"DELETE {table}", where, sql(f"DELETE FROM {table}"), past_the_guard)
        statement = f"DELETE FROM {table} WHERE {pk} = {last}"
        yield Way(f"DELETE {table}, the last", where, sql(statement), past_the_guard)
    for model in SEALED:
        copied = f"{model._meta.db_table} copied into it"
        yield Way(copied, where, _copy(model), past_the_guard)


def of_sqlite() -> Iterator[Way]:
    """Statements only SQLite has."""
    for model in SEALED:
        table, pk = model._meta.db_table, PKS[model._meta.db_table]
        names = [field.column for field in model._meta.concrete_fields]
        changed = model._meta.get_field(_field(model)).column
        row = ", ".join("'neck x'" if name == changed else f'"{name}"' for name in names)
        into = ", ".join(f'"{name}"' for name in names)
        put = f"INSERT OR REPLACE INTO {table} ({into}) SELECT {row} FROM {table}"
        yield Way(f"INSERT OR REPLACE {table}", "row", sql(put))
        over = (
            f"UPDATE OR REPLACE {table} SET {pk} = (SELECT min({pk}) FROM {table})"
            f" WHERE {pk} = (SELECT max({pk}) FROM {table})"
        )
        yield Way(f"UPDATE OR REPLACE {table}", "row", sql(over))
    yield Way("a free visit's row put over a signed entry", "row", _replace_from_free)
    yield Way("the table of notes made anew with other words", "schema", _made_anew, True)


def _replace_from_free(on: Scene) -> None:
    """An entry of a visit not signed takes the key of a signed one."""
    from tests.support import visits

    free = m.Visit.everything.create(
        appointment=visits.appointment(on.house, days=14), opened_at=LATER
    )
    key = on.visit.entries.order_by("pk")[0].pk.hex
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT OR REPLACE INTO clinic_treatmententry"
            " (id, visit_id, area, technique, pressure, minutes, response, recorded_at)"
            " VALUES (%s, %s, 'neck', 'TEC-SWE', 1, 1, '', '2026-03-02 09:00:00')",
            [key, free.pk.hex],
        )


def _made_anew(on: Scene) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE beside AS SELECT * FROM clinic_note")
        cursor.execute("UPDATE beside SET signed_name = 'Somebody Else'")
        cursor.execute("DELETE FROM clinic_note")
        cursor.execute("INSERT INTO clinic_note SELECT * FROM beside")
        cursor.execute("DROP TABLE beside")


def of_postgresql() -> Iterator[Way]:
    """Statements only PostgreSQL has."""
    for table in (*TABLES, "clinic_appointment", "clinic_client", "clinic_auditrow"):
        yield Way(f"TRUNCATE {table} CASCADE", "row", sql(f"TRUNCATE {table} CASCADE"))
    together = ", ".join(TABLES)
    yield Way("TRUNCATE of all tables", "row", sql(f"TRUNCATE {together} CASCADE"))
    typed = "ALTER TABLE {} ALTER COLUMN {} TYPE varchar({}) USING 'Somebody Else'"
    for table, column, size in (
        ("clinic_note", "signed_name", 120),
        ("clinic_visit", "wish_today", 300),
        ("clinic_treatmententry", "area", 40),
        ("clinic_addendum", "reason", 200),
        ("clinic_noteversion", "by_name", 120),
    ):
        name = f"ALTER {table}.{column} TYPE USING"
        yield Way(name, "schema", _at_once(typed.format(table, column, size)))
    other = "UPDATE clinic_note SET signed_name = 'Somebody Else'"
    yield Way("triggers off for the session", "schema", _replica(other))
    yield Way("triggers of the table off", "schema", _off(other))
    yield Way("the guard's own function emptied", "schema", _emptied(other))


def _at_once(statement: str) -> Callable[[Scene], None]:
    """Past the wait for deferred constraints, which would refuse a change of the table."""

    def run(on: Scene) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(statement)

    return run


def _replica(statement: str) -> Callable[[Scene], None]:
    def run(on: Scene) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(statement)
            cursor.execute("SET LOCAL session_replication_role = origin")

    return run


def _off(statement: str) -> Callable[[Scene], None]:
    def run(on: Scene) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE clinic_note DISABLE TRIGGER ALL")
            cursor.execute(statement)
            cursor.execute("ALTER TABLE clinic_note ENABLE TRIGGER ALL")

    return run


def _emptied(statement: str) -> Callable[[Scene], None]:
    def run(on: Scene) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE OR REPLACE FUNCTION signed_note_clinic_note_update() RETURNS trigger"
                " LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
            )
            cursor.execute(statement)

    return run


def all_ways() -> tuple[Way, ...]:
    """Every way that this database has."""
    own = of_postgresql() if connection_is_postgresql() else of_sqlite()
    return (
        *through_models(),
        *by_column(past_the_guard=False),
        *by_row(past_the_guard=False),
        *own,
        *by_column(past_the_guard=True),
        *by_row(past_the_guard=True),
        *clever(),
    )
