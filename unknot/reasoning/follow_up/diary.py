"""One check-in among the earlier ones: does a person have to do something about it?

Worse by two points or more than the reference (the pain before the last visit, else before the
course) for more than 72 hours stops the plan (STP-06). A single bad entry is not a trend and
raises nothing by itself; a flare is passed on to the therapist without urgency.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from unknot.reasoning.follow_up.soreness import LASTING_HOURS, WORSE_POINTS


@dataclass(frozen=True)
class CheckIn:
    """One entry. `pain_0_10` is always answered; all others are None when left out."""

    at: datetime
    pain_0_10: int
    sleep_0_10: int | None = None
    stress_0_10: int | None = None
    load_hours: float | None = None
    flare: bool | None = None
    home_care_done: bool | None = None


@dataclass(frozen=True)
class Answer:
    """What the client reads after an entry, and whether the therapist is asked to act.

    `event` is the id of the adverse event that fired ("" when none did).
    """

    tell: str
    do: str
    alerts: bool
    event: str = ""


def judge(entry: CheckIn, earlier: Iterable[CheckIn], reference_0_10: float | None) -> Answer:
    """The answer to one entry. `earlier` may hold any entries of the episode; `reference_0_10`
    None means unknown."""
    if reference_0_10 is not None and _worse_since(entry, earlier, reference_0_10) > timedelta(
        hours=LASTING_HOURS
    ):
        return Answer(
            "Your pain has been clearly higher than before for more than three days.",
            "Your therapist will contact you. Please wait with the next visit until you have"
            " spoken.",
            alerts=True,
            event="worse_for_long",
        )
    if entry.flare:
        return Answer(
            "A flare is hard, and it usually settles.",
            "Do a little less for a day or two and keep moving. Your therapist sees that you have"
            " a flare.",
            alerts=True,
        )
    return Answer(
        "Thank you. Your entry is saved.",
        "Each entry makes the answer more certain.",
        alerts=False,
    )


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
