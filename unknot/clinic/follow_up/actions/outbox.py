"""Messages: written in the transaction that causes them, sent after commit, then emptied."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F

from ...access import Actor, system
from ...audit import action, record
from ...models import Channel, Outbox, Practice
from ..channels import Message, channel

LOG: Final = logging.getLogger("unknot.follow_up")
MOST_TRIES: Final = 8
BATCH: Final = 100
TRY_AGAIN_AFTER: Final = timedelta(minutes=10)


def write(
    *,
    practice: Practice,
    to: str,
    subject: str,
    body: str,
    now: datetime,
    way: str = Channel.EMAIL,
    due_at: datetime | None = None,
    stop_address: str = "",
) -> Outbox:
    """A message of the running action, to be sent after commit."""
    mail = Outbox.everything.create(
        practice=practice,
        channel=way,
        to=to,
        subject=subject,
        body=body,
        stop_address=stop_address,
        made_at=now,
        due_at=due_at or now,
    )
    record(mail, changed=["made_at"])
    send_soon(now)
    return mail


def send_soon(now: datetime) -> None:
    """Sends what is due once the running transaction is committed."""
    transaction.on_commit(lambda: send_due(now))


def send_due(now: datetime) -> int:
    """Sends what is due and not sent; gives the number sent. A failure is tried again later."""
    waiting = (
        Outbox.everything.filter(sent_at=None, due_at__lte=now, attempts__lt=MOST_TRIES)
        .exclude(practice__is_demo=True)  # nothing goes to invented people
        .select_related("practice")
    )
    return sum(_send(mail, now) for mail in waiting.order_by("made_at")[:BATCH])


def _send(mail: Outbox, now: datetime) -> bool:
    """Sends one outside any transaction; an error is logged without address or words."""
    by = system(mail.practice)
    try:
        take_mail(mail=mail, by=by, now=now)
    except MailTaken:
        return False
    way = channel(mail.channel)
    if way is None:
        LOG.warning("message %s was not sent: no such channel is set up", mail.pk)
        fail_mail(mail=mail, problem="channel", by=by)
        return False
    try:
        way.send(Message(mail.to, mail.subject, mail.body, mail.stop_address))
    except (OSError, ValueError) as error:  # ValueError: an address or subject no mail can have
        LOG.warning("message %s was not sent: %s", mail.pk, type(error).__name__)
        fail_mail(mail=mail, problem="line" if isinstance(error, OSError) else "address", by=by)
        return False
    settle_mail(mail=mail, by=by, now=now)
    return True


class MailTaken(Exception):
    """Another process is sending this message, or has sent it."""


@action("outbox.send")
def take_mail(*, mail: Outbox, by: Actor, now: datetime) -> Outbox:
    """Counts a try, and keeps everybody else from this message until the next one is due.

    Raises MailTaken when somebody else was first.
    """
    free = Outbox.everything.filter(pk=mail.pk, sent_at=None, due_at=mail.due_at)
    if not free.update(attempts=F("attempts") + 1, due_at=now + TRY_AGAIN_AFTER):
        raise MailTaken
    record(mail, changed=["attempts", "due_at"])
    return mail


@action("outbox.send")
def settle_mail(*, mail: Outbox, by: Actor, now: datetime) -> Outbox:
    """Marks it as sent. Its words go: a link in a mailbox need not stay here too."""
    mail.sent_at, mail.body, mail.stop_address, mail.problem = now, "", "", ""
    mail.save(update_fields=["sent_at", "body", "stop_address", "problem"])
    record(mail, changed=["sent_at", "body", "stop_address"])
    return mail


@action("outbox.send")
def fail_mail(*, mail: Outbox, problem: str, by: Actor) -> Outbox:
    """Keeps why a try failed, in one word; it is tried again when its time comes."""
    mail.problem = problem
    mail.save(update_fields=["problem"])
    record(mail, changed=["problem"])
    return mail


class AlreadySent(Exception):
    """This message was sent; there is nothing to try again."""


@action("message.retry")
def retry(*, mail: Outbox, by: Actor, now: datetime) -> Outbox:
    """Tries a message again from the start, at once. Raises AlreadySent."""
    held = Outbox.everything.select_for_update(of=("self",)).get(pk=mail.pk)
    if held.sent_at is not None:
        raise AlreadySent
    held.attempts, held.due_at, held.problem = 0, now, ""
    held.save(update_fields=["attempts", "due_at", "problem"])
    record(held, changed=["attempts", "due_at"])
    send_soon(now)
    return held
