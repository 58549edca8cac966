"""Taking back a tap: the session as it was before it, as long as nothing came after.

Before each tap the session's small state is kept on the visit. Only the newest of these can be
put back, so that a step taken on another device since is never undone unseen.
"""

from __future__ import annotations

import functools
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, ParamSpec, TypeVar
from uuid import UUID

from django.db.models import Model

from ...access import Actor
from ...audit import action, record
from ...models import Assessment, MotionReading, PlannedWork, TreatmentEntry, Visit
from ..errors import NotInSession, OutsideLimits, VisitRefused
from .writable import open_limits, writable

P = ParamSpec("P")
R = TypeVar("R")

STEPS: Final = 8
"""Steps that can be taken back, newest first."""
FIELDS: Final = (
    "pain_before",
    "pain_after",
    "area_in_work",
    "technique_in_work",
    "pressure_in_work",
    "response_in_work",
    "work_since",
    "planned_in_work_id",
)
AT_WORK: Final = ("area_in_work", "technique_in_work", "pressure_in_work")
ENTRY: Final = (
    "area",
    "technique",
    "pressure",
    "minutes",
    "response",
    "recorded_at",
    "received_at",
    "planned_id",
)
PLANNED: Final = ("place", "area", "technique", "pressure", "minutes", "made_at")


def undoable(says: Callable[..., str]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keeps the session before the tap that follows; ``says`` names it from its arguments. A tap
    that changed nothing leaves nothing to take back.

    Stands below ``action``, so that the step is kept in the same transaction as its effect.
    """

    def wrap(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            visit = _visit_of(kwargs)
            before, words = _state(visit), says(**kwargs)
            result = function(*args, **kwargs)
            if _state(visit) != before:
                _keep(visit, before, words)
            return result

        return run

    return wrap


@action("visit.record")
def undo(*, visit: Visit, step: str, by: Actor, now: datetime) -> Visit:
    """The session as it was before the newest tap.

    Raises VisitRefused when ``step`` is not it, OutsideLimits when the work that would go on is
    closed by now, VisitBlocked as any tap that begins work.
    """
    writable(visit)
    steps = Visit.everything.select_for_update(of=("self",)).get(pk=visit.pk).undo
    if not steps:
        raise NotInSession("There is nothing to take back.")
    if steps[-1]["id"] != step:
        raise VisitRefused("Something was tapped since. Look again before you take it back.")
    before = steps[-1]["state"]
    if any(before["visit"][name] != getattr(visit, name) for name in AT_WORK):
        _inside_limits(visit, before["visit"])
    _restore_rows(PlannedWork, visit, before["planned"])
    for name in FIELDS:
        setattr(visit, name, _read(name, before["visit"][name]))
    visit.undo = steps[:-1]
    visit.save(update_fields=[*FIELDS, "undo"])
    _restore_rows(TreatmentEntry, visit, before["entries"])
    _restore_findings(visit, before["findings"], by, now)
    record(visit, changed=["undo", *FIELDS])
    return visit


def _inside_limits(visit: Visit, work: dict[str, Any]) -> None:
    """Refuses to put work in work again that a screening made since has closed."""
    if not work["area_in_work"]:
        return
    limits = open_limits(visit)
    why = limits.why_not_area(work["area_in_work"]) or limits.why_not_technique(
        work["technique_in_work"]
    )
    ceiling = limits.ceiling_for(work["area_in_work"])
    if not why and (work["pressure_in_work"] or 1) > ceiling:
        why = f"The pressure ceiling here is {ceiling} of 5."
    if why:
        raise OutsideLimits(f"{why} This cannot be taken back.")


def newest(visit: Visit) -> dict[str, str] | None:
    """The step that can be taken back, with its words; None when there is none."""
    return {key: visit.undo[-1][key] for key in ("id", "says")} if visit.undo else None


def _visit_of(given: dict[str, Any]) -> Visit:
    visit = given.get("visit")
    if visit is None:
        visit = next(given[name] for name in ("entry", "planned") if name in given).visit
    assert isinstance(visit, Visit)
    return visit


def _keep(visit: Visit, before: dict[str, Any], words: str) -> None:
    kept = Visit.everything.values_list("undo", flat=True).get(pk=visit.pk)
    step = {"id": secrets.token_hex(6), "says": words, "state": before}
    visit.undo = [*kept, step][-STEPS:]
    visit.save(update_fields=["undo"])


def _state(visit: Visit) -> dict[str, Any]:
    found = Assessment.everything.filter(visit=visit).first()
    return {
        "visit": {name: _write(getattr(visit, name)) for name in FIELDS},
        "entries": _rows(TreatmentEntry.everything.filter(visit=visit), ENTRY),
        "planned": _rows(PlannedWork.everything.filter(visit=visit), PLANNED),
        "findings": None
        if found is None
        else {
            "marks": found.marks,
            "motions": [
                [one.motion, one.side, str(one.degrees)] for one in found.motions.order_by("pk")
            ],
        },
    }


def _rows(rows: Any, fields: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    return {str(row.pk): {name: _write(getattr(row, name)) for name in fields} for row in rows}


def _write(value: Any) -> Any:
    """As JSON can hold it."""
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _read(name: str, value: Any) -> Any:
    """As the row holds it."""
    if value is None:
        return None
    if name.endswith("_id"):
        return UUID(value)
    is_time = name.endswith(("_at", "_since"))
    return datetime.fromisoformat(value) if is_time else value


def _restore_rows(model: type[Model], visit: Visit, before: dict[str, dict[str, Any]]) -> None:
    rows = model._meta.default_manager
    assert rows is not None
    rows.filter(visit=visit).exclude(pk__in=list(before)).delete()
    for key, fields in before.items():
        values = {name: _read(name, value) for name, value in fields.items()}
        rows.update_or_create(
            pk=UUID(key), defaults=values, create_defaults={**values, "visit": visit}
        )


def _restore_findings(
    visit: Visit, before: dict[str, Any] | None, by: Actor, now: datetime
) -> None:
    found = Assessment.everything.filter(visit=visit).first()
    if before is None:
        if found is not None:
            found.delete()
        return
    if found is None:  # the last finding was taken back, and its day with it
        assert by.staff is not None
        episode = visit.appointment.episode
        found = Assessment(visit=visit, episode=episode, staff=by.staff, assessed_at=now)
        found.save(force_insert=True)
    found.marks = before["marks"]
    found.save(update_fields=["marks"])
    found.motions.all().delete()
    for motion, side, degrees in before["motions"]:
        MotionReading.everything.create(
            assessment=found, motion=motion, side=side, degrees=degrees
        )
