"""Names of the places a treatment entry can be about: a region of the body chart, or a group."""

from __future__ import annotations

from unknot.knowledge import load

from ..ui.body_chart import GROUP_NAMES


def is_area(area: str) -> bool:
    """Whether this is the id of a region or of a group of regions."""
    return area in load().regions or area in groups()


def groups() -> frozenset[str]:
    """All groups of regions."""
    return frozenset(region.group for region in load().regions.values())


def group_of(area: str) -> str:
    """The group an area belongs to; a group belongs to itself, an unknown area to none."""
    if area in groups():
        return area
    region = load().regions.get(area)
    return region.group if region else ""


def name_of(area: str) -> str:
    """The area's name for a heading; an id that is no longer known is written out as it is."""
    region = load().regions.get(area)
    return region.name if region else GROUP_NAMES.get(area, area.replace("_", " ").capitalize())


def technique_name(technique: str) -> str:
    """The technique's name; an id that is no longer known is written out as it is."""
    known = load().techniques.get(technique)
    return known.name if known else technique
