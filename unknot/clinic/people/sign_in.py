"""Signing in: the auth library does it; this says where we differ from its defaults."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import perform_login
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from ..access import Actor, new_token, system, token_hash
from ..audit import action, record
from ..models import SignInLink, User
from .mail import post

LINK_LIFETIME = timedelta(minutes=15)
MOST_LINKS = 5


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody can make an account for themselves: practices invite, clients keep a self-check."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def _asked_too_often(user: User, now: datetime) -> bool:
    """Nobody's mailbox can be filled by asking again and again for a link to it."""
    waiting = SignInLink.everything.filter(user=user, used_at=None, expires_at__gt=now)
    return waiting.count() >= MOST_LINKS


@action("sign_in_link.make")
def make_link(*, user: User, by: Actor, now: datetime) -> str:
    """A one-time link's token for this user, good for fifteen minutes."""
    token = new_token()
    link = SignInLink.everything.create(
        user=user, token_hash=token_hash(token), created_at=now, expires_at=now + LINK_LIFETIME
    )
    record(link, changed=["created_at"])
    return token


def send_link(email: str, *, origin: str, now: datetime) -> None:
    """Mails a one-time link if somebody signs in with this address; says nothing either way."""
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is None or _asked_too_often(user, now):
        return
    token = make_link(user=user, by=system(), now=now)
    address = f"{origin}{reverse('sign_in_link_use', args=[token])}"
    minutes = int(LINK_LIFETIME.total_seconds() // 60)
    body = (
        f"Use this link to sign in. It works once, for {minutes} minutes:\n\n{address}\n\n"
        "If you did not ask for it, you can ignore this message.\n"
    )
    transaction.on_commit(lambda: post(user.email, "Your sign-in link", body))


@action("sign_in_link.use")
def use_link(*, token: str, by: Actor, now: datetime) -> User:
    """The user the link signs in. Raises LinkSpent when it is unknown, used or too old.

    A link is spent in the same transaction that reads it, so it cannot be used twice.
    """
    link = (
        SignInLink.everything.select_for_update(of=("self",))
        .select_related("user")
        .filter(token_hash=token_hash(token), used_at=None, expires_at__gt=now)
        .first()
    )
    if link is None or not link.user.is_active:
        raise LinkSpent
    link.used_at = now
    link.save(update_fields=["used_at"])
    record(link, changed=["used_at"])
    return link.user


class LinkSpent(Exception):
    """The sign-in link is unknown, used or too old."""


def sign_in(request: HttpRequest, user: User) -> HttpResponseBase:
    """Signs the user in through the library's stages, so that a second factor is still asked."""
    request.session.cycle_key()  # also for somebody signed in already, whom the library leaves
    response: Any = perform_login(request, user, redirect_url=reverse("home"))
    return response  # type: ignore[no-any-return]
