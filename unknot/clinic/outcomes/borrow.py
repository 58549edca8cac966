"""What the practice's other people lend to somebody with few visits, kept beside their fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from unknot.reasoning import stored as store
from unknot.reasoning.outcomes import Summary
from unknot.reasoning.outcomes.engine.priors import ACUTE_WEEKS
from unknot.reasoning.outcomes.pool import (
    Borrowed,
    PoolError,
    Population,
    borrowed,
    groups_of,
    keep,
)
from unknot.reasoning.outcomes.pool.averages import VISIT
from unknot.reasoning.outcomes.programme import SMALLEST
from unknot.reasoning.outcomes.steps import REVIEW_VISITS

from ..access import scope, system
from ..models import OutcomeFit, Practice, ProgrammeReport
from .stored import summary_of

AREAS: Final = {"low_back": "1", "neck_upper_back": "0"}
ACUTE: Final = {True: "1", False: "0"}
COVARIATES: Final = ("low_back", "acute")
ACTION: Final = "programme.publish"


def covariates(area: str, pain_weeks: float | None) -> dict[str, str]:
    """What stage 2 knows of a person: where it hurts, and whether for less than twelve weeks.
    What is not known is left out."""
    found = {}
    if area in AREAS:
        found["low_back"] = AREAS[area]
    if pain_weeks is not None:
        found["acute"] = ACUTE[pain_weeks < ACUTE_WEEKS]
    return found


def kept(population: Population, people: Sequence[Summary]) -> dict[str, Any]:
    """The population with how many people of each kind tell of their visits."""
    alike = Counter(one.covariates for one in people if VISIT in groups_of(one))
    return {
        "population": keep.to_dict(population),
        "alike": [[dict(kind), many] for kind, many in sorted(alike.items())],
    }


class Lender:
    """Lends what one practice's published population knows; read once for many people."""

    def __init__(self, practice: Practice | None) -> None:
        rows = scope(ProgrammeReport, system(practice), ACTION)
        told = rows.values_list("population", flat=True).first() or {}
        self.population = keep.from_dict(told["population"]) if told else None
        self.alike: list[tuple[Mapping[str, str], int]] = told.get("alike", [])

    def lend(self, summary: Mapping[str, Any]) -> dict[str, Any]:
        """What others say of this person's visits, to be kept; empty when they need it no more,
        or when fewer than ten people here have told of theirs."""
        if self.population is None or not summary or summary["sessions"] > REVIEW_VISITS:
            return {}
        like = {name: float(value) for name, value in summary["covariates"]}
        for known in (like, {"low_back": like["low_back"]} if "low_back" in like else {}, {}):
            people = self._people(known)
            if people < SMALLEST:
                continue
            try:
                found = borrowed(
                    summary_of(summary), self.population, people=people, covariates=known
                )
            except PoolError:  # an older model's fit, soon to be made anew
                return {}
            return store.to_dict(found)
        return {}

    def _people(self, known: Mapping[str, float]) -> int:
        wanted = {name: f"{value:g}" for name, value in known.items()}.items()
        return sum(many for kind, many in self.alike if wanted <= kind.items())


def refresh(practice: Practice) -> None:
    """Lends anew to everybody of a practice, after its population has changed."""
    lender = Lender(practice)
    rows = scope(OutcomeFit, system(practice), ACTION)
    fits = list(rows)
    for fit in fits:
        fit.borrowed = lender.lend(fit.summary)
    rows.bulk_update(fits, ["borrowed"], batch_size=200)


def lent(fit: OutcomeFit | None) -> Borrowed | None:
    """What is kept of it; None where there is nothing, or nothing that can be read any more."""
    if fit is None or not fit.borrowed:
        return None
    try:
        return store.pooled_from_dict(fit.borrowed, Borrowed)
    except store.StoredError:
        return None
