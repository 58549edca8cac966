"""What was signed stays as it was: the database refuses changes to signed notes and their rows."""

from typing import Any

from django.db import migrations

from unknot.clinic.treat.note import guard


def up(apps: Any, schema_editor: Any) -> None:
    guard.install(schema_editor.connection)


def down(apps: Any, schema_editor: Any) -> None:
    guard.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("clinic", "0003_audit_append_only")]
    operations = [migrations.RunPython(up, down)]
