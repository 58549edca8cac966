"""Invented people whose truth is known: drawn from the model's own prior, answers rounded.

Used by the calibration, the false-claim panel, the speed bench and the tests.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import numpy as np

from unknot.reasoning.outcomes import Diary, Entry, Factor, Session

BEGIN = datetime(2026, 1, 5, 20, tzinfo=UTC)  # a Monday evening
ALPHA_DAYS = 0.25


@dataclass(frozen=True)
class Truth:
    """The parameters of one person, on the scales of the model."""

    level: float = 5.0
    recovery: float = 1.0
    delta: float = 0.0
    alpha: float = 0.0
    lasting: float = 0.0
    rating: float = 0.0
    weekday: tuple[float, float] = (0.0, 0.0)
    sleep: float = 0.0
    stress: float = 0.0
    sd_days: float = 0.8
    phi: float = 0.38
    sd_answer: float = 0.35
    sd_drift: float = 0.06
    tau: float = 4.0
    tau_recovery: float = 30.0
    techniques: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Course:
    """What was planned: baseline, weeks, days of sessions, and how much is answered."""

    baseline_days: int = 7
    weeks: int = 8
    session_days: tuple[float, ...] = ()
    minutes: int = 60
    answered: float = 0.6
    paired: bool = True
    factors: bool = False
    bad_days: float = 0.0  # answers prefer bad days by this much a point, on the logit scale

    @property
    def days(self) -> int:
        return self.baseline_days + 7 * self.weeks

    def sessions(self) -> tuple[float, ...]:
        """Days of the sessions; weekly afternoons unless given."""
        if self.session_days:
            return self.session_days
        return tuple(self.baseline_days + 7 * week - 0.25 for week in range(self.weeks))


@dataclass(frozen=True)
class Person:
    """A diary and the truth behind it; ``level_at`` and ``noise_at`` are beyond any answer."""

    diary: Diary
    truth: Truth
    levels: dict[str, float]  # schedule -> average level of week 4, unclipped
    ahead: dict[str, float]  # schedule -> one answer in the middle of week 4, unclipped
    change: float


def from_prior(random: np.random.Generator) -> Truth:
    """A truth drawn from the priors of ``engine.priors`` (persistent pain)."""
    draw = random.normal
    return Truth(
        level=draw(5, 2),
        recovery=draw(1, 1.5),
        delta=draw(0, 1),
        alpha=draw(0, 1.5),
        lasting=draw(0, 0.1),
        rating=draw(0, 1),
        weekday=(draw(0, 0.5), draw(0, 0.5)),
        sleep=draw(0, 0.35),
        stress=draw(0, 0.35),
        sd_days=math.exp(draw(math.log(0.8), 0.45)),
        phi=1 / (1 + math.exp(-draw(-0.5, 0.6))),
        sd_answer=math.exp(draw(math.log(0.35), 0.5)),
        sd_drift=math.exp(draw(math.log(0.06), 0.6)),
        tau=math.exp(draw(math.log(4), 0.7)),
        tau_recovery=math.exp(draw(math.log(30), 0.5)),
    )


def random_course(random: np.random.Generator) -> Course:
    """A course as they come: 4 to 10 weeks, some weeks missed, half the days answered or more."""
    weeks, baseline = int(random.integers(4, 11)), int(random.integers(3, 15))
    days = [baseline + 7 * week - 0.25 for week in range(weeks) if random.random() < 0.85]
    return Course(baseline, weeks, tuple(days), 60, random.uniform(0.5, 0.95), True, True)


FUTURE = {"stop": 0.0, "weekly": 7.0, "twice_a_week": 3.5}


def person(truth: Truth, course: Course, random: np.random.Generator) -> Person:
    """A diary for a truth; the future is drawn with it, so that forecasts can be judged."""
    rows = _rows(course, random)
    factors = {name: random.normal(size=course.days + 2) for name in ("sleep", "stress")}
    disturbance, drift = _noise(truth, rows, random)
    sessions = course.sessions()
    techniques = sorted(truth.techniques) or [""]
    used = [techniques[place % len(techniques)] for place in range(len(sessions))]
    entries = []
    for place, (t, kind) in enumerate(rows):
        level = usual(truth, t, sessions, course.minutes / 60, used) + drift[place]
        level += _daily(truth, t, kind, factors if course.factors else {})
        level += hours(truth, t, sessions, course.minutes / 60) + disturbance[place]
        answer = level + random.normal(0, truth.sd_answer)
        wish = math.log(course.answered / (1 - course.answered)) if course.answered < 1 else 50.0
        keep = 1 / (1 + math.exp(-wish - course.bad_days * disturbance[place]))
        if kind == "diary" and random.random() > keep:
            continue
        value = float(min(10, max(0, round(answer))))
        entries.append(Entry(BEGIN + timedelta(days=t), value, kind))
    diary = Diary(
        entries=tuple(entries),
        sessions=tuple(
            Session(BEGIN + timedelta(days=day), course.minutes, name)
            for day, name in zip(sessions, used, strict=True)
        ),
        factors=_told(factors, course) if course.factors else (),
        elsewhere=False,
        as_of=(BEGIN + timedelta(days=course.days)).date(),
    )
    return _with_future(truth, course, random, diary, rows, disturbance, drift)


def _rows(course: Course, random: np.random.Generator) -> list[tuple[float, str]]:
    rows = [(float(day), "diary") for day in range(course.days + 1)]
    if course.paired:
        for day in course.sessions():
            rows += [(day, "before"), (day + course.minutes / 1440, "after")]
    return sorted(rows)


def _noise(
    truth: Truth, rows: list[tuple[float, str]], random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    disturbance, drift = np.empty(len(rows)), np.empty(len(rows))
    d, w, before = random.normal(0, truth.sd_days), 0.0, rows[0][0]
    for place, (t, _) in enumerate(rows):
        stay = truth.phi ** (t - before)
        if place:
            d = stay * d + random.normal(0, truth.sd_days * math.sqrt(1 - stay**2))
            w += random.normal(0, truth.sd_drift * math.sqrt(t - before))
        disturbance[place], drift[place], before = d, w, t
    return disturbance, drift


def usual(
    truth: Truth, t: float, sessions: tuple[float, ...], dose: float, used: list[str] | None = None
) -> float:
    """The level without day, hour, occasion or drift."""
    found = truth.level + truth.recovery * math.exp(-t / truth.tau_recovery)
    for place, day in enumerate(sessions):
        if day < t:
            extra = truth.techniques.get(used[place], 0.0) if used else 0.0
            found += dose * (truth.delta + extra) * math.exp(-(t - day) / truth.tau)
            found += dose * truth.lasting
    return found


def hours(truth: Truth, t: float, sessions: tuple[float, ...], dose: float) -> float:
    """Relief of hours at a time."""
    return sum(
        dose * truth.alpha * math.exp(-(t - day) / ALPHA_DAYS) for day in sessions if day < t
    )


def _daily(truth: Truth, t: float, kind: str, factors: dict[str, np.ndarray]) -> float:
    day = math.floor(t + 20 / 24)  # the calendar day, counted from the first
    angle = 2 * math.pi * (day % 7) / 7
    found = truth.weekday[0] * math.sin(angle) + truth.weekday[1] * math.cos(angle)
    if factors:
        found += truth.sleep * factors["sleep"][day] + truth.stress * factors["stress"][day - 1]
    return found + (truth.rating if kind == "after" else 0.0)


def _told(factors: dict[str, np.ndarray], course: Course) -> tuple[Factor, ...]:
    """Every day's factors in raw units: sleep around 7 hours, stress around 4."""
    first = BEGIN.date()
    days = range(course.days + 1)
    sleep = [Factor(_day(first, day), "sleep", 7 + 1.2 * factors["sleep"][day]) for day in days]
    stress = [Factor(_day(first, day), "stress", 4 + 1.5 * factors["stress"][day]) for day in days]
    return (*sleep, *stress, Factor(_day(first, -1), "stress", 4 + 1.5 * factors["stress"][-1]))


