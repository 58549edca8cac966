"""A database made before gets the guards anew: now they also see a row replaced by an INSERT."""

from typing import Any

from django.db import migrations

from unknot.clinic.audit import guard as trail
from unknot.clinic.treat.note import guard as notes


def up(apps: Any, schema_editor: Any) -> None:
    for guard in (trail, notes):
        guard.remove(schema_editor.connection)
        guard.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("clinic", "0004_signed_notes")]
    operations = [migrations.RunPython(up, migrations.RunPython.noop)]
