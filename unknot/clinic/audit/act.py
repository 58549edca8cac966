"""What a write is: a named function, permitted, in one transaction, with its trail inside."""

from __future__ import annotations

import contextvars
import functools
from collections.abc import Callable, Sequence
from typing import Any, Final, ParamSpec, TypeVar, cast

from django.db import transaction
from django.db.models import Model

from ..access import Actor, require
from ..access.policy import POLICY
from .chain import append
from .stale import mark
from .turn import in_turn

P = ParamSpec("P")
R = TypeVar("R")

ACTIONS: Final[dict[str, list[Callable[..., Any]]]] = {}
_current: contextvars.ContextVar[_Running | None] = contextvars.ContextVar("action", default=None)


class ActionNotAudited(Exception):
    """An action ended without a row in the trail. Its transaction is rolled back."""


class _Running:
    def __init__(self, name: str, by: Actor) -> None:
        self.name, self.by, self.rows = name, by, 0


def action(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Turns a keyword-only function with ``by=`` into an action.

    The policy is asked about every row among its arguments, everything happens in one
    transaction, and the transaction is undone when the function records nothing in the trail.
    Raises Refused, ActionNotAudited, and what the function itself raises.
    """
    if name not in POLICY:
        raise LookupError(f"action {name!r} is not in access/policy.py; add a line there")

    def wrap(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            by = cast(Actor, kwargs["by"])
            require(by, name, *[value for value in kwargs.values() if isinstance(value, Model)])
            running = _Running(name, by)
            token = _current.set(running)
            try:
                with in_turn() as leave, transaction.atomic():
                    if leave:  # what follows the commit, such as mail, holds nobody up
                        transaction.on_commit(leave)
                    result = function(*args, **kwargs)
                    if not running.rows:
                        raise ActionNotAudited(name)
                    return result
            finally:
                _current.reset(token)

        ACTIONS.setdefault(name, []).append(run)
        return run

    return wrap


def record(on: Model, *, changed: Sequence[str] = ()) -> None:
    """Adds the running action to the trail, naming the row and the fields, never the values.

    A row that a fit reads also makes the fit of its episode stale, in the same transaction.
    """
    running = _current.get()
    if running is None:
        raise ActionNotAudited("record() was called outside an action")
    append(by=running.by, action=running.name, on=on, changed=list(changed))
    mark(on)
    running.rows += 1
