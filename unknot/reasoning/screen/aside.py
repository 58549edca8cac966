"""Setting a finding aside: a therapist's signed decision, and what then still holds.

Only findings that say so themselves can be set aside: never a red flag, an emergency or a total
contraindication. A finding set aside stays in the screening, so that it is never silent.
"""

from collections.abc import Collection
from dataclasses import replace

from unknot.knowledge import Knowledge, load
from unknot.reasoning.scale import Disposition, worst
from unknot.reasoning.screen import words
from unknot.reasoning.screen.effect import Effect, together
from unknot.reasoning.screen.result import Finding, Screening


class NotToBeSetAside(ValueError):
    """The finding does not allow it, has not fired, or is not part of the screening."""


def set_aside(
    screening: Screening, rule_ids: Collection[str], *, knowledge: Knowledge | None = None
) -> Screening:
    """The screening without the effects of these findings. Raises NotToBeSetAside."""
    known = knowledge or load()
    for rule_id in rule_ids:
        if not _may_be(next((f for f in screening.findings if f.rule_id == rule_id), None)):
            raise NotToBeSetAside(rule_id)
    findings = tuple(
        replace(finding, state="set_aside") if finding.rule_id in rule_ids else finding
        for finding in screening.findings
    )
    now = together(_effect(f) for f in findings if f.state in ("fired", "cleared"))
    headline, say = words.result(now, findings, undecided=screening.undecided)
    held = [now.disposition]
    if screening.undecided:
        held.append(Disposition.MEDICAL_CLEARANCE)
    return replace(
        screening,
        disposition=worst(held),
        so_far=now.disposition,
        urgency=now.urgency,
        headline=headline,
        say=say,
        findings=findings,
        pressure_ceiling=now.pressure_ceiling,
        pain_cap=now.pain_cap,
        most_minutes=now.most_minutes,
        excluded_groups=now.excluded_groups,
        excluded_regions=tuple(
            region.id for region in known.regions.values() if region.group in now.excluded_groups
        ),
        gentle_groups=now.gentle_groups,
        banned_techniques=now.banned_techniques,
        positions=now.positions,
    )


def _may_be(finding: Finding | None) -> bool:
    return finding is not None and finding.overridable and finding.state == "fired"


def _effect(finding: Finding) -> Effect:
    return Effect(
        disposition=finding.disposition,
        urgency=finding.urgency,
        pressure_ceiling=finding.pressure_ceiling,
        pain_cap=finding.pain_cap,
        most_minutes=finding.most_minutes,
        excluded_groups=finding.excluded_groups,
        gentle_groups=finding.gentle_groups,
        banned_techniques=finding.banned_techniques,
        positions=finding.positions,
    )
