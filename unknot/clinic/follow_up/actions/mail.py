"""Mail to clients: written in the transaction that causes it, sent after commit, then emptied."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F

from ...access import Actor, system
from ...audit import action, record
from ...intake.consent import may_write_to
from ...models import CheckInLink, Episode, Outbox, Visit
from ..errors import LinkNotSent
from .links import make_link, token_of

LOG: Final = logging.getLogger("unknot.follow_up")
MOST_TRIES: Final = 8
BATCH: Final = 100
TRY_AGAIN_AFTER: Final = timedelta(minutes=10)

SUBJECTS: Final = {
    CheckInLink.Kind.DIARY: "Twenty seconds: how is it today?",
    CheckInLink.Kind.SORENESS: "How are you after your visit?",
}
BODIES: Final = {
    CheckInLink.Kind.DIARY: (
        "Hello {name},\n\nA few taps a day show whether the treatment works for you:\n\n"
        "{address}\n\n"
        "The link is yours alone and works once a day for a month. No password is needed.\n"
        "If you miss a day, that is fine.\n\n{practice}\n"
    ),
    CheckInLink.Kind.SORENESS: (
        "Hello {name},\n\nHow have you been since your visit? It takes a minute:\n\n"
        "{address}\n\n"
        "If something worries you now, do not wait for us: call your doctor, or {emergency} "
        "if it is urgent.\n\n{practice}\n"
    ),
}


@action("check_in.send")
def send_link(
    *,
    episode: Episode,
    kind: str,
    origin: str,
    by: Actor,
    now: datetime,
    visit: Visit | None = None,
) -> CheckInLink:
    """A new link, and the mail that brings it, to be sent after commit.

    `origin` is the address of this site, such as https://clinic.example. Raises LinkNotSent when
    the client has no e-mail address.
    """
    client = episode.client
    if not client.email:
        raise LinkNotSent("This client has no e-mail address. Show them the code instead.")
    if not may_write_to(client):
        raise LinkNotSent("The client asked not to be written to: that consent was withdrawn.")
    link = make_link(episode=episode, kind=kind, visit=visit, by=by, now=now)
    mail = Outbox.everything.create(
        practice=client.practice,
        to=client.email,
        subject=SUBJECTS[CheckInLink.Kind(kind)],
        body=BODIES[CheckInLink.Kind(kind)].format(
            name=client.called or client.name.split()[0],
            address=f"{origin.rstrip('/')}/c/{token_of(link)}/",
            practice=client.practice.name,
            emergency=client.practice.emergency_number,
        ),
        made_at=now,
        due_at=now,
    )
    record(mail, changed=["made_at"])
    transaction.on_commit(lambda: send_due(now))
    return link


def send_due(now: datetime) -> int:
    """Sends what is due and not sent; gives the number sent. A failure is tried again later."""
    waiting = Outbox.everything.filter(
        sent_at=None, due_at__lte=now, attempts__lt=MOST_TRIES
    ).select_related("practice")
    return sum(_send(mail, now) for mail in waiting.order_by("made_at")[:BATCH])


def _send(mail: Outbox, now: datetime) -> bool:
    """Sends one mail outside any transaction; an error is logged without address or words."""
    by = system(mail.practice)
    try:
        take_mail(mail=mail, by=by, now=now)
    except MailTaken:
        return False
    try:
        send_mail(mail.subject, mail.body, None, [mail.to])
    except OSError as error:
        LOG.warning("mail %s was not sent: %s", mail.pk, type(error).__name__)
        return False
    settle_mail(mail=mail, by=by, now=now)
    return True


class MailTaken(Exception):
    """Another process is sending this mail, or has sent it."""


@action("outbox.send")
def take_mail(*, mail: Outbox, by: Actor, now: datetime) -> Outbox:
    """Counts a try, and keeps everybody else from this mail until the next one is due.

    Raises MailTaken when somebody else was first.
    """
    free = Outbox.everything.filter(pk=mail.pk, sent_at=None, due_at=mail.due_at)
    if not free.update(attempts=F("attempts") + 1, due_at=now + TRY_AGAIN_AFTER):
        raise MailTaken
    record(mail, changed=["attempts", "due_at"])
    return mail


@action("outbox.send")
def settle_mail(*, mail: Outbox, by: Actor, now: datetime) -> Outbox:
    """Marks a mail as sent. Its words go: a link in a mailbox need not stay here too."""
    mail.sent_at, mail.body = now, ""
    mail.save(update_fields=["sent_at", "body"])
    record(mail, changed=["sent_at", "body"])
    return mail
