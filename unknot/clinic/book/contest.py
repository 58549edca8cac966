"""When two writes meet in the database: try again a few times, then say when to come back."""

from __future__ import annotations

import functools
import random
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse

from unknot.clinic.ui.render import render_problem

ATTEMPTS = 3
RETRY_AFTER_SECONDS = 2
# serialization_failure, deadlock_detected, lock_not_available
_PASSING = {"40001", "40P01", "55P03"}

View = Callable[..., HttpResponse]


class Undone(Exception):
    """A write that came to nothing. `answer` makes the page that says why, once all is undone.

    Raised through `once`, so that the page is made outside the transaction: looking for other
    times takes a while, and nobody else should wait for it.
    """

    def __init__(self, answer: Callable[[], HttpResponse]) -> None:
        super().__init__("nothing was written")
        self.answer = answer


def contested(view: View) -> View:
    """Stand outside `once`: repeat a write whose transaction lost, at most three times, then
    answer 503.

    Only faults that pass on their own are repeated: a deadlock or failed serialization on
    PostgreSQL, a locked database on SQLite. The whole transaction was undone, so a repeat
    cannot do anything twice.
    """

    @functools.wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        for wait in _waits():
            try:
                return view(request, *args, **kwargs)
            except Undone as undone:
                return undone.answer()
            except OperationalError as fault:
                if not passing(fault) or connection.in_atomic_block:
                    raise
            time.sleep(wait)
        return busy(request)

    return run


def passing(fault: OperationalError) -> bool:
    """True for a fault that comes from two writes meeting, not from a broken database."""
    code = getattr(fault.__cause__, "sqlstate", None)
    return code in _PASSING or "locked" in str(fault)


def busy(request: HttpRequest) -> HttpResponse:
    """503 in words, with the seconds after which a browser or a person may try again."""
    response = render_problem(
        request,
        503,
        say="Many people are booking at this moment. Nothing was changed.",
        do="Please try again in a few seconds.",
        back_url=request.get_full_path(),
        back_label="Try again",
    )
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _waits() -> Iterator[float]:
    """Seconds before each further try: growing, and different for each request so they part."""
    for attempt in range(ATTEMPTS):
        yield random.uniform(0.02, 0.08) * 2**attempt  # noqa: S311 (no secret)
