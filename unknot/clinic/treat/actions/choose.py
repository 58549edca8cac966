"""Choosing between two values of one field: the one that holds, or the one set beside it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from ...access import Actor, Sent
from ...audit import action, record
from ...models import FieldChange, Note, Visit
from ..areas import name_of
from ..errors import OtherWork
from . import beside, findings, merge, notes
from . import visit as actions
from .meant import WORK, answers_for
from .merge import NOTE, OF_WORK
from .writable import writable

State = FieldChange.State


@action("visit.record")
def choose(*, change: FieldChange, take: bool, by: Actor, now: datetime) -> FieldChange:
    """Settles an open change: its value is taken, or left. Settled before, it stays as it was.

    Of two areas in work the other one becomes an entry either way, unless the visit is finished:
    then work that is left is left out. Raises NotInSession once the note is signed, OutsideLimits
    when the limits no longer allow the value, and OtherWork when it was meant for work of another
    area than it would change now.
    """
    visit = change.visit
    merge.hold(visit)
    writable(visit)
    change.refresh_from_db()
    if change.state == State.OPEN:
        change.state = State.TAKEN if take else State.LEFT
        change.settled_at, change.settled_by = now, by.staff
        change.save(update_fields=["state", "settled_at", "settled_by"])
        sent = Sent(at=now, received=now)
        if change.field == WORK:
            _settle_work(change, take, sent, by)
            beside.forget_steps(visit)
        elif take:
            _check_meant(visit, change)
            field = change.field if "." in change.field else ""
            merge.carry_out(
                visit, sent, by, lambda at: _write(visit, change, by, at), field, change.value
            )
    record(change, changed=[change.field, "taken" if take else "left"])
    return change


def _check_meant(visit: Visit, change: FieldChange) -> None:
    """Raises OtherWork for a change of the work when another area has come under the hands."""
    if change.field not in OF_WORK:
        return
    works = visit.changes.filter(field=WORK, state=State.KEPT)
    before = works.filter(received_at__lte=change.received_at).order_by("-number")
    areas: Any = before.values_list("value__0", flat=True)  # a version is [area, is over]
    meant = next((str(area) for area in areas if area), "")
    reaches = answers_for(visit) if change.field == "response" else visit.area_in_work
    if meant and meant != reaches:
        name = name_of(meant).lower()
        raise OtherWork(f"This was for {name}, which is not in work any more. Leave it out.")


def _write(visit: Visit, change: FieldChange, by: Actor, now: datetime) -> None:
    """Writes the value as the tap would have."""
    field = change.field
    value: Any = change.value
    if field.startswith("pain_"):
        actions.set_pain(visit=visit, when=field[5:], pain=value, by=by, now=now)
    elif field == "wish_today":
        actions.note_wish(visit=visit, wish=value, by=by, now=now)
    elif field == "room_words":
        actions.keep_words(visit=visit, words=value, by=by, now=now)
    elif "." in field:
        _write_finding(visit, change, by, now)
    elif field == "technique":
        actions.change_work(visit=visit, technique=value, by=by, now=now)
    elif field == "pressure":
        actions.change_work(visit=visit, pressure=value, by=by, now=now)
    elif field == "response":
        actions.note_response(visit=visit, response=value, by=by, now=now)
    elif field.startswith(NOTE):
        part, note = field[len(NOTE) :], Note.everything.get(visit=visit)
        notes.edit_note(note=note, parts={part: value}, by=by, now=now)
        merge.keep(visit, field, None, Sent(at=now, received=now), by)


def _write_finding(visit: Visit, change: FieldChange, by: Actor, now: datetime) -> None:
    kind, _, where = change.field.partition(".")
    value: Any = change.value
    if kind == "tender":
        grade = int(value) if value else None
        findings.note_tenderness(visit=visit, region=where, grade=grade, by=by, now=now)
    elif kind == "trigger":
        findings.note_trigger(visit=visit, region=where, kind=value, by=by, now=now)
    else:
        motion, _, side = where.rpartition(".")
        degrees = None if value is None else Decimal(value)
        findings.note_motion(
            visit=visit, motion=motion, side=side, degrees=degrees, by=by, now=now
        )


def _settle_work(change: FieldChange, take: bool, sent: Sent, by: Actor) -> None:
    visit = change.visit
    work: Any = change.value
    since = datetime.fromisoformat(work["since"])
    if visit.finished_at is not None:
        if take:
            beside.as_entry(change, max(since, visit.finished_at), sent.received)
    elif not take:
        beside.as_entry(change, max(since, change.received_at), sent.received)
    else:
        merge.carry_out(visit, sent, by, lambda at: _go_on(visit, work, since, by, at))


def _go_on(visit: Visit, work: dict[str, str], since: datetime, by: Actor, now: datetime) -> None:
    """The work of the other device goes on as the visit's; what was in work becomes an entry."""
    actions.pause_work(visit=visit, by=by, now=now)
    actions.take_up(visit=visit, area=work["area"], by=by, now=now)
    actions.change_work(
        visit=visit,
        technique=work["technique"],
        pressure=int(work["pressure"]),
        by=by,
        now=now,
    )
    visit.work_since, visit.response_in_work = since, work["response"]
    visit.save(update_fields=["work_since", "response_in_work"])
