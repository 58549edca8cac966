"""Every small mistake that could be made in a rule or red flag, one at a time.

    for mutant in mutants(record): mutant.what, mutant.record
    same_either_way(mutant) -> why nobody could notice, or ""
    noticed(mutant) -> "table", "lifting", "vignette" or ""

A condition loses a clause or a choice, takes any for all or all for any, counts one more or less,
or moves a number by one; a step that makes it worse is lost or made milder; what follows is one
step laxer: the disposition, the urgency, the ceiling, the pain cap, the minutes, every group,
technique and position; a clearance counts a day longer or shorter; setting aside is allowed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from tests.support.cases import screened, written
from tests.support.checks import check_rule_case, check_vignette
from tests.support.lifting import check_lifting
from unknot.knowledge import Knowledge, load
from unknot.knowledge.red_flags import RedFlag
from unknot.knowledge.rules import Rule
from unknot.knowledge.safety import SafetyRecord, Worse
from unknot.knowledge.vocabulary import Disposition, Urgency
from unknot.knowledge.when import Group, Test, When
from unknot.reasoning.case import Case
from unknot.reasoning.screen import decide

_NUMBERS: Final = ("at_least", "at_most", "above", "below")
_DISPOSITIONS: Final = tuple(Disposition)
_URGENCIES: Final = tuple(Urgency)


@dataclass(frozen=True)
class Mutant:
    """A record with one mistake, and what the mistake is."""

    record: SafetyRecord
    what: str

    @property
    def name(self) -> str:
        """The record and the mistake in one line."""
        return f"{self.record.id}: {self.what}"


def mutants(record: SafetyRecord) -> Iterator[Mutant]:
    """Every mistake in one record."""
    for what, changed in (*_in_conditions(record), *_in_worse(record), *_in_itself(record)):
        yield Mutant(changed, what)


# --- Conditions --------------------------------------------------------------------------------


def _in_conditions(record: SafetyRecord) -> Iterator[tuple[str, SafetyRecord]]:
    if record.when:
        for what, root in _parts(record.when.root):
            if root is not None:
                yield what, replace(record, when=When(root))


def _parts(part: Test | Group) -> Iterator[tuple[str, Test | Group | None]]:
    """Every condition that differs in one place; None where nothing would be left."""
    if isinstance(part, Test):
        yield from _tests(part)
        return
    yield from _counts(part)
    for number, inner in enumerate(part.parts):
        for what, changed in _parts(inner):
            yield what, _put(part, number, changed)


def _put(group: Group, number: int, changed: Test | Group | None) -> Group | None:
    if changed is not None:
        parts = (*group.parts[:number], changed, *group.parts[number + 1 :])
        return replace(group, parts=parts)
    others = (*group.parts[:number], *group.parts[number + 1 :])
    least = len(others) if 1 < group.least == len(group.parts) else group.least
    return replace(group, least=least, parts=others) if others else None


def _counts(group: Group) -> Iterator[tuple[str, Group]]:
    size, inside = len(group.parts), ", ".join(sorted(set(_names(group))))
    if group.negated:
        yield f"any for none of ({inside})", replace(group, negated=False)
    for least in sorted({1, size, group.least - 1, group.least + 1} - {group.least}):
        if 1 <= least <= size:
            yield f"{least} for {group.least} of ({inside})", replace(group, least=least)


def _names(part: Test | Group) -> Iterator[str]:
    if isinstance(part, Test):
        yield part.question
    else:
        for inner in part.parts:
            yield from _names(inner)


def _tests(test: Test) -> Iterator[tuple[str, Test | None]]:
    name = test.question
    for value in test.values if len(test.values) > 1 else ():
        kept = tuple(other for other in test.values if other != value)
        yield f"{name} without {value}", replace(test, values=kept)
    for step in (-1, 1) if test.operator in _NUMBERS else ():
        moved = float(test.values[0]) + step
        yield f"{name} {test.operator} {moved:g}", replace(test, values=(moved,))
    if test.values in ((True,), (False,)):
        yield f"{name} is {not test.values[0]}", replace(test, values=(not test.values[0],))
    yield f"no {name}", None


# --- Steps that make it worse ------------------------------------------------------------------


def _in_worse(record: SafetyRecord) -> Iterator[tuple[str, SafetyRecord]]:
    for number, worse in enumerate(record.worse_when):
        before, after = record.worse_when[:number], record.worse_when[number + 1 :]
        yield f"worse {number + 1}: lost", replace(record, worse_when=(*before, *after))
        for what, changed in _milder(worse):
            every = (*before, changed, *after)
            yield f"worse {number + 1}: {what}", replace(record, worse_when=every)


def _milder(worse: Worse) -> Iterator[tuple[str, Worse]]:
    for what, root in _parts(worse.when.root):
        if root is not None:
            yield what, replace(worse, when=When(root))
    if milder := _next(_URGENCIES, worse.urgency):
        yield f"urgency {milder}", replace(worse, urgency=Urgency(milder))
    if worse.disposition:
        yield "without its disposition", replace(worse, disposition=None)
        if laxer := _next(_DISPOSITIONS, worse.disposition):
            yield f"disposition {laxer}", replace(worse, disposition=Disposition(laxer))


def _next(steps: tuple[str, ...], step: str) -> str:
    """The next milder step; empty when it is the mildest."""
    return next(iter(steps[steps.index(step) + 1 :]), "")


# --- What follows ------------------------------------------------------------------------------


def _in_itself(record: SafetyRecord) -> Iterator[tuple[str, SafetyRecord]]:
    if milder := _next(_URGENCIES, record.urgency):
        yield f"urgency {milder}", replace(record, urgency=Urgency(milder))
    for days in {record.clearance_days - 1, record.clearance_days + 1} if record.when else ():
        if days >= 0:
            yield f"clearance of {days} days", replace(record, clearance_days=days)
    flipped = not record.clears_emergency
    yield f"clears_emergency {flipped}", replace(record, clears_emergency=flipped)
    if isinstance(record, Rule):
        yield from _in_rule(record)
    elif isinstance(record, RedFlag):
        for group in record.groups:
            kept = tuple(other for other in record.groups if other != group)
            yield f"groups without {group}", replace(record, groups=kept)


def _in_rule(rule: Rule) -> Iterator[tuple[str, Rule]]:
    if laxer := _next(_DISPOSITIONS, rule.disposition):
        yield f"disposition {laxer}", replace(rule, disposition=Disposition(laxer))
    if rule.pressure_ceiling < 5:
        yield "ceiling one higher", replace(rule, pressure_ceiling=rule.pressure_ceiling + 1)
    if rule.pain_cap < 5:
        yield "pain cap one higher", replace(rule, pain_cap=rule.pain_cap + 1)
    if rule.most_minutes:
        yield "minutes one more", replace(rule, most_minutes=rule.most_minutes + 1)
        yield "minutes without limit", replace(rule, most_minutes=None)
    for field in ("exclude_groups", "exclude_where", "ban_techniques", "avoid_positions"):
        for one in getattr(rule, field):
            kept = tuple(other for other in getattr(rule, field) if other != one)
            yield f"{field} without {one}", replace(rule, **{field: kept})
    for urgency in rule.for_red_flags:
        kept = tuple(other for other in rule.for_red_flags if other != urgency)
        yield f"not for red flags of {urgency}", replace(rule, for_red_flags=kept)
    yield f"overridable {not rule.overridable}", replace(rule, overridable=not rule.overridable)
    yield from _in_gentle(rule)


def _in_gentle(rule: Rule) -> Iterator[tuple[str, Rule]]:
    for number, part in enumerate(rule.gentle):
        before, after = rule.gentle[:number], rule.gentle[number + 1 :]
        for group in part.groups:
            kept = tuple(other for other in part.groups if other != group)
            every = (*before, replace(part, groups=kept), *after)
            yield f"gentle {number + 1} without {group}", replace(rule, gentle=every)
        for what, root in _parts(part.when.root):
            if root is not None:
                every = (*before, replace(part, when=When(root)), *after)
                yield f"gentle {number + 1}: {what}", replace(rule, gentle=every)


# --- What nobody could notice ------------------------------------------------------------------

_NEVER_ROUTINE: Final = "no red flag is one for the next routine visit"
_AT_140: Final = "the rule only fires from 140 or 90, or for a pressure that is known already"
SINGLE: Final[Mapping[str, str]] = {
    "SR-014: worse 1: bp_systolic at_least 139": _AT_140,
    "SR-014: worse 1: bp_diastolic at_least 89": _AT_140,
    "SR-067: not for red flags of gp_routine": _NEVER_ROUTINE,
}


def same_either_way(mutant: Mutant) -> str:
    """Why the mistake changes nothing for anybody; empty when it does or may."""
    record, what = mutant.record, mutant.what
    if mutant.name in SINGLE:
        return SINGLE[mutant.name]
    if record.when is None and what.startswith(("urgency", "disposition", "clears", "overrid")):
        return "its own words are not read: it speaks through other records"
    steps = {record.urgency, *(worse.urgency for worse in record.worse_when)}
    if what.startswith("clears_emergency") and Urgency.EMERGENCY_NOW not in steps:
        return "it is never an emergency"
    if what.startswith("clears_emergency") and not record.clearance_days:
        return "a word never lifts it"
    if what.startswith("clearance") and steps == {Urgency.EMERGENCY_NOW}:
        return "an emergency, which a word never lifts"
    if what == "overridable True" and _never_set_aside(record):
        return "a total contraindication or an emergency is never set aside, whatever is written"
    return ""


def _never_set_aside(record: SafetyRecord) -> bool:
    total = Disposition.TOTAL_CONTRAINDICATION
    return isinstance(record, Rule) and (
        record.disposition is total or record.urgency is Urgency.EMERGENCY_NOW
    )


# --- Whether anybody notices -------------------------------------------------------------------


def noticed(mutant: Mutant) -> str:
    """What notices the mistake first: a case of the tables, what may lift it, a vignette; or
    nothing.
    """
    record = mutant.record
    small, whole = _small(record), _whole(record)
    if any(_fails(check_rule_case, entry, case, small) for entry, case in _table()[record.id]):
        return "table"
    try:
        check_lifting(record.id, small)
    except AssertionError:
        return "lifting"
    if any(_fails(check_vignette, entry, case, whole) for entry, case in _vignettes()):
        return "vignette"
    return ""


def _fails(check: Any, entry: dict[str, Any], case: Case, knowledge: Knowledge) -> bool:
    try:
        check(entry, decide(case, knowledge=knowledge))
    except (AssertionError, KeyError):
        return True
    return False


@lru_cache(maxsize=1)
def _table() -> Mapping[str, list[tuple[dict[str, Any], Case]]]:
    found: dict[str, list[tuple[dict[str, Any], Case]]] = {}
    for entry in written("red_flags", "rules"):
        found.setdefault(entry["rule"], []).append((entry, screened(entry)))
    return found


@lru_cache(maxsize=1)
def _vignettes() -> list[tuple[dict[str, Any], Case]]:
    return [(entry, screened(entry)) for entry in written("vignettes")]


def _whole(record: SafetyRecord) -> Knowledge:
    """The knowledge with this record in the place of the right one."""
    topic = "red_flags" if isinstance(record, RedFlag) else "rules"
    records = {**getattr(load(), topic), record.id: record}
    return replace(load(), **{topic: MappingProxyType(records)})


def _small(record: SafetyRecord) -> Knowledge:
    """The same with only the records that this one can speak through; quicker to prepare."""
    whole = _whole(record)
    if isinstance(record, Rule) and record.for_red_flags:
        return whole
    near = {record.id, getattr(record, "same_as", None) or record.id}
    flags = {k: v for k, v in whole.red_flags.items() if k in near or v.same_as in near}
    rules = {
        k: v for k, v in whole.rules.items() if k in near or v.same_as in near or v.for_red_flags
    }
    return replace(whole, red_flags=MappingProxyType(flags), rules=MappingProxyType(rules))
