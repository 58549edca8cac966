"""``unknot knowledge``: is what the program believes sound, in date and reviewed?"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

from ..knowledge import Knowledge, KnowledgeError, cited, load, topics


def add(verbs: Any) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "knowledge",
        help="check the knowledge, list what is due for review or not yet signed",
        description="check: reads every record. due: records past their review date. "
        "pending: records that no clinician has signed.",
    )
    parser.add_argument("what", choices=("check", "due", "pending"))
    parser.add_argument(
        "--on", type=date.fromisoformat, metavar="DATE", help="judge dates as of this day"
    )


def run(args: argparse.Namespace) -> int:
    """Exit code 0 when sound; 1 when records are due; 2 when a file cannot be used."""
    try:
        knowledge = load()
    except KnowledgeError as error:
        print(error, file=sys.stderr)
        return 2
    if args.what == "due":
        return _due(knowledge, args.on or datetime.now(tz=UTC).date())
    return _pending(knowledge) if args.what == "pending" else _check(knowledge)


def _check(knowledge: Knowledge) -> int:
    for topic in topics():
        print(f"{len(getattr(knowledge, topic.name)):>5}  {topic.name.replace('_', ' ')}")
    print(f"{_waiting(knowledge).total():>5}  of them wait for a clinician's signature")
    print(f"Sound. Version {knowledge.version}.")
    return 0


def _due(knowledge: Knowledge, today: date) -> int:
    late = [(topic, record) for topic, record in cited(knowledge) if record.is_overdue(today)]
    for topic, record in late:
        print(f"{record.review_by}  {topic.file}  {record.id}")
    print(f"{len(late)} records are due for review on {today}.")
    return 1 if late else 0


def _pending(knowledge: Knowledge) -> int:
    waiting = _waiting(knowledge)
    for name, count in waiting.items():
        print(f"{count:>5}  {name.replace('_', ' ')}")
    print(f"{waiting.total()} records wait for a clinician's signature.")
    return 0


def _waiting(knowledge: Knowledge) -> Counter[str]:
    """How many records of each topic no clinician has signed."""
    return Counter(
        topic.name for topic, record in cited(knowledge) if record.clinician_review == "pending"
    )
