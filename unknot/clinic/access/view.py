"""The decorator every page carries: it names the action, and the policy decides."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseBase

from .find import Refused
from .policy import POLICY, relation
from .request import Request

View = Callable[..., Any]


def view(action: str) -> Callable[[View], View]:
    """Marks a view with the action it performs and refuses whoever the policy does not name.

    Somebody who is not signed in is led to sign in; somebody signed in gets 403. An action
    that the policy does not know is a programming fault and raises at import.
    """
    if action not in POLICY:
        raise LookupError(f"action {action!r} is not in access/policy.py; add a line there")

    def wrap(function: View) -> View:
        if inspect.iscoroutinefunction(function):

            @functools.wraps(function)
            async def run_async(request: Request, *args: Any, **kwargs: Any) -> Any:
                refused = _admit(request, action)
                return refused or await function(request, *args, **kwargs)

            run: View = run_async
        else:

            @functools.wraps(function)
            def run_sync(request: Request, *args: Any, **kwargs: Any) -> Any:
                refused = _admit(request, action)
                return refused or function(request, *args, **kwargs)

            run = run_sync
        run.access_action = action  # type: ignore[attr-defined]
        return run

    return wrap


def _admit(request: Request, action: str) -> HttpResponseBase | None:
    request.access_action = action
    if relation(request.actor, action) is not None:
        return None
    if request.actor.user is None:
        return redirect_to_login(request.get_full_path())
    raise Refused(action, request.actor.kind)
