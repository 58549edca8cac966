"""The dial's log, read: what the therapist's screen shows, and what the note and the brief use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Final

from unknot.reasoning.treat.alerts import Line, Standing, standing
from unknot.reasoning.treat.dial import AreaLog, Cap, Judgement, Word, by_area
from unknot.reasoning.treat.dial import DialEvent as Tap
from unknot.reasoning.treat.late import judge_after_end, judge_late

from ...models import DialEvent, Visit
from ..actions.dial import TOUCHES
from ..areas import name_of
from ..pages import AlertBox, DialRow

OVER: Final = "over"
"""The kind of an alert that nobody saw before the visit was finished."""
LAST_TAP: Final = "The last tap of this visit."


@dataclass(frozen=True)
class Shown:
    """One line as the therapist's screen shows it, and the alert that stands after it.

    `word` is "" for a line that only says who saw an alert. A `late` one waited on the phone.
    """

    seq: int
    kind: str
    word: str
    pain: int | None
    area: str
    say: str
    at: datetime
    late: bool
    stands: AlertBox | None
    rows: tuple[DialRow, ...]

    def as_json(self) -> dict[str, Any]:
        """For the stream and the polling answer."""
        return {
            "seq": self.seq,
            "kind": self.kind,
            "word": self.word,
            "pain": self.pain,
            "area": self.area,
            "say": self.say,
            "at": self.at.isoformat(),
            "late": self.late,
            "alert": self.stands and asdict(self.stands),
            "rows": [asdict(row) for row in self.rows],
        }


def shown(events: list[DialEvent], *, after: int = 0) -> tuple[Shown, ...]:
    """The lines numbered above `after`, each with the alert that stood then.

    `events` are all lines of the visit in order, for what stands rests on those before.
    """
    by_seq = {event.seq: event for event in events}
    lines = [line_of(event) for event in events]
    found: list[Shown] = []
    for place, event in enumerate(events, 1):
        if event.seq > after:
            is_over = event.visit.finished_at is not None
            stands = standing(lines[:place], is_over=is_over)
            rows = rows_of(touches(events[:place]))
            found.append(_shown(event, by_seq, alert_box(stands, by_seq), rows))
    return tuple(found)


def line_of(event: DialEvent) -> Line:
    """The stored line as the reasoning reads it."""
    if event.about_id is not None:
        is_seen = event.kind == DialEvent.Kind.SEEN
        return Line(event.seq, about=event.about_id, seen=is_seen)
    tap, cap, after = tap_of(event), cap_of(event), came_after_end(event)
    return Line(event.seq, tap, cap, waited_seconds=waited(event), after_end=after)


def tap_of(event: DialEvent) -> Tap:
    """The stored touch as the reasoning reads it."""
    word = None if event.kind == DialEvent.Kind.PAIN else Word(event.kind)
    return Tap(event.at, event.area, word, event.pain, event.pressure)


def cap_of(event: DialEvent) -> Cap:
    """The limits that held for this touch."""
    return Cap(event.pain_cap, event.pressure_ceiling)


def waited(event: DialEvent) -> float:
    """Seconds the touch was on the phone before it came; 0 when it came at once."""
    return (event.received_at - event.at).total_seconds() if event.received_at else 0.0


def came_after_end(event: DialEvent) -> bool:
    """Whether the visit was finished already when this touch came."""
    ended, came = event.visit.finished_at, event.received_at
    return ended is not None and came is not None and came >= ended


def unseen_after_end(visit: Visit) -> list[DialEvent]:
    """The touches that came after the end of the visit and that nobody has marked as seen."""
    if visit.finished_at is None:
        return []
    events = list(visit.dial_events.order_by("seq"))
    seen = max((one.about_id or 0 for one in events if one.kind == "seen"), default=0)
    return [one for one in touches(events) if one.seq > seen and came_after_end(one)]


def told(event: DialEvent) -> Judgement:
    """What is said of this touch, against the limits that held when it was made."""
    if came_after_end(event):
        return judge_after_end(tap_of(event), cap_of(event))
    return judge_late(tap_of(event), cap_of(event), waited(event))


def touches(events: Iterable[DialEvent]) -> list[DialEvent]:
    """What the client said and did not take back, in order."""
    known = sorted(events, key=lambda one: one.seq)
    back = {one.about_id for one in known if one.kind == DialEvent.Kind.BACK}
    return [one for one in known if one.kind in TOUCHES and one.seq not in back]


def area_logs(visit: Visit) -> tuple[AreaLog, ...]:
    """All touches of the visit by area, under the areas' names, late ones too; and each area's
    stops that were taken back."""
    events = list(visit.dial_events.order_by("seq"))
    logs = {log.area: log for log in by_area((tap_of(x), cap_of(x)) for x in touches(events))}
    for event in _stops_back(events):
        log = logs.get(event.area) or AreaLog(event.area, 0, 0, 0, 0, None, None, 0, None)
        logs[event.area] = replace(log, stop_back=log.stop_back + 1)
    return tuple(replace(log, area=name_of(log.area) if log.area else "") for log in logs.values())


def _stops_back(events: list[DialEvent]) -> list[DialEvent]:
    back = {one.about_id for one in events if one.kind == DialEvent.Kind.BACK}
    return [one for one in events if one.kind == DialEvent.Kind.STOP and one.seq in back]


def alert_box(stands: Standing | None, by_seq: dict[int, DialEvent]) -> AlertBox | None:
    """The alert with the name of the area it came from."""
    if stands is None:
        return None
    area = by_seq[stands.seq].area
    words = with_area(stands.say, name_of(area) if area else "")
    is_over = by_seq[stands.seq].visit.finished_at is not None
    return AlertBox(stands.seq, OVER if is_over else str(stands.alert), words)


def with_area(say: str, area: str) -> str:
    """The words, followed by the area they are about."""
    return f"{say} {area}." if area else say


def _shown(
    event: DialEvent,
    by_seq: dict[int, DialEvent],
    stands: AlertBox | None,
    rows: tuple[DialRow, ...],
) -> Shown:
    word, say = "", ""
    if event.kind == DialEvent.Kind.BACK and event.about_id:
        word, say = "Taken back", f"The last tap was a slip: {word_of(by_seq[event.about_id])}."
    elif event.kind in TOUCHES:
        word, say = word_of(event), told(event).say
    is_late = event.received_at is not None
    if is_late:
        word = f"Late: {word.lower()}"
    area = name_of(event.area) if event.area else ""
    return Shown(
        event.seq, event.kind, word, event.pain, area, say, event.at, is_late, stands, rows
    )


def word_of(event: DialEvent) -> str:
    """The touch in one word, or its number."""
    return str(event.pain) if event.pain is not None else DialEvent.Kind(event.kind).label


def rows_of(events: list[DialEvent]) -> tuple[DialRow, ...]:
    """One row for each area touched, in order of first touch; a late one does not come last."""
    found: dict[str, DialRow] = {}
    for event in sorted(events, key=lambda one: (one.at, one.seq)):
        before = found.get(event.area)
        pains = [p for p in (before.pain if before else None, event.pain) if p is not None]
        is_above = event.kind == DialEvent.Kind.STOP or (
            event.pain is not None and event.pain > event.pain_cap
        )
        found[event.area] = DialRow(
            area=name_of(event.area) if event.area else "No area",
            word=word_of(event),
            pain=max(pains, default=None),
            cap=event.pain_cap,
            is_above=is_above or bool(before and before.is_above),
        )
    return tuple(found.values())


def ending(visit: Visit) -> dict[str, Any]:
    """What an open screen says once the visit is finished: there are no hands to lift any more."""
    events = list(visit.dial_events.order_by("seq"))
    by_seq = {event.seq: event for event in events}
    alert = alert_box(standing([line_of(one) for one in events], is_over=True), by_seq)
    last = next((one for one in reversed(events) if one.kind != DialEvent.Kind.SEEN), None)
    return {"alert": alert and asdict(alert), "say": say_over(last) if last else ""}


def say_over(last: DialEvent) -> str:
    """What is said of the last line of a finished visit: that it was the last, or that it came
    only after the end."""
    say = told(last).say if last.kind in TOUCHES and came_after_end(last) else LAST_TAP
    return with_area(say, name_of(last.area) if last.area else "")


def read_since(visit: Visit, after: int) -> tuple[list[dict[str, Any]], bool]:
    """The lines after this number as data, and whether the visit is finished: two questions.

    Once a visit is finished only who saw an alert is kept, and what a phone had kept for long, so
    the end is looked for first.
    """
    visit.refresh_from_db(fields=["finished_at"])
    finished = visit.finished_at is not None
    events = list(visit.dial_events.order_by("seq"))
    return [one.as_json() for one in shown(events, after=after)], finished
