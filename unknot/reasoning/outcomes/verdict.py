"""``verdict(fit)``: the answer in words, never better than the data.

Two vocabularies, one mapping. ``Answer`` is what the model can say about the visits; ``Kind`` is
the word the page, the record of a decision and the programme use.

===========================  ==================  ==============================================
answer                       kind                when (R: average relief over the week,
                                                 W: what the client calls worth it)
===========================  ==================  ==============================================
refer                        worse               a red flag, or P(level up by 2 or more) >= .8
too_early                    cannot_tell         fewer than 3 visits or 10 days of answers, or
                                                 nothing below holds
cannot_tell                  cannot_tell         mostly bad days, or half the answers 0 or 10
very_likely_worthwhile       clearly_better      P(R >= W) >= .9
likely_worthwhile            probably_better     P(R >= W) >= .75
small                        not_working         P(R > 0) >= .95 and hopeful P(R >= W) <= .1
some_help                    probably_better     P(R > 0) >= .95
no_worthwhile_difference     not_working, or     hopeful P(R >= W) <= .1
                             cannot_tell         ... when pain fell by a change that matters
                                                 (P >= .75) and time may be the reason
===========================  ==================  ==============================================

P(R > 0) counts only as far as it holds with and without politeness in the ratings at visits.
"Worth it" must convince a sceptical prior, "not worth it" a hopeful one: with one prior, the prior
alone would call three visits useless.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from unknot.knowledge import load
from unknot.reasoning.grounds import Ground, ground
from unknot.reasoning.outcomes import steps, words
from unknot.reasoning.outcomes.flags import Flag
from unknot.reasoning.outcomes.results import Fit, Reevaluation
from unknot.reasoning.outcomes.seen import Seen
from unknot.reasoning.outcomes.steps import NextStep

LEAST_VISITS = 3
LEAST_ANSWERS = 10
LEAST_START_DAYS = 3
LEAST_BEFORE = 3  # scores at visits, to see whether the diary holds mostly bad days
LASTING_HOURS_DAYS = 3  # worse for longer than 72 hours

VERY_LIKELY = 0.90
LIKELY = 0.75
SURE_OF_ANY = 0.95
HARDLY = 0.10
WORSE = 0.80
DAYS_TO_MEND = 7  # of answers at a fixed time, after a diary of mostly bad days


class Kind(StrEnum):
    """The five words of the page."""

    CLEARLY_BETTER = "clearly_better"
    PROBABLY_BETTER = "probably_better"
    CANNOT_TELL = "cannot_tell"
    NOT_WORKING = "not_working"
    WORSE = "worse"


class Answer(StrEnum):
    """What the model says about the visits."""

    REFER = "refer"
    TOO_EARLY = "too_early"
    CANNOT_TELL = "cannot_tell"
    VERY_LIKELY_WORTHWHILE = "very_likely_worthwhile"
    LIKELY_WORTHWHILE = "likely_worthwhile"
    SMALL = "small"
    SOME_HELP = "some_help"
    NO_WORTHWHILE_DIFFERENCE = "no_worthwhile_difference"


KIND_OF = {
    Answer.REFER: Kind.WORSE,
    Answer.TOO_EARLY: Kind.CANNOT_TELL,
    Answer.CANNOT_TELL: Kind.CANNOT_TELL,
    Answer.VERY_LIKELY_WORTHWHILE: Kind.CLEARLY_BETTER,
    Answer.LIKELY_WORTHWHILE: Kind.PROBABLY_BETTER,
    Answer.SMALL: Kind.NOT_WORKING,
    Answer.SOME_HELP: Kind.PROBABLY_BETTER,
    Answer.NO_WORTHWHILE_DIFFERENCE: Kind.NOT_WORKING,
}
UNSETTLED = (Answer.TOO_EARLY, Answer.CANNOT_TELL)


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

    ``caveats`` always holds the sentence on what would have come anyway when pain fell.
    ``find_out`` offers a planned pause where it would help, else it is empty. ``numbers`` are
    label and value, as written on the page.
    """

    kind: Kind
    answer: Answer
    sentence: str
    reasons: tuple[str, ...]
    caveats: tuple[str, ...]
    needs: Needs | None
    find_out: str
    next_step: NextStep
    numbers: tuple[tuple[str, str], ...]
    ground: Ground | None = None
    """The rule behind the next step, as its record read that day."""


def verdict(
    fit: Fit,
    *,
    function_better: bool = False,
    red_flag: bool = False,
    known: Reevaluation | None = None,
) -> Verdict:
    """The verdict on the visits.

    ``function_better`` only moves the proposed next step; ``red_flag`` sends to a doctor whatever
    the scores say; ``known`` (from ``reevaluate``) dates the next look. Any verdict but "worse"
    needs three visits and ten days of answers; one pair before and after a visit never decides.
    What is missing is said in ``needs``; a verdict is never guessed. Raises nothing.
    """
    answer = judge(fit, red_flag=red_flag)
    kind = kind_of(answer, fit)
    step = _next_step(answer, fit, function_better)
    return Verdict(
        kind=kind,
        answer=answer,
        sentence=words.sentence(answer, fit, red_flag=red_flag),
        reasons=words.reasons(answer, fit),
        caveats=words.caveats(fit),
        needs=_needs(fit, known) if answer in UNSETTLED else None,
        find_out=words.FIND_OUT if _pause_would_tell(fit, answer) else "",
        next_step=step,
        numbers=words.numbers(fit),
        ground=_ground(step),
    )


