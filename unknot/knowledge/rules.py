"""Safety rules: an illness, a medicine, a state, and what it means for hands-on treatment."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, get_args

from unknot.knowledge.loader import Problem, Ref
from unknot.knowledge.regions import Group
from unknot.knowledge.safety import Limits, SafetyRecord, group_problems
from unknot.knowledge.vocabulary import Disposition, Urgency

BODY_GROUPS = frozenset(get_args(Group))


@dataclass(frozen=True, kw_only=True)
class Rule(SafetyRecord, Limits):
    """One safety rule. It fires by its own condition, as a red flag, or for red flags."""

    TABLE: ClassVar[str] = "rule"
    disposition: Disposition
    overridable: bool
    """Whether a therapist may set it aside, with a reason that is signed and kept."""
    same_as: Annotated[str, Ref("red_flags")] | None = None
    """A red flag that says the same; the rule is then reported with it, not twice."""
    for_red_flags: tuple[Urgency, ...] = ()
    """Says what a red flag of these urgencies means; the rule has no condition of its own."""

    def problems(self, knowledge: Any) -> Iterator[Problem]:
        """Contradictions within the record and with the questions."""
        yield from super().problems(knowledge)
        yield from group_problems(self, BODY_GROUPS, knowledge)
        if sum(bool(way) for way in (self.when, self.same_as, self.for_red_flags)) != 1:
            yield Problem("when", "is not the only reason to fire", "Keep one of the three")
        if self.overridable and self.disposition is Disposition.TOTAL_CONTRAINDICATION:
            yield Problem("overridable", "is true of a total contraindication", "Write false")
        if self.overridable and self.urgency is Urgency.EMERGENCY_NOW:
            yield Problem("overridable", "is true of an emergency", "Write false")
