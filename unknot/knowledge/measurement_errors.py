"""How far two measurements of a joint can differ though nothing has changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from unknot.knowledge.loader import CitedRecord, Problem


@dataclass(frozen=True, kw_only=True)
class MeasurementError(CitedRecord):
    """One published (or assumed) error in degrees. `motions` hold the limits made from them."""

    TABLE: ClassVar[str] = "error"
    name: str
    tell: str
    kind: Literal["change_needed", "standard_error", "natural_variation", "age_effect", "default"]
    joints: tuple[str, ...]
    """Joints of the motions it concerns; "any" means all."""
    degrees_low: float | None = None
    degrees_high: float | None = None
    """The figure, or the span of figures by motion; None where the source gives none that was
    read.
    """
    remembered: str = ""

    def problems(self, knowledge: Any) -> Iterator[Problem]:
        """A span the wrong way round, or a joint no motion has."""
        yield from super().problems(knowledge)
        if (self.degrees_low or 0) > (self.degrees_high or 0):
            yield Problem("degrees_low", "is above degrees_high", "Swap them")
        known = {motion.joint for motion in knowledge.motions.values()} | {"any"}
        for joint in self.joints:
            if joint not in known:
                cure = f"Use: {', '.join(sorted(known))}"
                yield Problem("joints", f'has no joint "{joint}"', cure)
