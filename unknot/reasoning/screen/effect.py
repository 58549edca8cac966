"""What follows from findings, added up: the strictest of every limit counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf
from typing import Final

from unknot.reasoning.scale import NO_CEILING, Disposition, Urgency, severity, worst

PAIN_CAP = 5
"""Most pain during a technique where no rule says less: 5 of 10, a practice convention."""


@dataclass(frozen=True)
class Effect:
    """Consequences of one finding, or of all of them together."""

    disposition: Disposition = Disposition.PROCEED
    urgency: Urgency = Urgency.NONE
    pressure_ceiling: int = NO_CEILING
    pain_cap: int = PAIN_CAP
    most_minutes: int | None = None
    excluded_groups: tuple[str, ...] = ()
    gentle_groups: tuple[str, ...] = ()
    banned_techniques: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()


NOTHING: Final = Effect()
"""Forbids nothing."""


def together(effects: Iterable[Effect]) -> Effect:
    """All effects at once; order does not matter, and none at all forbids nothing."""
    every = [effect for effect in effects if effect is not NOTHING]
    if not every:
        return NOTHING
    minutes = [effect.most_minutes for effect in every if effect.most_minutes is not None]
    return Effect(
        disposition=worst(effect.disposition for effect in every),
        urgency=worst(effect.urgency for effect in every),
        pressure_ceiling=min(effect.pressure_ceiling for effect in every),
        pain_cap=min(effect.pain_cap for effect in every),
        most_minutes=min(minutes, default=None),
        excluded_groups=_union(effect.excluded_groups for effect in every),
        gentle_groups=_union(effect.gentle_groups for effect in every),
        banned_techniques=_union(effect.banned_techniques for effect in every),
        positions=_union(effect.positions for effect in every),
    )


def changes(so_far: Effect, more: Effect) -> bool:
    """Whether `more` would change anything. Where nobody is treated, limits change nothing."""
    if severity(more.urgency) > severity(so_far.urgency):
        return True
    if so_far.disposition is Disposition.TOTAL_CONTRAINDICATION:
        return False
    return severity(more.disposition) > severity(so_far.disposition) or _tightens(so_far, more)


def _tightens(so_far: Effect, more: Effect) -> bool:
    """Whether a limit of `more` is stricter than what already holds."""
    if more.pressure_ceiling < so_far.pressure_ceiling or more.pain_cap < so_far.pain_cap:
        return True
    if (more.most_minutes or inf) < (so_far.most_minutes or inf):
        return True
    return any(
        not set(new) <= set(old)
        for new, old in (
            (more.excluded_groups, so_far.excluded_groups),
            (more.gentle_groups, so_far.gentle_groups),
            (more.banned_techniques, so_far.banned_techniques),
            (more.positions, so_far.positions),
        )
        if new
    )


def _union(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({item for each in lists for item in each}))
