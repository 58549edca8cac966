"""What one rule or red flag makes of the answers: whether it fires, and what follows then."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from unknot.knowledge.safety import Limits, SafetyRecord
from unknot.reasoning.scale import Disposition, Urgency, worst
from unknot.reasoning.screen.effect import Effect
from unknot.reasoning.ternary import holds, undecided

Answers: TypeAlias = Mapping[str, object]


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
    if record.when is None or value is False:
        return None
    base = (record.urgency, meaning.disposition(record.urgency, None))
    known, possible = [base], [base]
    for worse in record.worse_when:
        step = (worse.urgency, meaning.disposition(worse.urgency, worse.disposition))
        sure = holds(worse.when, answers)
        if sure is not False:
            possible.append(step)
        if sure is True:
            known.append(step)
    cleared = clearance.covers(record, worst(urgency for urgency, _ in known))
    lifted = clearance.covers(record, worst(urgency for urgency, _ in possible))
    fired = value is True
    return Judged(
        record=record,
        fired=fired,
        cleared=cleared and fired,
        now=_effect(known, meaning, meaning.groups, cleared) if fired else Effect(),
        later=_effect(possible, meaning, (*meaning.groups, *meaning.may_be_groups), lifted),
        waits_for=(*_open_questions(record, answers), *meaning.where),
    )


def _effect(
    steps: Iterable[tuple[Urgency, Disposition]],
    meaning: Meaning,
    groups: tuple[str, ...],
    cleared: bool,
) -> Effect:
    """The worst of the steps with the record's limits; what was cleared only asks for adapting."""
    every, limits = list(steps), meaning.limits
    return Effect(
        disposition=Disposition.ADAPT if cleared else worst(step[1] for step in every),
        urgency=Urgency.NONE if cleared else worst(step[0] for step in every),
        pressure_ceiling=limits.pressure_ceiling,
        pain_cap=limits.pain_cap,
        most_minutes=limits.most_minutes,
        excluded_groups=groups,
        gentle_groups=limits.gentle_groups,
        banned_techniques=limits.ban_techniques,
        positions=limits.avoid_positions,
    )


def _open_questions(record: SafetyRecord, answers: Answers) -> tuple[str, ...]:
    conditions = [record.when, *(worse.when for worse in record.worse_when)]
    found = (name for when in conditions if when for name in undecided(when, answers))
    return tuple(dict.fromkeys(found))


def questions_read(record: SafetyRecord) -> tuple[str, ...]:
    """Ids of the questions the record reads, each once."""
    conditions = [record.when, *(worse.when for worse in record.worse_when)]
    return tuple(dict.fromkeys(name for when in conditions if when for name in when.questions))
