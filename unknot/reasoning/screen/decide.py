"""The decision: red flags first, then every rule; the worst wins and unknown never passes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from unknot.knowledge import Knowledge, load
from unknot.knowledge.red_flags import RedFlag
from unknot.knowledge.rules import Rule
from unknot.knowledge.safety import Limits
from unknot.reasoning.case import Case
from unknot.reasoning.scale import Disposition, Urgency, worst
from unknot.reasoning.screen import words
from unknot.reasoning.screen.effect import changes, together
from unknot.reasoning.screen.facts import gather, to_ask, treated_groups
from unknot.reasoning.screen.findings import found
from unknot.reasoning.screen.judge import Answers, Clearance, Judged, Meaning, judge
from unknot.reasoning.screen.result import Screening


def decide(case: Case, *, knowledge: Knowledge | None = None) -> Screening:
    """The screening of a case. The same case and knowledge always give the same screening."""
    known = knowledge or load()
    answers = gather(case, known)
    judged = [
        replace(item, waits_for=to_ask(item.waits_for, answers, known))
        for item in (*_red_flags(case, answers, known), *_rules(case, answers, known))
    ]
    so_far = together(item.now for item in judged)
    still_open = {
        item.record.id: item for item in judged if item.waits_for and changes(so_far, item.later)
    }
    waiting = {name for item in still_open.values() for name in item.waits_for}
    missing = tuple(name for name in known.questions if name in waiting)
    shown = [item for item in judged if item.fired or item.record.id in still_open]
    findings = found(shown, case, known)
    headline, say = words.result(so_far, findings, undecided=bool(missing))
    return Screening(
        disposition=_to_act_on(so_far.disposition, undecided=bool(missing)),
        so_far=so_far.disposition,
        could_be=together([so_far, *(item.later for item in still_open.values())]).disposition,
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
        excluded_regions=_regions(so_far.excluded_groups, known),
        gentle_groups=so_far.gentle_groups,
        banned_techniques=so_far.banned_techniques,
        positions=so_far.positions,
        as_of=case.as_of,
        knowledge_version=known.version,
    )


def _to_act_on(so_far: Disposition, *, undecided: bool) -> Disposition:
    """Unknown never passes: while undecided, nobody is treated."""
    return worst([so_far, Disposition.MEDICAL_CLEARANCE]) if undecided else so_far


def _regions(groups: tuple[str, ...], knowledge: Knowledge) -> tuple[str, ...]:
    return tuple(region.id for region in knowledge.regions.values() if region.group in groups)


def _clearance(case: Case) -> Clearance:
    ids, on = case.answer("cleared_by_clinician"), case.answer("cleared_on")
    named = frozenset(ids) if isinstance(ids, tuple) else frozenset[str]()
    return Clearance(named, on if isinstance(on, date) else None, case.as_of)


def _red_flags(case: Case, answers: Answers, knowledge: Knowledge) -> Iterator[Judged]:
    clearance, treated = _clearance(case), treated_groups(case, knowledge)
    for flag in knowledge.red_flags.values():
        elsewhere = treated is not None and bool(flag.groups) and not treated & set(flag.groups)
        meaning = _meaning_of_flag(flag, elsewhere, knowledge)
        if judged := judge(flag, meaning, answers, clearance):
            yield judged


def _meaning_of_flag(flag: RedFlag, elsewhere: bool, knowledge: Knowledge) -> Meaning:
    """A red flag by its urgency (rules SR-067, SR-068); in a region nobody treats, it is local."""
    by_urgency = {
        urgency: rule.disposition
        for rule in knowledge.rules.values()
        for urgency in rule.for_red_flags
    }

    def disposition(urgency: Urgency, _written: Disposition | None) -> Disposition:
        found = by_urgency[urgency]
        if elsewhere and found is Disposition.MEDICAL_CLEARANCE:
            return Disposition.LOCAL_CONTRAINDICATION
        return found

    return Meaning(disposition, Limits(), flag.groups, until_cleared=True)


def _rules(case: Case, answers: Answers, knowledge: Knowledge) -> Iterator[Judged]:
    clearance = _clearance(case)
    for rule in knowledge.rules.values():
        meaning = _meaning_of_rule(rule, answers, knowledge)
        if judged := judge(rule, meaning, answers, clearance):
            yield judged


def _meaning_of_rule(rule: Rule, answers: Answers, knowledge: Knowledge) -> Meaning:
    def disposition(_urgency: Urgency, written: Disposition | None) -> Disposition:
        return written or rule.disposition

    said = {name: answers.get(name) for name in rule.exclude_where}
    named = [group for answer in said.values() if isinstance(answer, tuple) for group in answer]
    unsaid = tuple(name for name, answer in said.items() if answer is None)
    anywhere = {group for name in unsaid for group in knowledge.questions[name].choice_ids}
    groups = (*rule.exclude_groups, *named)
    return Meaning(disposition, rule, groups, tuple(sorted(anywhere)), unsaid)
