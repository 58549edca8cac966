"""Work on a device that did not know of newer work on another: both go on, and both are kept.

What such a device takes up and ends becomes treatment entries like any other, with the times of
its own taps. What it still has in work stands beside the visit's, open, until somebody chooses
which of the two goes on; the other becomes an entry.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from unknot.knowledge import load

from ...access import Actor, Sent
from ...audit import action, record
from ...models import FieldChange, TreatmentEntry, Visit
from ..areas import is_area
from ..errors import NotInSession, OutsideLimits
from ..note.facts import LONGEST_ENTRY_MINUTES
from . import merge
from .meant import WORK
from .merge import OF_WORK
from .visit import MISTAP
from .writable import open_limits

State = FieldChange.State
_IN_WORK = {WORK: "area"}
"""What a field is called in the work that a change holds, where it is called otherwise."""


@action("visit.record")
def tap(*, visit: Visit, field: str, value: Any, sent: Sent, by: Actor) -> None:
    """One tap of that device: an area taken up, its work changed or ended (no value).

    Raises OutsideLimits and VisitBlocked like the tap it stands for, NotInSession before the
    start.
    """
    if visit.started_at is None:
        raise NotInSession("Start the visit first.")
    going = visit.changes.filter(field=WORK, state=State.OPEN, device=sent.device).first()
    if going is not None and value and _work(going).get(_IN_WORK.get(field, field)) == value:
        pass  # tapped again: it goes on
    elif field == WORK:
        _end(going, sent)
        if value:
            _take_up(visit, str(value), going, sent, by)
    elif going is not None:
        _change(visit, going, field, value, sent, by)
    else:
        merge.set_beside(visit=visit, field=field, value=value, sent=sent, by=by)
    forget_steps(visit)
    record(visit, changed=[field, "beside"])


def forget_steps(visit: Visit) -> None:
    """No step before this one can be taken back: that would take these entries with it."""
    visit.undo = []
    visit.save(update_fields=["undo"])


def as_entry(change: FieldChange, until: datetime, received: datetime) -> TreatmentEntry:
    """The entry that this work becomes when it ends at `until`; never under a minute."""
    work, since = _work(change), _since(change)
    minutes = round((until - since).total_seconds() / 60)
    entry = TreatmentEntry.everything.create(
        visit=change.visit,
        area=work["area"],
        technique=work["technique"],
        pressure=work["pressure"],
        minutes=max(1, min(LONGEST_ENTRY_MINUTES, minutes)),
        response=work["response"],
        recorded_at=until,
        received_at=received,
    )
    record(entry, changed=["area", "technique", "pressure", "minutes", "response"])
    return entry


def _end(going: FieldChange | None, sent: Sent) -> None:
    if going is None:
        return
    since = _since(going)
    as_entry(going, max(since, sent.at), sent.received)
    going.state, going.settled_at = State.TAKEN, sent.received
    going.save(update_fields=["state", "settled_at"])


def _take_up(
    visit: Visit, area: str, before: FieldChange | None, sent: Sent, by: Actor
) -> FieldChange:
    if not is_area(area):
        raise OutsideLimits("This area is not known.")
    limits = open_limits(visit, sent.at)
    _refuse(limits.why_not_area(area))
    technique = _work(before)["technique"] if before else visit.technique_in_work
    if not technique or limits.why_not_technique(technique):
        technique = next(iter(limits.techniques), "")
    if not technique:
        raise OutsideLimits("No technique is left open by the screening and the plan.")
    usual = _work(before)["pressure"] if before else visit.pressure_in_work
    lightest = load().techniques[technique].pressure_low
    pressure = min(usual or limits.begins_with or lightest, limits.ceiling_for(area))
    if pressure < 1:
        raise OutsideLimits("The screening allows no pressure here.")
    return _begin(visit, area, technique, pressure, sent, by)


def _begin(
    visit: Visit, area: str, technique: str, pressure: int, sent: Sent, by: Actor
) -> FieldChange:
    since = min(max(sent.at, visit.started_at or sent.at), sent.received)
    work = {
        "area": area,
        "technique": technique,
        "pressure": pressure,
        "response": "",
        "since": since.isoformat(),
    }
    return merge.set_beside(visit=visit, field=WORK, value=work, sent=sent, by=by)


def _change(
    visit: Visit, going: FieldChange, field: str, value: Any, sent: Sent, by: Actor
) -> None:
    """Another technique, pressure or response; within half a minute it replaces the choice."""
    assert field in OF_WORK
    work = dict(_work(going))
    if field != "response":
        _inside_limits(visit, {**work, field: value}, sent)
    since = datetime.fromisoformat(work["since"])
    if field != "response" and sent.at - since >= MISTAP:
        _end(going, sent)
        work = {**work, "since": sent.at.isoformat(), "response": ""}
        work[field] = value
        merge.set_beside(visit=visit, field=WORK, value=work, sent=sent, by=by)
        return
    going.value = {**work, field: value}
    going.received_at = sent.received
    going.save(update_fields=["value", "received_at"])


def _inside_limits(visit: Visit, work: dict[str, Any], sent: Sent) -> None:
    """Raises OutsideLimits, and VisitBlocked, as the tap would that changes the visit's work."""
    limits = open_limits(visit, sent.at)
    _refuse(limits.why_not_technique(work["technique"]))
    ceiling = limits.ceiling_for(work["area"])
    if not 1 <= work["pressure"] <= ceiling:
        raise OutsideLimits(f"The pressure ceiling here is {ceiling} of 5.")


def _work(change: FieldChange) -> dict[str, Any]:
    work: dict[str, Any] = change.value or {}
    return work


def _since(change: FieldChange) -> datetime:
    return datetime.fromisoformat(_work(change)["since"])


def _refuse(reason: str) -> None:
    if reason:
        raise OutsideLimits(reason)
