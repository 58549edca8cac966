"""Background fits: what changed is fitted again, and a page reads what is kept.

Any number of workers may run at once, in this process or in others on PostgreSQL. A worker claims
a fit with one conditional update; an entry that arrives meanwhile raises ``wanted``, so the result
is kept for the count it was made from and the fit stays stale for the next round.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import F, Q, QuerySet

from ..access import scope, system
from ..models import Episode, OutcomeFit, Practice
from . import borrow, stored
from .gather import diary_of, function_better

CLAIM_LASTS: Final = timedelta(minutes=10)
"""After this long, a worker that took a fit and never came back is taken for dead."""
AT_ONCE: Final = 200
MOST_ASKED: Final = 50
_asked: dict[UUID, None] = {}
_wake = threading.Event()
LOG = logging.getLogger("unknot.refit")


def ask(episode_id: UUID) -> None:
    """Somebody reads the page of this episode: in this process, its fit is made before others."""
    if len(_asked) < MOST_ASKED:
        _asked[episode_id] = None
    _wake.set()


def wait(seconds: float) -> None:
    """Sleeps until somebody asks, at most that long."""
    _wake.wait(seconds)
    _wake.clear()


def run(*, now: datetime, limit: int = AT_ONCE) -> int:
    """Makes up to ``limit`` fits that are missing, stale, of yesterday or of an older model.

    Gives how many were looked after. A fit that fails is logged by the kind of fault alone and
    tried again when its claim runs out.
    """
    wanted = list(_asked)
    _asked.clear()
    _make_rows(limit, wanted)
    first = [*due(now).filter(episode__in=wanted)[:limit]] if wanted else []
    done, lenders = 0, dict[UUID, borrow.Lender]()
    for fit in [*first, *due(now).exclude(pk__in=[one.pk for one in first])[: limit - len(first)]]:
        if _claim(fit, now):
            practice = fit.episode.client.practice
            if practice.pk not in lenders:
                lenders[practice.pk] = borrow.Lender(practice)
            done += _fit(fit, lenders[practice.pk], now)
    return done


def due(now: datetime) -> QuerySet[OutcomeFit]:
    """The fits to be made, the oldest first. Open episodes get one a day, for time alone tells."""
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - CLAIM_LASTS)
    stale = Q(done__lt=F("wanted"))
    older = ~Q(model_id=stored.MODEL, prior_id=stored.PRIOR)
    yesterday = Q(episode__state=Episode.State.OPEN, as_of__lt=(now - timedelta(days=1)).date())
    return (
        _fits()
        .filter(free & (stale | older | yesterday))
        .select_related("episode__client__practice")
        .order_by(F("made_at").asc(nulls_first=True), "id")
    )


def waiting(practice: Practice | None) -> int:
    """How many episodes of a practice have no fit of all there is yet."""
    theirs = scope(Episode, system(), "outcomes.refit").filter(client__practice=practice)
    behind = Q(fit__isnull=True) | Q(fit__done__lt=F("fit__wanted"))
    return theirs.filter(behind).count()


def _fits() -> QuerySet[OutcomeFit]:
    return scope(OutcomeFit, system(), "outcomes.refit")


def _make_rows(limit: int, first: Sequence[UUID] = ()) -> None:
    episodes = scope(Episode, system(), "outcomes.refit").filter(fit__isnull=True)
    missing = [*episodes.filter(pk__in=first), *episodes.exclude(pk__in=first)[:limit]]
    _fits().bulk_create([OutcomeFit(episode=one) for one in missing], ignore_conflicts=True)


def _claim(fit: OutcomeFit, now: datetime) -> bool:
    """Whether this worker got it; the same row is never given to two."""
    mine = _fits().filter(Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - CLAIM_LASTS))
    return bool(mine.filter(pk=fit.pk, wanted=fit.wanted).update(claimed_at=now))


def _fit(fit: OutcomeFit, lender: borrow.Lender, now: datetime) -> int:
    try:
        changes = _result(fit, lender, now)
    except Exception as error:
        LOG.warning("a fit failed: %s", type(error).__name__)
        return 0
    _fits().filter(pk=fit.pk).update(claimed_at=None, made_at=now, done=fit.wanted, **changes)
    return 1


def _result(fit: OutcomeFit, lender: borrow.Lender, now: datetime) -> dict[str, object]:
    """The columns to write; only the day when nothing the fit is fed has changed."""
    diary, better = diary_of(fit.episode, now=now), function_better(fit.episode)
    like = borrow.covariates(fit.episode.main_area, diary.pain_weeks)
    digest = stored.digest(diary, function_better=better, covariates=like)
    if digest == fit.digest:
        return {"as_of": diary.as_of}
    made = stored.make(diary, function_better=better, covariates=like)
    return {
        "as_of": diary.as_of,
        "digest": digest,
        "model_id": stored.MODEL,
        "prior_id": stored.PRIOR,
        "summary": made.summary,
        "result": made.result,
        "borrowed": lender.lend(made.summary),
        "baseline": made.baseline,
        "p_worthwhile": made.p_worthwhile,
    }
