"""Every sentence a verdict can say. Own scores first, words before numbers, never a bare cause.

"9 times in 10" and "very likely" go with 90 % intervals. Nothing here says "proved" or
"significant", nothing gives the visits the credit without the size and the other explanation, and
nothing is claimed from one score before and one after.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from unknot.reasoning.outcomes.flags import Flag
from unknot.reasoning.outcomes.numbers import Level
from unknot.reasoning.outcomes.phrases import (
    between,
    change_and_range,
    count,
    half,
    likelihood,
    long_date,
    lower_or_higher,
    number,
    points,
)
from unknot.reasoning.outcomes.results import Figure, Fit, Reevaluation, Trigger
from unknot.reasoning.outcomes.seen import Immediate, Seen

if TYPE_CHECKING:
    from unknot.reasoning.outcomes.verdict import Answer

ANYWAY = "People usually start when it is at its worst, so some of a fall would have come anyway."
NOT_BY_ANSWERS = "More answers alone may not settle it. The review is the place to decide."
FEW_PAIRS = "Scores around one or two visits are too few to say what a visit does."
NOT_THE_WEEK = "That is about the hour after a visit. It says nothing about the week."
FIND_OUT = (
    "If you want to know, plan a pause of two or three weeks and keep answering. It shows what"
    " stays without visits. It is your choice."
)
LITTLE_LEFT = (
    "Your usual pain is close to 0, so visits have little left to lower. What you can watch now is"
    " whether it stays so."
)
CLOSE_TO_ZERO = 1.0  # points: less than one step of the scale
EARLY_WEEKS = 5  # until the first review; from then on it is no longer "too early"
LIKELY_BETTER = 0.75
WORTH_SAYING = 0.25  # points; a change below this is "about the same"

LIMITS: Mapping[Flag, str] = {
    Flag.NO_DATA: "There are fewer than two answers so far.",
    Flag.BEFORE_AFTER_ONLY: (
        "There are only scores from just before and just after visits. They show the hour, not"
        " your usual days."
    ),
    Flag.RECALLED_ONLY: (
        "There are only scores from memory. Memory leans to the worst and the latest days, so"
        " they count for little."
    ),
    Flag.MOSTLY_BAD_DAYS: (
        "You wrote mostly on bad days, so we cannot give your usual level. One answer at a fixed"
        " time each evening, good days too, would fix this."
    ),
    Flag.MOSTLY_UNPROMPTED: (
        "Most answers came without a reminder, so they may tell more of some days than of others."
    ),
    Flag.AT_THE_EDGE: (
        "Half your scores or more are 0 or 10. The scale cannot show what lies beyond its ends."
    ),
    Flag.START_AFTER_FIRST_VISIT: (
        "Few scores were written before the first visit, so the first week of visits counts as"
        " the start."
    ),
    Flag.NO_VISIT: "There has been no visit yet. These are the scores to compare with later.",
    Flag.NO_START: (
        "There is no score from around the first visit, so there is no start to compare with."
    ),
    Flag.STALE: "There is no answer from the last two weeks, so we do not know how it is now.",
    Flag.CONSTANT: "All your scores are the same, so they cannot show what changes them.",
    Flag.NOT_SEPARABLE: (
        "We cannot say if the change that stays comes from the visits or from time."
    ),
    Flag.HALF_LIFE_UNKNOWN: "We cannot tell yet how long the effect of a visit lasts.",
    Flag.FACTOR_GAPS: (
        "On some days we do not know your sleep, stress or load. Those days count as usual days."
    ),
    Flag.ELSEWHERE_UNKNOWN: (
        "We do not know of massage you had elsewhere. If there was some, it is mixed in here."
    ),
    Flag.MEDICINE_CHANGED: (
        "Your medicine changed in this time. That may explain part of the change."
    ),
    Flag.HARD_TO_INTEGRATE: "These scores were hard to work with. Take the numbers as rough.",
}
# With these nothing is said of a change, only what was counted.
NOTHING_TOLD = {
    Flag.FEW_ANSWERS,
    Flag.FEW_VISITS,
    Flag.MOSTLY_BAD_DAYS,
    Flag.NO_START,
    Flag.STALE,
    Flag.AT_THE_EDGE,
    Flag.CONSTANT,
}
# Flags whose sentence is for professionals, or which the counts already say.
SILENT = (Flag.FEW_ANSWERS, Flag.FEW_VISITS, Flag.NOT_RANDOMISED)


def sentence(answer: "Answer", fit: Fit, *, red_flag: bool = False) -> str:
    """The headline, then the person's own scores or what there is so far."""
    seen = fit.seen
    heads = {
        "very_likely_worthwhile": "The visits very likely help you by as much as you hoped for.",
        "likely_worthwhile": "The visits likely help you by as much as you hoped for.",
        "some_help": "The visits very likely help you some. We cannot say yet if it is enough.",
        "small": "The visits help a little, but very likely less than you hoped for.",
        "no_worthwhile_difference": "The visits make no difference that matters so far.",
        "cannot_tell": "We cannot tell.",
        "too_early": "Too early to tell." if seen.weeks < EARLY_WEEKS else "We cannot tell yet.",
        "refer": "You are worse than when you started.",
    }
    head = "Please talk to a doctor first." if red_flag else heads[answer]
    if answer == "no_worthwhile_difference" and better_anyhow(fit):
        head = "You are better, but not in step with the visits."
    told = answer not in ("cannot_tell", "too_early")
    parts = [head] if told else [head, _counted(seen)]
    if seen.start is not None and seen.now is not None and (told or _tells_change(fit)):
        start, now = half(seen.start.value), half(seen.now.value)
        parts.append(f"Your pain was about {start} when you started and is about {now} now.")
    return " ".join(parts)


