"""Gives each request its actor, and refuses views that name no action."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from .actor import ANONYMOUS, for_user
from .find import Refused
from .request import Request

# Views of the auth library carry their own checks (sign-in, second factor, passkeys).
TRUSTED_MODULES = ("allauth.",)
# Of these, what stays closed: whoever could change the address they sign in with, unproven, could
# take the one that the practice is about to invite.
CLOSED = frozenset({"account_email"})


class ActorMiddleware:
    """Sets ``request.actor`` and turns a refusal by the policy into a 403 page."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.request_id = str(uuid.uuid4())
        request.access_action = ""
        if request.user.is_authenticated:
            request.actor = for_user(request.user, request_id=request.request_id)
        else:
            request.actor = dataclasses.replace(ANONYMOUS, request_id=request.request_id)
        return self.get_response(request)

    def process_view(
        self, request: Request, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> None:
        """Default refusal: a view nobody gave an action to is not served."""
        if getattr(view, "access_action", None):
            return
        address = request.resolver_match.url_name if request.resolver_match else ""
        if view.__module__.startswith(TRUSTED_MODULES) and address not in CLOSED:
            return
        raise PermissionDenied

    def process_exception(self, request: Request, error: Exception) -> None:
        if isinstance(error, Refused):
            raise PermissionDenied from error
