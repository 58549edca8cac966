"""What the owner sees of messages: sent, waiting, failed, and what nobody has answered in time.

Whom a message went to, when and how often it was tried; never its words.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from ..access import Request, listing
from ..models import Alert, Channel, Outbox
from ..ui.words import count, sentence, short_when
from .actions.outbox import MOST_TRIES
from .pages import LateRow, MessageRow, MessagesPage

SHOWN: Final = 50
LOOKED_BACK: Final = timedelta(days=14)
PROBLEMS: Final = {
    "channel": "No way to send text messages is set up.",
    "line": "The mail server did not answer or did not take it.",
    "address": "Nothing can be sent to this address.",
}


def page_of(request: Request, now: datetime) -> MessagesPage:
    """The messages of the last two weeks and everything that still waits."""
    assert request.actor.practice is not None
    zone = ZoneInfo(request.actor.practice.zone)
    every = listing(Outbox, request)
    open_ = every.filter(sent_at=None)
    sent = every.filter(sent_at__gt=now - LOOKED_BACK)
    number = sent.count()
    return MessagesPage(
        failed=_rows(open_.exclude(problem="").order_by("-made_at"), zone, now),
        waiting=_rows(open_.filter(problem="").order_by("due_at"), zone, now),
        sent=_rows(sent.order_by("-sent_at"), zone, now),
        sent_words=sentence(f"{count(number, 'message')} sent in the last 14 days"),
        late=_late(request, zone, now),
    )


def _rows(mails: QuerySet[Outbox], zone: ZoneInfo, now: datetime) -> tuple[MessageRow, ...]:
    return tuple(_row(mail, zone, now) for mail in mails[:SHOWN])


def _row(mail: Outbox, zone: ZoneInfo, now: datetime) -> MessageRow:
    at = mail.sent_at or mail.made_at
    return MessageRow(
        id=mail.pk,
        to=mail.to,
        way=Channel(mail.channel).label,
        when=short_when(at, zone, now=now),
        problem=PROBLEMS.get(mail.problem, ""),
        next=_next(mail, zone, now),
    )


def _next(mail: Outbox, zone: ZoneInfo, now: datetime) -> str:
    """What comes next for one that was not sent."""
    if mail.sent_at is not None:
        return ""
    if mail.attempts >= MOST_TRIES:
        return f"Given up after {MOST_TRIES} tries."
    tried = f"Tried {count(mail.attempts, 'time')}. " if mail.attempts else ""
    if mail.due_at <= now:
        return f"{tried}Goes out with the next round."
    return f"{tried}Goes out {short_when(mail.due_at, zone, now=now)}."


def _late(request: Request, zone: ZoneInfo, now: datetime) -> tuple[LateRow, ...]:
    """The alerts that went to the owner because nobody answered, oldest first."""
    late = listing(Alert, request).filter(handled_at=None, escalated_at__isnull=False)
    rows = late.select_related("episode__client", "episode__therapist").order_by("raised_at")
    return tuple(
        LateRow(
            episode_id=alert.episode_id,
            who=alert.episode.client.name,
            therapist=alert.episode.therapist.name if alert.episode.therapist else "nobody",
            when=short_when(alert.raised_at, zone, now=now),
        )
        for alert in rows[:SHOWN]
    )
