"""What somebody has to look at: the list on the day's page and on the episode."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Case, When

from unknot.knowledge import load
from unknot.reasoning.scale import Urgency, severity

from ..access import Actor, scope
from ..models import Alert
from ..ui.words import clock, relative_day

URGENCY_WORDS: Final = {
    Urgency.EMERGENCY_NOW: "Emergency",
    Urgency.SAME_DAY: "Same day",
    Urgency.GP_SOON: "Doctor within two weeks",
    Urgency.GP_ROUTINE: "Doctor, no hurry",
    Urgency.NONE: "Please look",
}
TONES: Final = {
    Urgency.EMERGENCY_NOW: "stop",
    Urgency.SAME_DAY: "stop",
    Urgency.GP_SOON: "caution",
    Urgency.GP_ROUTINE: "caution",
    Urgency.NONE: "info",
}


@dataclass(frozen=True)
class AlertRow:
    """One alert. `next_time` is what the rule says about the next visit, "" when it says
    nothing."""

    id: UUID
    episode_id: UUID
    who: str
    words: str
    when: str
    urgency: str
    tone: str
    next_time: str
    handled: str

    @property
    def is_urgent(self) -> bool:
        """Whether it is about today."""
        return self.tone == "stop"


def open_for(actor: Actor, now: datetime, *, limit: int = 20) -> tuple[AlertRow, ...]:
    """The alerts this actor may answer and nobody has, most urgent first, then oldest."""
    ranks = (When(urgency=urgency, then=-severity(urgency)) for urgency in Urgency)
    alerts = (
        scope(Alert, actor, "alert.handle")
        .filter(handled_at=None)
        .select_related("episode__client__practice", "handled_by")
        .order_by(Case(*ranks, default=0), "raised_at")
    )
    return tuple(row(alert, now) for alert in alerts[:limit])


def row(alert: Alert, now: datetime) -> AlertRow:
    """One alert in words."""
    client = alert.episode.client
    zone = ZoneInfo(client.practice.zone)
    day = relative_day(alert.raised_at.astimezone(zone).date(), today=now.astimezone(zone).date())
    event = load().adverse_events.get(alert.rule_id)
    urgency = _urgency(alert)
    return AlertRow(
        id=alert.pk,
        episode_id=alert.episode_id,
        who=client.name,
        words=alert.words,
        when=f"{day}, {clock(alert.raised_at, zone)}",
        urgency=URGENCY_WORDS[urgency],
        tone=TONES[urgency],
        next_time=event.next_time if event else "",
        handled=f"{alert.handled_by.name}: {alert.handled_words}" if alert.handled_by else "",
    )


def _urgency(alert: Alert) -> Urgency:
    try:
        return Urgency(alert.urgency)
    except ValueError:
        return Urgency.NONE
