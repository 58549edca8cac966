"""How sure a record is, in words that may stand beside it.

A record is *settled* only when its confidence is high, none of its figures is kept from memory,
each of its sources was read, and a study stands behind it. Of anything else `words` says what is
missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from unknot.knowledge.loader import CitedRecord
from unknot.knowledge.sources import Source, SourceStatus


@dataclass(frozen=True)
class Certainty:
    """What is not sure about a record. `recalled` holds ids of sources kept from memory."""

    confidence: str
    remembered: str
    recalled: tuple[str, ...]
    by_custom: bool
    """Whether it rests on custom alone: no study stands behind it."""

    @property
    def settled(self) -> bool:
        """Whether nothing has to be said beside it."""
        doubts = self.remembered or self.recalled or self.by_custom
        return self.confidence == "high" and not doubts

    @property
    def words(self) -> str:
        """One line without a full stop, such as "medium confidence; LI14 kept from memory"."""
        parts = [f"{self.confidence} confidence"]
        if self.by_custom:
            parts.append("a custom, with no study behind it")
        if self.remembered:
            parts.append(f"not yet checked: {self.remembered}")
        if self.recalled:
            parts.append(f"kept from memory: {', '.join(self.recalled)}")
        return "; ".join(parts)


def certainty(record: CitedRecord, sources: Mapping[str, Source]) -> Certainty:
    """How sure the record is, by its own confidence and the state of each source it cites."""
    ids = tuple(dict.fromkeys(citation.id for citation in record.sources))
    return Certainty(
        confidence=str(record.confidence),
        remembered=getattr(record, "remembered", ""),
        recalled=tuple(one for one in ids if sources[one].status is SourceStatus.FROM_MEMORY),
        by_custom=all(sources[one].status is SourceStatus.CONVENTION for one in ids),
    )
