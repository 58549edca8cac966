"""What an explanation says, as a value: a small tree of parts and reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, TypeAlias

from unknot.reasoning.grounds import Fact, Source

About: TypeAlias = Literal["screening", "plan", "score", "change", "ranking", "verdict"]
SCHEMA: Final = "unknot-explanation-1"


@dataclass(frozen=True)
class Since:
    """How a record reads today, beside how it read when the result was made."""

    state: Literal["same", "changed", "removed", "not kept"]
    then: str
    """Version it had; empty where none was kept."""
    now: str
    """Version it has; empty when it is gone."""
    says: str
    """What is different, in a sentence or two; empty while nothing is."""


@dataclass(frozen=True)
class Reason:
    """One record that counted: what it decided, on which facts, and who says so."""

    topic: str
    """Topic of the knowledge, such as "red_flags" or "doses"."""
    id: str
    version: str
    title: str
    decided: str
    """What follows from it, in a therapist's words."""
    says: str
    """The same to the client; empty where a client is told nothing of it."""
    because: str
    when: str
    """The condition under which it counts, in words; empty where it has none."""
    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]
    evidence: str
    confidence: str
    clinician_review: str
    since: Since
    would_change: tuple[str, ...] = ()
    """The smallest differences that would have made it not count."""


@dataclass(frozen=True)
class Part:
    """One heading of an explanation: reasons, or plain lines, or both."""

    title: str
    reasons: tuple[Reason, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """Why a result is as it is. Everything in it is as it read on the day of the result, but for
    `since` of each reason and `today`, which compare it with the knowledge of now.
    """

    about: About
    decided: str
    """The result in one line."""
    says: str
    """The same to the client."""
    as_of: date | None
    knowledge_version: str
    """Version of all knowledge when it was decided; empty where it was not kept."""
    parts: tuple[Part, ...]
    facts: tuple[Fact, ...]
    """Every fact that was read, each once; unknown ones too."""
    would_change: tuple[str, ...]
    """The smallest differences that would have changed the result."""
    today: str
    """Whether the knowledge has changed since, and what that means."""

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reasons of all parts, in order."""
        return tuple(reason for part in self.parts for reason in part.reasons)

    @property
    def has_changed(self) -> bool:
        """Whether a record behind it reads otherwise today, or is gone."""
        return any(reason.since.state in ("changed", "removed") for reason in self.reasons)

    def to_dict(self) -> dict[str, Any]:
        """The explanation in JSON's own types."""
        from unknot.reasoning.outcomes.report import plain

        return {"schema": SCHEMA, **plain(self)}
