"""Marks of another registry's body map, on our regions.

    body_map.weights([218, 219], "male")     {"low_back_left": 0.5, "low_spine_mid": 1.0, ...}

A segment that covers several regions of ours shares its weight among them, because which of them
was meant is not known.
"""

from collections.abc import Iterable, Mapping

from unknot.knowledge import Knowledge, load
from unknot.knowledge.body_map import Segment

FIGURES = ("female", "male")


def segments(sex: str, *, knowledge: Knowledge | None = None) -> Mapping[int, Segment]:
    """The segments by number, as the figure of this sex numbers them.

    For any other word those numbers are left out that mean different places on the two figures.
    """
    known = (knowledge or load()).body_map_choir.values()
    return {one.number: one for one in known if one.figure in ("any", sex)}


def weights(
    numbers: Iterable[int], sex: str, *, knowledge: Knowledge | None = None
) -> dict[str, float]:
    """Weight of each region: 1 for a segment that is one region, a share where it covers several.

    Numbers that name no place on this figure are passed over.
    """
    return spread(numbers, segments(sex, knowledge=knowledge))


def spread(numbers: Iterable[int], by_number: Mapping[int, Segment]) -> dict[str, float]:
    """The same with the segments at hand: for many people."""
    found: dict[str, float] = {}
    for number in numbers:
        if segment := by_number.get(number):
            share = 1 / len(segment.regions)
            for region in segment.regions:
                found[region] = found.get(region, 0.0) + share
    return found
