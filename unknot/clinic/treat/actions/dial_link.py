"""The client's way to the dial: a long address for the QR code, a short code for fingers.

Both are derived from the link's key with the server's secret, so that they can be shown again
while only their hashes are stored. They hold for one visit, until the visit is finished, the link
is replaced, or four hours have passed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import F, QuerySet

from ...access import Actor, token_hash
from ...audit import action, record
from ...models import DialGuess, DialLink, Room, Visit
from ..errors import NotInSession
from .merge import hold

LINK_LIFETIME: Final = timedelta(hours=4)
KNOWN_AFTER: Final = timedelta(days=30)
"""How long after the end a phone may still bring what it had kept, as any device may."""
TOKEN_BYTES: Final = 15
"""120 bits: too many to guess, and 24 letters that can still be typed from a screen."""
CODE_LETTERS: Final = "23456789ACDEFHJKMNPQRTVWXY"
"""Nothing that looks alike: no 0 or O, no 1, I or L, no B (8), S (5), Z (2), G (6) or U (V)."""
MISREAD: Final = str.maketrans("BSZGU", "8526V")
CODE_LENGTH: Final = 6
"""309 million codes; ``GUESSES_EVERYWHERE`` says what trying them out would find."""
GUESS_WINDOW: Final = timedelta(minutes=10)
GUESSES: Final = 15
"""Wrong codes taken from one place in ten minutes; a whole house may share one address."""
GUESSES_EVERYWHERE: Final = 80
"""Wrong codes taken from everywhere in ten minutes. At that rate somebody who sends from many
places hits one of 150 open dials in four hours with a chance of 1 in 1,000."""
GUESS_KEPT: Final = timedelta(hours=1)


class TooManyGuesses(Exception):
    """Too many wrong codes; this one was not looked at."""


def token_of(link: DialLink) -> str:
    """The link's secret, the same each time: letters and digits in lower case."""
    mac = hmac.new(settings.SECRET_KEY.encode(), f"dial:{link.pk}".encode(), hashlib.sha256)
    return base64.b32encode(mac.digest()[:TOKEN_BYTES]).decode().lower()


def code_of(link: DialLink) -> str:
    """The link's short code, the same each time."""
    return short_code(f"dial-code:{link.pk}")


def short_code(of: str) -> str:
    """Six letters and digits nobody mixes up, the same each time for the same text."""
    mac = hmac.new(settings.SECRET_KEY.encode(), of.encode(), hashlib.sha256)
    number = int.from_bytes(mac.digest()[:16])
    letters = []
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[place])
    return "".join(letters)


def code_hash(code: str) -> str:
    """Keyed, because a plain hash of six letters could be turned round by trying them all."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"code:{code}".encode(), hashlib.sha256).hexdigest()


def plain_code(typed: str) -> str:
    """What was typed, in capitals, without spaces or dashes, a misread letter put right."""
    return "".join(one for one in typed.upper() if one.isalnum()).translate(MISREAD)


@action("dial.open")
def open_dial(*, visit: Visit, by: Actor, now: datetime) -> DialLink:
    """A new address for the client's dial; the one before it is closed at once. The visit is held
    meanwhile, so that two who open it at the same moment leave one address."""
    hold(visit)
    if visit.finished_at is not None:
        raise NotInSession("This visit is finished.")
    DialLink.everything.filter(visit=visit, closed_at=None).update(closed_at=now)
    link = _new_link(visit, now)
    link.save(force_insert=True)
    record(link, changed=["opened_at"])
    return link


@action("dial.open")
def close_dial(*, visit: Visit, by: Actor, now: datetime) -> Visit:
    """Closes the visit's dial; its address leads nowhere from now on."""
    DialLink.everything.filter(visit=visit, closed_at=None).update(closed_at=now)
    record(visit, changed=["dial"])
    return visit


def _new_link(visit: Visit, now: datetime) -> DialLink:
    """A link whose code no other link has, nor ever had."""
    while True:
        link = DialLink(visit=visit, opened_at=now, expires_at=now + LINK_LIFETIME)
        link.token_hash = token_hash(token_of(link))
        link.code_hash = code_hash(code_of(link))
        if not DialLink.everything.filter(code_hash=link.code_hash).exists():
            return link


def open_link(visit: Visit, now: datetime) -> DialLink | None:
    """The address in force for this visit, or None."""
    return _open_links(now).filter(visit=visit).first()


def link_in_room(room: Room, now: datetime) -> DialLink | None:
    """The dial opened last in this room among those in force, or None between visits."""
    return (
        _open_links(now)
        .select_related("visit__appointment__episode__client__practice")
        .filter(visit__appointment__room=room)
        .order_by("-opened_at")
        .first()
    )


def link_for_token(token: str, now: datetime) -> DialLink | None:
    """The link with this token, or None when it is unknown, cut, replaced, past or finished."""
    return (
        _open_links(now)
        .select_related("visit__appointment__episode__client__practice")
        .filter(token_hash=token_hash(token))
        .first()
    )


def ended_link(token: str, now: datetime) -> DialLink | None:
    """The link with this token if it held until its visit was finished, or None.

    It shows nothing of the visit; what was tapped before the end and comes now is still taken.
    """
    return (
        DialLink.everything.select_related("visit__appointment__episode__client__practice")
        .filter(
            token_hash=token_hash(token),
            closed_at__gte=F("visit__finished_at"),
            visit__finished_at__gt=now - KNOWN_AFTER,
        )
        .first()
    )


def _open_links(now: datetime) -> QuerySet[DialLink]:
    return DialLink.everything.filter(closed_at=None, expires_at__gt=now, visit__finished_at=None)


def link_for_code(typed: str, source: str, now: datetime) -> DialLink | None:
    """The link with this short code, or None. `source` says where it was typed, for the limit.

    Raises TooManyGuesses after too many wrong ones, right or not: a code is not looked at then.
    """
    guess = counted(source, now)
    found = _open_links(now).filter(code_hash=code_hash(plain_code(typed))).first()
    if found is not None:
        guess.delete()
    return found


def counted(source: str, now: datetime) -> DialGuess:
    """The code about to be looked at, counted as wrong before it is: sent all at once, no more of
    them get through. The right one is taken out again. Raises TooManyGuesses after too many wrong.
    """
    DialGuess.everything.filter(at__lt=now - GUESS_KEPT).delete()
    guess = DialGuess.everything.create(source=code_hash(f"from {source}"), at=now)
    recent = DialGuess.everything.filter(at__gt=now - GUESS_WINDOW)
    from_here = recent.filter(source=guess.source).count()
    if from_here > GUESSES or recent.count() > GUESSES_EVERYWHERE:
        guess.delete()
        raise TooManyGuesses
    return guess
