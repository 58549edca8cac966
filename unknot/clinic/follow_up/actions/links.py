"""Links that let a client answer without a password.

The token is derived from the link's key with the server's secret, so that only its hash is
stored and the mail, or a code on the desk, can still show it. A diary link takes one entry a
day for a month; a link for the check after a visit takes one answer within five days of it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from ...access import Actor, Sent, token_hash
from ...audit import action, record
from ...models import CheckInLink, Episode, Visit
from ..errors import LinkNotSent

TOKEN_BYTES: Final = 20
DIARY_LIFETIME: Final = timedelta(days=31)
SORENESS_LIFETIME: Final = timedelta(days=5)
"""Long enough that worse pain for more than 72 hours can still be told."""


def token_of(link: CheckInLink) -> str:
    """The link's secret, the same each time: 32 letters and digits in lower case."""
    mac = hmac.new(settings.SECRET_KEY.encode(), f"check-in:{link.pk}".encode(), hashlib.sha256)
    return base64.b32encode(mac.digest()[:TOKEN_BYTES]).decode().lower()


@action("check_in.send")
def make_link(
    *, episode: Episode, kind: str, by: Actor, now: datetime, visit: Visit | None = None
) -> CheckInLink:
    """A link for the client of this episode; a diary link made before is revoked.

    Raises LinkNotSent for a check of a visit that is not finished or of another episode.
    """
    if kind == CheckInLink.Kind.SORENESS:
        if visit is None or visit.finished_at is None:
            raise LinkNotSent("The check belongs to a finished visit.")
        if visit.appointment.episode_id != episode.pk:
            raise LinkNotSent("This visit belongs to another episode.")
        expires = visit.finished_at + SORENESS_LIFETIME
    else:
        visit, expires = None, now + DIARY_LIFETIME
    same = episode.check_in_links.filter(kind=kind, visit=visit, revoked_at=None)
    same.update(revoked_at=now)
    link = CheckInLink(episode=episode, visit=visit, kind=kind, made_at=now, expires_at=expires)
    link.token_hash = token_hash(token_of(link))
    link.save(force_insert=True)
    record(link, changed=["made_at", "kind"])
    return link


def link_for_token(token: str, now: datetime) -> CheckInLink | None:
    """The link with this token, or None when it is unknown, cut, revoked or past."""
    return (
        CheckInLink.everything.filter(
            token_hash=token_hash(token), revoked_at=None, expires_at__gt=now
        )
        .select_related("episode__client__practice", "visit__appointment")
        .first()
    )


def ended_link(token: str) -> CheckInLink | None:
    """The link with this token that was made here and no longer takes answers, else None."""
    return (
        CheckInLink.everything.filter(token_hash=token_hash(token))
        .select_related("episode__client__practice")
        .first()
    )


def moment(link: CheckInLink, sent: Sent) -> datetime:
    """When the answer was given, as its phone says, but never before there was the link."""
    return max(sent.at, link.made_at)
