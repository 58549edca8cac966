"""What one rule or red flag makes of the answers: whether it fires, and what follows then."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from unknot.knowledge.safety import Limits, SafetyRecord
from unknot.knowledge.when import When
from unknot.reasoning.scale import Disposition, Urgency, worst
from unknot.reasoning.screen.effect import Effect
from unknot.reasoning.ternary import holds, undecided

Answers: TypeAlias = Mapping[str, object]
Step: TypeAlias = tuple[Urgency, Disposition]


@dataclass(frozen=True)
class Clearance:
    """What a clinician has cleared, and when."""

    ids: frozenset[str]
    on: date | None
    today: date

    def covers(self, record: SafetyRecord, urgency: Urgency) -> bool:
        """Whether the record is lifted: named, dated, recent enough, and no emergency now."""
        if record.id not in self.ids or self.on is None:
            return False
        if urgency is Urgency.EMERGENCY_NOW and not record.clears_emergency:
            return False
        return 0 <= (self.today - self.on).days <= record.clearance_days


@dataclass(frozen=True)
class Meaning:
    """How a record's urgency and disposition turn into consequences."""

    disposition: Callable[[Urgency, Disposition | None], Disposition]
    """Given the urgency of a step and the disposition written with it, if any."""
    limits: Limits
    groups: tuple[str, ...]
    """Groups left out, as far as is known."""
    may_be_groups: tuple[str, ...] = ()
    """Groups that may have to be left out too, while nobody said where."""
    where: tuple[str, ...] = ()
    """The questions that would say where, while they are open."""
    until_cleared: bool = False
    """Whether a clearance opens the groups again: of a red flag, which forbids them until then."""


@dataclass(frozen=True)
class Judged:
    """A record that fired or may yet fire."""

    record: SafetyRecord
    fired: bool
    cleared: bool
    now: Effect
    """What follows from what is known."""
    later: Effect
    """The worst that may follow once everything is known."""
    waits_for: tuple[str, ...]


def judge(
    record: SafetyRecord, meaning: Meaning, answers: Answers, clearance: Clearance
) -> Judged | None:
    """What follows from the record, or None when it certainly does not fire."""
    value = False if record.when is None else holds(record.when, answers)
    if value is False:
        return None
    sure, possible = (_steps(record, meaning, answers, unknown) for unknown in (False, True))
    cleared = clearance.covers(record, worst(urgency for urgency, _ in sure))
    lifted = clearance.covers(record, worst(urgency for urgency, _ in possible))
    anywhere = (*meaning.groups, *meaning.may_be_groups)
    return Judged(
        record=record,
        fired=value is True,
        cleared=value is True and cleared,
        now=_effect(
            sure, meaning, meaning.groups, _gentle(meaning, answers, unknown=False), cleared
        )
        if value
        else Effect(),
        later=_effect(
            possible, meaning, anywhere, _gentle(meaning, answers, unknown=True), lifted
        ),
        waits_for=(*_open_questions(record, meaning, answers), *meaning.where),
    )


def _steps(record: SafetyRecord, meaning: Meaning, answers: Answers, unknown: bool) -> list[Step]:
    """The record's own urgency and disposition and those it is raised to; if unknown counts, also
    those it may be raised to.
    """
    raised = [
        (worse.urgency, meaning.disposition(worse.urgency, worse.disposition))
        for worse in record.worse_when
        if _counts(worse.when, answers, unknown=unknown)
    ]
    return [(record.urgency, meaning.disposition(record.urgency, None)), *raised]


def _gentle(meaning: Meaning, answers: Answers, *, unknown: bool) -> tuple[str, ...]:
    return tuple(
        group
        for part in meaning.limits.gentle
        if _counts(part.when, answers, unknown=unknown)
        for group in part.groups
    )


def _counts(when: When, answers: Answers, *, unknown: bool) -> bool:
    value = holds(when, answers)
    return unknown if value is None else value


def _effect(
    steps: list[Step],
    meaning: Meaning,
    groups: tuple[str, ...],
    gentle: tuple[str, ...],
    cleared: bool,
) -> Effect:
    """The worst of the steps with the record's limits; what was cleared only asks for adapting,
    and for leaving out what the record leaves out whoever agrees.
    """
    limits = meaning.limits
    if cleared and meaning.until_cleared:
        groups = ()
    kept = Disposition.LOCAL_CONTRAINDICATION if groups else Disposition.ADAPT
    return Effect(
        disposition=kept if cleared else worst(step[1] for step in steps),
        urgency=Urgency.NONE if cleared else worst(step[0] for step in steps),
        pressure_ceiling=limits.pressure_ceiling,
        pain_cap=limits.pain_cap,
        most_minutes=limits.most_minutes,
        excluded_groups=groups,
        gentle_groups=gentle,
        banned_techniques=limits.ban_techniques,
        positions=limits.avoid_positions,
    )


def _open_questions(record: SafetyRecord, meaning: Meaning, answers: Answers) -> tuple[str, ...]:
    conditions = [record.when, *(worse.when for worse in record.worse_when)]
    conditions += [part.when for part in meaning.limits.gentle]
    found = (name for when in conditions if when for name in undecided(when, answers))
    return tuple(dict.fromkeys(found))


def questions_read(record: SafetyRecord) -> tuple[str, ...]:
    """Ids of the questions the record reads, each once."""
    conditions = [record.when, *(worse.when for worse in record.worse_when)]
    return tuple(dict.fromkeys(name for when in conditions if when for name in when.questions))
