"""One check-in among the earlier ones: does a person have to do something about it?

Worse by two points or more than the reference (the pain before the last visit, else before the
course) for more than 72 hours stops the plan (STP-06). A single bad entry is not a trend and
raises nothing by itself; a flare is passed on to the therapist without urgency. Warning signs are
asked where they can matter, and then each leads to its own record.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from unknot.knowledge.adverse_events import AdverseEvent
from unknot.reasoning.follow_up.act import LEFT_OUT, Triage, act
from unknot.reasoning.follow_up.soreness import LASTING_HOURS, WORSE_POINTS

THANKS = ("Your entry is saved.", "Each entry makes the answer more certain.")


@dataclass(frozen=True)
class CheckIn:
    """One entry. `pain_0_10` is always answered, the worst of the areas; all others are None when
    left out.

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


def judge(
    entry: CheckIn,
    earlier: Iterable[CheckIn],
    reference_0_10: float | None,
    events: Mapping[str, AdverseEvent],
) -> Triage:
    """What follows from one entry. `earlier` may hold any entries of the episode;
    `reference_0_10` None means unknown. Raises KeyError for a sign that is not a record."""
    found = sorted(entry.signs or ())
    if reference_0_10 is not None and _worse_since(entry, earlier, reference_0_10) > timedelta(
        hours=LASTING_HOURS
    ):
        found.append("worse_for_long")
    if entry.flare:
        found.append("flare")
    if entry.unsure or (entry.signs_asked and entry.signs is None):
        found.append(LEFT_OUT)
    return act(found, events, thanks=THANKS)


def _worse_since(entry: CheckIn, earlier: Iterable[CheckIn], reference: float) -> timedelta:
    """How long every entry up to this one has been worse; zero when this one is not, or when it
    is the first."""
    start = entry.at
    for past in sorted((entry, *earlier), key=lambda one: one.at, reverse=True):
        if past.at > entry.at:
            continue
        if past.pain_0_10 - reference < WORSE_POINTS:
            break
        start = past.at
    return entry.at - start
