"""The words results are written in: dispositions, urgencies, pressure, evidence, confidence."""

from collections.abc import Iterator
from enum import StrEnum

from tools.reference.source import definition, fields_of  # noqa: F401
from tools.reference.text import wrapped
from unknot.knowledge import Knowledge
from unknot.knowledge.safety import POSITIONS
from unknot.knowledge.vocabulary import Confidence, Disposition, Evidence, Urgency
from unknot.reasoning.explain.screening import DISPOSITIONS, URGENCIES
from unknot.reasoning.words import PRESSURE_WORDS

TITLE = "Vocabulary"
ABOUT = "the words results are written in: dispositions, urgencies, pressure, evidence."
SOURCE = "the vocabulary of the program"

_STATES = {
    "fired": "its condition is true of the answers",
    "unknown": "an answer is missing, and it could still fire",
    "cleared": "it fired, and a clinician's clearance covers it",
    "set_aside": "it fired, and a therapist set it aside, signed and with a reason",
}


def body(knowledge: Knowledge) -> Iterator[str]:
    """Each scale, worst first, then the other words."""
    yield from _scale("Disposition", "What a screening allows, worst first.", DISPOSITIONS)
    yield from _scale("Urgency", "How soon a clinician should see the person.", URGENCIES)
    yield from ("## Pressure", "")
    yield from wrapped(
        "Five levels, after Walton's five-level scale (WAL11). A ceiling of 5 forbids nothing; in "
        "a gentle area it is 2."
    )
    yield ""
    for level, words in PRESSURE_WORDS.items():
        yield f"- `{level}`: {words}"
    yield ""
    yield from ("## State of a finding", "")
    for name, words in _STATES.items():
        yield from wrapped(f"- `{name}`: {words}", "  ")
    yield ""
    yield from ("## Positions that may be ruled out", "")
    for name, words in POSITIONS.items():
        yield f"- `{name}`: {words}"
    yield ""
    yield from _words("Evidence", "The strongest kind of source a record rests on.", Evidence)
    yield from _words("Confidence", "How sure its own sources make us.", Confidence)
    yield from ("## Certainty", "")
    yield from wrapped(
        "What to expect is said in four words only: very likely, likely, about as likely as not, "
        "unlikely."
    )
    yield ""
    yield from ("## Clinician review", "")
    yield from wrapped(
        "`pending` until a real clinician signs the record. No record is signed yet; `unknot "
        "knowledge pending` counts them."
    )


def _scale(
    title: str, about: str, words: dict[Disposition, str] | dict[Urgency, str]
) -> Iterator[str]:
    yield from (f"## {title}", "", about, "")
    for member, text in words.items():
        yield from wrapped(f"- `{member}`: {text}", "  ")
    yield ""


def _words(title: str, about: str, kind: type[StrEnum]) -> Iterator[str]:
    yield from (f"## {title}", "", about, "")
    for member in kind:
        yield f"- `{member}`"
    yield ""
