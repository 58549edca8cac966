"""From a diary to the columns of the model.

Columns stand in this order: those that do not depend on theta (``static``), the recovery
exp(-t / tauE), and the decaying ones, sums over earlier sessions of dose x exp(-(t - t_s) / tau).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from unknot.reasoning.outcomes.diary import SCALES, Diary, Entry, Kind, Session
from unknot.reasoning.outcomes.engine.arrays import Array, Integers
from unknot.reasoning.outcomes.engine.factors import FactorColumn, factor_columns
from unknot.reasoning.outcomes.engine.priors import ALPHA_DAYS, RECALLED_DAYS, Priors, priors

DAY = 86_400.0
START_HOURS = 3.0  # a score "before" is before its session even when the clock says a bit later
LENGTHS = ((45, "short"), (75, "middle"), (10_000, "long"))  # minutes, for the dose contrast
FROM_MEMORY = (Kind.RECALLED_WEEK, Kind.INTAKE)


@dataclass(frozen=True)
class Design:
    """The numbers of one series. n answers, q static columns, S sessions, K decaying columns."""

    y: Array  # (n,) answers in points of 0 to 10
    t: Array  # (n,) days after the first answer, ascending
    memory: Array  # (n,) 1 where the answer is a recalled average of the week before
    edge: Integers  # (n,) -1 at the lower end of the scale, 1 at the upper, else 0
    step: float  # answers are rounded to this
    static: Array  # (n, q)
    session_t: Array  # (S,) ascending, may be negative
    dose: Array  # (S, K)
    first: Integers  # (S,) index of the first answer after the session
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    prior: Priors
    prior_mean: Array  # (p,)
    prior_sd: Array  # (p,)
    factors: tuple[FactorColumn, ...]
    medicine_t: Array
    start: datetime | None

    def at(self, name: str) -> int:
        """The position of a column."""
        return self.names.index(name)

    def of_kind(self, kind: str) -> list[int]:
        """The positions of all columns of a kind."""
        return [place for place, one in enumerate(self.kinds) if one == kind]


def design(diary: Diary, lags: Mapping[str, tuple[int, ...]] | None = None) -> Design:
    """The columns for a diary that holds one instrument and one region; it may be empty."""
    entries = sorted(set(diary.entries), key=lambda one: (one.at, one.kind, one.value))
    sessions = sorted(set(diary.sessions))
    scale = SCALES[entries[0].instrument if entries else "OM-NPRS"]
    times = [_when(entry, sessions) for entry in entries]
    start = min(times) if times else sessions[0].at if sessions else None
    order = sorted(range(len(entries)), key=lambda place: times[place])
    entries = [entries[place] for place in order]
    t = np.array([_days(times[place], start) for place in order])
    session_t = np.array([_days(one.at, start) for one in sessions])
    factors = factor_columns(diary, [diary.day(entry.at) for entry in entries], lags)
    medicine_t = np.array([_days(at, start) for at in _mornings(diary)])
    dose, decaying = _decaying(sessions)
    memory = np.array([float(entry.kind in FROM_MEMORY) for entry in entries])
    static, names = _static(diary, entries, t, memory, session_t, dose[:, 0], factors, medicine_t)
    columns = [*names, ("recovery", "recovery"), *decaying]
    prior = priors(diary.pain_weeks, scale.answer_sd)
    beliefs = np.array([prior.coefficients[kind] for _, kind in columns])
    y = np.array([entry.points for entry in entries])
    return Design(
        y=y,
        t=t,
        memory=memory,
        edge=np.where(memory > 0, 0, (y >= 10).astype(np.int64) - (y <= 0).astype(np.int64)),
        step=10 * scale.step / (scale.high - scale.low),
        static=static,
        session_t=session_t,
        dose=dose,
        first=np.searchsorted(t, session_t, side="right").astype(np.int64),
        names=tuple(name for name, _ in columns),
        kinds=tuple(kind for _, kind in columns),
        prior=prior,
        prior_mean=beliefs[:, 0].copy(),
        prior_sd=beliefs[:, 1].copy(),
        factors=factors,
        medicine_t=medicine_t,
        start=start,
    )


def _days(at: datetime, start: datetime | None) -> float:
    return (at - start).total_seconds() / DAY if start else 0.0


def _mornings(diary: Diary) -> list[datetime]:
    """When the days of a new medicine began, where the person lives."""
    zone = ZoneInfo(diary.zone)
    return [datetime.combine(day, time(), tzinfo=zone) for day in sorted(set(diary.medicine))]


def _when(entry: Entry, sessions: list[Session]) -> datetime:
    """The instant an answer is about: a score before or after a session is moved to its side."""
    for session in sessions:
        apart = (entry.at - session.at).total_seconds() / 3600
        if entry.kind == Kind.BEFORE and 0 < apart <= START_HOURS:
            return session.at
        if entry.kind == Kind.AFTER and -1 <= apart <= 0:
            return session.at + timedelta(minutes=session.minutes)
    return entry.at


def _decaying(sessions: list[Session]) -> tuple[Array, list[tuple[str, str]]]:
    """Doses by session and column: all own sessions, technique, length, massage elsewhere.

    A technique or a length has a column of its own only when there are at least two of them.
    """
    own = [0.0 if one.elsewhere else one.minutes / 60 for one in sessions]
    columns, names = [own], [("delta", "delta")]
    for kind, labels in (
        ("technique", [one.technique for one in sessions]),
        ("dose", [length(one.minutes) for one in sessions]),
    ):
        known = {label for label, amount in zip(labels, own, strict=True) if label and amount}
        for label in sorted(known) if len(known) > 1 else ():
            columns.append(
                [amount * (label == one) for amount, one in zip(own, labels, strict=True)]
            )
            names.append((f"{kind}:{label}", kind))
    if any(one.elsewhere for one in sessions):
        columns.append([one.minutes / 60 * one.elsewhere for one in sessions])
        names.append(("elsewhere", "elsewhere"))
    return np.array(columns, dtype=float).T.reshape(len(sessions), len(columns)), names


def length(minutes: int) -> str:
    """The class of a session's length."""
    return next(name for most, name in LENGTHS if minutes <= most)


