"""What a device says of an entry it kept: whose it is, when it was made, on which version.

A page's script writes every entry to the device before it is sent, and may send it much later,
after a restart, or after somebody else has signed in. So each one says which account it was made
under; the server refuses it under any other. The account is named by an opaque id that tells
nothing and leads nowhere without the server's secret.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from django.conf import settings
from django.http import HttpResponseBase

from .actor import Actor
from .request import Request

A = TypeVar("A", bound=HttpResponseBase)
ACCOUNT: Final = "Unknot-Account"
DEVICE: Final = "Unknot-Device"
BASES: Final = "bases"
AGE: Final = "Unknot-Age"
"""Milliseconds between the tap and its sending, by the device's own clock."""
ECHO: Final = "Unknot-Key"
"""On every answer to an entry: its key, so that no other server's answer is taken for ours."""
WHO: Final = "Unknot-Who"
"""On every page: the account it was made for, so that copies of another's are wiped."""
DRAFT: Final = "draft"
"""In a form: the random name under which a device keeps what was filled in (keep-drawing.js)."""
OLDEST: Final = timedelta(days=30)
LATE: Final = timedelta(seconds=90)
"""An entry that took longer than this to arrive is shown as entered late."""
HIGHEST_VERSION: Final = 2**31 - 1
"""What the column that keeps a version holds."""


def account_of(actor: Actor | None) -> str:
    """The opaque id of who is signed in, the same each time; empty when nobody is."""
    if actor is None or actor.user is None:
        return ""
    text = f"device:{actor.user.pk}:{actor.id}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()[:24]


@dataclass(frozen=True)
class Sent:
    """How an entry came: when it was made and when it arrived, both by the server's clock, from
    which device ("" for a plain form), and on which versions of the fields (None: not said)."""

    at: datetime
    received: datetime
    device: str = ""
    bases: Mapping[str, int] | None = None

    @property
    def is_late(self) -> bool:
        """Whether it waited on the device before it was sent."""
        return self.received - self.at > LATE


def sent_of(request: Request, now: datetime) -> Sent:
    """What the request says of its entry. A time that cannot be read is now; none lies ahead."""
    age = request.headers.get(AGE, "")
    waited = timedelta(milliseconds=int(age)) if age.isdecimal() and len(age) < 12 else timedelta()
    return Sent(
        at=now - min(waited, OLDEST),
        received=now,
        device=request.headers.get(DEVICE, "")[:36],
        bases=_bases(request.POST.get(BASES, "")),
    )


def said_by_name(text: str) -> dict[str, Any] | None:
    """What a page's hidden field says by name, as JSON; None when it cannot be read."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):  # RecursionError: nested without end
        return None
    return found if isinstance(found, dict) else None


def saved_draft(request: Request, answer: A) -> A:
    """The answer, naming the form's draft as saved: the device that kept it lets go of it."""
    draft = request.POST.get(DRAFT, "")
    if re.fullmatch(r"[0-9a-f-]{32,36}", draft):
        answer.set_cookie(
            "saved_draft",
            draft,
            max_age=12 * 60 * 60,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    return answer


def _bases(text: str) -> Mapping[str, int] | None:
    """The versions a page had, by field; None when it says none that can be read."""
    found = said_by_name(text)
    if found is None:
        return None
    return {name: one for name, one in found.items() if _is_version(one)}


def _is_version(value: Any) -> bool:
    return type(value) is int and 0 <= value <= HIGHEST_VERSION
