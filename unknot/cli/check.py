"""``unknot check``: is this installation fit to hold people's records?"""

from __future__ import annotations

import argparse
from typing import Any

from ._verb import describe

CODES = {0: "all is well", 1: "each fault was named with its cure"}
EXAMPLES = ("unknot check",)


def add(verbs: Any) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "check", help="check the installation, the knowledge, the signed notes and the audit trail"
    )
    describe(parser, codes=CODES, examples=EXAMPLES)


def run(args: argparse.Namespace) -> int:
    """Exit code 0 when all is well, 1 with each fault and its cure when not."""
    from ._django import set_up

    set_up()
    from django.core.checks import run_checks
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from ..clinic.audit import verify
    from ..clinic.treat.note.seals import faults as note_faults
    from ..knowledge import KnowledgeError, load

    faults = 0
    for message in run_checks(databases=["default"]):
        faults += message.level >= 40
        print(f"{message.id}: {message.msg}\n  {message.hint or ''}")
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("The database is older than the program. `unknot serve` brings it up to date.")
        return 1
    try:
        load()
    except KnowledgeError as error:
        faults += 1
        print(error)
    for broken in note_faults():
        faults += 1
        print(f"Note of visit {broken.visit_id}: {broken.says} Keep the database as it is.")
    trail = verify()
    if trail.broken_at is not None:
        faults += 1
        print(f"The audit trail is broken at row {trail.broken_at}. Keep the database as it is.")
        print("After a backup put back on purpose, move the file audit-anchors aside.")
    print(f"{trail.rows} rows of audit trail read. {'All is well.' if not faults else ''}")
    return 1 if faults else 0
