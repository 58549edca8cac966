"""What a reading says beside its verdict: the split, what a visit does, the weeks to come.

Each picture of a page has its numbers here, in words and as rows of a table, so that nothing is
told by a drawing alone.
"""

from dataclasses import dataclass
from math import hypot

from unknot.reasoning.outcomes import words
from unknot.reasoning.outcomes.flags import Flag
from unknot.reasoning.outcomes.phrases import (
    NOTHING,
    change_and_range,
    lower_or_higher,
    number,
    points,
    sureness,
)
from unknot.reasoning.outcomes.reading import Reading
from unknot.reasoning.outcomes.results import Figure, Forecast
from unknot.reasoning.outcomes.verdict import LEAST_ANSWERS, LEAST_VISITS, Answer
from unknot.reasoning.outcomes.words import NOTHING_TOLD, WORTH_SAYING

SCHEDULES = {
    "weekly": "A visit every week",
    "fortnightly": "A visit every two weeks",
    "stop": "No more visits",
}
SHOWN_WEEKS = (4, 8, 12)
SURE_DIFFERENCE = 0.9


@dataclass(frozen=True)
class Part:
    """One part of the change since the start; negative is less pain."""

    name: str
    says: str
    mean: float
    low: float
    high: float
    value: str


def split(reading: Reading) -> tuple[Part, ...]:
    """The change in three parts and its total; empty when too little is known to speak of one.

    What stays after visits, the slow drift and other known changes are one part, "cannot be told
    apart": its interval adds theirs as if they were independent, which makes it a little wide.
    """
    if NOTHING_TOLD & set(reading.flags) or not _enough(reading):
        return ()
    change = reading.change
    rest = (change.lasting, change.drift, change.other)
    mean = sum(one.mean for one in rest)
    low = mean - hypot(*(one.mean - one.i90[0] for one in rest))
    high = mean + hypot(*(one.i90[1] - one.mean for one in rest))
    together = lower_or_higher(mean, low, high, none=NOTHING)
    return (
        _part("Would have come anyway", "time, and starting on a bad day", change.anyway),
        _part("From visits, still there now", "what is left of their effect", change.massage),
        Part("Cannot be told apart", "what stays: visits or time", mean, low, high, together),
        _part("Change since the start", "all of it together", change.total),
    )


def _part(name: str, says: str, figure: Figure) -> Part:
    return Part(name, says, figure.mean, *figure.i90, change_and_range(figure))


def _enough(reading: Reading) -> bool:
    basis = reading.basis
    return basis.sessions >= LEAST_VISITS and basis.diary_answers >= LEAST_ANSWERS


def after_a_visit(reading: Reading) -> tuple[str, ...]:
    """How long the effect of a visit lasts, and what is left of it after a week."""
    if not _enough(reading) or Flag.HALF_LIFE_UNKNOWN in reading.flags:
        return ()
    if abs(reading.carry_jump.mean) < WORTH_SAYING or reading.carry_jump.p < SURE_DIFFERENCE:
        return ("By the next day we can no longer see the effect of a visit.",)
    low, high = reading.half_life_days.i90
    left = -reading.left_after_7d.mean
    after = points(left) if left >= 0.05 else "nothing we can see"
    return (
        f"The day after a visit your pain is lower by about {points(-reading.carry_jump.mean)}.",
        f"Half of that is gone after about {_days(reading.half_life_days.mean)}"
        f" ({number(low)} to {number(high)}). After a week {after} is left.",
    )


def _days(value: float) -> str:
    said = number(value)
    return "1 day" if said == "1" else f"{said} days"


@dataclass(frozen=True)
class TriggerLine:
    """One thing beside the visits: how pain of the next day goes with it, and how sure that is."""

    name: str
    value: str
    sure: str
    days: str


MORE = {
    "sleep": "An hour more sleep",
    "sleep_quality": "A night slept a point better",
    "stress": "A day with a point more stress",
    "workload": "A day with an hour more load",
}


def triggers(reading: Reading) -> tuple[TriggerLine, ...]:
    """What the person wrote down beside pain, in the order of the model; with too little, empty.

    Values are of pain the day after, for each hour or point.
    """
    if not _enough(reading):
        return ()
    return tuple(
        TriggerLine(
            name=MORE.get(one.name, f"More {one.name.replace('_', ' ')}"),
            value=lower_or_higher(one.per_unit.mean, *one.per_unit.i90),
            sure=sureness(one.effect.p),
            days=str(one.days_known),
        )
        for one in reading.triggers
    )


@dataclass(frozen=True)
class Ahead:
    """One schedule: its name, and the level with its 90 % interval in the weeks shown."""

    schedule: str
    name: str
    weeks: tuple[tuple[int, str], ...]


def ahead(reading: Reading) -> tuple[Ahead, ...]:
    """The weeks to come under each schedule; empty when too little is known to look ahead, when
    there is next to no pain left (``little_left``), and when a doctor comes before any visit."""
    waits = reading.verdict.answer == Answer.REFER
    if waits or not _able(reading) or words.little_left(reading.level_now):
        return ()
    return tuple(
        Ahead(
            one.schedule,
            SCHEDULES[one.schedule],
            tuple((week, _level(one, week)) for week in SHOWN_WEEKS),
        )
        for one in reading.forecasts
    )


def little_left(reading: Reading) -> str:
    """What is said in place of the weeks to come when pain is close to 0; else ""."""
    near = _able(reading) and words.little_left(reading.level_now)
    return words.LITTLE_LEFT if near else ""


def _able(reading: Reading) -> bool:
    return _enough(reading) and not NOTHING_TOLD & set(reading.flags)


def _level(forecast: Forecast, week: int) -> str:
    figure = forecast.weeks[week - 1].level
    return f"{number(figure.mean)} ({number(figure.i90[0])} to {number(figure.i90[1])})"


def weekly_or_stop(reading: Reading) -> str:
    """Visits every week against none, at the end of the weeks shown; "" when nothing is shown."""
    if not ahead(reading):
        return ""
    weekly = next(one for one in reading.forecasts if one.schedule == "weekly")
    gain = weekly.against_stop[-1]
    if gain.p < SURE_DIFFERENCE or -gain.mean < WORTH_SAYING:
        return (
            "We cannot say whether weekly visits would change your pain, compared with stopping."
        )
    low, high = sorted((abs(gain.i90[0]), abs(gain.i90[1])))
    low = low if gain.i90[1] < 0 else 0.0
    return (
        f"In twelve weeks, weekly visits would very likely leave your pain about"
        f" {points(-gain.mean)} lower than stopping ({number(low)} to {number(high)})."
    )