def better_anyhow(fit: Fit) -> bool:
    """Pain very likely fell by a change that matters, and what stays has no known cause."""
    return fit.change.p_worthwhile >= LIKELY_BETTER and Flag.NOT_SEPARABLE in fit.flags


LONG_SINCE_DAYS = 14.0
WORN_OFF = "The last visit was two weeks ago or longer, so what it did has worn off by now."


def _counted(seen: Seen) -> str:
    visits = count(seen.counts.visits, "visit")
    return f"You have {visits} and {count(seen.counts.diary_days, 'day')} with an answer."


def reasons(answer: "Answer", fit: Fit) -> tuple[str, ...]:
    """What the scores say; what they cannot say is in ``caveats``."""
    found = []
    if answer not in ("cannot_tell", "too_early"):
        found += [_split(fit), _relief(fit)]
    elif _tells_change(fit):
        found.append(_split(fit))
    found += [_hour(fit.seen.immediate, fit.immediate)]
    found += [trigger(one) for one in fit.triggers if one.told]
    return tuple(one for one in found if one)


def _tells_change(fit: Fit) -> bool:
    """Whether there is enough written down to speak of a change at all."""
    return not NOTHING_TOLD & set(fit.flags) and fit.seen.change is not None


def _split(fit: Fit) -> str:
    """The change since the start, and what of it would have come anyway."""
    total, anyway, massage = fit.change.total, fit.change.anyway, fit.change.massage
    if abs(total.mean) < WORTH_SAYING:
        return "Your usual level is about the same as at the start."
    way, other = ("lower", "higher") if total.mean < 0 else ("higher", "lower")
    ends = (-total.i90[1], -total.i90[0]) if total.mean < 0 else total.i90
    low, high = ends
    said = (
        f"Your usual level is about {points(abs(total.mean))} {way} than at the start"
        f" ({between(low, high, way, other)}, 9 times in 10)."
    )
    if total.mean >= 0:
        return said
    return f"{said} {_anyway(anyway)} {_credit(massage) or _no_credit(fit)}"


def _no_credit(fit: Fit) -> str:
    """Nothing of the change is the visits' doing now: they never did, or it has worn off."""
    one = fit.posterior
    last = one.made.session_t[one.made.dose[:, 0] > 0]
    helped = fit.own_relief.figure.mean >= WORTH_SAYING
    if helped and len(last) and one.now - float(last[-1]) >= LONG_SINCE_DAYS:
        return WORN_OFF
    return "We see no part of it that the visits account for."


def _anyway(anyway: Figure) -> str:
    if anyway.mean > -WORTH_SAYING:
        return "Little of that would have come anyway, as far as we can tell."
    return f"About {points(-anyway.mean)} of that would probably have come anyway."


def _credit(massage: Figure) -> str:
    low, high = max(0.0, -massage.i90[1]), max(0.0, -massage.i90[0])
    if massage.mean > -0.05 or number(high) == "0":
        return ""
    return (
        f"The visits probably account for about {points(-massage.mean)}"
        f" (somewhere between {number(low)} and {number(high)})."
    )


def _relief(fit: Fit) -> str:
    """The average over the week, against what the client called worth it."""
    relief = fit.own_relief
    low, high = relief.figure.i90
    wanted = points(fit.basis.worthwhile)
    less = relief.figure.mean > 0
    low, high = (low, high) if less else (-high, -low)
    ways = ("lower", "higher") if less else ("higher", "lower")
    span = between(low, high, *ways)
    if abs(relief.figure.mean) < WORTH_SAYING:
        said = "Over a whole week, visits as you have them change your pain by next to nothing"
        span += f" {ways[0]}" if low >= 0 else ""
    else:
        size = points(abs(relief.figure.mean))
        way = "lower" if less else "raise"
        said = f"Over a whole week, visits as you have them {way} your pain by about {size}"
    return (
        f"{said} ({span}, 9 times in 10). It is"
        f" {likelihood(relief.p_worthwhile)} that this is {wanted} or more."
    )


