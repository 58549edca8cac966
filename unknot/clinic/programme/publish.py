"""The practice's figures, worked out in the background and published when that tells nobody's.

A page reads what was published last. Each person's part is kept with their fit as it went in, so
that the next figures can leave a change out until enough others changed with it.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, QuerySet

from unknot.programme import Person, is_installed
from unknot.programme.figures import Counted, people_of, report_of
from unknot.reasoning import stored
from unknot.reasoning.outcomes import Summary
from unknot.reasoning.outcomes.pool import (
    Population,
    averages,
    block,
    groups_of,
    of_fits,
    pool,
)
from unknot.reasoning.outcomes.programme import SMALLEST, Stratum
from unknot.reasoning.outcomes.programme.published import Published
from unknot.reasoning.outcomes.programme.release import Share, release

from ..access import scope, system
from ..models import OutcomeFit, Practice, ProgrammeReport
from ..outcomes import borrow
from ..outcomes.stored import PRIOR, summary_of
from .gather import ACTION, tables

EVERY: Final = timedelta(hours=20)
"""A practice's figures are looked at once a day, not after each entry."""
LOG = logging.getLogger("unknot.programme")


def run(*, now: datetime) -> int:
    """Publishes for every practice that is due; gives how many have new figures.

    Does nothing where the extra is not installed. A fault is logged by its kind alone and tried
    again when the practice is due next.
    """
    if not is_installed():
        return 0
    made = 0
    for practice in scope(Practice, system(), "outcomes.refit").order_by("pk"):
        try:
            made += _is_due(practice, now) and publish(practice, now=now)
        except Exception as error:
            LOG.warning("publishing failed: %s", type(error).__name__)
    return made


def _is_due(practice: Practice, now: datetime) -> bool:
    row = _reports(practice).filter(tried_at__gt=now - EVERY)
    return not row.exists() and not _fits(practice).filter(done__lt=F("wanted")).exists()


def _reports(practice: Practice) -> QuerySet[ProgrammeReport]:
    return scope(ProgrammeReport, system(practice), ACTION)


def _fits(practice: Practice) -> QuerySet[OutcomeFit]:
    return scope(OutcomeFit, system(practice), ACTION)


@dataclass(frozen=True)
class Part:
    """One course's part: how it is counted, and its summary for pooling."""

    person: Person
    summary: Summary

    def share(self) -> Share:
        """What the release judges: the groups, and what moves a figure when it differs."""
        told = (
            round(self.person.p_worthwhile, 2),
            self.summary.sessions,
            self.summary.answers,
        )
        return Share(_stratum(self.person), groups_of(self.summary), told)


@transaction.atomic
def publish(practice: Practice, *, now: datetime) -> bool:
    """New figures for one practice, if enough changed; whether there are. Raises ProgrammeMissing.

    The parts of people who cannot be counted any more wait like other changes; those whose rows
    were erased are out at once, and where too few others cover that, nothing new is published.
    """
    row, _ = _reports(practice).get_or_create(practice=practice)
    _reports(practice).filter(pk=row.pk).update(tried_at=now)
    counted = people_of(*tables(system(practice)))
    fits = {str(one.episode_id): one for one in _fits(practice)}
    before = {key: _part(one.published) for key, one in fits.items() if one.published}
    today = {
        one.course: Part(one, summary_of(fits[one.course].summary))
        for one in counted.people
        if one.course in fits and fits[one.course].summary
    }
    shares = {key: part.share() for key, part in before.items()}
    found = release(shares, {key: part.share() for key, part in today.items()}, _gone(row, shares))
    if found is None:
        return False
    parts = {key: (today if key in found.changed else before)[key] for key in found.shares}
    _write(practice, parts, counted, now)
    return True


def _write(
    practice: Practice,
    parts: Mapping[str, Part],
    counted: Counted,
    now: datetime,
) -> None:
    summaries = [part.summary for part in parts.values()]
    population = learnt(summaries)
    on = now.astimezone(ZoneInfo(practice.zone)).date()
    result = Published(
        on=on,
        report=report_of([part.person for part in parts.values()]),
        counted=len(parts),
        without_start=counted.without_start,
        without_fit=counted.without_fit,
        averages=averages(population, summaries) if population else (),
        effective=population.ess if population else 0.0,
    )
    _reports(practice).update(
        published_at=now,
        result=stored.to_dict(result),
        population=borrow.kept(population, summaries) if population else {},
        made_of=_made_of([part.share() for part in parts.values()]),
    )
    fits = list(_fits(practice))
    for fit in fits:
        part = parts.get(str(fit.episode_id))
        fit.published = _kept(part) if part else {}
    _fits(practice).bulk_update(fits, ["published"], batch_size=200)
    borrow.refresh(practice)


def learnt(summaries: Sequence[Summary]) -> Population | None:
    """Stage 2 of these people; None below ten. Fits with older priors are left out of it."""
    able = [one for one in summaries if one.prior_id.startswith(PRIOR)]
    if len(able) < SMALLEST:
        return None
    told, prior = of_fits(able)
    return pool([block(told, prior, borrow.COVARIATES)], prior, covariates=borrow.COVARIATES)


def _stratum(one: Person) -> Stratum:
    named = {item.name for item in fields(Stratum)}
    groups = {name: value for name, value in asdict(one).items() if name in named}
    return Stratum(**groups, people=1, responders=0.0, doubt=0.0)


def _kept(part: Part) -> dict[str, Any]:
    return {"person": asdict(part.person), "summary": asdict(part.summary)}


def _part(kept: Mapping[str, Any]) -> Part:
    return Part(Person(**kept["person"]), summary_of(kept["summary"]))


GROUPS: Final = tuple(
    item.name
    for item in fields(Stratum)
    if item.name not in ("people", "responders", "doubt", "start")
)


def _made_of(shares: Sequence[Share]) -> list[list[Any]]:
    """How many people of each kind: their groups and nothing more."""
    return [[*kind, many] for kind, many in sorted(_kinds(shares).items(), key=str)]


def _kinds(shares: Sequence[Share]) -> Counter[tuple[Any, ...]]:
    return Counter(
        (*(getattr(one.stratum, name) for name in GROUPS), tuple(sorted(one.others)))
        for one in shares
    )


def _gone(row: ProgrammeReport, shares: Mapping[str, Share]) -> list[Share]:
    """The people of the last figures whose rows are no more, by what they were counted in."""
    counted: Counter[tuple[Any, ...]] = Counter()
    for *groups, others, many in row.made_of:
        counted[*groups, tuple(others)] += many
    missing = counted - _kinds([*shares.values()])
    return [
        Share(
            Stratum(**dict(zip(GROUPS, groups, strict=True)), people=1, responders=0.0, doubt=0.0),
            frozenset(others),
        )
        for *groups, others in missing.elements()
    ]