def _day(first: date, days: int) -> date:
    return first + timedelta(days=days)


def _with_future(
    truth: Truth,
    course: Course,
    random: np.random.Generator,
    diary: Diary,
    rows: list[tuple[float, str]],
    disturbance: np.ndarray,
    drift: np.ndarray,
) -> Person:
    """What week 4 holds under three schedules, with the same noise in each.

    ``levels`` is the average usual level of that week, ``ahead`` one answer in its middle, its
    rounding replaced by a uniform error of the same size.
    """
    now, dose, at = float(course.days), course.minutes / 60, 24.5
    stay = truth.phi**at
    d = stay * disturbance[-1] + random.normal(0, truth.sd_days * math.sqrt(1 - stay**2))
    w = drift[-1] + random.normal(0, truth.sd_drift * math.sqrt(at))
    noise = random.normal(0, truth.sd_answer) + random.uniform(-0.5, 0.5)
    sessions = course.sessions()
    base = 0.0 if not diary.entries else drift[_index(rows, first_day(diary))]
    levels, ahead = {}, {}
    for name, gap in FUTURE.items():
        coming = sessions + _coming(sessions, now, gap)
        week = [usual(truth, t, coming, dose) for t in now + np.arange(21.05, 28, 0.1)]
        levels[name] = float(np.mean(week)) + w
        ahead[name] = levels[name] + d + noise
    start = usual(truth, first_day(diary), sessions, dose) + base
    end = usual(truth, now, sessions, dose) + drift[-1]
    return Person(diary, truth, levels, ahead, end - start)


def first_day(diary: Diary) -> float:
    """Day of the first answer."""
    if not diary.entries:
        return 0.0
    return (min(diary.entries).at - BEGIN).total_seconds() / 86400


def _index(rows: list[tuple[float, str]], t: float) -> int:
    return next(place for place, (at, _) in enumerate(rows) if at >= t - 1e-9)


def _coming(sessions: tuple[float, ...], now: float, gap: float) -> tuple[float, ...]:
    if not gap:
        return ()
    start = max(sessions[-1] if sessions else now, now + 1 - gap)
    days = start + np.cumsum(np.full(int(90 / gap), gap))
    return tuple(float(day) for day in days if day <= now + 84)
