"""One check-in among the earlier ones: does a person have to do something about it?

Worse by two points or more than the reference (the pain before the last visit, else before the
course) for more than 72 hours stops the plan (STP-06); so does an area that is worse than its own
reference, though another one hurts more. A single bad entry is not a trend and
raises nothing by itself; a flare is passed on to the therapist without urgency. Warning signs are
asked where they can matter, and then each leads to its own record.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from unknot.knowledge.adverse_events import AdverseEvent
from unknot.reasoning.follow_up.act import LEFT_OUT, Triage, act
from unknot.reasoning.follow_up.soreness import LASTING_HOURS, WORSE_POINTS

THANKS = ("Your entry is saved.", "Each entry makes the answer more certain.")


@dataclass(frozen=True)
class CheckIn:
    """One entry. `pain_0_10` is always answered, the worst of the areas; all others are None when
    left out. `areas` gives the pain of each area, where several were asked.

    `signs` are the warning signs ticked, empty for "none of these"; `signs_asked` says whether
    they had to be asked, `unsure` that some are open still.
    """

    at: datetime
    pain_0_10: int
    sleep_0_10: int | None = None
    stress_0_10: int | None = None
    load_hours: float | None = None
    flare: bool | None = None
    home_care_done: bool | None = None
    signs: frozenset[str] | None = None
    signs_asked: bool = False
    unsure: bool = False
    areas: Mapping[str, int] = field(default_factory=dict)


def judge(
    entry: CheckIn,
    earlier: Iterable[CheckIn],
    reference_0_10: float | None,
    events: Mapping[str, AdverseEvent],
    own_0_10: Mapping[str, float] | None = None,
) -> Triage:
    """What follows from one entry. `earlier` may hold any entries of the episode;
    `reference_0_10` None means unknown, `own_0_10` are the references of single areas, where they
    are known. Raises KeyError for a sign that is not a record."""
    found = sorted(entry.signs or ())
    if _longest_worse(entry, (*earlier, entry), reference_0_10, own_0_10 or {}) > timedelta(
        hours=LASTING_HOURS
    ):
        found.append("worse_for_long")
    if entry.flare:
        found.append("flare")
    if entry.unsure or (entry.signs_asked and entry.signs is None):
        found.append(LEFT_OUT)
    return act(found, events, thanks=THANKS)


def _longest_worse(
    entry: CheckIn,
    entries: tuple[CheckIn, ...],
    reference: float | None,
    own: Mapping[str, float],
) -> timedelta:
    """How long the worst pain, or that of one area, has been worse than its own reference; an
    entry that leaves an area out says nothing of it."""
    known = [one for one in entries if one.at <= entry.at]
    spans = [timedelta()]
    if reference is not None:
        spans.append(_worse_since(entry.at, [(one.at, one.pain_0_10) for one in known], reference))
    for area in entry.areas.keys() & own.keys():
        pains = [(one.at, one.areas[area]) for one in known if area in one.areas]
        spans.append(_worse_since(entry.at, pains, own[area]))
    return max(spans)


def _worse_since(
    until: datetime, pains: Iterable[tuple[datetime, int]], reference: float
) -> timedelta:
    """How long every pain up to `until` has been worse; zero when the last one is not, or when it
    is the first."""
    start = until
    for at, pain in sorted(pains, reverse=True):
        if pain - reference < WORSE_POINTS:
            break
        start = at
    return until - start
