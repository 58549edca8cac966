"""The check 24 to 72 hours after a visit: from the client's answers to an action, by the rules of
adverse_events.toml.

Every sign ticked leads to its own record. Soreness is graded 1 to 3 as adverse events are: 1
noticed, 2 had to do less, 3 could not do usual things. Grade 2 or more, or more than 72 hours,
goes to the therapist. Worse pain for more than 72 hours stops the plan. Signs that were not
answered are unknown, and unknown never passes: the therapist must ask.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from unknot.knowledge.adverse_events import AdverseEvent
from unknot.reasoning.scale import Urgency, severity, worst

LASTING_HOURS = 72
"""Past this, soreness is escalated and worse pain stops the plan (STP-06, AE-01)."""
WORSE_POINTS = 2
"""Points of 10 by which pain must be up to count as worse (STP-06)."""
LIMITING_GRADE = 2
"""From this grade on, soreness is escalated."""


@dataclass(frozen=True)
class SorenessAnswers:
    """What the client said. None is always "not answered"; `signs` empty is "none of these".

    `lasted_hours` is how long the soreness lasted so far; `relief_hours` how long any relief
    lasted (0: none). `pain_before_0_10` comes from the visit and is not asked again.
    """

    soreness_0_10: int | None = None
    grade: int | None = None
    lasted_hours: int | None = None
    pain_now_0_10: int | None = None
    pain_before_0_10: int | None = None
    hours_since_visit: int | None = None
    relief_hours: int | None = None
    signs: frozenset[str] | None = None


@dataclass(frozen=True)
class Triage:
    """What follows from one check: the most urgent event leads, the others stand below it.

    `alerts` asks the therapist to answer; `stops` bars further visits until a person decided;
    `grade` is 0 to 3. `unanswered` names questions whose answer could still change the action.
    """

    urgency: Urgency
    tell: str
    do: str
    alerts: bool
    stops: bool
    grade: int
    events: tuple[AdverseEvent, ...]
    unanswered: tuple[str, ...] = ()

    @property
    def rule_ids(self) -> tuple[str, ...]:
        """Ids of the records that led here, most urgent first."""
        return tuple(event.id for event in self.events)

    @property
    def words(self) -> str:
        """What a therapist reads in a list: the three most urgent events, and a grade that says
        something (1 and up)."""
        names = "; ".join(event.name for event in self.events[:3]) or "Answers are missing"
        return f"{names}. Grade {self.grade}." if self.grade else f"{names}."


def triage(answers: SorenessAnswers, events: Mapping[str, AdverseEvent]) -> Triage:
    """The action for one check. Raises KeyError for a sign that is not a record (a form offers
    only those)."""
    unanswered = _unanswered(answers)
    hit = tuple(sorted((events[name] for name in _found(answers)), key=_rank))
    if not hit:
        return _nothing_found(answers, unanswered)
    return Triage(
        urgency=worst(event.urgency for event in hit),
        tell=hit[0].tell,
        do=hit[0].do,
        alerts=bool(unanswered) or any(event.alerts for event in hit),
        stops=any(event.stops for event in hit),
        grade=answers.grade or 0,
        events=hit,
        unanswered=unanswered,
    )


def signs(events: Mapping[str, AdverseEvent]) -> tuple[AdverseEvent, ...]:
    """The events a client is asked about, most urgent first."""
    return tuple(event for event in events.values() if event.ask)


def _rank(event: AdverseEvent) -> tuple[int, bool]:
    return -severity(event.urgency), not event.alerts


def _found(answers: SorenessAnswers) -> list[str]:
    found = sorted(answers.signs or ())
    return [*found, *(name for name in (_worse(answers), _soreness(answers)) if name)]


def _worse(answers: SorenessAnswers) -> str:
    """The one record about worse pain that fits; "" when it is not worse, or was not asked both
    times.

    Pain that is worse now counts as worse since the visit: the client was not asked each day, and
    this is the cautious reading. An unknown time since the visit counts as short.
    """
    now, before = answers.pain_now_0_10, answers.pain_before_0_10
    if now is None or before is None or now - before < WORSE_POINTS:
        return ""
    return "worse_for_long" if (answers.hours_since_visit or 0) > LASTING_HOURS else "worse_so_far"


def _soreness(answers: SorenessAnswers) -> str:
    """The one record about soreness that fits; "" when there was none."""
    if not answers.soreness_0_10 and not answers.grade:
        return ""
    if (answers.grade or 0) >= LIMITING_GRADE:
        return "sore_and_limiting"
    if (answers.lasted_hours or 0) > LASTING_HOURS:
        return "sore_for_long"
    return "sore"


def _unanswered(answers: SorenessAnswers) -> tuple[str, ...]:
    missing = [] if answers.signs is not None else ["signs"]
    if answers.soreness_0_10 is None:
        missing.append("soreness_0_10")
    if answers.soreness_0_10 and answers.grade is None:
        missing.append("grade")
    if answers.soreness_0_10 and answers.lasted_hours is None:
        missing.append("lasted_hours")
    return tuple(missing)


def _nothing_found(answers: SorenessAnswers, unanswered: tuple[str, ...]) -> Triage:
    if unanswered:
        tell = "Thank you. Some answers are missing, so your therapist will ask you."
        do = (
            "If something worries you, do not wait for us: call your doctor, or the emergency"
            " number if it is urgent."
        )
    else:
        tell = "Thank you. Nothing here needs a change."
        do = "Carry on as usual. If anything new appears, tell us."
    return Triage(
        Urgency.NONE, tell, do, bool(unanswered), False, answers.grade or 0, (), unanswered
    )
