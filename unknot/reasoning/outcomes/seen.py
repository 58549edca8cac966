"""``look(diary)``: what was written and what it averages to, before any model of why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from unknot.reasoning.outcomes import numbers
from unknot.reasoning.outcomes.diary import Diary, Entry, Kind, Session
from unknot.reasoning.outcomes.flags import Flag
from unknot.reasoning.outcomes.line import LinePoint, line
from unknot.reasoning.outcomes.numbers import DayScore, Level, Noise

# A change of 2 points or 30 % is one most people call "much improved" (FAR01; low back: OST08).
WORTHWHILE_POINTS = 2.0
WORTHWHILE_SHARE = 0.30
# Answers are whole numbers, so less than one step cannot be seen in a single answer.
SMALLEST_STEP = 1.0
WORTHWHILE_SOURCES = ("FAR01", "OST08")

BASELINE_DAYS = 28  # how far before the first visit an answer still describes the start
START_DAYS = 7  # after the first visit, used only when little was written before it
FEW_BASELINE_DAYS = 5
RECENT_DAYS = 14
GAP_DAYS = 14
EDGE_SHARE = 0.5
# Diaries kept mostly on bad days lay .45 to .73 above the scores at visits in simulations.
BAD_DAY_GAP, BAD_DAY_ERRORS = 0.5, 1.645
PAIR_HOURS = 6


@dataclass(frozen=True)
class Counts:
    """What was counted. ``repeated`` answers were identical to another one and left out."""

    diary: int
    diary_days: int
    before: int
    after: int
    recalled: int
    intake: int
    visits: int
    repeated: int


@dataclass(frozen=True)
class Change:
    """Start minus now, so that a positive number is less pain.

    ``worthwhile`` is the change that matters to most people at this start. The probabilities are
    about the level of pain alone; they say nothing about what caused it.
    """

    better_by: float
    low: float
    high: float
    error: float
    freedom: int
    worthwhile: float
    p_better: float
    p_worthwhile: float
    p_worse: float


@dataclass(frozen=True)
class Immediate:
    """Before minus after over visits rated twice; the interval is None below three pairs."""

    pairs: int
    lower_by: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Gap:
    """A stretch without a diary answer."""

    start: date
    end: date
    days: int


@dataclass(frozen=True)
class Seen:
    """Counts, levels and gaps as the page shows them. Missing parts are None, never a guess."""

    as_of: date | None
    counts: Counts
    start: Level | None
    now: Level | None
    change: Change | None
    lasting: (
        bool  # the worthwhile change was already there in the two weeks before the recent ones
    )
    immediate: Immediate | None
    gaps: tuple[Gap, ...]
    flags: tuple[Flag, ...]
    noise: Noise
    days: tuple[DayScore, ...]
    line: tuple[LinePoint, ...]
    answers_per_week: float
    weeks: float  # from the first visit to ``as_of``
    planned: tuple[date, ...]


def look(diary: Diary) -> Seen:
    """Levels at the start and now, their difference, the effect of the hour, and what is missing.

    Order, repeats and offsets of the entries do not matter. No entry at all gives a Seen that
    carries ``Flag.NO_DATA`` and claims nothing. Scores are 0 to 10, time in calendar days of the
    diary's zone. Raises nothing.
    """
    entries, repeated = _unique(diary.entries)
    sessions = tuple(sorted({one for one in diary.sessions if not one.elsewhere}))
    days = _by_day(diary, entries)
    as_of = diary.as_of or _last_day(diary, entries, sessions)
    first_visit = diary.day(sessions[0].at) if sessions else None
    start_days = _start(days, first_visit)
    rest = [score for score in days if score not in start_days]
    now_days = _recent(rest, as_of)
    person = numbers.noise([start_days, now_days] if start_days else [days])
    start = numbers.level(start_days, person) if start_days else None
    now = numbers.level(now_days, person) if now_days else None
    counts = _counts(entries, sessions, days, repeated)
    return Seen(
        as_of=as_of,
        counts=counts,
        start=start,
        now=now,
        change=change(start, now, person) if start and now else None,
        lasting=_lasting(start, rest, as_of, person),
        immediate=_immediate(entries, sessions),
        gaps=_gaps(days, as_of),
        flags=_flags(entries, counts, days, start_days, now_days, first_visit, as_of),
        noise=person,
        days=tuple(days),
        line=line(days, person),
        answers_per_week=_answers_per_week(days, as_of),
        weeks=(as_of - first_visit).days / 7 if as_of and first_visit else 0.0,
        planned=tuple(sorted(diary.day(at) for at in diary.planned)),
    )


def worthwhile(start: float) -> float:
    """The drop that matters to most people: 2 points or 30 %, whichever comes first."""
    return max(SMALLEST_STEP, min(WORTHWHILE_POINTS, WORTHWHILE_SHARE * start))


def change(start: Level, now: Level, person: Noise) -> Change:
    """The difference of two levels of one person, as a Student t estimate."""
    by = start.value - now.value
    error = person.spread * (1 / start.effective_days + 1 / now.effective_days) ** 0.5
    reach = numbers.width(person.freedom) * error
    matters = worthwhile(start.value)

    def above(limit: float) -> float:
        return numbers.probability_above(by, error, person.freedom, limit)

    return Change(
        better_by=by,
        low=by - reach,
        high=by + reach,
        error=error,
        freedom=person.freedom,
        worthwhile=matters,
        p_better=above(0.0),
        p_worthwhile=above(matters),
        p_worse=1 - above(-WORTHWHILE_POINTS),
    )


def _unique(entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], int]:
    """Entries in order of time; the same answer at the same instant counts once."""
    unique = sorted(set(entries), key=lambda entry: (entry.at, entry.kind, entry.points))
    return tuple(unique), len(entries) - len(unique)


def _by_day(diary: Diary, entries: Sequence[Entry]) -> list[DayScore]:
    by_day: dict[date, list[float]] = {}
    for entry in entries:
        if entry.kind == Kind.DIARY:
            by_day.setdefault(diary.day(entry.at), []).append(entry.points)
    return [
        DayScore(day, numbers.mean(values), len(values)) for day, values in sorted(by_day.items())
    ]


def _last_day(diary: Diary, entries: Sequence[Entry], sessions: Sequence[Session]) -> date | None:
    instants = [entry.at for entry in entries] + [session.at for session in sessions]
    return diary.day(max(instants)) if instants else None


def _start(days: Sequence[DayScore], first_visit: date | None) -> list[DayScore]:
    """Days that describe the start; without any visit there is no start to compare with."""
    if first_visit is None:
        return []
    since = first_visit - timedelta(days=BASELINE_DAYS)
    before = [score for score in days if since <= score.day <= first_visit]
    if len(before) >= FEW_BASELINE_DAYS:
        return before
    until = first_visit + timedelta(days=START_DAYS)
    return [score for score in days if since <= score.day < until]


def _recent(rest: Sequence[DayScore], as_of: date | None) -> list[DayScore]:
    """The last two weeks that came after the start."""
    if as_of is None:
        return []
    since = as_of - timedelta(days=RECENT_DAYS)
    return [score for score in rest if since < score.day <= as_of]


def _lasting(
    start: Level | None, rest: Sequence[DayScore], as_of: date | None, person: Noise
) -> bool:
    if start is None or as_of is None:
        return False
    earlier = _recent(rest, as_of - timedelta(days=RECENT_DAYS))
    if len(earlier) < FEW_BASELINE_DAYS:
        return False
    return start.value - numbers.level(earlier, person).value >= worthwhile(start.value)


def _counts(
    entries: Sequence[Entry],
    sessions: Sequence[Session],
    days: Sequence[DayScore],
    repeated: int,
) -> Counts:
    def of(kind: Kind) -> int:
        return sum(entry.kind == kind for entry in entries)

    return Counts(
        diary=of(Kind.DIARY),
        diary_days=len(days),
        before=of(Kind.BEFORE),
        after=of(Kind.AFTER),
        recalled=of(Kind.RECALLED_WEEK),
        intake=of(Kind.INTAKE),
        visits=len(sessions),
        repeated=repeated,
    )


def _immediate(entries: Sequence[Entry], sessions: Sequence[Session]) -> Immediate | None:
    """Pairs the score just before with the score just after each visit."""
    drops = []
    for session in sessions:
        before = _nearest(entries, Kind.BEFORE, session.at)
        after = _nearest(entries, Kind.AFTER, session.at + timedelta(minutes=session.minutes))
        if before is not None and after is not None:
            drops.append(before - after)
    if not drops:
        return None
    middle = numbers.centre(drops)
    if len(drops) < 3:
        return Immediate(len(drops), middle, None, None)
    squares = sum((drop - middle) ** 2 for drop in drops)
    freedom = numbers.PRIOR_SPREAD_DAYS + len(drops) - 1
    spread = (numbers.PRIOR_SPREAD_DAYS * numbers.PRIOR_SPREAD**2 + squares) / freedom
    reach = numbers.width(freedom) * (spread / len(drops)) ** 0.5
    return Immediate(len(drops), middle, middle - reach, middle + reach)


def _nearest(entries: Sequence[Entry], kind: Kind, at: datetime) -> float | None:
    near = [
        (abs(entry.at - at), entry.points)
        for entry in entries
        if entry.kind == kind and abs(entry.at - at) <= timedelta(hours=PAIR_HOURS)
    ]
    return min(near)[1] if near else None


def _gaps(days: Sequence[DayScore], as_of: date | None) -> tuple[Gap, ...]:
    """Stretches of at least two weeks without an answer, the last one up to ``as_of``."""
    stops = [score.day for score in days]
    if stops and as_of and as_of > stops[-1]:
        stops.append(as_of)
    return tuple(
        Gap(one, other, (other - one).days)
        for one, other in pairwise(stops)
        if (other - one).days >= GAP_DAYS
    )


def _answers_per_week(days: Sequence[DayScore], as_of: date | None) -> float:
    """Days answered a week over the last four weeks, or since the first answer if later."""
    if not days or as_of is None:
        return 0.0
    since = max(days[0].day, as_of - timedelta(days=27))
    answered = sum(since <= score.day <= as_of for score in days)
    return 7 * answered / max(7, (as_of - since).days + 1)


def _flags(
    entries: Sequence[Entry],
    counts: Counts,
    days: Sequence[DayScore],
    start_days: Sequence[DayScore],
    now_days: Sequence[DayScore],
    first_visit: date | None,
    as_of: date | None,
) -> tuple[Flag, ...]:
    found = {
        Flag.NO_DATA: not entries,
        Flag.FEW_ANSWERS: counts.diary_days < 10,
        Flag.FEW_VISITS: counts.visits < 3,
        Flag.BEFORE_AFTER_ONLY: not days and bool(counts.before or counts.after),
        Flag.RECALLED_ONLY: not days and bool(counts.recalled or counts.intake),
        Flag.MOSTLY_BAD_DAYS: _mostly_bad_days(entries, first_visit, days),
        Flag.AT_THE_EDGE: _at_the_edge(start_days, now_days),
        Flag.START_AFTER_FIRST_VISIT: bool(
            start_days and first_visit and start_days[-1].day > first_visit
        ),
        Flag.NO_VISIT: bool(entries) and first_visit is None,
        Flag.NO_START: bool(days and first_visit) and not start_days,
        Flag.STALE: bool(days and as_of and (as_of - days[-1].day).days >= RECENT_DAYS),
    }
    return tuple(flag for flag, holds in found.items() if holds)


def _mostly_bad_days(
    entries: Sequence[Entry], first_visit: date | None, days: Sequence[DayScore]
) -> bool:
    """Home scores well above the scores at visits mean that good days went unwritten.

    Visits are booked ahead, so the score at their start is a fair sample; the home
    diary may not be.
    """
    before = [entry.points for entry in entries if entry.kind == Kind.BEFORE]
    home = [score.value for score in days if first_visit and score.day >= first_visit]
    if len(before) < 3 or len(home) < FEW_BASELINE_DAYS:
        return False
    gap = numbers.mean(home) - numbers.mean(before)
    error = (
        numbers.spread(home) ** 2 / len(home) + numbers.spread(before) ** 2 / len(before)
    ) ** 0.5
    return gap >= BAD_DAY_GAP and gap >= BAD_DAY_ERRORS * error


def _at_the_edge(start_days: Sequence[DayScore], now_days: Sequence[DayScore]) -> bool:
    """Half the scores at an end of the scale, where it cannot show what lies beyond.

    A recent 0 is not such an end: no pain is no pain.
    """
    start_edge = [score.value in (0.0, 10.0) for score in start_days]
    now_edge = [score.value == 10.0 for score in now_days]
    return any(edge and numbers.mean(edge) >= EDGE_SHARE for edge in (start_edge, now_edge))
