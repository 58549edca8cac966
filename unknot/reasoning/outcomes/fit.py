"""``fit(diary)``: the model's figures for one region and one instrument of one person."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from unknot.reasoning.outcomes import compare, limits
from unknot.reasoning.outcomes.diary import PAIN, SCALES, Diary
from unknot.reasoning.outcomes.engine import face_value, mixture, quantities
from unknot.reasoning.outcomes.engine.arrays import Array
from unknot.reasoning.outcomes.engine.factors import UNITS
from unknot.reasoning.outcomes.engine.fitted import Fitted, fitted
from unknot.reasoning.outcomes.engine.mixture import Mixture
from unknot.reasoning.outcomes.engine.priors import MODEL_ID
from unknot.reasoning.outcomes.results import (
    Basis,
    Decomposition,
    Figure,
    Fit,
    Hyper,
    Relief,
    Summary,
    Trigger,
)
from unknot.reasoning.outcomes.seen import Seen, look, worthwhile

UNMOVED = 0.9  # posterior sd over prior sd: above this the data said next to nothing
NOT_SEPARATED = 0.7  # the same for the lasting part, whose prior is narrow
TRIGGER_SURE, TRIGGER_LEAST = 0.99, 0.3
MCID_ID = "FAR01/OST08: 2 points or 30 %"
PARTS = ("total", "anyway", "massage", "lasting", "drift", "other")
NOT_POOLED = ("weekday", "recalled", "medicine")
LESS = "less pain"
RELIEF = "some relief"


def fit(
    diary: Diary,
    *,
    instrument: str | None = None,
    region: str | None = None,
    seed: int = 0,
    lags: Mapping[str, tuple[int, ...]] | None = None,
    covariates: Mapping[str, str] | None = None,
) -> Fit:
    """The figures of one series: answers of ``instrument`` about ``region``.

    Without ``instrument`` it is the 0 to 10 pain scale if there is any such answer, else the one
    with most answers; without ``region`` the one with most answers. Fit several one by one
    (``fit_all``). Order, repeats and offsets of the answers do not matter, and the
    same ``seed`` gives the same figures. ``lags`` adds days of delay by factor. With fewer than
    two answers every figure is the prior, and ``Flag.NO_DATA`` says so. ``covariates`` are passed
    on for pooling. Takes about ten milliseconds for fifty answers. Raises nothing.
    """
    if instrument is None:
        used = [one.instrument for one in diary.entries]
        instrument = PAIN if PAIN in used else _most(used) or PAIN
    if region is None:
        region = _most([one.region for one in diary.entries if one.instrument == instrument])
    diary = diary.of(instrument, region)
    return from_fitted(fitted(diary, seed, lags), covariates or {})


def fit_all(diary: Diary, *, seed: int = 0) -> tuple[Fit, ...]:
    """A Fit for every instrument and region of the diary."""
    return tuple(
        fit(diary, instrument=instrument, region=region, seed=seed)
        for instrument, region in diary.series()
    )


def _most(names: Sequence[str]) -> str:
    """The commonest name, the first in the alphabet of several; empty for none."""
    return max(sorted(set(names)), key=names.count, default="")


def from_fitted(one: Fitted, covariates: Mapping[str, str]) -> Fit:
    """Every figure of a fitted model."""
    seen = look(one.diary)
    gathered = quantities.gather(one)
    mix = gathered.mixture()
    figures = _figures(one, gathered, mix)
    change = _decomposition(one, gathered, mix, figures, seen)
    hyper = _hyper(one)
    relief = _relief(one, gathered, mix, figures)
    triggers = _triggers(one, figures)
    return Fit(
        basis=_basis(one, seen),
        seen=seen,
        flags=limits.flags(one, seen, change, hyper, triggers),
        level_start=figures["level_start"],
        level_now=figures["level_now"],
        change=change,
        immediate=figures["immediate"],
        immediate_rated=figures["immediate_rated"],
        rating_effect=figures["rating_effect"],
        carry_jump=figures["carry_jump"],
        half_life_days=_half_life(one, hyper),
        left_after_7d=figures["left_after_7d"],
        lasting_per_session=figures["lasting_per_session"],
        relief=relief,
        triggers=triggers,
        techniques=compare.contrasts(one, "technique"),
        doses=compare.contrasts(one, "dose"),
        hyper=hyper,
        summary=_summary(one, change, seen, covariates),
        fitted=one,
    )


def _figures(one: Fitted, gathered: quantities.Rows, mix: Mixture) -> dict[str, Figure]:
    """Each linear quantity as a Figure; levels stay on the scale, relief counts upwards."""
    free = mix.quantiles(-math.inf, math.inf)
    scale = np.clip(free, 0.0, 10.0)
    moved = _moved(one)
    middle = np.array([5.0 if name.startswith("level") else 0.0 for name in gathered.names])
    under = mix.all_below(middle)
    found = {}
    for place, name in enumerate(gathered.names):
        level, relief = name.startswith("level"), name.startswith("relief")
        below = float(under[place])
        found[name] = mixture.figure(
            name,
            mix,
            place,
            scale if level else free,
            p=1 - below if relief else below,
            claim="below 5" if level else RELIEF if relief else LESS,
            identifiable=moved.get(name, True),
            limits=(0.0, 10.0) if level else (-math.inf, math.inf),
        )
    return found


def _moved(one: Fitted) -> dict[str, bool]:
    """Which figures rest on more than their prior, by the coefficient behind them."""
    _, cov = _moments(one)
    shrunk = np.sqrt(np.diag(cov)) / one.made.prior_sd
    coefficient = {
        "immediate": "alpha",
        "immediate_rated": "alpha",
        "rating_effect": "rating",
        "carry_jump": "delta",
        "left_after_7d": "delta",
        "relief_own": "delta",
        "lasting_per_session": "lasting",
        "anyway": "recovery",
    }
    return {
        name: bool(shrunk[one.made.at(column)] < UNMOVED) for name, column in coefficient.items()
    }


def _moments(one: Fitted) -> tuple[Array, Array]:
    """Mean and covariance of the coefficients over the whole mixture."""
    weights, filtered = one.found.weights, one.found.filtered
    mean = weights @ filtered.mean
    off = filtered.mean - mean
    within = np.einsum("m,mij->ij", weights, filtered.cov)
    return mean, within + (weights[:, None] * off).T @ off


def _decomposition(
    one: Fitted,
    gathered: quantities.Rows,
    mix: Mixture,
    figures: Mapping[str, Figure],
    seen: Seen,
) -> Decomposition:
    matters = worthwhile(figures["level_start"].mean)
    total = gathered.at("total")
    _, cov = _moments(one)
    lasting = one.made.at("lasting")
    shrunk = float(np.sqrt(cov[lasting, lasting]) / one.made.prior_sd[lasting])
    return Decomposition(
        **{
            name: figures[name]
            for name in ("total", "anyway", "massage", "lasting", "drift", "other")
        },
        separable=shrunk < NOT_SEPARATED,
        mcid=matters,
        mcid_id=MCID_ID,
        p_worthwhile=mix.below(-matters, total),
        p_worse_by_two=1 - mix.below(2.0, total),
    )


def _relief(
    one: Fitted, gathered: quantities.Rows, mix: Mixture, figures: Mapping[str, Figure]
) -> tuple[Relief, ...]:
    rows = gathered.take("relief")
    hopeful = rows.mixture(one.hopeful_shift)
    plain = face_value.above_zero(one.made, one.found, np.stack(rows.rows, axis=1))
    wanted = one.diary.worthwhile
    found = []
    for rank, (name, gap) in enumerate((("own", one.gap), *quantities.SCHEDULES)):
        place = gathered.at(f"relief_{name}")
        found.append(
            Relief(
                schedule=name,
                gap_days=gap,
                minutes=60 * one.dose,
                figure=figures[f"relief_{name}"],
                p_worthwhile=1 - mix.below(wanted, place),
                p_worthwhile_hopeful=1 - hopeful.below(wanted, rank, one.hopeful),
                p_at_face_value=float(plain[rank]),
            )
        )
    return tuple(found)


def _hyper(one: Fitted) -> Hyper:
    theta, weights, prior = one.found.theta, one.found.weights, one.made.prior
    logs = np.log(theta)
    logs[:, 1] = np.log(theta[:, 1] / (1 - theta[:, 1]))
    spread = np.sqrt(weights @ (logs - weights @ logs) ** 2)
    moved = spread / np.array(prior.theta_sd) < UNMOVED
    middle = np.exp(np.array(prior.theta_mean))
    middle[1] = 1 / (1 + math.exp(-prior.theta_mean[1]))
    names = ("sd_days", "phi", "sd_answer", "sd_drift", "tau", "tau_recovery")
    units = ("points", "per day", "points", "points per root day", "days", "days")
    return Hyper(
        **{
            name: mixture.of_theta(
                name,
                theta[:, place],
                weights,
                p=float(weights @ (theta[:, place] > middle[place])),
                claim="above the prior's middle",
                unit=units[place],
                known=bool(moved[place]),
            )
            for place, name in enumerate(names)
        }
    )


def _half_life(one: Fitted, hyper: Hyper) -> Figure:
    days = math.log(2) * one.found.theta[:, 4]
    p = float(one.found.weights @ (days > 1.0))
    return mixture.of_theta(
        "half_life_days",
        days,
        one.found.weights,
        p=p,
        claim="more than a day",
        unit="days",
        known=hyper.tau.identifiable,
    )


def _triggers(one: Fitted, figures: Mapping[str, Figure]) -> tuple[Trigger, ...]:
    found = []
    for column in one.made.factors:
        effect = figures[column.name]
        sure = max(effect.p, 1 - effect.p)
        effect = replace(effect, unit="points per own sd")
        unit = UNITS.get(column.factor, "point")
        found.append(
            Trigger(
                name=column.name,
                effect=effect,
                per_unit=scaled(effect, 1 / column.sd, f"points per {unit}"),
                unit=unit,
                days_known=column.days_known,
                days_unknown=column.days_unknown,
                told=sure >= TRIGGER_SURE and abs(effect.mean) >= TRIGGER_LEAST,
            )
        )
    return tuple(found)


def scaled(one: Figure, by: float, unit: str) -> Figure:
    """The same figure in other units; ``by`` is positive."""
    return replace(
        one,
        mean=one.mean * by,
        sd=one.sd * by,
        i50=(one.i50[0] * by, one.i50[1] * by),
        i90=(one.i90[0] * by, one.i90[1] * by),
        unit=unit,
    )


def _summary(
    one: Fitted, change: Decomposition, seen: Seen, covariates: Mapping[str, str]
) -> Summary:
    made = one.made
    kept = [place for place, kind in enumerate(made.kinds) if kind not in NOT_POOLED]
    mean, cov = _moments(one)
    return Summary(
        model_id=MODEL_ID,
        prior_id=made.prior.id,
        names=tuple(made.names[place] for place in kept),
        mean=tuple(map(float, mean[kept])),
        cov=tuple(tuple(map(float, row)) for row in cov[np.ix_(kept, kept)]),
        prior_mean=tuple(map(float, made.prior_mean[kept])),
        prior_sd=tuple(map(float, made.prior_sd[kept])),
        answers=len(made.y),
        sessions=seen.counts.visits,
        ess=one.found.ess,
        baseline=seen.start.value if seen.start else None,
        p_worthwhile=change.p_worthwhile,
        covariates=tuple(sorted(covariates.items())),
    )


def _basis(one: Fitted, seen: Seen) -> Basis:
    first = next(iter(sorted(one.diary.entries)), None)
    scale = SCALES[first.instrument if first else PAIN]
    return Basis(
        model_id=MODEL_ID,
        prior_id=one.made.prior.id,
        seed=one.seed,
        instrument=first.instrument if first else PAIN,
        region=first.region if first else "",
        points_per_unit=10 / (scale.high - scale.low),
        reversed=scale.higher_is_better,
        first_answer=first.at if first else None,
        as_of=seen.as_of,
        answers=len(one.made.y),
        diary_answers=seen.counts.diary,
        sessions=seen.counts.visits,
        points=one.found.points,
        ess=one.found.ess,
        randomised=one.diary.randomised,
        worthwhile=one.diary.worthwhile,
    )
