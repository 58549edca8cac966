"""Regions of the body: the places a mark, a finding or a treatment can name."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from unknot.knowledge.loader import Problem, Record, Ref

Group = Literal[
    "head",
    "jaw",
    "neck",
    "shoulder",
    "chest",
    "upper_back",
    "low_back",
    "abdomen",
    "hip",
    "buttock",
    "thigh",
    "knee",
    "lower_leg",
    "ankle",
    "foot",
    "arm",
    "elbow",
    "forearm",
    "wrist",
    "hand",
]


@dataclass(frozen=True, kw_only=True)
class Region(Record):
    """One place on the body chart. Left and right are the person's own.

    `x`, `y` are units of the neutral figure.
    """

    TABLE: ClassVar[str] = "region"
    name: str
    """For a heading or a list: "Low back, right"."""
    plain: str
    """Inside a sentence to a client: "low back, right side"."""
    view: Literal["front", "back"]
    """Where it is mostly seen; a few regions are drawn in both views."""
    side: Literal["left", "right", "mid"]
    group: Group
    mirror: Annotated[str, Ref("regions")]
    """The same place on the other side; itself for a place in the middle."""
    adjacent: tuple[Annotated[str, Ref("regions")], ...] = ()
    """Regions that share a line with it anywhere on the chart."""
    x: float
    y: float

    def problems(self, knowledge: Any) -> Iterator[Problem]:
        """A left without its right, or neighbours who do not know each other."""
        other: Region = knowledge.regions[self.mirror]
        opposite = {"left": "right", "right": "left", "mid": "mid"}[self.side]
        if other.mirror != self.id or other.side != opposite or other.group != self.group:
            yield Problem(
                "mirror",
                "is not the same place on the other side",
                f"Name the {opposite} one of the pair",
            )
        for name in self.adjacent:
            if self.id not in knowledge.regions[name].adjacent:
                yield Problem("adjacent", f"{name} does not name it back", "Build the chart again")
