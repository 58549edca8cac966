"""What could be copied forward into a visit: the last visit's work, else the plan's areas."""

from __future__ import annotations

from django.db.models import QuerySet

from unknot.knowledge import load
from unknot.reasoning.treat.forward import Forward, Work, forward, shared_out

from ...models import PlannedWork, Visit
from ..limits import Limits, agreed_plan

SETTLING_MINUTES = 10
"""Left out of an appointment's length for talking, undressing and dressing."""


def for_visit(visit: Visit, limits: Limits, last: Visit | None) -> Forward:
    """Last time's work inside today's limits, no firmer than the client wished since; on a first
    visit the plan's, shared out evenly."""
    if last is not None:
        return forward(done_in(last), limits, _wished_since(last))
    technique = next(iter(limits.techniques), "")
    if agreed_plan(visit.appointment.episode) is None or not technique:
        return Forward()
    pressure = limits.begins_with or load().techniques[technique].pressure_low
    return shared_out(limits.areas, _minutes(visit), technique, pressure, limits)


def waiting(visit: Visit) -> QuerySet[PlannedWork]:
    """What is meant for today and has not begun."""
    rows = visit.planned.filter(entries=None)
    begun = visit.planned_in_work_id
    return rows if begun is None else rows.exclude(pk=begun)


def done_in(visit: Visit) -> tuple[Work, ...]:
    """What was done in a visit, in order."""
    return tuple(
        Work(entry.area, entry.technique, entry.pressure, entry.minutes)
        for entry in visit.entries.all()
    )


def _wished_since(last: Visit) -> int | None:
    """The pressure the client asked for after the last visit ended; None when they did not."""
    said = last.appointment.client.preferences.filter(said_at__gt=last.finished_at)
    return said.values_list("pressure", flat=True).first()


def _minutes(visit: Visit) -> int:
    appointment = visit.appointment
    length = appointment.ends_at - appointment.starts_at
    return max(1, int(length.total_seconds() // 60) - SETTLING_MINUTES)
