"""What somebody has to look at: the list on the day's page and on the episode."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Case, F, Max, QuerySet, When

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


SHOWN_RULES: Final = 3


@dataclass(frozen=True)
class AlertRow:
    """One alert. `said` is the client's own note, `told` what they read, `next_time` what the
    rules say about the next visit ("" when they say nothing), `holds` that nothing is booked or
    begun, `late` how long it has waited past its time."""

    id: UUID
    episode_id: UUID
    who: str
    words: str
    said: str
    when: str
    urgency: str
    tone: str
    told: tuple[str, ...]
    next_time: str
    holds: bool
    can_clear: bool
    asks_screening: bool
    late: str
    handled: str

    @property
    def is_urgent(self) -> bool:
        """Whether it is about today."""
        return self.tone == "stop"


def open_for(actor: Actor, now: datetime) -> tuple[AlertRow, ...]:
    """Every alert this actor may answer and nobody has, most urgent first, then those that have
    waited past their time, then oldest."""
    ranks = (When(urgency=urgency, then=-severity(urgency)) for urgency in Urgency)
    alerts = _listed(actor).filter(handled_at=None)
    ordered = alerts.order_by(
        Case(*ranks, default=0), F("escalated_at").asc(nulls_last=True), "raised_at"
    )
    return rows(ordered, now)


def held_for(actor: Actor, now: datetime) -> tuple[AlertRow, ...]:
    """Every alert that was answered and still holds visits back, oldest first."""
    held = _listed(actor).filter(handled_at__isnull=False, stops=True, cleared_at=None)
    return rows(held.order_by("raised_at"), now)


def _listed(actor: Actor) -> QuerySet[Alert]:
    return scope(Alert, actor, "alert.handle")


def rows(alerts: QuerySet[Alert], now: datetime) -> tuple[AlertRow, ...]:
    """These alerts in words, in their order. Two questions, however many there are."""
    episodes = alerts.order_by().values_list("episode")
    screened = dict(
        episodes.annotate(at=Max("episode__screenings__decided_at")).values_list("episode", "at")
    )
    loaded = alerts.select_related("check_in", "episode__client__practice", "handled_by")
    return tuple(_row(alert, screened.get(alert.episode_id), now) for alert in loaded)


def _row(alert: Alert, screened_at: datetime | None, now: datetime) -> AlertRow:
    """One alert in words; `screened_at` is when its episode was last screened, if ever."""
    client = alert.episode.client
    zone = ZoneInfo(client.practice.zone)
    day = relative_day(alert.raised_at.astimezone(zone).date(), today=now.astimezone(zone).date())
    urgency = _urgency(alert)
    holds = alert.stops and alert.cleared_at is None
    waits = alert.asks_screening and (screened_at is None or screened_at <= alert.raised_at)
    return AlertRow(
        id=alert.pk,
        episode_id=alert.episode_id,
        who=client.name,
        words=alert.words,
        said=str(alert.check_in.answers.get("note") or "") if alert.check_in else "",
        when=f"{day}, {clock(alert.raised_at, zone)}",
        urgency=URGENCY_WORDS[urgency],
        tone=TONES[urgency],
        told=tuple(alert.told.splitlines()),
        next_time=" ".join(_next_times(alert)),
        holds=holds,
        can_clear=holds and not waits,
        asks_screening=holds and waits,
        late="Nobody has answered in time. The owner was told." if alert.escalated_at else "",
        handled=f"{alert.handled_by.name}: {alert.handled_words.rstrip('.')}"
        if alert.handled_by
        else "",
    )


def _next_times(alert: Alert) -> tuple[str, ...]:
    """What the rules that fired say about the next visit, the most urgent first, each once."""
    events = load().adverse_events
    rules = [str(one) for one in alert.rules or [alert.rule_id]]
    known = (events[one].next_time for one in rules[:SHOWN_RULES] if one in events)
    return tuple(dict.fromkeys(known))


def _urgency(alert: Alert) -> Urgency:
    try:
        return Urgency(alert.urgency)
    except ValueError:
        return Urgency.NONE
