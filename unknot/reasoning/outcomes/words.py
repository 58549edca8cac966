"""Every sentence a verdict can say. Short words first, own scores first, never a cause."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from unknot.reasoning.outcomes.flags import Flag
from unknot.reasoning.outcomes.numbers import Level
from unknot.reasoning.outcomes.seen import Change, Immediate, Seen

if TYPE_CHECKING:
    from unknot.reasoning.outcomes.verdict import Kind

ANYWAY = (
    "People usually start when it is at its worst, so some of this would have happened anyway."
    " These scores cannot say how much of it comes from the visits."
)
SURE_OF_DIRECTION = 0.90
EARLY_WEEKS = 5  # until the first review
NOT_THE_WEEK = "That is about the hour after a visit. It says nothing about the week."

LIMITS: Mapping[Flag, str] = {
    Flag.NO_DATA: "Nothing has been written down yet.",
    Flag.BEFORE_AFTER_ONLY: (
        "There are only scores from just before and just after visits. They show the hour, not"
        " your usual days."
    ),
    Flag.RECALLED_ONLY: (
        "There are only scores from memory. Memory mixes the worst and the latest days, so they"
        " are shown but not counted."
    ),
    Flag.MOSTLY_BAD_DAYS: (
        "Your scores at home are clearly higher than your scores at visits, so you may have"
        " written mostly on bad days. One answer at a fixed time each evening, good days too,"
        " would fix this."
    ),
    Flag.AT_THE_EDGE: (
        "Half the scores or more are at the end of the scale, which cannot show what lies beyond."
    ),
    Flag.START_AFTER_FIRST_VISIT: (
        "Few scores were written before the first visit, so the first week of visits counts as"
        " the start."
    ),
    Flag.NO_VISIT: "There has been no visit yet. These are the scores to compare with later.",
    Flag.NO_START: (
        "There is no score from around the first visit, so there is no start to compare with."
    ),
    Flag.STALE: ("There is no answer from the last two weeks, so we do not know how it is now."),
}


def sentence(kind: "Kind", fit: Seen) -> str:
    """The one sentence at the top of the page."""
    if kind == "cannot_tell" or fit.change is None:
        return _too_early(fit)
    start, now = _half(fit.start), _half(fit.now)
    moved = f"Your pain was about {start} when you started and is about {now} now."
    if kind == "clearly_better":
        return f"You are clearly better. {moved}"
    if kind == "probably_better":
        return f"You are probably better. {moved}"
    if kind == "worse":
        return f"You are worse than when you started. {moved}"
    if fit.change.p_better >= SURE_OF_DIRECTION:
        return f"A little better, but by less than most people would call a real change. {moved}"
    if fit.change.p_better <= 1 - SURE_OF_DIRECTION:
        return f"A little worse, but by less than most people would call a real change. {moved}"
    return f"No change that matters so far. {moved}"


def _too_early(fit: Seen) -> str:
    counted = (
        f"You have {count(fit.counts.visits, 'visit')} and"
        f" {count(fit.counts.diary_days, 'day')} with an answer."
    )
    if {Flag.FEW_VISITS, Flag.FEW_ANSWERS, Flag.STALE} & set(
        fit.flags
    ) and fit.weeks < EARLY_WEEKS:
        return f"Too early to tell. {counted}"
    return f"We cannot tell yet. {counted}"


def reasons(kind: "Kind", fit: Seen) -> tuple[str, ...]:
    """What the scores say, strongest first; what they cannot say is in ``caveats``."""
    told = kind != "cannot_tell" or _enough(fit)
    found = (_change(fit.change) if fit.change and told else "", _hour(fit.immediate))
    return tuple(reason for reason in found if reason)


def _enough(fit: Seen) -> bool:
    blocked = {Flag.FEW_ANSWERS, Flag.FEW_VISITS, Flag.MOSTLY_BAD_DAYS}
    return not blocked & set(fit.flags) and fit.now is not None and fit.now.days > 3


def _change(change: Change) -> str:
    if change.better_by < 0:
        rise = f"{points(-change.better_by)} higher"
        span = _between(-change.high, -change.low, "higher", "lower")
        return f"Your usual score is {rise} than at the start ({span}, 9 times in 10)."
    drop = f"{points(change.better_by)} lower"
    span = _between(change.low, change.high, "lower", "higher")
    return (
        f"Your usual score is {drop} than at the start ({span}, 9 times in 10). Most people"
        f" starting where you did need a drop of about {points(change.worthwhile)} to call"
        f" it a real change; it is {likelihood(change.p_worthwhile)} that yours is that large."
    )


def _between(low: float, high: float, way: str, other_way: str) -> str:
    """Both ends of an interval; across zero each end says its way."""
    if low >= 0:
        return f"between {number(low)} and {number(high)}"
    return f"between {number(-low)} {other_way} and {number(high)} {way}"


def _hour(immediate: Immediate | None) -> str:
    if immediate is None or immediate.low is None or immediate.high is None:
        return ""
    if immediate.low <= 0 <= immediate.high:
        return f"Right after a visit your score is usually about the same. {NOT_THE_WEEK}"
    size = points(abs(immediate.lower_by))
    low, high = sorted((abs(immediate.low), abs(immediate.high)))
    way = "lower" if immediate.lower_by > 0 else "higher"
    return (
        f"Right after a visit your score is usually about {size} {way}"
        f" ({number(low)} to {number(high)}). {NOT_THE_WEEK}"
    )


def caveats(fit: Seen) -> tuple[str, ...]:
    """What limits the answer. When pain fell, what would have happened anyway comes first."""
    fell = fit.change is not None and fit.change.better_by > 0
    limits = [LIMITS[flag] for flag in fit.flags if flag in LIMITS]
    few_pairs = fit.immediate is not None and fit.immediate.low is None
    if few_pairs:
        limits.append("Scores around one or two visits are too few to say what a visit does.")
    return tuple(([ANYWAY] if fell else []) + limits)


def needs(answers: int | None, visits: int, by: date | None) -> str:
    """What would make it clear, and when."""
    if answers is None:
        return (
            "More answers alone may not settle it: the change is close to the size that matters."
            " The review is the place to decide."
        )
    parts = [count(visits, "more visit")] if visits else []
    parts += [count(answers, "more day") + " with an answer"] if answers else []
    what = " and ".join(parts) or "the next answers"
    if by is None:
        return f"We could know more after {what}."
    return f"We could know more after {what}: around {long_date(by)}, if you answer once a day."


def numbers(fit: Seen) -> tuple[tuple[str, str], ...]:
    """The counted numbers, label and value, in reading order."""
    counts = fit.counts
    rows = [
        ("Usual score at the start", _span(fit.start)),
        ("Usual score in the last two weeks", _span(fit.now)),
        ("Days with an answer", str(counts.diary_days)),
        ("Visits", str(counts.visits)),
        ("Visits scored before and after", str(fit.immediate.pairs if fit.immediate else 0)),
    ]
    if counts.recalled:
        rows.append(("Weekly scores from memory (shown, not counted)", str(counts.recalled)))
    if counts.repeated:
        rows.append(("Repeated answers left out", str(counts.repeated)))
    if fit.gaps:
        longest = max(gap.days for gap in fit.gaps)
        rows.append(("Longest time without an answer", count(longest, "day")))
    return tuple(rows)


def likelihood(probability: float) -> str:
    """A probability in the few words used everywhere."""
    if probability >= 0.9:
        return "very likely"
    if probability >= 0.67:
        return "likely"
    return "about as likely as not" if probability > 0.33 else "unlikely"


def number(value: float) -> str:
    """One decimal, without a trailing zero."""
    return f"{value:.1f}".removesuffix(".0")


def points(value: float) -> str:
    """Points with their noun: 1 point, 1.5 points."""
    said = number(value)
    return f"{said} point" if said == "1" else f"{said} points"


def count(amount: int, noun: str) -> str:
    """A number with its noun: 1 visit, 4 visits."""
    return f"{amount} {noun}" if amount == 1 else f"{amount} {noun}s"


def long_date(day: date) -> str:
    """A day as 14 May."""
    return f"{day.day} {day:%B}"


def _half(level: Level | None) -> str:
    return f"{round(2 * level.value) / 2:g}" if level else "unknown"


def _span(level: Level | None) -> str:
    if level is None:
        return "not known"
    days = count(level.days, "day")
    return f"{number(level.value)} ({number(level.low)} to {number(level.high)}, {days})"
