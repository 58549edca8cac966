"""Asking on the client's own phone, before they arrive, whether anything is new.

The token is derived from the link's key with the server's secret, so that only its hash is
stored. A link takes one answer, until its appointment has ended or is cancelled. The answer is
screened as any other: what stays open is unknown, and unknown does not pass.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.conf import settings

from unknot.reasoning.case import Answer
from unknot.reasoning.scale import Urgency

from ...access import Actor, Sent, token_hash
from ...audit import action, record
from ...intake.alarm import raise_alert
from ...models import Appointment, AskLink, Outbox, Screening, Visit
from ...screen import actions as screening
from ..errors import NotInSession, VisitRefused
from . import merge
from .told import told_before, with_news, with_wish

TOKEN_BYTES: Final = 20
RULE: Final = "ASK-BEFORE"
"""What an alert from an answer before a visit is filed under."""
SUBJECT: Final = "Before your visit: is anything new?"
BODY: Final = (
    "Hello {name},\n\nBefore we treat you we ask whether anything is new. You can answer now:\n\n"
    "{address}\n\n"
    "The link is yours alone. No password is needed. If you would rather talk, we ask you when "
    "you come.\n\nIf something worries you now, do not wait for us: call your doctor, or "
    "{emergency} if it is urgent.\n\n{practice}\n"
)


def token_of(link: AskLink) -> str:
    """The link's secret, the same each time: 32 letters and digits in lower case."""
    mac = hmac.new(settings.SECRET_KEY.encode(), f"ask:{link.pk}".encode(), hashlib.sha256)
    return base64.b32encode(mac.digest()[:TOKEN_BYTES]).decode().lower()


@action("ask.send")
def make_ask_link(*, appointment: Appointment, by: Actor, now: datetime) -> AskLink:
    """A link for the client of this appointment; one made before and not answered is revoked.

    Raises NotInSession when the appointment is over or cancelled.
    """
    if appointment.state != Appointment.State.BOOKED or appointment.ends_at <= now:
        raise NotInSession("This appointment is over or was cancelled.")
    open_links = AskLink.everything.filter(
        appointment=appointment, revoked_at=None, answered_at=None
    )
    open_links.update(revoked_at=now)
    link = AskLink(appointment=appointment, made_at=now, expires_at=appointment.ends_at)
    link.token_hash = token_hash(token_of(link))
    link.save(force_insert=True)
    record(link, changed=["made_at"])
    return link


@action("ask.send")
def send_ask_link(*, appointment: Appointment, origin: str, by: Actor, now: datetime) -> AskLink:
    """A new link, and the mail that brings it. Raises VisitRefused without an address."""
    client = appointment.client
    if not client.email:
        raise VisitRefused("This client has no e-mail address. Show them the code instead.")
    link = make_ask_link(appointment=appointment, by=by, now=now)
    mail = Outbox.everything.create(
        practice=client.practice,
        to=client.email,
        subject=SUBJECT,
        body=BODY.format(
            name=client.called or client.name.split()[0],
            address=f"{origin.rstrip('/')}/before/{token_of(link)}/",
            practice=client.practice.name,
            emergency=client.practice.emergency_number,
        ),
        made_at=now,
        due_at=now,
    )
    record(mail, changed=["made_at"])
    return link


def open_ask_link(appointment: Appointment, now: datetime) -> AskLink | None:
    """The link that waits for an answer, or None."""
    return AskLink.everything.filter(
        appointment=appointment, revoked_at=None, answered_at=None, expires_at__gt=now
    ).first()


def ask_link_for(token: str, now: datetime) -> AskLink | None:
    """The link with this token, answered or not; None when it does not hold any more."""
    return (
        AskLink.everything.filter(
            token_hash=token_hash(token),
            revoked_at=None,
            expires_at__gt=now,
            appointment__state=Appointment.State.BOOKED,
        )
        .select_related("appointment__episode__client__practice", "screening")
        .first()
    )


class AlreadyAnswered(VisitRefused):
    """The link has taken its answer."""


@action("ask.answer")
def answer_ask(
    *,
    link: AskLink,
    answers: Mapping[str, Answer | None],
    news: tuple[str, ...],
    wish: str,
    by: Actor,
    now: datetime,
) -> Screening:
    """Screens the answer and keeps it for the visit; a screening that bars it alerts at once.

    Raises AlreadyAnswered the second time, unless what is new bars the visit or adds a finding to
    those of the first: what somebody goes back to say must not be lost, nor let more pass.
    """
    held = AskLink.everything.select_for_update(of=("self",)).get(pk=link.pk)
    appointment = link.appointment
    row = screening.rescreen(episode=appointment.episode, answers=answers, by=by, now=now)
    if held.screening is not None and not (news and _says_more(row, held.screening)):
        raise AlreadyAnswered("This was answered already.")
    link.answered_at, link.screening = now, row
    link.news, link.wish = with_news(held.news, news), wish.strip()[:300] or held.wish
    link.save(update_fields=["answered_at", "screening", "news", "wish"])
    record(link, changed=["answered_at", "news"])
    if row.blocks_booking:
        raise_alert(
            episode=appointment.episode,
            rule_id=RULE,
            urgency=Urgency(row.urgency),
            words=f"Answered before the visit: {row.result.get('headline', '')}",
            now=now,
        )
    _tell_the_visit(appointment, held.wish, by, now)
    return row


def _says_more(now: Screening, first: Screening) -> bool:
    """Whether a second answer must be heard: it bars the visit, or holds more against it."""
    return now.blocks_booking or _fired(now) > _fired(first)


def _fired(row: Screening) -> set[str]:
    found = row.result.get("findings", [])
    return {str(one["rule_id"]) for one in found if one.get("state") == "fired"}


def _tell_the_visit(appointment: Appointment, wish_before: str, by: Actor, now: datetime) -> None:
    """A visit that was opened before the answer came, and not begun yet, takes it over, beside
    what was entered into it meanwhile."""
    waiting = Visit.everything.select_for_update(of=("self",)).filter(started_at=None)
    visit = waiting.filter(appointment=appointment).first()
    if visit is None:
        return
    told = told_before(appointment)
    told["new_since"] = with_news(visit.new_since, told["new_since"])
    told["wish_today"] = with_wish(visit.wish_today, wish_before, told["wish_today"])
    if told["wish_today"] != visit.wish_today:  # news to a page that was opened before
        sent = Sent(at=now, received=now)
        merge.keep(visit, "wish_today", told["wish_today"], sent, by)
    for name, value in told.items():
        setattr(visit, name, value)
    visit.save(update_fields=list(told))
    record(visit, changed=sorted(told))
