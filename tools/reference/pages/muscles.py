"""Muscles, and where pain from them is said to be felt."""

from collections.abc import Iterator

from tools.reference.text import entry, plain, wrapped
from unknot.knowledge import Knowledge
from unknot.knowledge.muscles import LookAlike, Muscle

TITLE = "Muscles"
ABOUT = "where each lies, where pain from it is said to be felt, and what looks alike."

_HOW = (
    "A clinical map with poor agreement between examiners: it suggests which place to ask about "
    "and never makes a diagnosis. Weakness, spreading numbness, signs on both sides or a change "
    "of bladder or bowel overrides it."
)


def body(knowledge: Knowledge) -> Iterator[str]:
    """Every muscle."""
    yield from wrapped(_HOW)
    yield ""
    for muscle in knowledge.muscles.values():
        yield from entry(muscle, muscle.name, _rows(muscle), knowledge)


def _rows(one: Muscle) -> Iterator[tuple[str, str]]:
    yield "Lies in", ", ".join(plain(region) for region in one.lies_in)
    yield "Felt in", ", ".join(plain(region) for region in one.refers_to)
    yield "What else looks alike", "; ".join(_alike(other) for other in one.look_alikes)
    yield "Careful", one.lookalikes
    yield "Is said to limit", ", ".join(plain(motion) for motion in one.limits)
    yield "Uberon", ", ".join(one.uberon)


def _alike(one: LookAlike) -> str:
    flags = f", {', '.join(one.red_flags)}" if one.red_flags else ""
    return f"{one.name} ({one.kind}{flags})"
