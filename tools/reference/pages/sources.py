"""The bibliography."""

from collections.abc import Iterator

from tools.reference.text import plain, wrapped
from unknot.knowledge import Knowledge

TITLE = "Sources"
ABOUT = "the bibliography: everything a record cites."


def body(knowledge: Knowledge) -> Iterator[str]:
    """Each source with the numbers it can be found by."""
    for source in knowledge.sources.values():
        ids = [
            f"doi:{source.doi}" if source.doi else "",
            f"PMID {source.pmid}" if source.pmid else "",
        ]
        ids += [source.pmc or "", f"ISBN {source.isbn}" if source.isbn else "", source.web or ""]
        known = ", ".join(item for item in ids if item)
        text = f"- **{source.id}** {source.authors}. {source.about}. {source.place}."
        text += f" {known}." if known else ""
        yield from wrapped(f"{text} ({plain(source.status)})", "  ")
