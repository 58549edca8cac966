"""The database itself refuses two active occupancies of one therapist, room or client at once.

PostgreSQL holds it with an exclusion constraint over half-open ranges. SQLite has none, so triggers
refuse instead; its writers are one at a time, so nothing can come between the look and the write. Both
also refuse an occupancy longer than a day, which keeps the look on SQLite short.
"""

from django.db import migrations

POSTGRESQL = [
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    """ALTER TABLE clinic_occupancy ADD CONSTRAINT occupancy_no_overlap
       EXCLUDE USING gist (resource_id WITH =, tstzrange(starts_at, ends_at, '[)') WITH &&)
       WHERE (active)""",
    """ALTER TABLE clinic_occupancy ADD CONSTRAINT occupancy_within_a_day
       CHECK (ends_at <= starts_at + interval '24 hours')""",
]
POSTGRESQL_BACK = [
    "ALTER TABLE clinic_occupancy DROP CONSTRAINT IF EXISTS occupancy_within_a_day",
    "ALTER TABLE clinic_occupancy DROP CONSTRAINT IF EXISTS occupancy_no_overlap",
]

# Times are text that sorts like time (2026-11-22 09:00:00); another spelling would not, and is refused.
_BODY = """
    SELECT RAISE(ABORT, 'occupancy_within_a_day: times must be UTC text and end within a day')
    WHERE NEW.starts_at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*'
       OR NEW.ends_at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*'
       OR NEW.ends_at > datetime(NEW.starts_at, '+1 day');
    SELECT RAISE(ABORT, 'occupancy_no_overlap: this time is taken')
    WHERE NEW.active AND EXISTS (
        SELECT 1 FROM clinic_occupancy AS other
        WHERE other.resource_id = NEW.resource_id AND other.active AND other.id <> NEW.id
          AND other.starts_at < NEW.ends_at AND other.ends_at > NEW.starts_at
          AND other.starts_at >= datetime(NEW.starts_at, '-1 day')
    );
"""
SQLITE = [
    f"""CREATE TRIGGER occupancy_no_overlap_insert BEFORE INSERT ON clinic_occupancy
        BEGIN {_BODY} END""",
    f"""CREATE TRIGGER occupancy_no_overlap_update BEFORE UPDATE ON clinic_occupancy
        BEGIN {_BODY} END""",
]
SQLITE_BACK = [
    "DROP TRIGGER IF EXISTS occupancy_no_overlap_update",
    "DROP TRIGGER IF EXISTS occupancy_no_overlap_insert",
]


def hold(apps, schema_editor):
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement)


def release(apps, schema_editor):
    statements = (
        POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK
    )
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("clinic", "0001_initial")]

    operations = [migrations.RunPython(hold, release)]
