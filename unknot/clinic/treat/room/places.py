"""Every place one can work on, by part of the body: the list that does what the chart does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from unknot.knowledge import load
from unknot.reasoning.treat.dial import DEEPEST_PRESSURE

from ...models import Visit
from ...ui.body_chart import GROUP_NAMES
from ..areas import name_of
from ..limits import Limits
from ..pages import Choice


@dataclass(frozen=True)
class PlaceGroup:
    """One part of the body: the whole of it first, then its regions."""

    id: str
    name: str
    places: tuple[Choice, ...]


def place_groups(
    visit: Visit, limits: Limits, unsigned: Mapping[str, str]
) -> tuple[PlaceGroup, ...]:
    """All parts of the body from the head down; what is closed stays in, with its reason."""
    return tuple(
        PlaceGroup(group, name, tuple(_places(group, visit, limits, unsigned)))
        for group, name in GROUP_NAMES.items()
    )


def caution(area: str, limits: Limits, unsigned: Mapping[str, str]) -> str:
    """What to know before working here: no consent, a lower ceiling; "" for nothing, and where the
    area is closed anyway."""
    if limits.why_not_area(area):
        return ""
    said = ["no consent signed"] if area in unsigned else []
    ceiling = limits.ceiling_for(area)
    if ceiling < min(DEEPEST_PRESSURE, limits.pressure_ceiling):
        said.append(f"pressure at most {ceiling}")
    return ", ".join(said)


def _places(
    group: str, visit: Visit, limits: Limits, unsigned: Mapping[str, str]
) -> Iterator[Choice]:
    regions = [one.id for one in load().regions.values() if one.group == group]
    for area in (group, *regions):
        yield Choice(
            value=area,
            label="All of it" if area == group else name_of(area),
            pressed=area == visit.area_in_work,
            why_not=limits.why_not_area(area),
            caution=caution(area, limits, unsigned),
        )
