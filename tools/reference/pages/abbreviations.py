"""Short forms of notes and what stands for them."""

from collections.abc import Iterator

from tools.reference.text import wrapped
from unknot.knowledge import Knowledge
from unknot.knowledge.abbreviations import Abbreviation

TITLE = "Short forms in notes"
ABOUT = "what therapists write short, and the words that stand for it in print and letters."

_HOW = (
    "A therapist may write short. In print, in a letter and wherever a client reads, the words "
    "below stand instead. A short form with several meanings stays as it was written and is "
    "marked. These are matters of language; nothing is claimed."
)


def body(knowledge: Knowledge) -> Iterator[str]:
    """One table of those written out, one of those marked."""
    yield from wrapped(_HOW)
    known = knowledge.abbreviations.values()
    yield from _table("Written out", [one for one in known if one.long])
    yield from _table("Marked, not written out", [one for one in known if one.meanings])


def _table(title: str, found: list[Abbreviation]) -> Iterator[str]:
    yield from ("", f"## {title} ({len(found)})", "")
    yield from ("| Id | Short | Stands for | Capitals | Why |", "|---|---|---|---|---|")
    for one in found:
        says = one.long or " or ".join(one.meanings)
        says += f" (several: {one.plural})" if one.plural else ""
        case = "matter" if one.case == "exact" else "either way"
        yield f"| {one.id} | {one.short} | {says} | {case} | {one.because} |"
