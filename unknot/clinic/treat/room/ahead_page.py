"""Today's list of work, and what can be copied onto it."""

from __future__ import annotations

from collections.abc import Collection

from unknot.reasoning.treat.forward import LeftOut, Lowered

from ...models import Visit
from .. import words
from ..areas import name_of, technique_name
from ..limits import Limits
from ..pages import Ahead, AheadRow, PlannedRow
from . import ahead


def planned_rows(
    visit: Visit, limits: Limits, unsigned: Collection[str] = ()
) -> tuple[PlannedRow, ...]:
    """What is meant for today and has not begun, in its order. `unsigned` are the areas that no
    consent covers."""
    return tuple(
        PlannedRow(
            id=row.pk,
            place=row.area,
            area=name_of(row.area),
            detail=words.detail(row.technique, min(row.pressure, limits.ceiling_for(row.area))),
            minutes=row.minutes,
            why_not=limits.why_not_area(row.area) or limits.why_not_technique(row.technique),
            caution="No consent signed." if row.area in unsigned else "",
        )
        for row in ahead.waiting(visit)
    )


def planned_minutes(visit: Visit, last: Visit | None) -> int | None:
    """Minutes meant for the area in work: of today's list, else those of the last visit there;
    None when neither says."""
    if visit.planned_in_work is not None:
        return visit.planned_in_work.minutes
    if last is None or not visit.area_in_work:
        return None
    minutes = sum(one.minutes for one in ahead.done_in(last) if one.area == visit.area_in_work)
    return minutes or None


def offer(visit: Visit, limits: Limits, last: Visit | None) -> Ahead:
    """What can be copied forward today, and what cannot with the reason."""
    found = ahead.for_visit(visit, limits, last)
    lowered = {one.work: _lowered(one) for one in found.lowered}
    listed = set(visit.planned.values_list("area", "technique"))
    rows = tuple(
        AheadRow(
            number=number,
            area=name_of(work.area),
            detail=words.detail(work.technique, work.pressure),
            minutes=work.minutes,
            note=lowered.get(work, ""),
            taken=(work.area, work.technique) in listed,
        )
        for number, work in enumerate(found.work, 1)
    )
    return Ahead(
        heading=_heading(last),
        rows=rows,
        left_out=tuple(_left_out(one) for one in found.left_out),
        may_copy=any(not row.taken for row in rows),
    )


def _heading(last: Visit | None) -> str:
    if last is None:
        return "From the plan"
    if last.pain_before is not None and last.pain_after is not None:
        return f"Last visit: pain {last.pain_before} before, {last.pain_after} after"
    return "Last visit"


def _lowered(one: Lowered) -> str:
    why = "wished lighter since" if one.is_wished else "today's ceiling"
    return f"was {one.pressure_last}; {why}"


def _left_out(one: LeftOut) -> str:
    what = f"{name_of(one.work.area)}, {technique_name(one.work.technique).lower()}"
    return f"Left out: {what}. {one.why}"
