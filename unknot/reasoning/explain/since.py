"""How a record reads today, beside how it read when a result was made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from unknot.knowledge import Knowledge
from unknot.knowledge.loader import CitedRecord
from unknot.reasoning.explain.model import Reason, Since
from unknot.reasoning.grounds import Ground, Source

NOT_KEPT = Since("not kept", "", "", "The version of this record was not kept.")


def compare(
    version: str,
    then: Mapping[str, str],
    now: Mapping[str, str],
    sources: Iterable[Source],
    record: CitedRecord | None,
    knowledge: Knowledge,
) -> Since:
    """What is different: the record's own history, its words as they read today, its sources.

    `then` and `now` hold the words to compare, by what they are: "it says", "it fires when".
    """
    if record is None:
        gone = "It is not in use any more; what is written here is how it read then."
        return Since("removed", version, "", _sentence(gone, _sources(sources, None, knowledge)))
    parts = [*_words(then, now), *_sources(sources, record, knowledge)]
    if version == record.version and not parts:
        return Since("same", version, record.version, "")
    heading = f"It has changed since: {version} then, {record.version} now."
    return Since(
        "changed",
        version,
        record.version,
        _sentence(heading, [*_history(version, record), *parts]),
    )


def of_ground(ground: Ground, knowledge: Knowledge) -> Since:
    """The same for a record that a result kept as a ground."""
    record = getattr(knowledge, ground.topic, {}).get(ground.id)
    now = {"the reason": record.because} if record else {}
    return compare(
        ground.version, {"the reason": ground.because}, now, ground.sources, record, knowledge
    )


def in_general(version: str, reasons: Iterable[Reason], knowledge: Knowledge) -> str:
    """One sentence on what today's knowledge means for a result."""
    if not version:
        return "The version of the knowledge it was decided with was not kept."
    if version == knowledge.version:
        return "The knowledge has not changed since."
    counted = [reason.since.state for reason in reasons]
    changed, removed = counted.count("changed"), counted.count("removed")
    if not changed and not removed:
        return "The knowledge has changed since, but no record behind this result."
    said = [f"{changed} changed"] if changed else []
    said += [f"{removed} removed"] if removed else []
    return (
        f"The knowledge has changed since. Of the records behind this result: {', '.join(said)}."
    )


def _sentence(first: str, more: Iterable[str]) -> str:
    return " ".join((first, *more))


def _history(version: str, record: CitedRecord) -> Iterator[str]:
    """The lines of the record's history that came after the version."""
    count = version.rpartition(".")[2]
    seen = int(count) if count.isdecimal() else 0
    if seen < len(record.change):
        lines = "; ".join(f"{entry.on}: {entry.what}" for entry in record.change[seen:])
        yield f"Its history says: {lines}"


def _words(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for name, old in then.items():
        if old and now.get(name, old) != old:
            yield f"Today {name} would read: “{now[name]}”."


def _sources(
    sources: Iterable[Source], record: CitedRecord | None, knowledge: Knowledge
) -> Iterator[str]:
    cited = {citation.id for citation in record.sources} if record else set()
    for source in sources:
        if source.id not in knowledge.sources:
            yield f"The source {source.id} has been taken out of the bibliography."
        elif record is not None and source.id not in cited:
            yield f"It does not cite {source.id} any more."
