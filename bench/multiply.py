"""The demo clinic's data many times over, inside the database: a practice with a long history.

Every client, with everything about them, is copied; each copy lies one to eight years back and
has therapists, rooms and a location of its own, who no longer work there. So the practice has
so many times the clients, episodes, visits, notes and check-ins, and a day has as many visits
as before. The audit trail is not copied: no page measured here reads it.

Copying is one INSERT ... SELECT a table and copy. A key's last four digits carry the copy's
number, so that references need no table of old and new keys.
"""

from __future__ import annotations

import sys
import time

from django.db import connection, transaction
from django.db.models import DateTimeField, Field, ForeignKey, Model, UUIDField

from unknot.clinic import models as m
from unknot.clinic.demo.ledger import ORDER

KEPT = {m.Practice, m.WorkingHours, m.TimeOff}
COPIED: tuple[type[Model], ...] = tuple(
    dict.fromkeys(model for model in ORDER if model not in KEPT)
)
COLUMNS = {  # columns that are not copied as they are
    (m.User, "email"): "'{copy}.' || email",
    (m.Staff, "active"): "{false}",
    (m.Staff, "treats"): "{false}",
}


def multiply(times: int) -> int:
    """Add `times` - 1 copies of what is there; gives how many rows were added."""
    added = 0
    for copy in range(1, times):
        with transaction.atomic(), connection.cursor() as cursor:
            for model in COPIED:
                cursor.execute(_statement(model, copy))
                added += cursor.rowcount
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return added


def _statement(model: type[Model], copy: int) -> str:
    """Copy the first generation of one table: rows whose key is not itself a copy's."""
    table = model._meta.db_table
    fields = [field for field in model._meta.local_fields if not _is_counter(field)]
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(model, field, copy) for field in fields)
    return f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE {_original(model)}"


def _is_counter(field: Field) -> bool:
    return field.primary_key and not isinstance(field, UUIDField)


def _value(model: type[Model], field: Field, copy: int) -> str:
    column = f'"{field.column}"'
    special = COLUMNS.get((model, field.column))
    if special:
        return special.format(copy=copy, false="false" if _postgresql() else "0")
    if field.primary_key:
        return _key(column, copy)
    if isinstance(field, ForeignKey):
        return _key(column, copy) if field.related_model in COPIED else column
    if (model, field.column) == (m.Occupancy, "resource_id"):
        return _key(column, copy)
    if isinstance(field, DateTimeField):
        return _back(column, 364 * (1 + copy % 8))
    return column


def _postgresql() -> bool:
    return connection.vendor == "postgresql"


def _key(column: str, copy: int) -> str:
    """The key of the same row in that copy. The digit of the version tells copies from
    originals.
    """
    if _postgresql():
        digits = f"replace({column}::text, '-', '')"
        return f"(left({digits}, 12) || 'e' || substr({digits}, 14, 15) || '{copy:04x}')::uuid"
    return f"substr({column}, 1, 12) || 'e' || substr({column}, 14, 15) || '{copy:04x}'"


def _back(column: str, days: int) -> str:
    if _postgresql():
        return f"{column} - interval '{days} days'"
    return f"datetime({column}, '-{days} days')"


def _original(model: type[Model]) -> str:
    """Rows of the demo clinic itself: made by the demo, or pointing at one that was."""
    key = next(
        field
        for field in model._meta.local_fields
        if isinstance(field, UUIDField)
        or (isinstance(field, ForeignKey) and field.related_model in COPIED)
    )
    return f'"{key.column}" IN (SELECT id FROM bench_original)'


def remember() -> None:
    """Note the keys of everything there is, as the first generation."""
    with connection.cursor() as cursor:
        kind = "uuid" if _postgresql() else "char(32)"
        cursor.execute(f"CREATE TABLE bench_original (id {kind} PRIMARY KEY)")
        for model in COPIED:
            if isinstance(model._meta.pk, UUIDField):
                cursor.execute(f"INSERT INTO bench_original SELECT id FROM {model._meta.db_table}")


def main(times: int) -> None:
    began = time.monotonic()
    remember()
    added = multiply(times)
    print(f"{added} rows in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    import django

    django.setup()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
