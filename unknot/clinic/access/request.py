"""The request as our views see it: with the actor the middleware found."""

from __future__ import annotations

from django.http import HttpRequest

from .actor import Actor


class Request(HttpRequest):
    """For types only: Django makes plain requests and the middleware adds these fields."""

    actor: Actor
    access_action: str
    request_id: str
