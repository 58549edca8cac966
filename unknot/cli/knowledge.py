"""``unknot knowledge``: is what the program believes sound, in date and reviewed?"""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

from ..knowledge import Knowledge, cited, load, topics
from ._verb import describe, json_option, print_json, refusing

SCHEMA = "unknot-knowledge-1"
CODES = {
    0: "the knowledge is sound; for due: nothing is due",
    1: "records are due for review",
    2: "a file of the knowledge cannot be used",
}
EXAMPLES = (
    "unknot knowledge check",
    "unknot knowledge due --on 2028-12-01",
    "unknot knowledge pending --json",
)


def add(verbs: Any) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "knowledge",
        help="check the knowledge, list what is due for review or not yet signed",
        description="check: reads every record. due: records past their review date. "
        "pending: records that no clinician has signed.",
    )
    parser.add_argument("what", choices=("check", "due", "pending"))
    parser.add_argument("--on", type=_day, metavar="DAY", help="judge dates as of this day")
    json_option(parser)
    describe(parser, codes=CODES, examples=EXAMPLES)


@refusing()
def run(args: argparse.Namespace) -> int:
    """Prints what was asked. Exit codes as in CODES."""
    knowledge = load()
    if args.what == "due":
        return _due(knowledge, args.on or datetime.now(tz=UTC).date(), args.json)
    counts = _waiting(knowledge) if args.what == "pending" else _counts(knowledge)
    if args.json:
        print_json(
            {
                "schema": SCHEMA,
                "version": knowledge.version,
                "records": dict(counts),
                "pending": _waiting(knowledge).total(),
            }
        )
        return 0
    for name, count in counts.items():
        print(f"{count:>5}  {name.replace('_', ' ')}")
    if args.what == "pending":
        print(f"{counts.total()} records wait for a clinician's signature.")
    else:
        print(f"{_waiting(knowledge).total():>5}  of them wait for a clinician's signature")
        print(f"Sound. Version {knowledge.version}.")
    return 0


def _due(knowledge: Knowledge, today: date, as_json: bool) -> int:
    late = [(topic, record) for topic, record in cited(knowledge) if record.is_overdue(today)]
    if as_json:
        rows = [
            {"file": topic.file, "id": record.id, "review_by": record.review_by.isoformat()}
            for topic, record in late
        ]
        head = {"schema": SCHEMA, "version": knowledge.version, "on": today.isoformat()}
        print_json({**head, "due": rows})
        return 1 if late else 0
    for topic, record in late:
        print(f"{record.review_by}  {topic.file}  {record.id}")
    print(f"{len(late)} records are due for review on {today}.")
    return 1 if late else 0


def _counts(knowledge: Knowledge) -> Counter[str]:
    return Counter({topic.name: len(getattr(knowledge, topic.name)) for topic in topics()})


def _waiting(knowledge: Knowledge) -> Counter[str]:
    """How many records of each topic no clinician has signed."""
    return Counter(
        topic.name for topic, record in cited(knowledge) if record.clinician_review == "pending"
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("write a day such as 2026-11-23") from None
