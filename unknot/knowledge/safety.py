"""What safety rules and red flags have in common: when they fire, how soon, and what to say."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from unknot.knowledge.loader import CitedRecord, Problem, Ref
from unknot.knowledge.vocabulary import Disposition, Urgency
from unknot.knowledge.when import Test, When

Position = Literal["prone", "long_prone", "flat_supine"]

POSITIONS: dict[str, str] = {
    "prone": "lying on the front",
    "long_prone": "lying on the front for long",
    "flat_supine": "lying flat on the back",
}
"""Positions a rule may forbid, in words for anyone."""

_NUMBERS = ("at_least", "at_most", "below", "above")


@dataclass(frozen=True, kw_only=True)
class Worse:
    """A sign beside the first ones that makes the same record more urgent or stricter."""

    when: When
    urgency: Urgency
    disposition: Disposition | None = None
    """Missing: as the record says."""


@dataclass(frozen=True, kw_only=True)
class SafetyRecord(CitedRecord):
    """Fires when `when` is true. `tell` and `do` speak to the client, `adapt` to the therapist."""

    title: str
    tell: str
    do: str
    tell_doctor: str = ""
    """What the client can say to the doctor, in the first person; empty when none is needed."""
    adapt: str = ""
    """What the therapist changes; for a red flag, once a clinician has cleared it."""
    when: When | None = None
    urgency: Urgency
    worse_when: tuple[Worse, ...] = ()
    clearance_days: int = 0
    """How many days a clinician's clearance counts; 0: an answer cannot lift this record.

    The lengths in use are our own cautious convention.
    """
    clears_emergency: bool = False
    """Whether a clearance lifts even an emergency: only where an examination settles it."""

    def problems(self, knowledge: Any) -> Iterator[Problem]:
        """Dates and conditions that cannot be right."""
        yield from super().problems(knowledge)
        if self.when:
            yield from condition_problems("when", self.when, knowledge)
        for worse in self.worse_when:
            yield from condition_problems("worse_when", worse.when, knowledge)


@dataclass(frozen=True, kw_only=True)
class Gentle:
    """Groups where pressure stays at 2 of 5 at most, whatever the ceiling elsewhere."""

    groups: tuple[str, ...]
    when: When


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What may still be done when a record fires; the strictest of all limits counts."""

    pressure_ceiling: int = 5
    """1 (light contact) to 5 (deep: no ceiling)."""
    pain_cap: int = 5
    """Most pain during a technique, 0 to 10."""
    most_minutes: int | None = None
    exclude_groups: tuple[str, ...] = ()
    exclude_where: tuple[Annotated[str, Ref("questions")], ...] = ()
    """Questions whose answers name more groups to leave out."""
    gentle: tuple[Gentle, ...] = ()
    ban_techniques: tuple[Annotated[str, Ref("techniques")], ...] = ()
    avoid_positions: tuple[Position, ...] = ()


def condition_problems(key: str, when: When, knowledge: Any) -> Iterator[Problem]:
    """What the condition asks that no question can answer."""
    for test in when.tests:
        question = knowledge.questions.get(test.question)
        if question is None:
            yield Problem(key, f"reads {test.question}, which is no question", "Correct the id")
        elif test.operator in _NUMBERS:
            yield from _number_problems(key, test, question)
        elif question.kind == "yes_no":
            if not all(isinstance(value, bool) for value in test.values):
                yield Problem(key, f"{test.question} is yes or no", "Write is = true or false")
        else:
            for value in test.values:
                if value not in question.choice_ids:
                    known = ", ".join(question.choice_ids)
                    yield Problem(key, f"{test.question} has no choice {value}", f"Use: {known}")


def _number_problems(key: str, test: Test, question: Any) -> Iterator[Problem]:
    if question.kind not in ("number", "scale_0_10"):
        yield Problem(key, f"{test.question} is no number", "Use is or any_of")
    elif not question.low <= test.values[0] <= question.high:
        cure = f"Use {question.low} to {question.high}"
        yield Problem(key, f"{test.question} can never be {test.values[0]}", cure)


def group_problems(record: Limits, known: frozenset[str], knowledge: Any) -> Iterator[Problem]:
    """Groups that the body does not have, and numbers outside their scale."""
    gentle = [("gentle", group) for part in record.gentle for group in part.groups]
    for key, group in [*gentle, *(("exclude_groups", group) for group in record.exclude_groups)]:
        if group not in known:
            yield Problem(key, f'has no group "{group}"', f"Use: {', '.join(sorted(known))}")
    for part in record.gentle:
        yield from condition_problems("gentle", part.when, knowledge)
    if not 1 <= record.pressure_ceiling <= 5:
        yield Problem("pressure_ceiling", "is not on the scale", "Use 1 to 5")
    if not 0 <= record.pain_cap <= 10:
        yield Problem("pain_cap", "is not on the scale", "Use 0 to 10")
    for name in record.exclude_where:
        if not set(knowledge.questions[name].choice_ids) <= known:
            yield Problem("exclude_where", f"{name} names no groups", "Use choices_from there")
