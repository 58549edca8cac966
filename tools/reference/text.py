"""Words and lines that every page of the reference writes alike."""

import textwrap
from collections.abc import Iterable, Iterator

from unknot.knowledge import Knowledge
from unknot.knowledge.certainty import certainty
from unknot.knowledge.loader import Citation, CitedRecord

WIDTH = 99


def wrapped(text: str, indent: str = "") -> list[str]:
    """The text on lines of at most 99 columns; `indent` begins all but the first."""
    return textwrap.wrap(
        text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def row(label: str, text: str) -> list[str]:
    """One line of a record: "- **Label:** text"."""
    return wrapped(f"- **{label}:** {text}", "  ")


def plain(word: str) -> str:
    """An id as words: "gp_soon" is "GP soon"."""
    return word.replace("_", " ").replace("gp", "GP")


def cited(citations: Iterable[Citation], knowledge: Knowledge) -> str:
    """Short citations, each with its place in the source."""
    return "; ".join(
        knowledge.sources[citation.id].short + (f" ({citation.at})" if citation.at else "")
        for citation in citations
    )


def standing(record: CitedRecord, knowledge: Knowledge) -> list[str]:
    """The lines that end every record that claims something: sources, version and review."""
    said_by = f"{cited(record.sources, knowledge)}; {plain(record.evidence)}"
    return [
        *row("Sources", f"{said_by}, {record.confidence} confidence"),
        *row("Version", f"{record.version}, review by {record.review_by}, review pending"),
    ]


def entry(
    record: CitedRecord, title: str, rows: Iterable[tuple[str, str]], knowledge: Knowledge
) -> Iterator[str]:
    """One record: its heading, its rows that say something, why, sources and how sure it is."""
    yield f"### {record.id}: {title}"
    yield ""
    for label, text in (*rows, ("Why", record.because)):
        if text:
            yield from row(label, text)
    sure = certainty(record, knowledge.sources).words
    yield from row("Sources", f"{cited(record.sources, knowledge)}; {sure}")
    yield ""
