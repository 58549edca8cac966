"""Two devices, one visit: what one enters not knowing of the other is never written over it.

Each field of a visit has versions. An entry says on which versions it was made and from which
device; a device's own earlier entries come before it and are no surprise to it. On a field
that only this device changed, the tap is written. On one that another device has changed since,
the field keeps what it has and the tap is set beside it, open, until somebody chooses. Treatment
entries, dial taps and addenda are only ever added and need none of this; an area taken up beside
another one is in `beside`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Max

from ...access import Actor, Sent
from ...audit import action, record
from ...models import FieldChange, Note, Visit
from ..errors import NoteIsSigned
from . import findings
from .meant import WORK
from .meant import check as check_meant
from .writable import writable

State = FieldChange.State
OF_WORK: Final = ("technique", "pressure", "response")
NOTE: Final = "note_"
"""Before the name of a part of the note."""


def versions(visit: Visit) -> dict[str, int]:
    """By field, the number of its newest version; fields nobody changed are left out."""
    kept = visit.changes.filter(state=State.KEPT).values_list("field")
    return dict(kept.annotate(newest=Max("number")).values_list("field", "newest"))


def is_behind(visit: Visit, field: str, sent: Sent) -> bool:
    """Whether another device has changed this field since the version the entry was made on.

    A plain form says no version: whoever sends it has just read the page.
    """
    if sent.bases is None:
        return False
    base = sent.bases.get(field, 0)
    newer = visit.changes.filter(field=field, state=State.KEPT, number__gt=base)
    return (newer.exclude(device=sent.device) if sent.device else newer).exists()


def take(
    *,
    visit: Visit,
    field: str,
    value: Any,
    sent: Sent,
    by: Actor,
    do: Callable[[datetime], Any],
    meant: str = "",
) -> None:
    """Carries out one entry with `do`, at the time it was made; or sets it beside the field.

    `field` is "" for an entry that only adds or corrects a row of its own; `meant` is the area
    that a change of the work is for, "" when it was not said. Raises what `do` raises, OtherWork,
    and NotInSession once the note is signed; then nothing is written.
    """
    from . import beside

    with transaction.atomic():
        hold(visit)
        writable(visit)
        of_work = field in (WORK, *OF_WORK)
        away = of_work and is_behind(visit, WORK, sent)
        if of_work:
            check_meant(visit, field, value, sent, is_behind=away, meant=meant)
        if away:
            beside.tap(visit=visit, field=field, value=value, sent=sent, by=by)
        elif field and field != WORK and _differs(visit, field, value, sent):
            set_beside(visit=visit, field=field, value=value, sent=sent, by=by)
        else:
            carry_out(visit, sent, by, do, field, value)


def take_parts(
    *, visit: Visit, note: Note, parts: Mapping[str, str], sent: Sent, by: Actor
) -> None:
    """Edits the note's parts: those another device has changed since are set beside.

    The text of a part stands in the note and its versions; here only who changed it, and when.
    Raises NoteIsSigned.
    """
    from . import notes

    with transaction.atomic():
        hold(visit)
        note.refresh_from_db()
        if note.state == Note.State.SIGNED:
            raise NoteIsSigned("This note is signed. Add an addendum instead.")
        current = {**notes.current_parts(visit, note), notes.PRIVATE: note.private}
        written = {}
        for part, text in parts.items():
            if text.strip() == current[part].strip():
                continue
            field = NOTE + part
            if is_behind(visit, field, sent):
                set_beside(visit=visit, field=field, value=text, sent=sent, by=by)
            else:
                written[part] = text
        if written:
            notes.edit_note(note=note, parts=written, by=by, now=sent.received)
        for part in written:
            keep(visit, NOTE + part, None, sent, by)


def do_now(visit: Visit, sent: Sent, by: Actor, do: Callable[[datetime], Any]) -> None:
    """Carries out an entry that nothing of another device can stand against."""
    with transaction.atomic():
        hold(visit)
        carry_out(visit, sent, by, do)


def _differs(visit: Visit, field: str, value: Any, sent: Sent) -> bool:
    """Whether another device has given the field another value since."""
    if not is_behind(visit, field, sent):
        return False
    known = snapshot(visit)
    if field in known:
        return bool(known[field] != value)
    newest = visit.changes.filter(field=field, state=State.KEPT).order_by("number").last()
    return newest is not None and newest.value != value


def carry_out(
    visit: Visit,
    sent: Sent,
    by: Actor,
    do: Callable[[datetime], Any],
    field: str = "",
    value: Any = None,
) -> None:
    """Does it, and gives every field it changed its next version. Only inside a transaction.

    A tap that is about no field of its own may take another one back, findings too.
    """
    known = snapshot(visit)
    found = {} if field else findings.by_field(visit)
    at = moment(visit, sent)
    do(at)
    visit.refresh_from_db()
    for name, now in () if field else findings.changed(visit, found):
        keep(visit, name, now, sent, by)
    if sent.is_late:
        visit.entries.filter(recorded_at=at, received_at=None).update(received_at=sent.received)
    for name, now in snapshot(visit).items():
        if now != known[name]:
            keep(visit, name, now, sent, by)
    if field and field not in known:
        keep(visit, field, value, sent, by)


def hold(visit: Visit) -> None:
    """The visit as it is now, held until the end of the transaction."""
    visit.refresh_from_db(from_queryset=Visit.everything.select_for_update(of=("self",)))


def moment(visit: Visit, sent: Sent) -> datetime:
    """When the entry was made: not before the start or the work it ends, not after now."""
    bounds = [at for at in (visit.started_at, visit.work_since) if at is not None]
    return min(max([sent.at, *bounds]), sent.received)


def snapshot(visit: Visit) -> dict[str, Any]:
    """The fields whose versions are kept, as JSON can hold them."""
    last = visit.entries.last()
    response = visit.response_in_work if visit.area_in_work else last.response if last else ""
    return {
        "pain_before": visit.pain_before,
        "pain_after": visit.pain_after,
        "wish_today": visit.wish_today,
        "room_words": visit.room_words,
        WORK: [visit.area_in_work, visit.finished_at is not None],
        "technique": visit.technique_in_work,
        "pressure": visit.pressure_in_work,
        "response": response,
    }


def keep(visit: Visit, field: str, value: Any, sent: Sent, by: Actor) -> FieldChange:
    """The field's next version."""
    kept = visit.changes.filter(field=field, state=State.KEPT)
    newest = kept.aggregate(newest=Max("number"))["newest"] or 0
    row = _row(visit, field, value, sent, by)
    row.number = newest + 1
    row.save(force_insert=True)
    return row


@action("visit.record")
def set_beside(*, visit: Visit, field: str, value: Any, sent: Sent, by: Actor) -> FieldChange:
    """Keeps a value beside the field, to be chosen or left; an older one of this device goes."""
    older = visit.changes.filter(field=field, state=State.OPEN, device=sent.device)
    older.update(state=State.LEFT, settled_at=sent.received)
    row = _row(visit, field, value, sent, by)
    row.state = State.OPEN
    row.save(force_insert=True)
    record(row, changed=[field, "beside"])
    return row


def _row(visit: Visit, field: str, value: Any, sent: Sent, by: Actor) -> FieldChange:
    return FieldChange(
        visit=visit,
        field=field,
        value=value,
        base=None if sent.bases is None else sent.bases.get(field, 0),
        device=sent.device,
        staff=by.staff,
        by_name=by.name[:120],
        at=sent.at,
        received_at=sent.received,
    )
