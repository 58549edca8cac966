"""Everything one diary gives, in one value and as plain JSON with a tidy table of its figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from unknot.reasoning.outcomes.band import band
from unknot.reasoning.outcomes.diary import Diary
from unknot.reasoning.outcomes.fit import fit
from unknot.reasoning.outcomes.flags import Flag
from unknot.reasoning.outcomes.forecast import forecast
from unknot.reasoning.outcomes.reevaluate import reevaluate
from unknot.reasoning.outcomes.results import Figure, Fit, Forecast, PathPoint, Reevaluation
from unknot.reasoning.outcomes.verdict import UNSETTLED, Verdict, judge, verdict

SCHEMA = "unknot-outcomes-1"


@dataclass(frozen=True)
class Report:
    """A fit with all that follows from it. ``known`` is None once there is an answer, and for
    scores that are all the same: futures drawn from those would promise too much."""

    fit: Fit
    verdict: Verdict
    forecasts: tuple[Forecast, ...]
    band: tuple[PathPoint, ...]
    known: Reevaluation | None


def report(
    diary: Diary,
    *,
    seed: int = 0,
    instrument: str | None = None,
    region: str | None = None,
    function_better: bool = False,
    red_flag: bool = False,
    covariates: Mapping[str, str] | None = None,
) -> Report:
    """The whole answer for one series, about half a second: for the background, not for a page."""
    found = fit(diary, instrument=instrument, region=region, seed=seed, covariates=covariates)
    unsettled = judge(found, red_flag=red_flag) in UNSETTLED and Flag.CONSTANT not in found.flags
    known = reevaluate(found, seed=seed) if unsettled else None
    return Report(
        fit=found,
        verdict=verdict(found, function_better=function_better, red_flag=red_flag, known=known),
        forecasts=forecast(found),
        band=band(found),
        known=known,
    )


def to_dict(found: Report) -> dict[str, Any]:
    """The report in JSON's own types; ``table`` holds every figure as one row."""
    kept = {item.name: plain(getattr(found, item.name)) for item in fields(found)}
    return {"schema": SCHEMA, **kept, "table": tidy(found)}


def plain(value: Any) -> Any:
    """A value of the results in JSON's own types. The posterior of a fit is left out."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            item.name: plain(getattr(value, item.name))
            for item in fields(value)
            if item.name != "fitted"
        }
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, StrEnum):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def tidy(found: Report) -> list[dict[str, Any]]:
    """One row a figure: where it stands, its numbers, and what they rest on."""
    basis = found.fit.basis
    rest = {
        "ess": round(basis.ess, 1),
        "answers": basis.answers,
        "sessions": basis.sessions,
        "model_id": basis.model_id,
        "prior_id": basis.prior_id,
        "seed": basis.seed,
    }
    return [
        {
            "where": where,
            "name": one.name,
            "unit": one.unit,
            "mean": one.mean,
            "sd": one.sd,
            "low90": one.i90[0],
            "low50": one.i50[0],
            "high50": one.i50[1],
            "high90": one.i90[1],
            "p": one.p,
            "claim": one.claim,
            "identifiable": one.identifiable,
            **rest,
        }
        for where, one in (
            *_figures("fit", found.fit),
            *_figures("forecast", found.forecasts),
        )
    ]


def _figures(where: str, value: Any) -> Iterator[tuple[str, Figure]]:
    """Every Figure inside a value, with the path to it."""
    if isinstance(value, Figure):
        yield where, value
    elif is_dataclass(value):
        for item in fields(value):
            if item.name != "fitted":
                yield from _figures(f"{where}.{item.name}", getattr(value, item.name))
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            marks = [getattr(item, name, "") for name in ("schedule", "week", "name")]
            plain_figure = isinstance(item, Figure)
            mark = next((one for one in marks if one and not plain_figure), place + 1)
            yield from _figures(f"{where}.{mark}", item)
