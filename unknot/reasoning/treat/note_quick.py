"""The note at a glance: the facts of a visit as chips, and one line for each area."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from unknot.reasoning.treat.note import RESPONSE_WORDS, Treated, VisitRecord, day_words


@dataclass(frozen=True)
class Chip:
    """One fact: what it is about, what it is, and whether it must be seen first."""

    name: str
    value: str
    tone: Literal["plain", "good", "caution"] = "plain"


@dataclass(frozen=True)
class AreaLine:
    """Everything done to one area: minutes, techniques, the firmest pressure, how it answered
    last ("" when that was not tapped)."""

    area: str
    minutes: int
    techniques: tuple[str, ...]
    pressure: int
    response: str


def chips(visit: VisitRecord) -> tuple[Chip, ...]:
    """The facts in the order of need: what is new, alarms, pain, work, what comes next."""
    return tuple(_chips(visit))


def _chips(visit: VisitRecord) -> Iterator[Chip]:
    if visit.new_since is None and visit.screened_on is None:
        yield Chip("New", "not asked", "caution")
    elif visit.new_since:
        yield Chip("New", "; ".join(visit.new_since), "caution")
    alarms = [log.area or "no area in work" for log in visit.dial if log.alerts]
    if alarms:
        yield Chip("Stop or above the limit", ", ".join(dict.fromkeys(alarms)), "caution")
    yield _pain(visit.pain_before_0_10, visit.pain_after_0_10)
    highest = [log.pain_highest_0_10 for log in visit.dial if log.pain_highest_0_10 is not None]
    if highest:
        yield Chip("Dial", f"pain up to {max(highest)}")
    if visit.treated:
        yield Chip("Hands-on", f"{visit.minutes} min")
        yield Chip("Pressure", f"up to {max(one.pressure for one in visit.treated)} of 5")
    if visit.next_on:
        yield Chip("Next", day_words(visit.next_on))


def _pain(before: int | None, after: int | None) -> Chip:
    if before is None and after is None:
        return Chip("Pain", "not asked", "caution")
    said = f"{_told(before)} before, {_told(after)} after"
    if before is None or after is None or before == after:
        return Chip("Pain", said)
    return Chip("Pain", said, "good" if after < before else "caution")


def _told(pain: int | None) -> str:
    return "not asked" if pain is None else str(pain)


def lines(visit: VisitRecord) -> tuple[AreaLine, ...]:
    """One line for each area, in the order of the work."""
    areas = dict.fromkeys(one.area for one in visit.treated)
    return tuple(_line(area, [one for one in visit.treated if one.area == area]) for area in areas)


def _line(area: str, entries: list[Treated]) -> AreaLine:
    answers = [RESPONSE_WORDS[one.response] for one in entries if one.response]
    return AreaLine(
        area=area,
        minutes=sum(one.minutes for one in entries),
        techniques=tuple(dict.fromkeys(one.technique for one in entries)),
        pressure=max(one.pressure for one in entries),
        response=answers[-1] if answers else "",
    )
