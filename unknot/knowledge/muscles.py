"""Muscles and where pain from them is said to be felt: a place to look, not a diagnosis."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from unknot.knowledge.loader import CitedRecord, Problem, Ref

SIDES = ("_left", "_right", "_mid")


@dataclass(frozen=True, kw_only=True)
class LookAlike:
    """Something else that makes the pattern of a muscle."""

    name: str
    kind: Literal["nerve", "joint", "organ", "vessel", "bone", "tissue", "headache"]
    red_flags: tuple[Annotated[str, Ref("red_flags")], ...] = ()
    """Red flags that ask for it; none where no red flag does."""


@dataclass(frozen=True, kw_only=True)
class Muscle(CitedRecord):
    """One muscle. Regions are named without their side: "neck_back" stands for left, right or
    middle.
    """

    TABLE: ClassVar[str] = "muscle"
    name: str
    uberon: tuple[str, ...] = ()
    groups: tuple[str, ...]
    lies_in: tuple[str, ...]
    refers_to: tuple[str, ...]
    lookalikes: str = ""
    """In a sentence, with what to be careful of."""
    look_alikes: tuple[LookAlike, ...] = ()
    """One by one."""
    limits: tuple[Annotated[str, Ref("motions")], ...] = ()
    """Motions it is said to shorten."""

    def problems(self, knowledge: Any) -> Iterator[Problem]:
        """Regions the body chart does not have."""
        yield from super().problems(knowledge)
        for key, stems in (("lies_in", self.lies_in), ("refers_to", self.refers_to)):
            for stem in stems:
                if not any(stem + side in knowledge.regions for side in SIDES):
                    cure = "Use a region of regions.toml without its side"
                    yield Problem(key, f'"{stem}" is no region', cure)
