"""The question before a visit, sent by itself to those who can be written to."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from ...access import scope, system
from ...intake.consent import may_write_to
from ...models import Appointment
from ..actions import ask
from ..actions.visit import SCREEN_GOOD_FOR
from ..errors import VisitRefused

ASK_AHEAD: Final = timedelta(hours=18)
"""So early at most: an answer is good for a day, and has to hold until the visit begins."""
assert ASK_AHEAD < SCREEN_GOOD_FOR


def send_ahead(*, origin: str, now: datetime) -> int:
    """Asks every client whose visit is near and who was not asked yet; how many were."""
    near = (
        scope(Appointment, system(), "ask.send")
        .filter(state=Appointment.State.BOOKED, starts_at__gt=now, starts_at__lte=now + ASK_AHEAD)
        .filter(ask_links=None, visit=None)
        .exclude(client__email="")
        .exclude(client__practice__is_demo=True)  # invented people get no mail
        .select_related("client__practice", "episode")
    )
    return sum(_send(one, origin, now) for one in near if may_write_to(one.client))


def _send(appointment: Appointment, origin: str, now: datetime) -> bool:
    """Sends the question of one visit; not to somebody who has told nothing yet."""
    if not appointment.episode.intakes.exists():
        return False
    by = system(appointment.client.practice)
    with suppress(VisitRefused):
        ask.send_ask_link(appointment=appointment, origin=origin, by=by, now=now)
        return True
    return False
