"""The words of a screening: one headline, one sentence, and what each finding says."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from unknot.knowledge.safety import SafetyRecord
from unknot.reasoning.scale import Disposition, Urgency
from unknot.reasoning.screen.effect import Effect
from unknot.reasoning.screen.judge import Judged
from unknot.reasoning.screen.result import Finding

_STILL_TO_ASK: Final = "One more answer is needed before we can say whether this matters for you."
_ANSWER: Final = (
    "Please answer the question that is still open. “Not sure” is fine: we ask you again."
)

_EMERGENCY: Final = ("Get medical help now", "Massage is not what you need today.")
_TODAY: Final = ("Please see a doctor today", "No massage until that is done.")
_NOT_NOW: Final = ("No massage for now", "This is not the day for it; it can be another day.")
_DOCTOR_FIRST: Final = (
    "Please see a doctor first",
    "Massage can wait until a clinician has looked at this. It is often nothing serious.",
)
_AGREE_FIRST: Final = (
    "Something must be agreed first",
    "Massage can be planned as soon as that is done.",
)
_FIRST: Final = {Urgency.SAME_DAY: _TODAY, Urgency.NONE: _AGREE_FIRST}
"""What a clearance that is still to come says; a doctor first, unless it says otherwise."""
_UNDECIDED: Final = (
    "A few answers are still missing",
    "We cannot say yet whether massage is safe for you. Nothing can be booked until we know.",
)
_LOCAL: Final = (
    "Massage is possible, and some areas are left out",
    "Your therapist keeps away from those areas and treats elsewhere.",
)
_ADAPT: Final = (
    "Massage is possible, with some changes",
    "Your therapist adapts pressure, position or time to you.",
)
_PROCEED: Final = (
    "Nothing you told us speaks against massage",
    "Tell your therapist if anything changes. We ask again before every visit.",
)


@dataclass(frozen=True)
class Said:
    """What a finding says, and the day it was cleared."""

    tell: str
    do: str
    tell_doctor: str
    cleared_on: date | None = None


def of_finding(record: SafetyRecord, item: Judged, cleared_on: object) -> Said:
    """The record's own words, unless it is still open or has been cleared.

    Where nothing needs a doctor, there is nothing to tell one.
    """
    if not item.fired:
        return Said(_STILL_TO_ASK, _ANSWER, "")
    if isinstance(cleared_on, date):
        day = f"{cleared_on.day} {cleared_on:%B %Y}"
        tell = f"Cleared on {day} by a clinician, so it does not stand in the way of massage."
        return Said(tell, "Tell us at once if it gets worse or changes.", "", cleared_on)
    quiet = (item.now.disposition, item.now.urgency) == (Disposition.ADAPT, Urgency.NONE)
    return Said(record.tell, record.do, "" if quiet else record.tell_doctor)


def result(effect: Effect, findings: tuple[Finding, ...], *, undecided: bool) -> tuple[str, str]:
    """Headline and sentence. An emergency says what it may be before anything else."""
    if effect.urgency is Urgency.EMERGENCY_NOW:
        return _EMERGENCY[0], f"{findings[0].tell} {_EMERGENCY[1]}"
    return _calm(effect, undecided)


def _calm(effect: Effect, undecided: bool) -> tuple[str, str]:
    if effect.disposition is Disposition.TOTAL_CONTRAINDICATION:
        return _TODAY if effect.urgency is Urgency.SAME_DAY else _NOT_NOW
    if effect.disposition is Disposition.MEDICAL_CLEARANCE:
        return _FIRST.get(effect.urgency, _DOCTOR_FIRST)
    if undecided:
        return _UNDECIDED
    if effect.disposition is Disposition.LOCAL_CONTRAINDICATION:
        return _LOCAL
    return _ADAPT if effect.disposition is Disposition.ADAPT else _PROCEED
