"""What of a screening no unasked question may change."""

from typing import TypeAlias

from unknot.knowledge import Knowledge
from unknot.reasoning.case import Case
from unknot.reasoning.scale import Disposition
from unknot.reasoning.screen.decide import look

Outcome: TypeAlias = tuple[object, ...]


def outcome(case: Case, *, knowledge: Knowledge | None = None) -> Outcome:
    """What may be done and how soon somebody should be seen, by what is known of the case.

    Disposition, urgency, pressure ceiling, pain cap, minutes, parts left out and parts to be
    gentle with, techniques and positions. Where nobody is treated, limits on treatment say
    nothing: then only the urgency counts.
    """
    so_far = look(case, knowledge=knowledge).so_far
    if so_far.disposition is Disposition.TOTAL_CONTRAINDICATION:
        return so_far.disposition, so_far.urgency
    return (
        so_far.disposition,
        so_far.urgency,
        so_far.pressure_ceiling,
        so_far.pain_cap,
        so_far.most_minutes,
        so_far.excluded_groups,
        so_far.gentle_groups,
        so_far.banned_techniques,
        so_far.positions,
    )
