"""What limits a Fit: flags of the diary (from ``seen``) and flags of the model."""

from collections.abc import Sequence

from unknot.reasoning.outcomes.diary import Kind
from unknot.reasoning.outcomes.engine.fitted import Fitted
from unknot.reasoning.outcomes.flags import Flag
from unknot.reasoning.outcomes.results import Decomposition, Hyper, Trigger
from unknot.reasoning.outcomes.seen import EDGE_SHARE, Seen

LEAST_PROMPTED = 0.5
LEAST_ANSWERS = 2


def flags(
    one: Fitted, seen: Seen, change: Decomposition, hyper: Hyper, triggers: Sequence[Trigger]
) -> tuple[Flag, ...]:
    """Every flag that holds, those of the diary first.

    Answers that followed a reminder are no choice of days, so with mostly such answers a gap to
    the scores at visits is no sign of a diary kept on bad days.
    """
    made, diary = one.made, one.diary
    prompted = _prompted(one)
    treated = bool(seen.counts.visits)
    started = diary.day(made.start) if made.start else None
    found = {
        Flag.NO_DATA: len(made.y) < LEAST_ANSWERS,
        Flag.CONSTANT: len(made.y) >= LEAST_ANSWERS and len(set(made.y)) == 1,
        Flag.AT_THE_EDGE: bool(len(made.y)) and float((made.edge != 0).mean()) >= EDGE_SHARE,
        Flag.MOSTLY_BAD_DAYS: Flag.MOSTLY_BAD_DAYS in seen.flags
        and (prompted is None or prompted < LEAST_PROMPTED),
        Flag.MOSTLY_UNPROMPTED: prompted is not None and prompted < LEAST_PROMPTED,
        Flag.NOT_SEPARABLE: treated and not change.separable,
        Flag.HALF_LIFE_UNKNOWN: treated and not hyper.tau.identifiable,
        Flag.FACTOR_GAPS: any(trigger.days_unknown for trigger in triggers),
        Flag.ELSEWHERE_UNKNOWN: treated and _elsewhere_unknown(one),
        Flag.MEDICINE_CHANGED: any(
            started is not None and day > started for day in diary.medicine
        ),
        Flag.NOT_RANDOMISED: treated and not diary.randomised,
        Flag.HARD_TO_INTEGRATE: not one.found.enough,
    }
    model = tuple(flag for flag, holds in found.items() if holds)
    return tuple(dict.fromkeys((*(flag for flag in seen.flags if flag not in found), *model)))


def _elsewhere_unknown(one: Fitted) -> bool:
    """True when nobody asked, or when there was some but no day of it is known."""
    if one.diary.elsewhere is None:
        return True
    return one.diary.elsewhere and not any(each.elsewhere for each in one.diary.sessions)


def _prompted(one: Fitted) -> float | None:
    """The share of diary answers that followed a reminder; None when it is not known of any."""
    known = [
        entry.prompted
        for entry in one.diary.entries
        if entry.kind == Kind.DIARY and entry.prompted is not None
    ]
    return sum(known) / len(known) if known else None
