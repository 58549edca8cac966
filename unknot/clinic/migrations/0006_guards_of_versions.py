"""The guard of signed notes anew: kept versions, rows replaced by an UPDATE, and TRUNCATE."""

from typing import Any

from django.db import migrations

from unknot.clinic.audit import guard as trail
from unknot.clinic.treat.note import guard as notes


def up(apps: Any, schema_editor: Any) -> None:
    for guard in (trail, notes):
        guard.remove(schema_editor.connection)
        guard.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("clinic", "0005_guards_see_replace")]
    operations = [migrations.RunPython(up, migrations.RunPython.noop)]
