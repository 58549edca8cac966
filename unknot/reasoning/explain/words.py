"""An explanation as plain text, for a terminal or a mail."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from unknot.reasoning.explain.model import Explanation, Reason
from unknot.reasoning.grounds import Fact, Source

WIDTH = 88


def in_words(explanation: Explanation) -> str:
    """The whole explanation as plain text, in lines of at most 88 columns. Raises nothing."""
    return "\n".join(_lines(explanation))


def _lines(found: Explanation) -> Iterator[str]:
    yield from _wrapped(found.decided.upper())
    yield from _wrapped(found.says)
    for part in found.parts:
        yield from ("", f"{part.title}:")
        for reason in part.reasons:
            yield from _reason(reason)
        yield from _items(part.lines)
    if found.facts:
        yield from ("", "What was read:")
        yield from _items(_fact(fact) for fact in found.facts)
    if found.would_change:
        yield from ("", "What would change it:")
        yield from _items(found.would_change)
    yield ""
    if found.knowledge_version:
        yield f"As of {found.as_of}. Knowledge {found.knowledge_version}."
    yield from _wrapped(found.today)


def _reason(reason: Reason) -> Iterator[str]:
    name = f"{reason.id} {reason.title}, version {reason.version}"
    yield from _wrapped(f"- {name}: {reason.decided}", "  ")
    inner = [f"Why: {reason.because}"]
    inner += [f"Counts when: {reason.when}"] if reason.when else []
    inner += [f"Read: {_fact(fact)}" for fact in reason.facts]
    inner += [f"Source: {_source(source)}" for source in reason.sources]
    inner.append(
        f"{reason.evidence.replace('_', ' ').capitalize()}, {reason.confidence} confidence;"
        f" clinician review {reason.clinician_review}."
    )
    inner += [f"Turning on: {line}" for line in reason.would_change]
    inner += [reason.since.says] if reason.since.says else []
    for text in inner:
        yield from _wrapped(f"    {text}", "      ")


def _fact(fact: Fact) -> str:
    day = f" ({fact.on})" if fact.on else ""
    return f"“{fact.asked}” {fact.answered}{day}"


def _source(source: Source) -> str:
    place = f", {source.at}" if source.at else ""
    return f"{source.id}{place}: {source.cites or source.short}"


def _items(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from _wrapped(f"- {text}", "  ")


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=indent)