def _hour(seen: Immediate | None, immediate: Figure) -> str:
    """Right after a visit; only from three visits scored before and after."""
    if seen is None or seen.low is None or seen.high is None:
        return ""
    if seen.low <= 0 <= seen.high:
        return f"Right after a visit your score is usually about the same. {NOT_THE_WEEK}"
    low, high = sorted((abs(seen.low), abs(seen.high)))
    way = "lower" if seen.lower_by > 0 else "higher"
    said = (
        f"Right after a visit your score is usually about {points(abs(seen.lower_by))} {way}"
        f" ({number(low)} to {number(high)})."
    )
    if way == "lower" and immediate.p < 0.9:
        said += " Part of that may be the moment: people like to give a kind score."
    return f"{said} {NOT_THE_WEEK}"


TRIGGER_NAMES = {
    "sleep": ("nights with an hour more sleep", "nights with an hour less sleep"),
    "sleep_quality": ("nights slept a point better", "nights slept a point worse"),
    "stress": ("days with a point more stress", "days with a point less stress"),
    "workload": ("days with an hour more load", "days with an hour less load"),
}


def trigger(one: Trigger) -> str:
    """What tends to go with more pain, as a pattern."""
    more, less = TRIGGER_NAMES.get(
        one.name, (f"days with more {one.name}", f"days with less {one.name}")
    )
    after = more if one.per_unit.mean > 0 else less
    size = points(abs(one.per_unit.mean))
    return (
        f"After {after} your pain tends to be about {size} higher (very likely). This is a"
        " pattern. It need not be the cause."
    )


def caveats(fit: Fit) -> tuple[str, ...]:
    """What limits the answer. When pain fell, what would have come anyway stands first."""
    change = fit.seen.change
    fell = fit.change.total.mean < 0 or (change is not None and change.better_by > 0)
    limits = [LIMITS[flag] for flag in fit.flags if flag in LIMITS]
    if fit.seen.immediate is not None and fit.seen.immediate.low is None:
        limits.append(FEW_PAIRS)
    return tuple(([ANYWAY] if fell and fit.seen.days else []) + limits)


def little_left(level_now: Figure) -> bool:
    """Whether the usual pain is so low that visits cannot lower it by a step any more."""
    return level_now.mean < CLOSE_TO_ZERO


def needs(answers: int, visits: int, by: date | None, today: date | None) -> str:
    """What would make it clear, and when, as far as counts go."""
    parts = [count(visits, "more visit")] if visits else []
    parts += [count(answers, "more day") + " with an answer"] if answers else []
    if not parts:
        return NOT_BY_ANSWERS
    what = " and ".join(parts)
    if by is None:
        return f"We could know more after {what}."
    when = long_date(by, today)
    return f"We could know more after {what}: around {when}, if you answer once a day."


def known_by(known: Reevaluation, on: date, today: date | None) -> str:
    """When the answer should be known (``on``), from futures drawn from the model."""
    visits = f"about {count(known.more_sessions, 'more visit')}"
    if known.capped:
        return (
            f"Even after {visits} we may not know. Look at it together around"
            f" {long_date(on, today)} and decide then."
        )
    return (
        f"If you keep going as planned, we should know around {long_date(on, today)} ({visits})."
    )


def numbers(fit: Fit) -> tuple[tuple[str, str], ...]:
    """The counted and the modelled numbers, label and value, in reading order."""
    seen = fit.seen
    counts = seen.counts
    rows = [
        ("Usual score at the start", _span(seen.start)),
        ("Usual score in the last two weeks", _span(seen.now)),
        ("Days with an answer", str(counts.diary_days)),
        ("Visits", str(counts.visits)),
        ("Visits scored before and after", str(seen.immediate.pairs if seen.immediate else 0)),
    ]
    if counts.recalled:
        rows.append(("Weekly scores from memory", str(counts.recalled)))
    if counts.repeated:
        rows.append(("Repeated answers left out", str(counts.repeated)))
    if seen.gaps:
        longest = max(gap.days for gap in seen.gaps)
        rows.append(("Longest time without an answer", count(longest, "day")))
    if counts.visits and counts.diary:
        change, total, relief = fit.change, fit.change.total, fit.own_relief.figure
        low, high = relief.i90
        rows += [
            ("Usual pain now, against the start", lower_or_higher(total.mean, *total.i90)),
            ("Of it, would have come anyway", change_and_range(change.anyway)),
            ("Of it, from visits and still there", change_and_range(change.massage)),
            ("Over the week, visits as now", lower_or_higher(-relief.mean, -high, -low)),
        ]
    return tuple(rows)


def _span(level: Level | None) -> str:
    if level is None:
        return "not known"
    days = count(level.days, "day")
    return f"{number(level.value)} ({number(level.low)} to {number(level.high)}, {days})"
