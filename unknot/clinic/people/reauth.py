"""Making sure anew who is asking, before something is signed in their name.

Somebody with a password types it again. Somebody who signs in by link or passkey only has none:
they type their name, and must have signed in within the last minutes.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from typing import Final, Literal

from allauth.core import ratelimit

from ..access import Request

FRESH: Final = timedelta(minutes=5)

Proof = Literal["password", "name"]


def proof_for(request: Request) -> Proof:
    """What this person has to type."""
    user = request.actor.user
    return "password" if user is not None and user.has_usable_password() else "name"


def confirm(request: Request, typed: str, *, now: datetime) -> str:
    """An empty text when the person is who they say, else what to do, in words for them.

    Tries are limited by the sign-in library's rate for re-authentication.
    """
    user = request.actor.user
    if user is None:
        return "Sign in first."
    if not ratelimit.consume(request, action="reauthenticate", user=user):
        return "Too many tries. Wait a minute, then try again."
    if proof_for(request) == "password":
        return "" if user.check_password(typed) else "This is not your password. Try again."
    if user.last_login is None or now - user.last_login > FRESH:
        return "Sign in again first, then sign within five minutes."
    given, wanted = typed.strip().casefold(), request.actor.name.casefold()
    same = hmac.compare_digest(given.encode(), wanted.encode())
    return "" if same else f"Type your name as it is printed here: {request.actor.name}."
