"""Copying forward: last time's work, or the plan's, as what is meant for today.

Nothing here counts as done. What today's screening closes is never planned.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from unknot.reasoning.treat.forward import Work

from ...access import Actor
from ...audit import action, record
from ...models import PlannedWork, Visit
from .. import gather
from ..areas import name_of
from ..errors import NotInSession, OutsideLimits
from ..room import ahead
from .undo import undoable
from .writable import in_session, open_limits


@action("visit.record")
@undoable(lambda **_: "Copied forward")
def copy_forward(*, visit: Visit, by: Actor, now: datetime, number: int | None = None) -> Visit:
    """Everything that may be done again, or the one with this number (from 1), onto today's list.

    On a first visit it is the plan's areas with an even share of the time. What is on the list
    already is not put there twice. Raises OutsideLimits when nothing is left to copy.
    """
    in_session(visit)
    limits = open_limits(visit, now)
    work = ahead.for_visit(visit, limits, gather.last_visit(visit)).work
    chosen = work if number is None else work[number - 1 : number]
    fresh = [one for one in chosen if not _is_listed(visit, one)]
    if not fresh:
        raise OutsideLimits("Nothing is left to copy.")
    _add(visit, fresh, now)
    record(visit, changed=["planned"])
    return visit


@action("visit.record")
@undoable(lambda *, planned, **_: f"{name_of(planned.area)} taken off the list")
def drop_planned(*, planned: PlannedWork, by: Actor, now: datetime) -> Visit:
    """Takes work off today's list. Raises NotInSession when it has begun or is done."""
    visit = planned.visit
    in_session(visit)
    if visit.planned_in_work_id == planned.pk or planned.entries.exists():
        raise NotInSession("This has begun. Take back its entry instead.")
    record(planned, changed=["removed"])
    planned.delete()
    return visit


def _is_listed(visit: Visit, work: Work) -> bool:
    return visit.planned.filter(area=work.area, technique=work.technique).exists()


def _add(visit: Visit, work: Iterable[Work], now: datetime) -> None:
    last = visit.planned.order_by("-place").first()
    for place, one in enumerate(work, 1 + (last.place if last else 0)):
        PlannedWork.everything.create(
            visit=visit,
            place=place,
            area=one.area,
            technique=one.technique,
            pressure=one.pressure,
            minutes=one.minutes,
            made_at=now,
        )