def _static(
    diary: Diary,
    entries: list[Entry],
    t: Array,
    memory: Array,
    session_t: Array,
    own: Array,
    factors: tuple[FactorColumn, ...],
    medicine_t: Array,
) -> tuple[Array, list[tuple[str, str]]]:
    now = memory == 0
    week = [2 * np.pi * diary.day(entry.at).weekday() / 7 for entry in entries]
    rated = np.array([float(entry.kind == Kind.AFTER) for entry in entries])
    found: list[tuple[str, str, Array]] = [
        ("level", "level", np.ones(len(t))),
        ("alpha", "alpha", decayed(t, memory, session_t, own, ALPHA_DAYS)),
        ("lasting", "lasting", stayed(t, memory, session_t, own)),
        ("rating", "rating", rated),
        ("weekday_sin", "weekday", np.sin(week) * now),
        ("weekday_cos", "weekday", np.cos(week) * now),
    ]
    found += [(one.name, "factor", one.values * now) for one in factors]
    for place, begins in enumerate(medicine_t):
        step = stayed(t, memory, np.array([begins]), np.ones(1))
        found.append((f"medicine:{place + 1}", "medicine", step))
    if memory.any():
        found.append(("recalled", "recalled", memory.copy()))
    columns = np.array([values for *_, values in found], dtype=float).T
    return columns.reshape(len(t), len(found)), [(name, kind) for name, kind, _ in found]


def decayed(t: Array, memory: Array, session_t: Array, dose: Array, tau: Array | float) -> Array:
    """sum of dose exp(-(t - t_s) / tau) over sessions before t; for memory, its mean over 7 days.

    The mean over [t - 7, t] of one term is tau / 7 (exp(-a) - exp(-b)), with a and b the ages of
    the session at both ends, in units of tau. ``tau`` may be an array: its shape then comes first,
    as in (m, n) for m values; a ``dose`` of shape (S, K) adds K at the end.
    """
    tau = np.asarray(tau)[..., None, None]
    age = t[:, None] - session_t[None, :]
    after = age > 0
    late = np.exp(-np.where(after, age, 0.0) / tau)
    if memory.any():
        early = np.exp(-np.maximum(age - RECALLED_DAYS, 0.0) / tau)
        mean = tau / RECALLED_DAYS * (early - late)
        late = np.where(memory[:, None] > 0, mean, late)
    return np.asarray((late * after) @ dose)


def stayed(t: Array, memory: Array, session_t: Array, dose: Array) -> Array:
    """sum of dose over sessions before t; for memory, its mean over the 7 days before t."""
    age = t[:, None] - session_t[None, :]
    share = np.where(memory[:, None] > 0, np.clip(age / RECALLED_DAYS, 0.0, 1.0), age > 0)
    return np.asarray(share @ dose)


def recovered(t: Array, memory: Array, tau_recovery: Array | float) -> Array:
    """exp(-t / tauE); for memory, its mean over the 7 days before t; (m, n) for m tauE."""
    tau = np.asarray(tau_recovery)[..., None]
    late = np.exp(-t / tau)
    mean = late * np.expm1(RECALLED_DAYS / tau) * tau / RECALLED_DAYS
    return np.asarray(np.where(memory > 0, mean, late))


def columns(made: Design, tau: float, tau_recovery: float) -> Array:
    """All columns at the answers, shape (n, p), for one tau and tauE."""
    fading = decayed(made.t, made.memory, made.session_t, made.dose, tau)
    recovery = recovered(made.t, made.memory, tau_recovery)
    return np.column_stack([made.static, recovery, fading])


def levels(
    made: Design, t: Array, session_t: Array, dose: Array, theta: Array, *, weekly: bool = False
) -> Array:
    """The columns of the usual level at times ``t`` for every theta, shape (m, k, p).

    The usual level leaves out what belongs to one answer or one day: the hours after a session,
    the rating on the spot, weekday, factors and the bias of memory. ``weekly`` gives means over
    the seven days before each time. ``session_t`` and ``dose`` are past and future sessions.
    """
    memory = np.full(len(t), float(weekly))
    rows = np.zeros((len(theta), len(t), len(made.names)))
    rows[:, :, made.at("level")] = 1.0
    rows[:, :, made.at("lasting")] = stayed(t, memory, session_t, dose[:, 0])
    for place, begins in zip(made.of_kind("medicine"), made.medicine_t, strict=True):
        rows[:, :, place] = stayed(t, memory, np.array([begins]), np.ones(1))
    recovery = made.at("recovery")
    rows[:, :, recovery] = recovered(t, memory, theta[:, 5])
    rows[:, :, recovery + 1 :] = decayed(t, memory, session_t, dose, theta[:, 4])
    return rows
