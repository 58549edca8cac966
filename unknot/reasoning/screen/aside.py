"""Setting a finding aside: a therapist's signed decision, and what then still holds.

Only findings that say so themselves can be set aside: never a red flag, an emergency or a total
contraindication. A finding set aside stays in the screening, so that it is never silent. What it
covered is decided anew: where a gentle hand for one reason made it idle to ask for another, that
other question is open again, and unknown never passes.
"""

from collections.abc import Collection

from unknot.knowledge import Knowledge
from unknot.reasoning.case import Case
from unknot.reasoning.screen.decide import decide, screening
from unknot.reasoning.screen.result import Finding, Screening


class NotToBeSetAside(ValueError):
    """The finding does not allow it, has not fired, or is not part of the screening."""


def set_aside(
    case: Case, rule_ids: Collection[str], *, knowledge: Knowledge | None = None
) -> Screening:
    """The screening of the case without the effects of these findings. Raises NotToBeSetAside."""
    refuse_unless_it_may_be(decide(case, knowledge=knowledge), rule_ids)
    return screening(case, knowledge=knowledge, aside=rule_ids)


def refuse_unless_it_may_be(found: Screening, rule_ids: Collection[str]) -> None:
    """Raises NotToBeSetAside where one of these findings cannot be set aside."""
    for rule_id in rule_ids:
        if not _may_be(next((f for f in found.findings if f.rule_id == rule_id), None)):
            raise NotToBeSetAside(rule_id)


def _may_be(finding: Finding | None) -> bool:
    return finding is not None and finding.overridable and finding.state == "fired"
