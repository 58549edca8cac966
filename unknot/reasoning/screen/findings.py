"""Findings: what was judged, written out so that it can be explained years later."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import cast

from unknot.knowledge import Knowledge
from unknot.knowledge.questions import NONE
from unknot.knowledge.red_flags import RedFlag
from unknot.knowledge.rules import Rule
from unknot.knowledge.safety import SafetyRecord
from unknot.reasoning import grounds
from unknot.reasoning.case import Answer, Case
from unknot.reasoning.scale import Disposition, Urgency, severity
from unknot.reasoning.screen import words
from unknot.reasoning.screen.facts import DRAWN, Told
from unknot.reasoning.screen.judge import Judged
from unknot.reasoning.screen.result import Finding
from unknot.reasoning.ternary import Partly


def found(shown: Iterable[Judged], told: Told, knowledge: Knowledge) -> tuple[Finding, ...]:
    """What fired, worst first, then what could still matter; ties in the files' order."""
    return tuple(sorted((_finding(item, told, knowledge) for item in shown), key=_mildness))


def _mildness(finding: Finding) -> tuple[bool, int, int]:
    is_open = finding.state == "unknown"
    return is_open, -severity(finding.disposition), -severity(finding.urgency)


def _finding(item: Judged, told: Told, knowledge: Knowledge) -> Finding:
    case = told.case
    entry, effect = item.entry, item.now if item.fired else item.later
    record = entry.record
    cleared_on = case.answer("cleared_on") if item.cleared else None
    said = words.of_finding(record, item, cleared_on)
    read = _facts(entry.reads, item.waits_for, told)
    return Finding(
        rule_id=record.id,
        version=entry.version,
        state="cleared" if item.cleared else "fired" if item.fired else "unknown",
        disposition=effect.disposition,
        urgency=effect.urgency,
        title=record.title,
        tell=said.tell,
        because=record.because,
        do=said.do,
        tell_doctor=said.tell_doctor,
        adapt=record.adapt,
        facts_read=read,
        sources=entry.sources,
        evidence=record.evidence,
        confidence=record.confidence,
        clinician_review=record.clinician_review,
        review_by=record.review_by,
        is_overdue=record.is_overdue(case.as_of),
        overridable=_overridable(record, effect.disposition, effect.urgency),
        is_red_flag=isinstance(record, RedFlag),
        also=entry.also[effect.urgency],
        waits_for=item.waits_for,
        cleared_on=said.cleared_on,
        pressure_ceiling=effect.pressure_ceiling,
        pain_cap=effect.pain_cap,
        most_minutes=effect.most_minutes,
        excluded_groups=effect.excluded_groups if item.fired else (),
        gentle_groups=effect.gentle_groups,
        banned_techniques=effect.banned_techniques,
        positions=effect.positions,
        fires_when=entry.fires_when,
        facts=tuple(_in_words(name, told, knowledge) for name, _ in read),
    )


def _overridable(record: SafetyRecord, disposition: Disposition, urgency: Urgency) -> bool:
    """Never a red flag, a total contraindication or an emergency, whatever the record says."""
    if not isinstance(record, Rule) or urgency is Urgency.EMERGENCY_NOW:
        return False
    return record.overridable and disposition is not Disposition.TOTAL_CONTRAINDICATION


def _facts(
    reads: tuple[str, ...], waits_for: tuple[str, ...], told: Told
) -> tuple[tuple[str, Answer | None], ...]:
    """The answers the record read, and None for those it still waits for; after an answer that
    follows from others, those others.
    """
    names: dict[str, None] = {}
    for name in (*reads, *waits_for):
        names[name] = None
        if reason := told.derived.because.get(name):
            names.update(dict.fromkeys(reason.questions))
    return tuple(
        (name, _counted(name, told))
        for name in names
        if name in told.case.answers
        or name in told.derived.because
        or name in waits_for
        or (name == DRAWN and told.facts.answers.get(DRAWN) != (NONE,))
    )


def _counted(name: str, told: Told) -> Answer | None:
    """The answer as it counts; of one that is known in part, that part."""
    if name == DRAWN:
        return cast("Answer", told.facts.answers[DRAWN])
    if name not in told.derived.answers:
        return told.case.answer(name)
    counted = told.derived.answers[name]
    if isinstance(counted, Partly):
        return counted.known or None
    return cast("Answer | None", counted)


def _in_words(name: str, told: Told, knowledge: Knowledge) -> grounds.Fact:
    """The fact in words; where something else counts than what was said, why."""
    if name == DRAWN:
        return _said(name, _counted(name, told), told.case.as_of, knowledge)
    fact = _said(name, told.case.answer(name), told.case.day_of(name), knowledge)
    reason = told.derived.because.get(name)
    if reason is None:
        return fact
    counted = _counted(name, told)
    now = "Not certain" if counted is None else grounds.said(name, counted, knowledge)
    answered = f"{now}, by {reason.words} (answered: {fact.answered})"
    return replace(fact, answered=answered, on=None if counted is None else told.case.as_of)


@lru_cache(maxsize=4096, typed=True)
def _said(name: str, answer: Answer | None, on: date, knowledge: Knowledge) -> grounds.Fact:
    """The answer in words; the same answer on the same day is written once."""
    said = {} if answer is None else {name: answer}
    (fact,) = grounds.facts([name], Case(said, on), knowledge)
    return fact
