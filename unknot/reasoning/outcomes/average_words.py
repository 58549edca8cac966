"""What a visit does on average, and what people like somebody saw, in words and table rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from unknot.reasoning.outcomes.phrases import lower_or_higher, sureness
from unknot.reasoning.outcomes.pool.alike import Borrowed
from unknot.reasoning.outcomes.pool.averages import Average
from unknot.reasoning.outcomes.pool.effects import Estimate

EFFECTS: Final[Mapping[str, str]] = {
    "right_after": "An hour after a visit",
    "next_day": "Once the hours are over",
    "sleep": "After a longer night than usual",
    "sleep_quality": "After a better night than usual",
    "stress": "After a day with more stress than usual",
    "workload": "After a day with more load than usual",
    "dose:short": "Up to 45 minutes",
    "dose:middle": "46 to 75 minutes",
    "dose:long": "Over 75 minutes",
}
TITLES: Final[Mapping[str, str]] = {
    "visit": "What a visit does, on average",
    "trigger": "What goes with the pain of the next day",
    "technique": "Techniques against each other",
    "dose": "Lengths of visit against each other",
}


@dataclass(frozen=True)
class AverageLine:
    """One effect; ``value`` is empty where fewer than ten people tell of it. ``best`` is the
    chance to lower pain most of those compared, in percent, or empty."""

    name: str
    value: str
    sure: str
    people: str
    best: str
    estimate: Estimate | None


def line(one: Average, techniques: Mapping[str, str]) -> AverageLine:
    """The effect in words; ``techniques`` are names by id."""
    head, _, rest = one.name.partition(":")
    name = techniques.get(rest, rest) if head == "technique" else EFFECTS.get(one.name, one.name)
    if one.estimate is None:
        return AverageLine(name, "", "", "", "", None)
    return AverageLine(
        name=name,
        value=points_lower(one.estimate, digits=1 if one.kind == "visit" else 2),
        sure=sureness(one.estimate.p_below_zero),
        people=f"{one.people:,}",
        best="" if one.p_best is None else f"{one.p_best:.0%}",
        estimate=one.estimate,
    )


def points_lower(one: Estimate, digits: int = 1) -> str:
    """The mean with its 90 % interval, as 1.2 lower (0.9 to 1.5)."""
    return lower_or_higher(one.mean, one.low90, one.high90, digits)


def tables(
    averages: Sequence[Average], techniques: Mapping[str, str]
) -> tuple[tuple[str, tuple[AverageLine, ...]], ...]:
    """The effects by kind, in order; a kind of which nothing may be shown is left out."""
    found = []
    for kind in TITLES:
        lines = tuple(line(one, techniques) for one in averages if one.kind == kind)
        if any(one.value for one in lines):
            found.append((kind, lines))
    return tuple(found)


@dataclass(frozen=True)
class OthersLine:
    """One effect of a visit: what others like this person saw, and what is borrowed from it."""

    name: str
    others: str
    borrowed: str


@dataclass(frozen=True)
class Others:
    """What people like somebody saw, never mixed up with their own numbers."""

    who: str
    lines: tuple[OthersLine, ...]


AREAS: Final = {"low_back": "low back pain", "neck_upper_back": "neck or upper-back pain"}
LASTED: Final = {True: "for less than twelve weeks", False: "for twelve weeks or more"}


def others(found: Borrowed, *, area: str, acute: bool | None, visited: bool) -> Others:
    """The others in words: whom of this person's ``area`` and ``acute`` they share. Borrowed
    numbers are empty before the first visit (``visited``)."""
    who = f"{found.people:,} people who came here"
    if "low_back" in found.alike and area in AREAS:
        who += f" with {AREAS[area]}"
    if "acute" in found.alike and acute is not None:
        who += f" they had had {LASTED[acute]}"
    return Others(
        who,
        tuple(
            OthersLine(
                EFFECTS[one.name],
                points_lower(one.others),
                points_lower(one.borrowed) if visited else "",
            )
            for one in found.effects
        ),
    )
