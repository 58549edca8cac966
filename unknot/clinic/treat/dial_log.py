"""The dial's log, read: what the therapist's screen shows, and what the note and the brief use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from unknot.reasoning.treat.alerts import Line, Standing, standing
from unknot.reasoning.treat.dial import AreaLog, Cap, Judgement, Word, by_area, judge
from unknot.reasoning.treat.dial import DialEvent as Tap

from ..models import DialEvent, Visit
from . import limits as limits_of
from .actions.dial import TOUCHES
from .actions.dial_link import open_link
from .areas import name_of
from .limits import Limits
from .pages import AlertBox, DialPanel, DialRow


@dataclass(frozen=True)
class Shown:
    """One line as the therapist's screen shows it, and the alert that stands after it.

    `word` is "" for a line that only says who saw an alert.
    """

    seq: int
    kind: str
    word: str
    pain: int | None
    area: str
    say: str
    at: datetime
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
            "alert": self.stands and asdict(self.stands),
            "rows": [asdict(row) for row in self.rows],
        }


def shown(events: list[DialEvent], limits: Limits, *, after: int = 0) -> tuple[Shown, ...]:
    """The lines numbered above `after`, each with the alert that stood then.

    `events` are all lines of the visit in order, for what stands rests on those before.
    """
    by_seq = {event.seq: event for event in events}
    stands: Standing | None = None
    told: list[Shown] = []
    for place, event in enumerate(events, 1):
        stands = standing([line_of(event, limits)], stands)
        if event.seq > after:
            rows = _rows(touches(events[:place]))
            told.append(_shown(event, by_seq, limits, alert_box(stands, by_seq), rows))
    return tuple(told)


def line_of(event: DialEvent, limits: Limits) -> Line:
    """The stored line as the reasoning reads it."""
    if event.about_id is not None:
        is_seen = event.kind == DialEvent.Kind.SEEN
        return Line(event.seq, about=event.about_id, seen=is_seen)
    return Line(event.seq, tap_of(event), cap_of(event, limits))


def tap_of(event: DialEvent) -> Tap:
    """The stored touch as the reasoning reads it."""
    word = None if event.kind == DialEvent.Kind.PAIN else Word(event.kind)
    return Tap(event.at, event.area, word, event.pain, event.pressure)


def cap_of(event: DialEvent, limits: Limits) -> Cap:
    """The pain cap that held for this touch, and the pressure ceiling there."""
    return Cap(event.pain_cap, limits.ceiling_for(event.area))


def judgement(event: DialEvent, limits: Limits) -> Judgement:
    """What this touch asks for, against the pain cap that held then and the pressure ceiling."""
    return judge(tap_of(event), cap_of(event, limits))


def touches(events: Iterable[DialEvent]) -> list[DialEvent]:
    """What the client said and did not take back, in order."""
    told = sorted(events, key=lambda one: one.seq)
    back = {one.about_id for one in told if one.kind == DialEvent.Kind.BACK}
    return [one for one in told if one.kind in TOUCHES and one.seq not in back]


def area_logs(visit: Visit, cap: Cap) -> tuple[AreaLog, ...]:
    """All touches of the visit by area, under the areas' names."""
    logs = by_area((tap_of(one) for one in touches(visit.dial_events.all())), cap)
    return tuple(replace(log, area=name_of(log.area) if log.area else "") for log in logs)


def panel(visit: Visit, limits: Limits, now: datetime) -> DialPanel:
    """The dial as of now: the last word, one row for each area, and the alert that stands."""
    events = list(visit.dial_events.order_by("seq"))
    worded = [event.seq for event in events if event.kind != DialEvent.Kind.SEEN]
    told = shown(events, limits, after=worded[-1] - 1) if worded else ()
    last = told[0] if told else None
    by_seq = {event.seq: event for event in events}
    stands = standing([line_of(event, limits) for event in events])
    return DialPanel(
        is_open=open_link(visit, now) is not None,
        last_seq=events[-1].seq if events else 0,
        word=last.word if last else "",
        say=_with_area(last.say, last.area) if last else "",
        alert=alert_box(stands, by_seq),
        cap=limits.cap(visit.technique_in_work).pain_0_10,
        rows=_rows(touches(events)),
    )


def alert_box(stands: Standing | None, by_seq: dict[int, DialEvent]) -> AlertBox | None:
    """The alert with the name of the area it came from."""
    if stands is None:
        return None
    area = by_seq[stands.seq].area
    words = _with_area(stands.say, name_of(area) if area else "")
    return AlertBox(stands.seq, str(stands.alert), words)


def _with_area(say: str, area: str) -> str:
    return f"{say} {area}." if area else say


def _shown(
    event: DialEvent,
    by_seq: dict[int, DialEvent],
    limits: Limits,
    stands: AlertBox | None,
    rows: tuple[DialRow, ...],
) -> Shown:
    word, say = "", ""
    if event.kind == DialEvent.Kind.BACK and event.about_id:
        word, say = "Taken back", f"The last tap was a slip: {word_of(by_seq[event.about_id])}."
    elif event.kind in TOUCHES:
        word, say = word_of(event), judgement(event, limits).say
    area = name_of(event.area) if event.area else ""
    return Shown(event.seq, event.kind, word, event.pain, area, say, event.at, stands, rows)


def word_of(event: DialEvent) -> str:
    """The touch in one word, or its number."""
    return str(event.pain) if event.pain is not None else DialEvent.Kind(event.kind).label


def _rows(events: list[DialEvent]) -> tuple[DialRow, ...]:
    rows: dict[str, DialRow] = {}
    for event in events:
        before = rows.get(event.area)
        pains = [p for p in (before.pain if before else None, event.pain) if p is not None]
        is_above = event.kind == DialEvent.Kind.STOP or (
            event.pain is not None and event.pain > event.pain_cap
        )
        rows[event.area] = DialRow(
            area=name_of(event.area) if event.area else "No area",
            word=word_of(event),
            pain=max(pains, default=None),
            cap=event.pain_cap,
            is_above=is_above or bool(before and before.is_above),
        )
    return tuple(rows.values())


def read_since(visit: Visit, after: int) -> tuple[list[dict[str, Any]], bool]:
    """The lines after this number as data, and whether the visit is finished.

    One question to the database while nothing is new, and one for the visit itself.
    """
    visit.refresh_from_db(fields=["finished_at"])
    finished = visit.finished_at is not None
    if not visit.dial_events.filter(seq__gt=after).exists():
        return [], finished
    events = list(visit.dial_events.order_by("seq"))
    limits = limits_of.read(visit.appointment.episode)
    return [one.as_json() for one in shown(events, limits, after=after)], finished
