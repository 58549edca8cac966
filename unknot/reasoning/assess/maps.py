"""The referral maps of all muscles, turned round: for each region the muscles that reach it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from unknot.knowledge import Knowledge
from unknot.knowledge.muscles import Muscle

SIDES: Final = ("left", "right", "mid")


@dataclass(frozen=True)
class Maps:
    """Muscles by number, the size of each map in regions, and the numbers by region.

    One map serves left, right and middle.
    """

    of: Mapping[str, Muscle]
    """The records they were made from, kept so that their identity stays theirs."""
    muscles: tuple[Muscle, ...]
    sizes: tuple[int, ...]
    by_region: Mapping[str, tuple[int, ...]]


_HELD: Final[dict[int, Maps]] = {}
_MOST_HELD: Final = 4


def maps_of(knowledge: Knowledge) -> Maps:
    """The maps of the muscles known; made once for each set of them and held."""
    key = id(knowledge.muscles)
    held = _HELD.get(key)
    if held is None:
        if len(_HELD) >= _MOST_HELD:
            _HELD.clear()
        held = _HELD[key] = _maps(knowledge.muscles)
    return held


def _maps(muscles: Mapping[str, Muscle]) -> Maps:
    zones = [{*muscle.lies_in, *muscle.refers_to} for muscle in muscles.values()]
    by_region: dict[str, tuple[int, ...]] = {}
    for name in sorted(set().union(*zones)):
        numbers = tuple(number for number, zone in enumerate(zones) if name in zone)
        by_region.update({f"{name}_{side}": numbers for side in SIDES})
    return Maps(
        of=muscles,
        muscles=tuple(muscles.values()),
        sizes=tuple(len(zone) for zone in zones),
        by_region=by_region,
    )


def stem(region: str) -> str:
    """The region without its side: "neck_back" for "neck_back_left"."""
    return region.rsplit("_", 1)[0]


def side_of(region: str) -> str:
    """left, right or mid."""
    return region.rsplit("_", 1)[1]
