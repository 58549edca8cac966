"""Which warning signs are asked, and when: only where they can matter, and never assumed.

The check after a visit asks all of them. A check-in between visits asks those that need a doctor
the same day or sooner, about the parts of the body that hurt or were treated: with a flare, with
pain that is clearly up, and, for some, on every day of a watch after work on a part (the signs of
a torn neck artery for two weeks, AE-06).
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from unknot.knowledge.adverse_events import AdverseEvent
from unknot.reasoning.follow_up.soreness import WORSE_POINTS, signs
from unknot.reasoning.scale import Urgency, severity
from unknot.reasoning.ternary import holds


def after_visit(
    events: Mapping[str, AdverseEvent], answers: Mapping[str, object]
) -> tuple[AdverseEvent, ...]:
    """What the check after a visit asks: every sign but those the intake's answers rule out."""
    return tuple(event for event in signs(events) if holds(event.asked_when, answers) is not False)


def when_worse(
    events: Mapping[str, AdverseEvent], answers: Mapping[str, object], areas: Collection[str]
) -> tuple[AdverseEvent, ...]:
    """What a check-in asks with a flare or clearly more pain; `areas` are groups of regions."""
    return tuple(
        event
        for event in after_visit(events, answers)
        if severity(event.urgency) >= severity(Urgency.SAME_DAY)
        and (not event.areas or not set(event.areas).isdisjoint(areas))
    )


def on_watch(
    events: Mapping[str, AdverseEvent], worked: Mapping[str, datetime], now: datetime
) -> tuple[AdverseEvent, ...]:
    """What every check-in asks these days; `worked` says when each group was last treated."""
    return tuple(
        event
        for event in signs(events)
        if event.watch_days
        and any(
            area in worked and now - worked[area] <= timedelta(days=event.watch_days)
            for area in event.areas
        )
    )


def is_clearly_more(pain_0_10: int, usual_0_10: float | None) -> bool:
    """Whether pain is up by what counts as worse; against the unknown it is not called so."""
    return usual_0_10 is not None and pain_0_10 - usual_0_10 >= WORSE_POINTS
