"""What the JSON of the command line holds, from the definitions of the results."""

import ast
from collections.abc import Iterator
from typing import Any

from tools.reference.source import definition, field_name, fields_of
from tools.reference.text import wrapped
from unknot.knowledge import Knowledge
from unknot.reasoning import grounds, stored
from unknot.reasoning.assess import Change, Ranked, Score
from unknot.reasoning.explain import Explanation, Part, Reason, Since
from unknot.reasoning.explain import model as explaining
from unknot.reasoning.outcomes import Needs, NextStep, Verdict
from unknot.reasoning.plan import Choice, Dose, HomeItem, Limits, Plan, StopRule, TaperStep
from unknot.reasoning.plan import model as planning
from unknot.reasoning.screen import Finding, Screening
from unknot.reasoning.screen import result as screening

TITLE = "JSON"
ABOUT = "the documents that `--json` prints and results are kept as, key by key."
SOURCE = "the definitions of the results"


def body(knowledge: Knowledge) -> Iterator[str]:
    """Each document with its schema, then the parts they share."""
    schemas = {kind: name for name, kind in stored.SCHEMAS.items()}
    yield from wrapped(
        "Each document has a key `schema`. Within one schema keys are added, never taken away or "
        "given another meaning; a test holds them. A day is text such as `2026-11-22` (in a "
        'screening `{"date": "2026-11-22"}`), a tuple a list, unknown `null`.'
    )
    yield ""
    yield from _document("screen", screening.SCHEMA, Screening, (Finding,))
    parts = (Dose, Choice, HomeItem, StopRule, TaperStep, Limits)
    yield from _document("plan", planning.SCHEMA, Plan, parts)
    yield from _plain("plan, where none may be made", "unknot-no-plan-1", _NO_PLAN)
    yield from _document("score", schemas[Score], Score, ())
    yield from _document("score --before, under `change`", schemas[Change], Change, ())
    yield from _plain("score without a name", "unknot-instruments-1", _INSTRUMENTS)
    yield from _plain("assess", "unknot-ranking-1", _RANKING)
    yield from _document("assess, under `muscles`", schemas[Ranked], Ranked, ())
    yield from _document("outcomes", schemas[Verdict], Verdict, (Needs, NextStep))
    yield from _document("explain", explaining.SCHEMA, Explanation, (Part, Reason, Since))
    yield from _plain("questions", "unknot-questions-1", _QUESTIONS)
    yield from _plain("knowledge", "unknot-knowledge-1", _KNOWLEDGE)
    yield "## Parts they share"
    yield ""
    for part in (grounds.Ground, grounds.Source, grounds.Fact):
        yield from _fields(part)


def _document(call: str, schema: str, kind: Any, parts: tuple[Any, ...]) -> Iterator[str]:
    yield f"## `{schema}`"
    yield ""
    yield f"Printed by `unknot {call}`.".replace(", under `", "`, under `").replace("`.`", "`.")
    yield ""
    yield from _fields(kind, heading=False)
    for part in parts:
        yield from _fields(part)


def _fields(kind: Any, *, heading: bool = True) -> Iterator[str]:
    node = definition(kind)
    assert isinstance(node, ast.ClassDef)
    if heading:
        yield f"### {kind.__name__}"
        yield ""
    kept = {field_name(item) for item in node.body}  # properties are worked out again
    for field in fields_of(node):
        if field.name not in kept:
            continue
        about = f": {field.about}" if field.about else ""
        yield from wrapped(f"- `{field.name}` `{field.kind}`{about}", "  ")
    yield ""


def _plain(call: str, schema: str, keys: dict[str, str]) -> Iterator[str]:
    yield f"## `{schema}`"
    yield ""
    yield f"Printed by `unknot {call}`."
    yield ""
    for key, about in keys.items():
        yield from wrapped(f"- `{key}`: {about}", "  ")
    yield ""


_NO_PLAN = {
    "reason": "the first of the faults, in words",
    "faults": "every reason, each with `field`, `says` and `breaks_screening`",
}
_INSTRUMENTS = {
    "instruments": "each with `id`, `name`, `items` (id and wording, where it may be shipped), "
    "`item_low`, `item_high`, `item_count` and `licence`"
}
_RANKING = {
    "caution": "what must be said before any list of muscles; empty where nothing must",
    "muscles": "the muscles, best first, each a document of its own",
}
_QUESTIONS = {
    "questions": "each with `id`, `text`, `kind`, `unit`, `units` (which a number may be written "
    "with), `low`, `high` and `choices` (id and words)"
}
_KNOWLEDGE = {
    "version": "changes whenever any record changes",
    "records": "check: how many by topic; pending: how many of them are not signed",
    "pending": "how many records no clinician has signed",
    "on": "due: the day it was judged on",
    "due": "due: each record past its date, with `file`, `id` and `review_by`",
}
