"""The CHOIR body map on our regions."""

from collections import Counter
from collections.abc import Iterator

from tools.reference.text import cited, wrapped
from unknot.knowledge import Knowledge

TITLE = "CHOIR body map"
ABOUT = "the 74 segments of another registry's body map on our regions, and how well each fits."

_HOW = (
    "101 to 136 are the front, 201 to 238 the back. Where a segment lies was read from the "
    "outlines of the survey's own form; which of our regions it covers was read off both figures "
    "by eye. "
    "*Exact* is one region of ours in the same place, *split* several that it covers together, "
    "*approximate* one whose bounds run through our regions. 112 to 117 are numbered differently "
    "on the female and on the male figure, so they stand twice. Pending a clinician's review."
)


def body(knowledge: Knowledge) -> Iterator[str]:
    """The counts, then every segment in one table."""
    segments = knowledge.body_map_choir.values()
    counts = Counter(one.match for one in segments if one.figure != "female")
    yield from wrapped(_HOW)
    yield ""
    said = ", ".join(f"{number} {match}" for match, number in counts.items())
    yield from wrapped(f"Of {sum(counts.values())} segments: {said}.")
    yield ""
    yield "| Number | Figure | Place | Our regions | Match |"
    yield "|---|---|---|---|---|"
    for one in segments:
        figure = "both" if one.figure == "any" else one.figure
        regions = ", ".join(knowledge.regions[name].plain for name in one.regions)
        yield f"| {one.number} | {figure} | {one.name} | {regions} | {one.match} |"
    yield ""
    sources = next(iter(segments)).sources
    yield from wrapped(f"Sources: {cited(sources, knowledge)}.")
