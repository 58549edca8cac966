"""The checks after visits that are due now, and everything waiting in the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from ..access import scope, system
from ..intake.consent import may_write_to
from ..models import CheckInLink, Visit
from .actions import mail

CHECK_AFTER: Final = timedelta(hours=24)
CHECK_UNTIL: Final = timedelta(hours=72)


@dataclass(frozen=True)
class Done:
    """How many links were made, and how many mails went out."""

    checks: int
    mails: int


def run(*, origin: str, now: datetime) -> Done:
    """Sends the 24-72 h check of every finished visit that has none yet, then the outbox.

    Safe to run often and twice at once: each visit is locked while it is asked, and one with a
    link is not asked again.
    """
    visits = (
        scope(Visit, system(), "check_in.send")
        .filter(finished_at__lte=now - CHECK_AFTER, finished_at__gt=now - CHECK_UNTIL)
        .exclude(check_in_links__kind=CheckInLink.Kind.SORENESS)
        .exclude(appointment__client__email="")
        .exclude(appointment__client__practice__is_demo=True)  # invented people get no mail
        .select_related("appointment__episode__client__practice")
    )
    asked = [visit for visit in visits if may_write_to(visit.appointment.episode.client)]
    checks = sum(_ask(visit, origin, now) for visit in asked)
    return Done(checks, mail.send_due(now))


def _ask(visit: Visit, origin: str, now: datetime) -> bool:
    """Sends the check of one visit, unless another process did so a moment ago."""
    with transaction.atomic():
        scope(Visit, system(), "check_in.send").select_for_update(of=("self",)).get(pk=visit.pk)
        if visit.check_in_links.filter(kind=CheckInLink.Kind.SORENESS).exists():
            return False
        mail.send_link(
            episode=visit.appointment.episode,
            kind=CheckInLink.Kind.SORENESS,
            visit=visit,
            origin=origin,
            by=system(visit.appointment.client.practice),
            now=now,
        )
    return True
