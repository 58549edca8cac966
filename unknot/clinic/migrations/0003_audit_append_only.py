"""The audit trail can only grow: the database refuses UPDATE and DELETE."""

from typing import Any

from django.db import migrations

from unknot.clinic.audit import guard


def up(apps: Any, schema_editor: Any) -> None:
    guard.install(schema_editor.connection)


def down(apps: Any, schema_editor: Any) -> None:
    guard.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("clinic", "0002_occupancy")]
    operations = [migrations.RunPython(up, down)]
