"""What one rule or red flag makes of the facts: whether it fires, and what follows then."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from unknot.knowledge.red_flags import RedFlag
from unknot.knowledge.safety import SafetyRecord
from unknot.reasoning.scale import Disposition, Urgency, worst
from unknot.reasoning.screen.effect import NOTHING, Effect
from unknot.reasoning.screen.program import Entry, Step
from unknot.reasoning.truth import Condition, Facts


@dataclass(frozen=True)
class Clearance:
    """What a clinician has cleared, and when."""

    ids: frozenset[str]
    on: date | None
    today: date

    def covers(self, record: SafetyRecord, urgency: Urgency) -> bool:
        """Whether the record is lifted: named, dated, recent enough, and no emergency now."""
        if record.id not in self.ids or self.on is None or not record.clearance_days:
            return False
        if urgency is Urgency.EMERGENCY_NOW and not record.clears_emergency:
            return False
        return 0 <= (self.today - self.on).days <= record.clearance_days


@dataclass(frozen=True, eq=False)
class Judged:
    """A record that fired or may yet fire."""

    entry: Entry
    fired: bool
    cleared: bool
    now: Effect
    """What follows from what is known."""
    later: Effect
    """The worst that may follow once everything is known."""
    waits_for: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """One thing that may still follow from a record, and the questions it waits for."""

    effect: Effect
    waits_for: tuple[str, ...]


def judge(entry: Entry, facts: Facts, clearance: Clearance) -> Judged | None:
    """What follows from the record, or None when it certainly does not fire."""
    value = entry.when.holds(facts)
    if value is False:
        return None
    fired = value is True
    is_open = bool(facts.unknown & entry.bits)
    named, anywhere, unsaid = _groups(entry, facts)
    sure = _steps(entry, facts, unknown=False)
    possible = _steps(entry, facts, unknown=True) if is_open else sure
    cleared = fired and _is_lifted(entry, sure, clearance)
    gentle = _gentle(entry, facts, unknown=False)
    may_be_gentle = _gentle(entry, facts, unknown=True) if is_open else gentle
    lifted = _is_lifted(entry, possible, clearance)
    return Judged(
        entry=entry,
        fired=fired,
        cleared=cleared,
        now=_effect(entry, sure, named, gentle, cleared) if fired else NOTHING,
        later=_effect(entry, possible, anywhere, may_be_gentle, lifted),
        waits_for=(*_open_questions(entry, facts), *unsaid) if is_open else unsaid,
    )


def _is_lifted(entry: Entry, steps: tuple[Step, ...], clearance: Clearance) -> bool:
    """Whether a clinician has cleared the record, as urgent as it is at these steps."""
    named = entry.record.id in clearance.ids
    return named and clearance.covers(entry.record, _soonest(steps))


def parts(entry: Entry, facts: Facts, clearance: Clearance) -> tuple[Part, ...]:
    """Everything that may still follow from the record, each with what it waits for.

    Their effects together with what holds now are the worst that may follow; a record that was
    cleared is taken as a whole, because a new sign can undo its clearance.
    """
    first = entry.when.undecided(facts)
    named, anywhere, unsaid = _groups(entry, facts)
    gentle = _gentle(entry, facts, unknown=False)
    sure = _steps(entry, facts, unknown=False)
    if entry.record.id in clearance.ids:
        whole = judge(entry, facts, clearance)
        return (Part(whole.later, whole.waits_for),) if whole else ()
    found = [(sure, named, gentle, first)] if first else []
    found += [
        ((*sure, step), named, gentle, (*first, *when.undecided(facts)))
        for when, step in entry.worse
        if when.holds(facts) is None
    ]
    found += [
        (sure, named, (*gentle, *groups), (*first, *when.undecided(facts)))
        for when, groups in entry.gentle
        if when.holds(facts) is None
    ]
    if unsaid:
        found.append((sure, anywhere, gentle, (*first, *unsaid)))
    return tuple(
        Part(_effect(entry, steps, groups, mild, cleared=False), tuple(dict.fromkeys(names)))
        for steps, groups, mild, names in found
    )


def _groups(
    entry: Entry, facts: Facts
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Groups left out as far as is known, those it may come to, and the questions that would tell
    where.
    """
    if not entry.where:
        return entry.groups, entry.groups, ()
    named, unsaid = list(entry.groups), list[str]()
    anywhere = set[str]()
    for question, could_name in entry.where:
        answer = facts.answers.get(question)
        if isinstance(answer, tuple):
            named += answer
        else:
            unsaid.append(question)
            anywhere |= could_name
    return tuple(named), (*named, *sorted(anywhere)), tuple(unsaid)


def _steps(entry: Entry, facts: Facts, *, unknown: bool) -> tuple[Step, ...]:
    """The record's own urgency and disposition and those it is raised to; if unknown counts, also
    those it may be raised to.
    """
    if not entry.worse:
        return (entry.own,)
    raised = (step for when, step in entry.worse if _counts(when, facts, unknown=unknown))
    return (entry.own, *raised)


def _soonest(steps: tuple[Step, ...]) -> Urgency:
    return worst(urgency for urgency, _ in steps)


def _gentle(entry: Entry, facts: Facts, *, unknown: bool) -> tuple[str, ...]:
    if not entry.gentle:
        return ()
    return tuple(
        group
        for when, groups in entry.gentle
        if _counts(when, facts, unknown=unknown)
        for group in groups
    )


def _counts(when: Condition, facts: Facts, *, unknown: bool) -> bool:
    value = when.holds(facts)
    return unknown if value is None else value


@lru_cache(maxsize=4096)
def _effect(
    entry: Entry,
    steps: tuple[Step, ...],
    groups: tuple[str, ...],
    gentle: tuple[str, ...],
    cleared: bool,
) -> Effect:
    """The worst of the steps with the record's limits; what was cleared only asks for adapting,
    and for leaving out what the record leaves out whoever agrees.
    """
    limits = entry.limits
    if cleared and isinstance(entry.record, RedFlag):
        groups = ()  # a red flag forbids them until it is cleared
    kept = Disposition.LOCAL_CONTRAINDICATION if groups else Disposition.ADAPT
    return Effect(
        disposition=kept if cleared else worst(step[1] for step in steps),
        urgency=Urgency.NONE if cleared else _soonest(steps),
        pressure_ceiling=limits.pressure_ceiling,
        pain_cap=limits.pain_cap,
        most_minutes=limits.most_minutes,
        excluded_groups=tuple(sorted(set(groups))),
        gentle_groups=tuple(sorted(set(gentle))),
        banned_techniques=limits.ban_techniques,
        positions=limits.avoid_positions,
    )


def _open_questions(entry: Entry, facts: Facts) -> tuple[str, ...]:
    found = (name for condition in entry.conditions for name in condition.undecided(facts))
    return tuple(dict.fromkeys(found))
