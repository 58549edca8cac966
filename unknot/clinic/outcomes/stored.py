"""What is kept of a fit: the chance for the programme, the verdict, the summary for pooling."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any, Final

from unknot.reasoning import outcomes
from unknot.reasoning import stored as store
from unknot.reasoning.outcomes import Diary, Reading, Summary
from unknot.reasoning.outcomes.steps import Step, as_booked

from ..audit import canonical
from ..models import Appointment, Episode, OutcomeFit

MODEL: Final = "unknot-outcomes-1"
PRIOR: Final = "sceptical-1"


@dataclass(frozen=True)
class Stored:
    """One fit as it is kept. ``baseline`` and ``p_worthwhile`` are None while too little is known.

    ``p_worthwhile`` is about pain alone: the chance that the usual score fell by what matters to
    most people since the start, whatever the reason.
    """

    baseline: float | None
    p_worthwhile: float | None
    summary: dict[str, Any]
    result: dict[str, Any]


def make(
    diary: Diary, *, function_better: bool = False, covariates: Mapping[str, str] | None = None
) -> Stored:
    """Fits a diary; everything a page or a programme needs of it, as plain values.

    ``covariates`` go into the summary, for pooling.
    """
    report = outcomes.report(diary, function_better=function_better, covariates=covariates)
    fit, reading = report.fit, outcomes.reading_of(report)
    return Stored(
        baseline=fit.summary.baseline,
        p_worthwhile=fit.change.p_worthwhile if fit.seen.change else None,
        summary=asdict(fit.summary),
        result=store.to_dict(reading),
    )


def summary_of(kept: Mapping[str, Any]) -> Summary:
    """The small summary of a fit, from its row. Raises TypeError for what is none."""

    def whole(value: Any) -> Any:
        return tuple(map(whole, value)) if isinstance(value, list | tuple) else value

    return Summary(**{name: whole(value) for name, value in kept.items()})


@dataclass(frozen=True)
class Standing:
    """What is kept for an episode, and whether every entry is in it."""

    reading: Reading | None
    is_whole: bool


def standing_of(episode: Episode) -> Standing:
    """The kept reading of an episode: a page reads this and never waits for a fit."""
    fit: OutcomeFit | None = getattr(episode, "fit", None)
    reading = _reading(fit)
    return Standing(reading, reading is not None and fit is not None and fit.done == fit.wanted)


def standing_now(episode: Episode, now: datetime) -> Standing:
    """As `standing_of`, with the next step for what is booked now."""
    standing = standing_of(episode)
    reading = standing.reading
    if reading is None or reading.verdict.next_step.step is not Step.TAPER:
        return standing
    return replace(standing, reading=_as_booked(reading, episode, now))


def _as_booked(reading: Reading, episode: Episode, now: datetime) -> Reading:
    ahead = episode.appointments.filter(state=Appointment.State.BOOKED, starts_at__gt=now).count()
    step = as_booked(reading.verdict.next_step, visits_ahead=ahead)
    return replace(reading, verdict=replace(reading.verdict, next_step=step))


def _reading(fit: OutcomeFit | None) -> Reading | None:
    """The reading a fit holds; None where there is none, or one that cannot be read any more."""
    if fit is None or not fit.result:
        return None
    try:
        found = store.from_dict(fit.result)
    except store.StoredError:
        return None
    return found if isinstance(found, Reading) else None


def digest(
    diary: Diary, *, function_better: bool = False, covariates: Mapping[str, str] | None = None
) -> str:
    """A fingerprint of everything the fit is fed, whatever its order. Holds no score itself."""
    fed = {
        "model": MODEL,
        "prior": PRIOR,
        "function_better": function_better,
        "covariates": dict(covariates or {}),
        **{item.name: _in_order(getattr(diary, item.name)) for item in fields(diary)},
    }
    return hashlib.sha256(canonical(fed).encode()).hexdigest()


def _in_order(value: Any) -> Any:
    return sorted(map(repr, value)) if isinstance(value, tuple) else repr(value)
