"""Another registry's body map, segment by segment, in our regions."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from unknot.knowledge.loader import CitedRecord, Problem, Ref


@dataclass(frozen=True, kw_only=True)
class Segment(CitedRecord):
    """One segment of a body map, and the regions of ours it covers."""

    TABLE: ClassVar[str] = "segment"
    number: int
    figure: Literal["any", "female", "male"] = "any"
    """The figure whose numbering this is, where the two differ."""
    name: str
    view: Literal["front", "back"]
    regions: tuple[Annotated[str, Ref("regions")], ...]
    match: Literal["exact", "split", "approximate"]

    def problems(self, knowledge: Any) -> Iterator[Problem]:
        """An exact match of several regions, or a split of one."""
        yield from super().problems(knowledge)
        if (self.match == "exact") != (len(self.regions) == 1):
            yield Problem(
                "match", "does not go with its regions", "One region is exact, several are not"
            )
