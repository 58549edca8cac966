"""Findings made in the room: tenderness, trigger points and motion, kept with the visit.

They are the assess stage's own rows, so that every page of findings shows them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final

from unknot.knowledge import load
from unknot.reasoning.assess import rom
from unknot.reasoning.marks import HIGHEST_TENDERNESS, Mark, dump_marks

from ...access import Actor
from ...assess.stored import marks_of
from ...audit import action, record
from ...models import Assessment, MotionReading, Visit
from ..areas import name_of
from ..errors import NotInSession, OutsideLimits
from .undo import undoable
from .writable import writable

TENDER: Final = "tender"
TRIGGER: Final = "trigger"
MOTION: Final = "motion"
"""Before the place, in the name of a finding's field."""
TRIGGERS: Final = ("trigger_point_active", "trigger_point_latent")


def by_field(visit: Visit) -> dict[str, str]:
    """The room's findings by their fields, as a tap says them; what was not found is left out."""
    found = Assessment.everything.filter(visit=visit).first()
    if found is None:
        return {}
    told = {f"{MOTION}.{one.motion}.{one.side}": said(one.degrees) for one in found.motions.all()}
    for mark in marks_of(found):
        if mark.kind == "tenderness" and mark.intensity is not None:
            told[f"{TENDER}.{mark.region}"] = str(mark.intensity)
        elif mark.kind in TRIGGERS:
            told[f"{TRIGGER}.{mark.region}"] = mark.kind.removeprefix("trigger_point_")
    return told


def changed(visit: Visit, before: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
    """Each field whose finding is another than before, and what a tap for it would say."""
    now = by_field(visit)
    for field in sorted({*before, *now}):
        if before.get(field) != now.get(field):
            yield field, now.get(field, None if field.startswith(MOTION) else "")


def said(degrees: Decimal) -> str:
    """Degrees as they are told, without noughts at the end: 45, 45.5."""
    return f"{degrees.normalize():f}"


@action("assess.record")
@undoable(lambda *, region, **_: f"Tenderness, {name_of(region)}")
def note_tenderness(
    *, visit: Visit, region: str, grade: int | None, by: Actor, now: datetime
) -> Visit:
    """Tenderness 0-4 of one region today; None takes it back."""
    if grade is not None and not 0 <= grade <= HIGHEST_TENDERNESS:
        raise OutsideLimits(f"Tenderness is a whole number from 0 to {HIGHEST_TENDERNESS}.")
    kinds = () if grade is None else ("tenderness",)
    _mark(visit, region, ("tenderness",), kinds, grade, by, now)
    return visit


@action("assess.record")
@undoable(lambda *, region, **_: f"Trigger point, {name_of(region)}")
def note_trigger(*, visit: Visit, region: str, kind: str, by: Actor, now: datetime) -> Visit:
    """A trigger point "active" or "latent" in one region; "" takes it back."""
    wanted = f"trigger_point_{kind}" if kind else ""
    if wanted and wanted not in TRIGGERS:
        raise OutsideLimits("A trigger point is active or latent.")
    _mark(visit, region, TRIGGERS, (wanted,) if wanted else (), None, by, now)
    return visit


@action("assess.record")
@undoable(lambda *, motion, side, **_: f"Motion, {rom.find(motion).name} {side}".rstrip())
def note_motion(
    *,
    visit: Visit,
    motion: str,
    side: str,
    degrees: Decimal | None,
    by: Actor,
    now: datetime,
) -> Visit:
    """One range of motion today; the last reading holds, None takes it back."""
    found = _findings(visit, by, now)
    if degrees is None:
        found.motions.filter(motion=motion, side=side).delete()
    else:
        try:
            rom.compare(motion, float(degrees), None)
        except rom.RangeError as error:
            raise OutsideLimits(f"{error}.") from None
        MotionReading.everything.update_or_create(
            assessment=found, motion=motion, side=side, defaults={"degrees": degrees}
        )
    record(found, changed=["motions"])
    _drop_when_empty(found)
    return visit


def _mark(
    visit: Visit,
    region: str,
    replaced: tuple[str, ...],
    kinds: tuple[str, ...],
    intensity: int | None,
    by: Actor,
    now: datetime,
) -> None:
    """Puts these kinds of mark on the region in place of the ``replaced`` ones."""
    known = load().regions.get(region)
    if known is None:
        raise OutsideLimits("This place is not known.")
    found = _findings(visit, by, now)
    kept = [one for one in marks_of(found) if one.region != region or one.kind not in replaced]
    made = [Mark(region, kind, intensity, known.view, "therapist") for kind in kinds]
    found.marks = json.loads(dump_marks([*kept, *made]))
    found.save(update_fields=["marks"])
    record(found, changed=["marks"])
    _drop_when_empty(found)


def _findings(visit: Visit, by: Actor, now: datetime) -> Assessment:
    """The visit's findings, made when there are none yet."""
    writable(visit)
    if visit.started_at is None or by.staff is None:
        raise NotInSession("Start the visit first.")
    found, _ = Assessment.everything.get_or_create(
        visit=visit,
        defaults={
            "episode": visit.appointment.episode,
            "staff": by.staff,
            "assessed_at": now,
        },
    )
    return found


def _drop_when_empty(found: Assessment) -> None:
    """A day on which nothing is left is no day of examination."""
    if not found.marks and not found.words and not found.motions.exists():
        found.delete()
