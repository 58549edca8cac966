"""Alerts, raised inside the action that found what somebody has to look at.

Whatever stage raises one: it has a time by which it goes to the owner, and what is about today
sends the therapist a message that waits in the outbox for the next round.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from unknot.reasoning.follow_up.waiting import TELL_AT_ONCE, look_by
from unknot.reasoning.scale import Urgency

from ..audit import record
from ..models import Alert, Episode, Outbox, Staff

SUBJECT: Final = "{practice}: something waits for you"
WAITING_BODY: Final = "Something at the top of Today needs you now.\n\n{practice}\n"


def raise_alert(
    *, episode: Episode, rule_id: str, urgency: Urgency, words: str, now: datetime, **more: Any
) -> Alert:
    """An alert in the therapist's list. Where nobody who works here treats the episode, the
    message goes to the owners. `more` are other fields of the row."""
    alert = Alert(
        episode=episode,
        rule_id=rule_id,
        urgency=str(urgency),
        words=words[:300],
        raised_at=now,
        look_by=look_by(now, urgency),
        **more,
    )
    alert.save(force_insert=True)
    record(alert, changed=["rule_id", "urgency", *more])
    if urgency in TELL_AT_ONCE:
        therapist = episode.therapist
        for staff in [therapist] if therapist and therapist.active else owners(alert):
            tell(alert, staff, WAITING_BODY, now)
    return alert


def owners(alert: Alert) -> list[Staff]:
    """Whoever owns the practice of an alert."""
    return list(alert.episode.client.practice.staff.filter(role="owner", active=True))


def tell(alert: Alert, staff: Staff, body: str, now: datetime) -> None:
    """A message that says that something waits, and nothing about whom or what; none among
    invented people."""
    practice = alert.episode.client.practice
    if practice.is_demo:
        return
    mail = Outbox(
        practice=practice,
        to=staff.user.email,
        subject=SUBJECT.format(practice=practice.name),
        body=body.format(practice=practice.name),
        made_at=now,
        due_at=now,
    )
    mail.save(force_insert=True)
    record(mail, changed=["made_at"])
