"""What the check after a visit leads to: the table the tests hold, in the words of the records."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.reference.text import plain, wrapped
from unknot.knowledge import Knowledge
from unknot.reasoning.follow_up.waiting import words
from unknot.reasoning.scale import Urgency

TITLE = "After a visit"
ABOUT = "every answer between visits, at every grade: its rule, what is told, what is done."
SOURCE = "the knowledge and tests/reasoning/follow_up/after_a_visit.toml"

TABLE = Path(__file__).parents[3] / "tests" / "reasoning" / "follow_up" / "after_a_visit.toml"
HEAD = ("Answer", "Grade", "Rule", "Urgency", "The client does now", "The list", "The plan")
PLAN = {
    "less_pressure": "one level less pressure at the next visit",
    "adapt": "change what the record says",
    "speak_first": "speak to the client before the next visit",
    "pause": "no visit until a person has decided",
    "stop": "no visit until screened again and a person has decided",
}
GRADES = {0: "not given"}
_HOW = (
    "Effects are graded 1 (noticed), 2 (had to do less) or 3 (could not do usual things). Grade 2 "
    "or more, or more than 72 hours, goes to the therapist. A sign that cannot wait needs no "
    "grade. Warning signs that were not answered are unknown, and unknown never passes: visits "
    "wait. While visits are held, nothing can be booked or begun."
)
_WAIT = (
    "What stands in the therapist's list is sorted by urgency. An emergency or something for the "
    "same day also sends the therapist a message. What nobody has answered goes to the owner, and "
    "again each day until somebody does: {times}. These times are a convention of ours."
)


def body(knowledge: Knowledge) -> Iterator[str]:
    """How to read it, the check after a visit, and the check-in between visits."""
    cases = tomllib.loads(TABLE.read_text("utf-8"))["case"]
    times = ", ".join(f"{plain(urgency)} after {words(urgency)}" for urgency in Urgency)
    yield from wrapped(_HOW)
    yield ""
    yield from wrapped(_WAIT.format(times=times))
    for title, asked in (
        ("The check 24 to 72 hours after a visit", None),
        ("A check-in between visits", "check-in"),
    ):
        rows = [case for case in cases if case.get("asked") == asked]
        yield from ("", f"## {title} ({len(rows)})", "")
        yield f"| {' | '.join(HEAD)} |"
        yield f"| {' | '.join('---' for _ in HEAD)} |"
        for case in rows:
            yield f"| {' | '.join(_cells(case, knowledge))} |"


def _cells(case: dict[str, Any], knowledge: Knowledge) -> Iterator[str]:
    events = [knowledge.adverse_events[name] for name in case["records"]]
    yield case["answer"]
    yield ", ".join(GRADES.get(one, str(one)) for one in case.get("grades", ()))
    flags = [event.red_flag for event in events if event.red_flag]
    yield ", ".join([*case["rules"], *flags])
    yield plain(case["urgency"])
    yield events[0].do if events else ""
    yield _listed(case, [event.name for event in events], [event.next_time for event in events])
    yield "; ".join(PLAN[one] for one in case["plan"])


def _listed(case: dict[str, Any], names: list[str], next_times: list[str]) -> str:
    """What the therapist reads; what stands in no list is read before the next visit."""
    missing = [f"not answered: {plain(one)}" for one in case.get("missing", ())]
    said = [f"{name}: {next_time}" for name, next_time in zip(names, next_times, strict=True)]
    if not case["list"]:
        return f"Not in the list. {said[0]}" if said else ""
    return " ".join([*said, *(f"({one})" for one in missing)])
