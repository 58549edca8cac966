"""Copy forward: what was done last time as a plan of work for today, inside today's limits.

What the screening forbids today is left out and says why; a pressure above today's ceiling, or
above what the client has wished since, is lowered to it; minutes shrink to the most the screening
allows. Nothing here counts as done: it is what is meant.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol


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


NO_MINUTES: Final = "No minutes are left for this today."


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
    """What is meant for today with less pressure than last time, and whether that is the client's
    wish rather than today's ceiling."""

    work: Work
    pressure_last: int
    is_wished: bool = False


@dataclass(frozen=True)
class Forward:
    """A plan of work for today, what was left out of it, and what was lowered."""

    work: tuple[Work, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    lowered: tuple[Lowered, ...] = ()


def forward(last: Iterable[Work], limits: Allowed, wished: int | None = None) -> Forward:
    """The same areas, techniques, pressures and minutes, as far as today's limits allow.

    `wished` is the pressure (1 to 5) the client asked for since: lighter counts at once, firmer is
    for the two to agree on. Work of the same kind in the same place becomes one, in the order it
    was first done. What gets no minute any more is left out.
    """
    kept: list[Work] = []
    before: list[int] = []
    out: list[LeftOut] = []
    for work in _together(last):
        ceiling = limits.ceiling_for(work.area)
        why = limits.why_not_area(work.area) or limits.why_not_technique(work.technique)
        if why or ceiling < 1:
            out.append(LeftOut(work, why or "The screening allows no pressure here."))
            continue
        kept.append(replace(work, pressure=min(work.pressure, ceiling, wished or ceiling)))
        before.append(work.pressure)
    fitted = _fitted(kept, limits.most_minutes)
    out += [LeftOut(work, NO_MINUTES) for work in kept[len(fitted) :]]
    lowered = tuple(
        Lowered(work, last_time, work.pressure < limits.ceiling_for(work.area))
        for work, last_time in zip(fitted, before, strict=False)
        if work.pressure < last_time
    )
    return Forward(fitted, tuple(out), lowered)


def shared_out(
    areas: Sequence[str], minutes: int, technique: str, pressure: int, limits: Allowed
) -> Forward:
    """The plan's areas for a visit without one before it: the minutes shared out evenly.

    The first areas get the minutes that are left over. An even share is an order of work to
    start from, not a dose for each area; no trial gives one.
    """
    even = forward([Work(area, technique, pressure, 1) for area in areas], limits)
    total = minutes if limits.most_minutes is None else min(minutes, limits.most_minutes)
    kept, late = even.work[:total], even.work[total:]
    each, over = divmod(total, max(1, len(kept)))
    work = tuple(
        replace(one, minutes=each + (1 if place < over else 0)) for place, one in enumerate(kept)
    )
    without = tuple(LeftOut(one, NO_MINUTES) for one in late)
    return Forward(work, even.left_out + without, _lowered_to(work, even.lowered))


def _lowered_to(work: Iterable[Work], lowered: Iterable[Lowered]) -> tuple[Lowered, ...]:
    """What was lowered, with the minutes it has now."""
    last = {(one.work.area, one.work.technique): one.pressure_last for one in lowered}
    return tuple(
        Lowered(one, last[one.area, one.technique])
        for one in work
        if (one.area, one.technique) in last
    )


def _together(last: Iterable[Work]) -> tuple[Work, ...]:
    found: dict[tuple[str, str, int], Work] = {}
    for work in last:
        key = (work.area, work.technique, work.pressure)
        before = found[key].minutes if key in found else 0
        found[key] = replace(work, minutes=before + work.minutes)
    return tuple(found.values())


def _fitted(work: Sequence[Work], most: int | None) -> tuple[Work, ...]:
    """The first of the work, each at least a minute long, in at most so many minutes in all."""
    total = sum(one.minutes for one in work)
    if most is None or total <= most:
        return tuple(work)
    kept = work[:most]
    minutes = [max(1, one.minutes * most // total) for one in kept]
    while sum(minutes) > most:
        minutes[minutes.index(max(minutes))] -= 1
    return tuple(replace(one, minutes=each) for one, each in zip(kept, minutes, strict=True))
