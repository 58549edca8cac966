"""``verdict(fit)``: the answer in words, never better than the data, never about the cause."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from unknot.knowledge import load
from unknot.reasoning.grounds import Ground, ground
from unknot.reasoning.outcomes import steps, words
from unknot.reasoning.outcomes.flags import Flag
from unknot.reasoning.outcomes.numbers import probability_above
from unknot.reasoning.outcomes.seen import Change, Seen
from unknot.reasoning.outcomes.steps import NextStep

LEAST_VISITS = 3
LEAST_ANSWERS = 10
LEAST_START_DAYS = 3
LEAST_NOW_DAYS = 4
LASTING_HOURS_DAYS = 3  # worse for longer than 72 hours

VERY_LIKELY = 0.90
LIKELY = 0.75
SURE_OF_ANY = 0.95
HARDLY = 0.10
WORSE = 0.80
MORE_DAYS_TRIED = 14
DAYS_TO_MEND = 7  # of answers at a fixed time, after a diary of mostly bad days


class Kind(StrEnum):
    """The five answers to "is it working for me?"."""

    CLEARLY_BETTER = "clearly_better"
    PROBABLY_BETTER = "probably_better"
    CANNOT_TELL = "cannot_tell"
    NOT_WORKING = "not_working"
    WORSE = "worse"


@dataclass(frozen=True)
class Needs:
    """What would tell: more answers, more visits, and the day it could be known (or None)."""

    answers: int
    visits: int
    by: date | None
    says: str


@dataclass(frozen=True)
class Verdict:
    """One sentence, the reasons, what limits them, what is missing, and a proposed next step.

    ``caveats`` always holds the sentence on what would have happened anyway when pain fell.
    ``numbers`` are label and value, as written on the page.
    """

    kind: Kind
    sentence: str
    reasons: tuple[str, ...]
    caveats: tuple[str, ...]
    needs: Needs | None
    next_step: NextStep
    numbers: tuple[tuple[str, str], ...]
    ground: Ground | None = None
    """The rule behind the next step, as its record read that day."""


def verdict(fit: Seen, *, function_better: bool = False) -> Verdict:
    """The verdict on the level of pain; ``function_better`` only moves the proposed next step.

    Any verdict but "worse" needs three visits, ten days of answers, and enough of them at the
    start and in the last two weeks. One pair of scores before and after a visit never decides.
    What is missing is said in `needs`; a verdict is never guessed. Raises nothing.
    """
    kind = _kind(fit)
    step = _next_step(kind, fit, function_better)
    return Verdict(
        kind=kind,
        sentence=words.sentence(kind, fit),
        reasons=words.reasons(kind, fit),
        caveats=words.caveats(fit),
        needs=_needs(fit) if kind == Kind.CANNOT_TELL else None,
        next_step=step,
        numbers=words.numbers(fit),
        ground=_ground(step),
    )


def _ground(step: NextStep) -> Ground:
    known = load()
    return ground("stop_rules", known.stop_rules[step.rule_id], known)


def _kind(fit: Seen) -> Kind:
    if _is_worse(fit):
        return Kind.WORSE
    if fit.change is None or _gate(fit):
        return Kind.CANNOT_TELL
    return _judge(fit, fit.change)


def _judge(fit: Seen, change: Change) -> Kind:
    edge = Flag.AT_THE_EDGE in fit.flags
    if change.p_worthwhile >= VERY_LIKELY and not edge:
        return Kind.CLEARLY_BETTER
    if change.p_worthwhile >= LIKELY and change.p_better >= SURE_OF_ANY:
        return Kind.PROBABLY_BETTER
    due = fit.counts.visits >= steps.REVIEW_VISITS or fit.weeks >= steps.REVIEW_WEEKS
    if change.p_worthwhile <= HARDLY and due and not edge:
        return Kind.NOT_WORKING
    return Kind.CANNOT_TELL


def _gate(fit: Seen) -> bool:
    """True while nothing may be claimed."""
    return (
        fit.counts.visits < LEAST_VISITS
        or fit.counts.diary_days < LEAST_ANSWERS
        or fit.start is None
        or fit.start.days < LEAST_START_DAYS
        or fit.now is None
        or fit.now.days < LEAST_NOW_DAYS
        or Flag.MOSTLY_BAD_DAYS in fit.flags
    )


def _is_worse(fit: Seen) -> bool:
    """Safety first: a lasting rise of two points is said before the other gates are met."""
    if fit.change is None or fit.start is None or fit.now is None:
        return False
    lasts = (fit.now.last - fit.now.first).days >= LASTING_HOURS_DAYS
    return fit.start.days >= LEAST_START_DAYS and lasts and fit.change.p_worse >= WORSE


def _next_step(kind: Kind, fit: Seen, function_better: bool) -> NextStep:
    if kind == Kind.WORSE:
        return steps.PAUSE
    if kind in (Kind.CLEARLY_BETTER, Kind.PROBABLY_BETTER):
        return steps.after_better(fit)
    if kind == Kind.CANNOT_TELL:
        return steps.after_unclear(fit, function_better)
    return steps.after_no_change(fit, function_better)


def _needs(fit: Seen) -> Needs:
    """The missing answers and visits; the day assumes one answer a day from now on."""
    visits = max(0, LEAST_VISITS - fit.counts.visits)
    answers = _answers_missing(fit)
    by = _day_known(fit, answers or 0, visits)
    return Needs(answers or 0, visits, by, words.needs(answers, visits, by))


def _answers_missing(fit: Seen) -> int | None:
    """More daily answers until something can be said; None when answers alone will not do."""
    now_days = fit.now.days if fit.now else 0
    start_days = fit.start.days if fit.start else 0
    by_gate = max(LEAST_ANSWERS - fit.counts.diary_days, LEAST_NOW_DAYS - now_days, 0)
    if start_days < LEAST_START_DAYS and fit.counts.visits == 0:
        by_gate = max(by_gate, LEAST_START_DAYS - start_days)
    if Flag.MOSTLY_BAD_DAYS in fit.flags:
        return max(DAYS_TO_MEND, by_gate)
    if by_gate or fit.change is None:
        return max(1, by_gate)
    if fit.counts.visits < LEAST_VISITS:
        return 0
    for more in range(1, MORE_DAYS_TRIED + 1):
        if _judge(fit, _with_more(fit.change, now_days, more)) != Kind.CANNOT_TELL:
            return more
    return None


def _with_more(change: Change, now_days: int, more: int) -> Change:
    """The same difference with ``more`` days of answers in the recent weeks."""
    share = now_days / (now_days + more)
    error = change.error * (1 - (1 - share) / 2) ** 0.5

    def above(limit: float) -> float:
        return probability_above(change.better_by, error, change.freedom, limit)

    return replace(change, error=error, p_better=above(0.0), p_worthwhile=above(change.worthwhile))


def _day_known(fit: Seen, answers: int, visits: int) -> date | None:
    if fit.as_of is None:
        return None
    day = fit.as_of + timedelta(days=answers)
    if visits > len(fit.planned):
        return None
    return max(day, fit.planned[visits - 1]) if visits else day
