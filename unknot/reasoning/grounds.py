"""What a result rests on, written out in full, so that it can be explained years later.

A result keeps its grounds: the record as it read that day, its sources with their whole citation,
and the facts in the words they were asked and answered in. Nothing of it is looked up again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, TypeAlias

from unknot.knowledge import Knowledge
from unknot.knowledge import sources as bibliography
from unknot.knowledge.loader import Citation, CitedRecord

if TYPE_CHECKING:
    from unknot.reasoning.case import Answer, Case

NOT_ASKED: Final = "not asked, or not answered"

Facts: TypeAlias = "tuple[Fact, ...]"


@dataclass(frozen=True)
class Source:
    """A source as it read on the day of the result."""

    id: str
    short: str
    at: str = ""
    """The place in the source; empty for all of it."""
    cites: str = ""
    """The whole citation; empty in results kept before it was written out."""


@dataclass(frozen=True)
class Fact:
    """One answer that was read: the question, as it was put and answered, and its day."""

    question: str
    asked: str
    answered: str
    """In words; `NOT_ASKED` for what is unknown."""
    on: date | None = None
    """The day it is true of; None for what is unknown."""

    @property
    def is_known(self) -> bool:
        """Whether there was an answer."""
        return self.on is not None


@dataclass(frozen=True)
class Ground:
    """One record a result rests on: which, in which version, what it said, and who says so."""

    topic: str
    """The topic of the knowledge it belongs to, such as "doses"."""
    id: str
    version: str
    title: str
    because: str
    sources: tuple[Source, ...]
    evidence: str
    confidence: str
    clinician_review: str
    review_by: date


def cite(citation: Citation, knowledge: Knowledge) -> Source:
    """The source of a citation, written out."""
    source = knowledge.sources[citation.id]
    return Source(citation.id, source.short, citation.at, in_full(source))


def in_full(source: bibliography.Source) -> str:
    """Authors, what it is about, where it stands, and the numbers it can be found by."""
    numbers = (
        f"doi:{source.doi}" if source.doi else "",
        f"PMID {source.pmid}" if source.pmid else "",
        source.pmc or "",
        f"ISBN {source.isbn}" if source.isbn else "",
        source.web or "",
    )
    found = ", ".join(number for number in numbers if number)
    text = f"{source.authors}. {source.about}. {source.place}."
    return f"{text} {found}." if found else text


def ground(topic: str, record: CitedRecord, knowledge: Knowledge, title: str = "") -> Ground:
    """The record as it reads today; `title` where it has no title or name of its own."""
    own = getattr(record, "title", "") or getattr(record, "name", "")
    return Ground(
        topic=topic,
        id=record.id,
        version=record.version,
        title=title or own or record.id,
        because=record.because,
        sources=tuple(cite(citation, knowledge) for citation in record.sources),
        evidence=record.evidence,
        confidence=record.confidence,
        clinician_review=record.clinician_review,
        review_by=record.review_by,
    )


def facts(names: Iterable[str], case: Case, knowledge: Knowledge) -> Facts:
    """The answers to these questions in words, each question once; unknown ones too."""
    return tuple(_fact(name, case, knowledge) for name in dict.fromkeys(names))


def _fact(name: str, case: Case, knowledge: Knowledge) -> Fact:
    question = knowledge.questions[name]
    asked = question.text or name.replace("_", " ").capitalize()
    answer = case.answer(name)
    if answer is None:
        return Fact(name, asked, NOT_ASKED)
    return Fact(name, asked, said(name, answer, knowledge), case.day_of(name))


def said(name: str, answer: Answer, knowledge: Knowledge) -> str:
    """An answer in words, with its unit."""
    question = knowledge.questions[name]
    if isinstance(answer, bool):
        return "Yes" if answer else "No"
    if isinstance(answer, tuple):
        return "; ".join(question.words(part) for part in answer)
    if isinstance(answer, date):
        return f"{answer.day} {answer:%B %Y}"
    if question.kind == "scale_0_10":
        return f"{answer:g} of 10" if isinstance(answer, int | float) else answer
    text = f"{answer:g}" if isinstance(answer, int | float) else question.words(answer)
    return f"{question.words(text)} {question.unit}".strip()
