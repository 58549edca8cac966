"""What the page of a day shows: its visits, and on the day itself what waits from before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ..access import Actor
from ..book.pages import Day
from ..follow_up.alerts import AlertRow, held_for, open_for
from ..treat.visits import NeedsNote, needs_note

SHOWN_ALERTS: Final = 3
SHOWN_NOTES: Final = 12


@dataclass(frozen=True)
class TodayPage:
    """One day. `alerts` and `unsigned`, the notes left from other days, stand on today's page
    only; `more_alerts` and `more_unsigned` are those behind the first few, `held` the alerts that
    were answered and still hold visits back."""

    day: Day
    alerts: tuple[AlertRow, ...]
    more_alerts: tuple[AlertRow, ...]
    held: tuple[AlertRow, ...]
    unsigned: tuple[NeedsNote, ...]
    more_unsigned: tuple[NeedsNote, ...]


def page_of(actor: Actor, day: Day, now: datetime) -> TodayPage:
    """The page for this person, with what they may answer and may write."""
    alerts = open_for(actor, now) if day.is_today else ()
    shown = {row.note_url for row in day.rows}
    needed = needs_note(actor, now) if day.is_today else ()
    waiting = tuple(one for one in needed if one.url not in shown)
    return TodayPage(
        day=day,
        alerts=alerts[:SHOWN_ALERTS],
        more_alerts=alerts[SHOWN_ALERTS:],
        held=held_for(actor, now) if day.is_today else (),
        unsigned=waiting[:SHOWN_NOTES],
        more_unsigned=waiting[SHOWN_NOTES:],
    )
