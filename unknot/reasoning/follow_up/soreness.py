"""The check 24 to 72 hours after a visit: from the client's answers to an action, by the rules of
adverse_events.toml.

Every sign ticked leads to its own record. Effects are graded 1 to 3 as adverse events are: 1
noticed, 2 had to do less, 3 could not do usual things. Grade 2 or more, or more than 72 hours,
goes to the therapist, whatever the effect. Worse pain for more than 72 hours stops the plan.
Signs that were not answered are unknown, and unknown never passes: visits wait until the
therapist has asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from unknot.knowledge.adverse_events import AdverseEvent
from unknot.reasoning.follow_up.act import LEFT_OUT, Triage, act
from unknot.reasoning.scale import Urgency

LASTING_HOURS = 72
"""Past this, an effect is escalated and worse pain stops the plan (STP-06, AE-01)."""
WORSE_POINTS = 2
"""Points of 10 by which pain must be up to count as worse (STP-06)."""
LIMITING_GRADE = 2
"""From this grade on, an effect is escalated."""

NOTHING = (
    "Nothing here needs a change.",
    "Carry on as usual. If anything new appears, tell us.",
)
PARTS_MISSING = (
    "Some answers are missing, so your therapist will ask you.",
    "If something worries you, do not wait for us: call your doctor, or the emergency number if"
    " it is urgent.",
)


@dataclass(frozen=True)
class SorenessAnswers:
    """What the client said. None is always "not answered".

    `signs` maps each sign ticked to its grade (1 to 3, None when it was not given); empty is
    "none of these"; with `unsure` some are open still. `lasted_hours` is how long the soreness
    lasted so far; `relief_hours` how long any relief lasted (0: none). `pain_before_0_10` comes
    from the visit and is not asked again. `something_new` is about what the signs do not name.
    """

    soreness_0_10: int | None = None
    grade: int | None = None
    lasted_hours: int | None = None
    pain_now_0_10: int | None = None
    pain_before_0_10: int | None = None
    hours_since_visit: int | None = None
    relief_hours: int | None = None
    signs: Mapping[str, int | None] | None = None
    unsure: bool = False
    something_new: bool | None = None


def triage(answers: SorenessAnswers, events: Mapping[str, AdverseEvent]) -> Triage:
    """The action for one check. Raises KeyError for a sign that is not a record (a form offers
    only those)."""
    unanswered = _unanswered(answers, events)
    return act(
        _found(answers, events),
        events,
        thanks=PARTS_MISSING if unanswered else NOTHING,
        grade=max(_grades(answers), default=0),
        unanswered=unanswered,
    )


def signs(events: Mapping[str, AdverseEvent]) -> tuple[AdverseEvent, ...]:
    """The events a client is asked about, most urgent first."""
    return tuple(event for event in events.values() if event.ask)


def is_graded(event: AdverseEvent) -> bool:
    """Whether the grade of this sign can still change what is done: an urgent one needs none."""
    return event.urgency is Urgency.NONE


def _grades(answers: SorenessAnswers) -> list[int]:
    told = [answers.grade, *(answers.signs or {}).values()]
    return [grade for grade in told if grade is not None]


def _found(answers: SorenessAnswers, events: Mapping[str, AdverseEvent]) -> list[str]:
    ticked = answers.signs or {}
    found = [*ticked, _worse(answers), _soreness(answers)]
    graded = {name: grade for name, grade in ticked.items() if is_graded(events[name])}
    if any((grade or 0) >= LIMITING_GRADE for grade in graded.values()):
        found.append("limiting")
    if _is_late(answers) and any(events[name].passes for name in graded):
        found.append("lasting")
    if answers.something_new:
        found.append("something_new")
    if answers.signs is None or answers.unsure:
        found.append(LEFT_OUT)
    return [name for name in found if name]


def _is_late(answers: SorenessAnswers) -> bool:
    """Whether more than 72 hours have passed; an unknown time counts as short."""
    return (answers.hours_since_visit or 0) > LASTING_HOURS


def _worse(answers: SorenessAnswers) -> str:
    """The one record about worse pain that fits; "" when it is not worse, or was not asked both
    times.

    Pain that is worse now counts as worse since the visit: the client was not asked each day, and
    this is the cautious reading.
    """
    now, before = answers.pain_now_0_10, answers.pain_before_0_10
    if now is None or before is None or now - before < WORSE_POINTS:
        return ""
    return "worse_for_long" if _is_late(answers) else "worse_so_far"


def _soreness(answers: SorenessAnswers) -> str:
    """The one record about soreness that fits; "" when there was none."""
    if not answers.soreness_0_10 and not answers.grade:
        return ""
    if (answers.grade or 0) >= LIMITING_GRADE:
        return "sore_and_limiting"
    if (answers.lasted_hours or 0) > LASTING_HOURS:
        return "sore_for_long"
    return "sore"


def _unanswered(answers: SorenessAnswers, events: Mapping[str, AdverseEvent]) -> tuple[str, ...]:
    sore = bool(answers.soreness_0_10)
    asked = {
        "signs": answers.signs is None or answers.unsure,
        "something_new": answers.something_new is None,
        "soreness_0_10": answers.soreness_0_10 is None,
        "grade": sore and answers.grade is None,
        "lasted_hours": sore and answers.lasted_hours is None,
        "pain_now_0_10": answers.pain_now_0_10 is None,
    }
    missing = [name for name, is_open in asked.items() if is_open]
    missing += [
        f"grade of {name}"
        for name, grade in (answers.signs or {}).items()
        if grade is None and is_graded(events[name])
    ]
    return tuple(missing)
