"""The decision: red flags first, then every rule; the worst wins and unknown never passes."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from unknot.knowledge import Knowledge, load
from unknot.reasoning.case import Case
from unknot.reasoning.scale import Disposition, worst
from unknot.reasoning.screen import words
from unknot.reasoning.screen.effect import Effect, changes, together
from unknot.reasoning.screen.facts import Told, gather, to_ask, treated_groups
from unknot.reasoning.screen.findings import found
from unknot.reasoning.screen.judge import Clearance, Judged, Part, judge, parts
from unknot.reasoning.screen.program import Entry, Program, program
from unknot.reasoning.screen.result import Screening


def decide(case: Case, *, knowledge: Knowledge | None = None) -> Screening:
    """The screening of a case. The same case and knowledge always give the same screening.

    Pressure is 1 to 5, the pain cap 0 to 10, time in minutes. An answer that is missing is unknown
    and never counts as no: while one could still change the result, `undecided` is true, `missing`
    names the questions, and nothing may be booked. Raises nothing.
    """
    return screening(case, knowledge=knowledge)


def screening(
    case: Case, *, knowledge: Knowledge | None = None, aside: Collection[str] = ()
) -> Screening:
    """The screening of a case without the effects of the findings `aside`, by id. What they would
    have covered matters again: an answer that could not tighten anything beside them may now.
    """
    seen = look(case, knowledge=knowledge, aside=aside)
    ready, so_far = seen.ready, seen.so_far
    waits = {item.judged: to_ask(item.waits_for, seen.told, ready) for item in seen.still_open}
    missing = tuple(sorted(set().union(*waits.values()), key=ready.order.__getitem__))
    shown = [
        replace(item, waits_for=waits.get(item, ()))
        for item in seen.judged
        if item.fired or item in waits
    ]
    findings = tuple(
        replace(finding, state="set_aside") if finding.rule_id in aside else finding
        for finding in found(shown, seen.told, ready.knowledge)
    )
    headline, say = words.result(so_far, findings, undecided=bool(missing))
    return Screening(
        disposition=_to_act_on(so_far.disposition, undecided=bool(missing)),
        so_far=so_far.disposition,
        could_be=worst([so_far.disposition, *(item.later.disposition for item in waits)]),
        urgency=so_far.urgency,
        undecided=bool(missing),
        missing=missing,
        headline=headline,
        say=say,
        findings=findings,
        pressure_ceiling=so_far.pressure_ceiling,
        pain_cap=so_far.pain_cap,
        most_minutes=so_far.most_minutes,
        excluded_groups=so_far.excluded_groups,
        excluded_regions=_regions(so_far.excluded_groups, ready),
        gentle_groups=so_far.gentle_groups,
        banned_techniques=so_far.banned_techniques,
        positions=so_far.positions,
        as_of=case.as_of,
        knowledge_version=ready.knowledge.version,
    )


@dataclass(frozen=True, eq=False)
class Open:
    """A record that could still change the result, and everything that may yet follow from it."""

    judged: Judged
    parts: tuple[Part, ...]
    """Only those that would change the result."""

    @property
    def waits_for(self) -> tuple[str, ...]:
        """The questions that would tell, each once."""
        return tuple(dict.fromkeys(name for part in self.parts for name in part.waits_for))


@dataclass(frozen=True, eq=False)
class Look:
    """What is known of a case, what follows from it, and what could still change that."""

    ready: Program
    told: Told
    judged: tuple[Judged, ...]
    so_far: Effect
    still_open: tuple[Open, ...]
    """Empty: no answer to any open question changes anything; every part of every record is
    decided, or says no more than what already holds.
    """


def look(case: Case, *, knowledge: Knowledge | None = None, aside: Collection[str] = ()) -> Look:
    """The case as far as it is known: the same `so_far` and open records a decision rests on.

    A record set aside counts for nothing in `so_far`, and is open only where it may still say
    more than what was set aside.
    """
    ready = program(knowledge or load())
    told, clearance = gather(case, ready), _clearance(case)
    lit, entries = told.facts.lit, _entries(ready, treated_groups(case, ready.knowledge))
    judged = tuple(
        found
        for entry in entries
        if not entry.wakes_on or entry.wakes_on & lit
        if (found := judge(entry, told.facts, clearance)) is not None
    )
    so_far = together(item.now for item in judged if item.entry.record.id not in aside)
    still_open = tuple(
        Open(item, tuple(part for part in found if changes(known, part.effect)))
        for item in judged
        if item.waits_for
        for known in (_beside(so_far, item, aside),)
        if changes(known, item.later)
        for found in (parts(item.entry, told.facts, clearance),)
    )
    return Look(ready, told, judged, so_far, still_open)


def _beside(so_far: Effect, item: Judged, aside: Collection[str]) -> Effect:
    """What is known beside what one record may still say: of one set aside, what it says now."""
    return together((so_far, item.now)) if item.entry.record.id in aside else so_far


def _to_act_on(so_far: Disposition, *, undecided: bool) -> Disposition:
    """Unknown never passes: while undecided, nobody is treated."""
    return worst([so_far, Disposition.MEDICAL_CLEARANCE]) if undecided else so_far


@lru_cache(maxsize=1024)
def _regions(groups: tuple[str, ...], ready: Program) -> tuple[str, ...]:
    """The regions of these groups, in the order of the chart."""
    return tuple(name for name, group in ready.group_of if group in groups)


@lru_cache(maxsize=256)
def _entries(ready: Program, treated: frozenset[str] | None) -> tuple[Entry, ...]:
    """Red flags, then rules; a red flag in a region nobody treats means something else."""
    flags = (
        flag.elsewhere
        if treated is not None and flag.groups and flag.groups.isdisjoint(treated)
        else flag.here
        for flag in ready.flags
    )
    return (*flags, *ready.rules)


def _clearance(case: Case) -> Clearance:
    ids, on = case.answer("cleared_by_clinician"), case.answer("cleared_on")
    named = frozenset(ids) if isinstance(ids, tuple) else frozenset[str]()
    return Clearance(named, on if isinstance(on, date) else None, case.as_of)
