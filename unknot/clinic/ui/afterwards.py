"""Work that is done once the answer has left, so that its length tells the reader nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from django.db import DatabaseError
from django.http import HttpResponse

LOG: Final = logging.getLogger("unknot.afterwards")


class _Afterwards(HttpResponse):
    """An answer with something to do when the server is through with sending it."""

    work: Callable[[], None]

    def close(self) -> None:
        super().close()
        work, self.work = self.work, _nothing
        try:
            work()
        except DatabaseError as error:  # the reader has their answer: there is nobody to tell
            LOG.warning("work after an answer was not done: %s", type(error).__name__)


def _nothing() -> None:
    """What is left to do the second time."""


def afterwards(answer: HttpResponse, work: Callable[[], None]) -> HttpResponse:
    """The same answer; the server does the work after it has sent it."""
    late = _Afterwards(answer.content, status=answer.status_code, headers=dict(answer.headers))
    late.cookies, late.work = answer.cookies, work
    return late
