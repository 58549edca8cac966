"""Copy forward: what was done last time as a plan of work for today, inside today's limits.

What the screening forbids today is left out and says why; a pressure above today's ceiling is
lowered to it; minutes shrink to the most the screening allows. Nothing here counts as done: it is
what is meant.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol


class Allowed(Protocol):
    """What today's screening leaves open. A reason against something is "" where there is none."""

    @property
    def most_minutes(self) -> int | None:
        """Hands-on minutes allowed in all; None without a limit."""

    def why_not_area(self, area: str) -> str:
        """The reason against working here."""

    def why_not_technique(self, technique: str) -> str:
        """The reason against this technique."""

    def ceiling_for(self, area: str) -> int:
        """The most pressure here, 1 to 5; 0 where none is allowed."""


@dataclass(frozen=True)
class Work:
    """One area with a technique, pressure 1-5 and whole minutes."""

    area: str
    technique: str
    pressure: int
    minutes: int


@dataclass(frozen=True)
class LeftOut:
    """What was done last time and may not be done today."""

    work: Work
    why: str


@dataclass(frozen=True)
class Lowered:
    """What is meant for today with less pressure than last time."""

    work: Work
    pressure_last: int


@dataclass(frozen=True)
class Forward:
    """A plan of work for today, what was left out of it, and what was lowered."""

    work: tuple[Work, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    lowered: tuple[Lowered, ...] = ()


def forward(last: Iterable[Work], limits: Allowed) -> Forward:
    """The same areas, techniques, pressures and minutes, as far as today's limits allow.

    Work of the same kind in the same place becomes one, in the order it was first done.
    """
    kept: list[Work] = []
    out: list[LeftOut] = []
    lowered: list[Lowered] = []
    for work in _together(last):
        ceiling = limits.ceiling_for(work.area)
        why = limits.why_not_area(work.area) or limits.why_not_technique(work.technique)
        if why or ceiling < 1:
            out.append(LeftOut(work, why or "The screening allows no pressure here."))
            continue
        today = replace(work, pressure=min(work.pressure, ceiling))
        if today.pressure < work.pressure:
            lowered.append(Lowered(today, work.pressure))
        kept.append(today)
    return Forward(_fitted(kept, limits.most_minutes), tuple(out), tuple(lowered))


def shared_out(
    areas: Sequence[str], minutes: int, technique: str, pressure: int, limits: Allowed
) -> Forward:
    """The plan's areas for a visit without one before it: the minutes shared out evenly.

    The first areas get the minutes that are left over. An even share is an order of work to
    start from, not a dose for each area; no trial gives one.
    """
    even = [Work(area, technique, pressure, 1) for area in areas]
    open_to = forward(even, limits)
    total = minutes if limits.most_minutes is None else min(minutes, limits.most_minutes)
    each, over = divmod(max(total, len(open_to.work)), max(1, len(open_to.work)))
    work = tuple(
        replace(one, minutes=each + (1 if place < over else 0))
        for place, one in enumerate(open_to.work)
    )
    return replace(open_to, work=work)


def _together(last: Iterable[Work]) -> tuple[Work, ...]:
    found: dict[tuple[str, str, int], Work] = {}
    for work in last:
        key = (work.area, work.technique, work.pressure)
        before = found[key].minutes if key in found else 0
        found[key] = replace(work, minutes=before + work.minutes)
    return tuple(found.values())


def _fitted(work: list[Work], most: int | None) -> tuple[Work, ...]:
    """The same work in at most so many minutes, each at least one."""
    total = sum(one.minutes for one in work)
    if most is None or total <= most:
        return tuple(work)
    return tuple(replace(one, minutes=max(1, one.minutes * most // total)) for one in work)
