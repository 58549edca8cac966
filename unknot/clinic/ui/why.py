"""Why a result is as it is, as a page: in full for a therapist, in plain words for a client."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...reasoning.explain import Explanation, Reason
from ...reasoning.grounds import Fact
from .rail import EpisodeRail
from .words import long_day

MISSING = "Not answered yet"
PLAIN_TITLES = {
    "What decided it": "What decided it",
    "What else counts": "What else we keep in mind",
    "Cleared by a clinician, or set aside": "What no longer stands in the way",
    "Still open": "What we still need to know",
    "How much": "How long and how often",
    "What is done": "What is done",
    "At home": "What you can do yourself",
    "When it stops": "When we stop",
    "What to expect": "What to expect",
    "Why": "Why",
    "The record behind it": "The rule behind the next step",
}
"""Parts a client sees, and what they are called there."""


@dataclass(frozen=True)
class WhyFact:
    """One answer that was read."""

    asked: str
    answered: str
    on: str


@dataclass(frozen=True)
class WhyReason:
    """One rule or record. What a client is not shown is empty."""

    title: str
    record: str
    decided: str
    says: str
    because: str
    when: str
    facts: tuple[WhyFact, ...]
    sources: tuple[str, ...]
    standing: str
    since: str
    turns_on: tuple[str, ...]


@dataclass(frozen=True)
class WhyPart:
    """One heading with its reasons or lines."""

    title: str
    reasons: tuple[WhyReason, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True)
class WhyLink:
    """Another result of the episode that can be explained."""

    url: str
    words: str


@dataclass(frozen=True)
class WhyPage:
    """The explanation of one stored result."""

    episode: EpisodeRail
    base: str
    for_client: bool
    heading: str
    decided: str
    says: str
    made: str
    parts: tuple[WhyPart, ...]
    figures: tuple[WhyFact, ...]
    would_change: tuple[str, ...]
    today: str
    knowledge_version: str
    back_url: str
    correct_url: str
    """Where a client may say that an answer is wrong; empty for staff."""
    others: tuple[WhyLink, ...]


@dataclass(frozen=True)
class Around:
    """What stands around an explanation: whose it is, when it was made, where to go on."""

    episode: EpisodeRail
    for_client: bool
    heading: str
    made: str
    back_url: str
    correct_url: str
    others: tuple[WhyLink, ...]


def why_page(found: Explanation, around: Around) -> WhyPage:
    """The page of an explanation for the one who asks."""
    client = around.for_client
    return WhyPage(
        episode=around.episode,
        base="base.html" if client else "base_episode.html",
        for_client=client,
        heading=around.heading,
        decided="" if client else found.decided[:1].upper() + found.decided[1:],
        says=found.says,
        made=around.made,
        parts=tuple(_plain_parts(found) if client else _parts(found)),
        figures=tuple(_figures(found)),
        would_change=_open_only(found) if client else found.would_change,
        today="" if client and not found.has_changed else found.today,
        knowledge_version=found.knowledge_version,
        back_url=around.back_url,
        correct_url=around.correct_url if client else "",
        others=around.others,
    )


def _parts(found: Explanation) -> Iterable[WhyPart]:
    for part in found.parts:
        yield WhyPart(part.title, tuple(_reason(one) for one in part.reasons), part.lines)


def _plain_parts(found: Explanation) -> Iterable[WhyPart]:
    """The parts a client is told, without what is meant for professionals."""
    for part in found.parts:
        if title := PLAIN_TITLES.get(part.title):
            yield WhyPart(title, tuple(_plain(one) for one in part.reasons), part.lines)


def _figures(found: Explanation) -> Iterable[WhyFact]:
    """The numbers of a verdict. They are worked out, so no day stands beside them."""
    if found.about == "verdict":
        for fact in found.facts:
            yield WhyFact(fact.asked, fact.answered, "")


def _open_only(found: Explanation) -> tuple[str, ...]:
    """What would change it for a client: only the answers that are still missing."""
    if found.about == "verdict":
        return found.would_change
    return tuple(line for line in found.would_change if line.startswith("An answer to"))


def _reason(reason: Reason) -> WhyReason:
    review = f"clinician review {reason.clinician_review}"
    evidence = reason.evidence.replace("_", " ")
    return WhyReason(
        title=reason.title,
        record=f"{reason.id}, version {reason.version}",
        decided=reason.decided.rstrip("."),
        says=reason.says,
        because=reason.because,
        when=reason.when,
        facts=tuple(_fact(fact) for fact in reason.facts),
        sources=tuple(
            f"{source.cites or source.short}{f' ({source.at})' if source.at else ''}"
            for source in reason.sources
        ),
        standing=f"{evidence.capitalize()}, {reason.confidence} confidence; {review}",
        since=reason.since.says,
        turns_on=reason.would_change,
    )


def _plain(reason: Reason) -> WhyReason:
    topic = reason.topic in ("red_flags", "rules")
    says = reason.says or reason.decided
    return WhyReason(
        title=reason.title,
        record=reason.id,
        decided="",
        says=says,
        because="",
        when="",
        facts=tuple(_fact(fact) for fact in reason.facts) if topic else (),
        sources=tuple(source.short for source in reason.sources),
        standing="No clinician has signed this yet",
        since="This has been worded anew since." if reason.since.state == "changed" else "",
        turns_on=(),
    )


def _fact(fact: Fact) -> WhyFact:
    answered = fact.answered if fact.is_known else MISSING
    return WhyFact(fact.asked, answered, long_day(fact.on) if fact.on else "")
