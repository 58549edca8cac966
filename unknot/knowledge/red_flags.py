"""Red flags: signs of something a doctor must look at, by region of the body.

What a red flag means for treatment is not written here: rules SR-067 and SR-068 say it by urgency.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from unknot.knowledge.loader import Problem, Ref
from unknot.knowledge.rules import BODY_GROUPS
from unknot.knowledge.safety import SafetyRecord


@dataclass(frozen=True, kw_only=True)
class RedFlag(SafetyRecord):
    """One red flag. It is never set aside by a therapist; a clinician may clear it."""

    TABLE: ClassVar[str] = "red_flag"
    region: Literal[
        "any", "spine", "neck", "thoracic", "lumbar", "head", "jaw", "chest", "abdomen",
        "shoulder", "limb", "hip", "hand", "widespread",
    ]  # fmt: skip
    groups: tuple[str, ...] = ()
    """Groups it forbids to treat; none: it concerns the whole person."""
    same_as: Annotated[str, Ref("rules")] | None = None
    """A rule that says the same; the flag is then reported with it, not twice."""

    def problems(self, knowledge: Any) -> Iterator[Problem]:
        """Contradictions within the record and with the questions."""
        yield from super().problems(knowledge)
        for group in self.groups:
            if group not in BODY_GROUPS:
                yield Problem("groups", f'has no group "{group}"', "Use a group of the chart")
        if bool(self.when) == bool(self.same_as):
            yield Problem("when", "is not the only reason to fire", "Keep when or same_as")
