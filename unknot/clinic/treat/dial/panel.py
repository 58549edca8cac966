"""The dial on the therapist's screen as of now."""

from __future__ import annotations

from datetime import datetime

from unknot.reasoning.treat.alerts import standing

from ...models import DialEvent, Note, Visit
from ..actions.dial_link import open_link
from ..limits import Limits
from ..pages import DialPanel
from .log import (
    Shown,
    alert_box,
    line_of,
    rows_of,
    say_over,
    shown,
    touches,
    with_area,
)
from .personal import beside_pressures


def panel(visit: Visit, limits: Limits, now: datetime) -> DialPanel:
    """The dial as of now: the last word, one row for each area, and the alert that stands.

    Of a finished visit it says what is true then; with a signed note nothing waits to be seen.
    """
    events = list(visit.dial_events.order_by("seq"))
    worded = [event.seq for event in events if event.kind != DialEvent.Kind.SEEN]
    told = shown(events, after=worded[-1] - 1) if worded else ()
    last = told[0] if told else None
    by_seq = {event.seq: event for event in events}
    stands = standing([line_of(event) for event in events], is_over=visit.finished_at is not None)
    return DialPanel(
        is_open=open_link(visit, now) is not None,
        last_seq=events[-1].seq if events else 0,
        word=last.word if last else "",
        say=_say(visit, last, by_seq) if last else "",
        alert=None if _is_signed(visit) else alert_box(stands, by_seq),
        own=beside_pressures(visit, limits),
        cap=limits.cap(visit.technique_in_work).pain_0_10,
        rows=rows_of(touches(events)),
    )


def _say(visit: Visit, last: Shown, by_seq: dict[int, DialEvent]) -> str:
    is_over = visit.finished_at is not None
    return say_over(by_seq[last.seq]) if is_over else with_area(last.say, last.area)


def _is_signed(visit: Visit) -> bool:
    note = getattr(visit, "note", None) if visit.finished_at is not None else None
    return note is not None and note.state == Note.State.SIGNED