def _ground(step: NextStep) -> Ground:
    known = load()
    return ground("stop_rules", known.stop_rules[step.rule_id], known)


def kind_of(answer: Answer, fit: Fit) -> Kind:
    """The page's word. Nobody whose pain fell is told "not working" for want of a pattern."""
    if answer == Answer.NO_WORTHWHILE_DIFFERENCE and words.better_anyhow(fit):
        return Kind.CANNOT_TELL
    return KIND_OF[answer]


def judge(fit: Fit, *, red_flag: bool = False) -> Answer:
    """The answer by the table above."""
    if red_flag or _is_worse(fit):
        return Answer.REFER
    counts = fit.seen.counts
    if counts.visits < LEAST_VISITS or counts.diary_days < LEAST_ANSWERS:
        return Answer.TOO_EARLY
    if Flag.AT_THE_EDGE in fit.flags or _mostly_bad_days(fit):
        return Answer.CANNOT_TELL
    relief = fit.own_relief
    return weigh(
        some=relief.p_any,
        worthwhile=relief.p_worthwhile,
        hopeful=relief.p_worthwhile_hopeful,
    )


def weigh(*, some: float, worthwhile: float, hopeful: float) -> Answer:
    """The answer from P(R > 0), P(R >= W) and hopeful P(R >= W), the gates being passed."""
    if worthwhile >= VERY_LIKELY:
        return Answer.VERY_LIKELY_WORTHWHILE
    if worthwhile >= LIKELY:
        return Answer.LIKELY_WORTHWHILE
    if some >= SURE_OF_ANY:
        return Answer.SMALL if hopeful <= HARDLY else Answer.SOME_HELP
    return Answer.NO_WORTHWHILE_DIFFERENCE if hopeful <= HARDLY else Answer.TOO_EARLY


def _is_worse(fit: Fit) -> bool:
    """Safety first: a lasting rise of two points, by the model or by the counted levels."""
    seen = fit.seen
    if seen.start is None or seen.now is None or seen.change is None:
        return False
    lasts = (seen.now.last - seen.now.first).days >= LASTING_HOURS_DAYS
    if seen.start.days < LEAST_START_DAYS or not lasts:
        return False
    return max(fit.change.p_worse_by_two, seen.change.p_worse) >= WORSE


def _mostly_bad_days(fit: Fit) -> bool:
    """By the gap to the scores at visits, or unprompted answers without scores to hold them to."""
    unseen = Flag.MOSTLY_UNPROMPTED in fit.flags and fit.seen.counts.before < LEAST_BEFORE
    return unseen or Flag.MOSTLY_BAD_DAYS in fit.flags


def _pause_would_tell(fit: Fit, answer: Answer) -> bool:
    """A pause is offered once there is something to find out and enough behind it to compare."""
    if answer == Answer.NO_WORTHWHILE_DIFFERENCE:
        return words.better_anyhow(fit)
    settled = answer in (Answer.REFER, Answer.CANNOT_TELL)
    enough = fit.seen.counts.visits >= LEAST_VISITS and fit.seen.counts.diary_days >= LEAST_ANSWERS
    return enough and not settled and Flag.NOT_SEPARABLE in fit.flags


def _next_step(answer: Answer, fit: Fit, function_better: bool) -> NextStep:
    seen = fit.seen
    if answer == Answer.REFER:
        return steps.PAUSE
    if answer in (Answer.VERY_LIKELY_WORTHWHILE, Answer.LIKELY_WORTHWHILE):
        return steps.after_better(seen)
    if answer in (Answer.SOME_HELP, Answer.SMALL):
        return steps.after_some(seen, function_better, small=answer == Answer.SMALL)
    if answer == Answer.NO_WORTHWHILE_DIFFERENCE:
        if words.better_anyhow(fit):
            return steps.after_better(seen)
        return steps.after_no_change(seen, function_better)
    return steps.after_unclear(seen, function_better)


def _needs(fit: Fit, known: Reevaluation | None) -> Needs:
    """The missing answers and visits; the day assumes one answer a day from now on."""
    seen = fit.seen
    today = fit.fitted.diary.as_of if fit.fitted else seen.as_of
    visits = max(0, LEAST_VISITS - seen.counts.visits)
    answers = max(0, LEAST_ANSWERS - seen.counts.diary_days)
    if Flag.MOSTLY_BAD_DAYS in fit.flags:
        answers = max(answers, DAYS_TO_MEND)
    if not (answers or visits) and words.little_left(fit.level_now):
        return Needs(0, 0, None, words.LITTLE_LEFT)
    if known is not None and known.on is not None:
        says = words.known_by(known, known.on, today)
        return Needs(answers, known.more_sessions, known.on, says)
    by = _day_known(seen, answers, visits)
    return Needs(answers, visits, by, words.needs(answers, visits, by, today))


def _day_known(seen: Seen, answers: int, visits: int) -> date | None:
    if seen.as_of is None or not (answers or visits):
        return None
    day = seen.as_of + timedelta(days=answers)
    if visits > len(seen.planned):
        return None
    return max(day, seen.planned[visits - 1]) if visits else day
