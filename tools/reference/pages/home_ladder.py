"""The ladder of home care: its rules, the steps of every dose, and the cases that hold them."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.reference.text import entry, plain, row, wrapped
from unknot.knowledge import Knowledge
from unknot.reasoning.home.ladder import enough_days
from unknot.reasoning.home.steps import dose_at, last_step

TITLE = "The ladder of home care"
ABOUT = "when a piece of home care grows, stays, shrinks or ends, by which rule, with its cases."
SOURCE = "the knowledge and tests/cases/home_ladder.toml"

CASES = Path(__file__).parents[3] / "tests" / "cases" / "home_ladder.toml"
_HOW = (
    "Home care is at most three things. Each begins on its lowest step. After every answer the "
    "first rule that applies decides, from the most cautious to the boldest; small steps by the "
    "rule alone, anything else by a therapist. No source says how fast to climb, so every rule "
    "here is a custom of low confidence and names what it has no figure for. No clinician has "
    "signed it yet."
)


def body(knowledge: Knowledge) -> Iterator[str]:
    """Rules, steps, cases."""
    yield from wrapped(_HOW)
    yield ""
    yield from (f"## Rules ({len(knowledge.home_ladder)})", "")
    for rule in knowledge.home_ladder.values():
        rows = (
            ("Leads to", rule.outcome),
            ("To the client", rule.tell),
            ("No figure for", rule.no_figure),
        )
        yield from entry(rule, rule.title, rows, knowledge)
    yield from ("## Steps", "")
    yield from wrapped(
        "One figure of the dose at a time goes to its middle and then to its end. Doses that are "
        "not here have no range, or are there to ease: they stay as they are."
    )
    yield ""
    for item in knowledge.home_care.values():
        if not last_step(item):
            continue
        yield from (f"### {item.id}: {item.name}", "")
        for step in range(last_step(item) + 1):
            yield from wrapped(f"{step + 1}. {dose_at(item, step)}", "   ")
        enough = f"{enough_days(item)} days of a week, done in full"
        yield from ("", *row("Enough to judge by", enough))
        yield from (*row("Most pain while doing it", f"{item.pain_cap} of 10"), "")
    yield from _cases(knowledge)


def _cases(knowledge: Knowledge) -> Iterator[str]:
    found = tomllib.loads(CASES.read_text("utf-8"))["home"]
    yield from (f"## Cases ({len(found)})", "")
    yield from wrapped(
        "What was told, each day counted back from today: done, pain during, right afterwards, "
        "the next day; “-” is not told."
    )
    yield ""
    for case in found:
        yield from wrapped(f"- **{case['name']}:** {_case(case, knowledge)}", "  ")


def _case(case: dict[str, Any], knowledge: Knowledge) -> str:
    told = "; ".join(plain(day) for day in case["days"]) or "nothing"
    expect = case["expect"]
    dose = f", “{expect['dose']}”" if "dose" in expect else ""
    return (
        f"{knowledge.home_care[case['item']].name}, step {case['step'] + 1} for "
        f"{case['since_days']} days; told {told} → {expect['outcome']} by {expect['rule']}, "
        f"step {expect['step'] + 1}{dose}"
    )
