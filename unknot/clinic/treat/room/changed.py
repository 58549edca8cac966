"""What changed since a visit began that the room has to say, each with what to do now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...models import Episode, Visit
from ...screen.held import WORDS as ANSWER_HOLDS
from ..areas import technique_name
from ..limits import Limits

STOP: Final = (
    "Stop hands-on work, tap Done here and finish the visit. What was done stays on record."
)
HELD: Final = "An answer of this client that came meanwhile holds visits back; it is on Today."


def changed(visit: Visit, limits: Limits) -> tuple[str, ...]:
    """One sentence or two for each thing that changed under a visit that runs; none before its
    start and after its end."""
    if visit.started_at is None or visit.finished_at is not None:
        return ()
    return tuple(_changed(visit, limits))


def _changed(visit: Visit, limits: Limits) -> Iterator[str]:
    if limits.blocked:
        yield f"{_why_blocked(limits)} {STOP}"
    elif visit.area_in_work:
        yield from _work(visit, limits)
    if visit.appointment.episode.state != Episode.State.OPEN:
        yield (
            "This complaint was closed meanwhile. Finish the visit and write its note as ever; "
            "nothing new can be booked for it."
        )


def _why_blocked(limits: Limits) -> str:
    if limits.why_blocked == ANSWER_HOLDS:
        return HELD
    if limits.why_blocked:
        return limits.why_blocked
    return "The safety check was made again and allows no hands-on work now."


def _work(visit: Visit, limits: Limits) -> Iterator[str]:
    """What no longer fits of the work that goes on."""
    area = visit.area_in_work
    if why := limits.why_not_area(area):
        yield f"Stop here. {why} Tap Done here, or choose another area."
        return
    if limits.why_not_technique(visit.technique_in_work):
        name = technique_name(visit.technique_in_work)
        yield f"{name} is ruled out by now. Choose another technique, or tap Done here."
    ceiling, pressure = limits.ceiling_for(area), visit.pressure_in_work or 1
    if pressure > ceiling:
        yield (
            f"The pressure in work is {pressure} and at most {ceiling} is allowed by now. "
            "Choose less, or tap Done here."
        )
