"""Screening: may this person be treated here, how gently, and who must look first.

    decide(case) -> Screening

Red flags are read first, then every safety rule. The worst disposition wins, the soonest urgency,
the lowest pressure ceiling; every exclusion adds up. An answer that was not given is unknown, and
unknown never passes: while it could still change the result, the screening is `undecided`.
"""

from unknot.reasoning.grounds import Source
from unknot.reasoning.screen.aside import (
    NotToBeSetAside,
    refuse_unless_it_may_be,
    set_aside,
)
from unknot.reasoning.screen.decide import decide
from unknot.reasoning.screen.result import Finding, Screening

__all__ = [
    "Finding",
    "NotToBeSetAside",
    "Screening",
    "Source",
    "decide",
    "refuse_unless_it_may_be",
    "set_aside",
]
